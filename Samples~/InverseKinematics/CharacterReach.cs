using System;
using DiffPhysics.Autodiff;
using DiffPhysics.Kinematics;

namespace DiffPhysics.Samples.InverseKinematics
{
    /// <summary>
    /// A person who stands on two feet, follows a ball with both hands and the eyes, keeps elbows down and out and knees in front,
    /// and stays in balance.
    /// </summary>
    public sealed class CharacterReach : IDisposable
    {
        readonly PositionGoal leftHand = new PositionGoal("hand_left"), rightHand = new PositionGoal("hand_right");
        readonly PositionGoal leftFoot = new PositionGoal("foot_left"), rightFoot = new PositionGoal("foot_right");
        readonly LookAtGoal gaze = new LookAtGoal("head", Vector3d.UnitZ, new Vector3d(0, 0.1, 0));
        readonly PoleGoal leftElbow = new PoleGoal("upper_arm_left", "lower_arm_left", "wrist_left"), rightElbow = new PoleGoal("upper_arm_right", "lower_arm_right", "wrist_right");
        readonly PoleGoal leftKnee = new PoleGoal("upper_leg_left", "lower_leg_left", "foot_left"), rightKnee = new PoleGoal("upper_leg_right", "lower_leg_right", "foot_right");
        readonly BalanceGoal balance = new BalanceGoal { Radius = 0.08 };

        /// <summary>The character in its rest pose.</summary>
        public CharacterReach(Executor executor)
        {
            Skeleton person = StandardSkeletons.Humanoid();
            var goals = new Goal[]
            {
                leftHand, rightHand, leftFoot, rightFoot, gaze, leftElbow, rightElbow, leftKnee, rightKnee, balance, new RestPoseGoal(person),
            };
            foreach (Goal goal in new Goal[] { leftHand, rightHand, leftFoot, rightFoot, gaze, balance }) goal.Tolerance = 0.005;
            foreach (Goal goal in new Goal[] { leftElbow, rightElbow, leftKnee, rightKnee }) goal.Weight = 0.03;
            Solver = new IkSolver(person, goals, executor, new IkOptions { Starts = 1 });
            Solver.Reset(person.RestPose());

            (leftFoot.Target, rightFoot.Target) = (new Vector3d(0.12, 0.09, 0), new Vector3d(-0.12, 0.09, 0));
            (leftKnee.Target, rightKnee.Target) = (new Vector3d(0.2, 0.5, 2), new Vector3d(-0.2, 0.5, 2));
            (leftElbow.Target, rightElbow.Target) = (new Vector3d(1.5, 0.3, 0), new Vector3d(-1.5, 0.3, 0));
            balance.Target = new Vector3d(0, 0, 0.03);
        }

        /// <summary>The solver; its pose is that of the last frame.</summary>
        public IkSolver Solver { get; }

        /// <summary>The centre of the ball at a time in seconds, in metres.</summary>
        public static Vector3d Ball(double time) => new Vector3d(0.15 * Math.Sin(2 * time), 1.15 + 0.15 * Math.Cos(1.3 * time), 0.36);

        /// <summary>Solves the frame at a time in seconds: a hand on either side of the ball, the eyes on it.</summary>
        public IkResult Follow(double time)
        {
            gaze.Target = Ball(time);
            leftHand.Target = gaze.Target + new Vector3d(0.12, 0, 0);
            rightHand.Target = gaze.Target - new Vector3d(0.12, 0, 0);
            return Solver.Solve();
        }

        /// <summary>Frees the solver.</summary>
        public void Dispose() => Solver.Dispose();
    }
}
