using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Kinematics.Tests
{
    public sealed class ArmTests
    {
        static IEnumerable<(Skeleton, string)> Arms()
        {
            yield return (StandardSkeletons.Panda(), "panda_flange");
            yield return (StandardSkeletons.Ur5(), "wrist_3_joint");
        }

        // Reachable: forward kinematics of poses drawn uniformly within the limits. Cold: every solve forgets the one before.
        [TestCaseSource(nameof(Arms))]
        public void Random_reachable_poses_are_solved_cold((Skeleton Skeleton, string Tip) arm)
        {
            const int count = 1000;
            using var solve = new ArmSolver(arm.Skeleton, arm.Tip);
            int solved = 0;
            for (int k = 0; k < count; k++)
            {
                double[] pose = RandomSkeletons.Pose(arm.Skeleton, 1000 + k);
                Frame target = PlainKinematics.FrameOf(arm.Skeleton, pose, arm.Skeleton.IndexOf(arm.Tip));
                solve.Aim(target);
                solve.Solver.Reset();
                IkResult result = solve.Solver.Solve();
                double[] answer = solve.Solver.Pose.ToArray();
                for (int i = 0; i < answer.Length; i++)
                    Assert.That(answer[i], Is.InRange(arm.Skeleton.LimitOf(i).Lower, arm.Skeleton.LimitOf(i).Upper));
                Frame reached = PlainKinematics.FrameOf(arm.Skeleton, answer, arm.Skeleton.IndexOf(arm.Tip));
                bool close = (reached.Position - target.Position).Length <= 1.01e-5 && Rotation.Angle(reached.Orientation, target.Orientation) <= 1.01e-5;
                Assert.That(close, Is.EqualTo(result.Status == IkStatus.Reached), $"pose {k}: {result}");
                if (close) solved++;
            }
            Assert.That(solved, Is.AtLeast(999));
        }
    }

    /// <summary>A solver for the frame of an arm's tip.</summary>
    sealed class ArmSolver : IDisposable
    {
        readonly PositionGoal position;
        readonly OrientationGoal orientation;

        public ArmSolver(Skeleton skeleton, string tip, IkOptions options = null)
        {
            position = new PositionGoal(tip);
            orientation = new OrientationGoal(tip);
            Solver = new IkSolver(skeleton, new Goal[] { position, orientation }, Shared.Executor, options);
        }

        public IkSolver Solver { get; }

        public void Aim(Frame target) => (position.Target, orientation.Target) = (target.Position, target.Orientation);

        public void Dispose() => Solver.Dispose();
    }
}
