using System;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Kinematics.Tests
{
    public sealed class HumanoidTests
    {
        [Test]
        public void Hands_feet_and_gaze_are_tracked_within_limits()
        {
            var character = new CharacterGoals();
            using var solver = new IkSolver(character.Skeleton, character.All, Shared.Executor, new IkOptions { Starts = 1 });
            solver.Reset(character.Skeleton.RestPose());
            for (int frame = 0; frame < 120; frame++)
            {
                character.Animate(frame / 60.0, 0);
                IkResult result = solver.Solve();
                double[] pose = solver.Pose.ToArray();
                for (int i = 0; i < pose.Length; i++)
                    Assert.That(pose[i], Is.InRange(character.Skeleton.LimitOf(i).Lower, character.Skeleton.LimitOf(i).Upper));
                Assert.That(character.LargestError(pose), Is.LessThan(2e-3), $"frame {frame}: {result}");
            }
        }

        [Test]
        public void A_crowd_tracks_whatever_its_parts([Values(1, 3)] int parts)
        {
            const int count = 150; // more than one part has lanes for
            var character = new CharacterGoals();
            using var crowd = new IkCrowd(character.Skeleton, character.All, Shared.Executor, count, parts);
            using var whole = new IkCrowd(character.Skeleton, character.All, Shared.Executor, count);
            var pose = new double[character.Skeleton.CoordinateCount];
            var other = new double[pose.Length];
            for (int frame = 0; frame < 30; frame++)
            {
                for (int c = 0; c < count; c++)
                {
                    character.Animate(frame / 60.0, c);
                    crowd.Capture(c);
                    whole.Capture(c);
                }
                crowd.Solve(frame == 0 ? 30 : 3);
                whole.Solve(frame == 0 ? 30 : 3);
            }
            for (int c = 0; c < count; c++)
            {
                character.Animate(29 / 60.0, c);
                crowd.CopyPose(c, pose);
                whole.CopyPose(c, other);
                Assert.That(pose, Is.EqualTo(other));
                Assert.That(character.LargestError(pose), Is.LessThan(5e-3), $"character {c}");
            }
        }
    }

    /// <summary>Two hands, two feet and a gaze that move, over a rest pose: a character's goals in a game.</summary>
    sealed class CharacterGoals
    {
        readonly PositionGoal leftHand = new PositionGoal("hand_left"), rightHand = new PositionGoal("hand_right");
        readonly PositionGoal leftFoot = new PositionGoal("foot_left"), rightFoot = new PositionGoal("foot_right");
        readonly LookAtGoal gaze = new LookAtGoal("head", Vector3d.UnitZ, new Vector3d(0, 0.1, 0));

        public CharacterGoals()
        {
            All = new Goal[] { leftHand, rightHand, leftFoot, rightFoot, gaze, new RestPoseGoal(Skeleton) };
            foreach (Goal goal in All)
                if (!(goal is RestPoseGoal)) goal.Tolerance = 2e-3;
        }

        public Skeleton Skeleton { get; } = StandardSkeletons.Humanoid();

        public Goal[] All { get; }

        /// <summary>Targets at a time in seconds; characters differ in phase.</summary>
        public void Animate(double time, int character)
        {
            double a = 2 * time + 0.7 * character;
            leftHand.Target = new Vector3d(0.3 + 0.1 * Math.Sin(a), 1.2 + 0.15 * Math.Cos(a), 0.35);
            rightHand.Target = new Vector3d(-0.35, 1.1 + 0.1 * Math.Sin(1.3 * a), 0.3 + 0.1 * Math.Cos(a));
            leftFoot.Target = new Vector3d(0.12, 0.09 + 0.04 * (1 + Math.Sin(a)), 0.05 * Math.Cos(a));
            rightFoot.Target = new Vector3d(-0.12, 0.09, 0);
            gaze.Target = new Vector3d(0.6 * Math.Sin(0.8 * a), 1.6, 2.5);
        }

        /// <summary>The largest distance of a hand or foot from its target, and of the gaze from its point at 1 m, in metres.</summary>
        public double LargestError(double[] pose)
        {
            double largest = 0;
            Check("hand_left", leftHand.Target);
            Check("hand_right", rightHand.Target);
            Check("foot_left", leftFoot.Target);
            Check("foot_right", rightFoot.Target);
            Frame head = FrameOf("head");
            Vector3d eye = head.Position + head.Orientation.Rotate(new Vector3d(0, 0.1, 0));
            return Math.Max(largest, (head.Orientation.Rotate(Vector3d.UnitZ) - Vector3d.Normalise(gaze.Target - eye)).Length);

            void Check(string joint, Vector3d target) => largest = Math.Max(largest, (FrameOf(joint).Position - target).Length);
            Frame FrameOf(string joint) => PlainKinematics.FrameOf(Skeleton, pose, Skeleton.IndexOf(joint));
        }
    }
}
