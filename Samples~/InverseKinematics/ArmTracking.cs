using System;
using DiffPhysics.Autodiff;
using DiffPhysics.Kinematics;

namespace DiffPhysics.Samples.InverseKinematics
{
    /// <summary>A robot arm whose tool follows a figure of eight in the air, always facing the same way.</summary>
    public sealed class ArmTracking : IDisposable
    {
        readonly PositionGoal position;
        readonly OrientationGoal orientation;
        readonly Frame start;

        ArmTracking(Skeleton arm, string tool, double[] pose, Executor executor)
        {
            (position, orientation) = (new PositionGoal(tool), new OrientationGoal(tool));
            Solver = new IkSolver(arm, new Goal[] { position, orientation }, executor);
            Solver.Continue(pose);
            using var kinematics = new ForwardKinematics(arm, executor);
            kinematics.SetPose(pose);
            kinematics.Evaluate();
            start = kinematics.FrameOf(tool);
        }

        /// <summary>The seven joints of a Franka Panda, from its usual ready pose.</summary>
        public static ArmTracking Panda(Executor executor) => new ArmTracking(StandardSkeletons.Panda(), "panda_flange",
            new[] { 0, -Math.PI / 4, 0, -3 * Math.PI / 4, 0, Math.PI / 2, Math.PI / 4 }, executor);

        /// <summary>The six joints of a UR5.</summary>
        public static ArmTracking Ur5(Executor executor) =>
            new ArmTracking(StandardSkeletons.Ur5(), "wrist_3_joint", new[] { 0.3, -1.1, 1.4, -0.4, 1.2, 0.5 }, executor);

        /// <summary>The solver; its pose is that of the last frame.</summary>
        public IkSolver Solver { get; }

        /// <summary>Solves the frame at a time in seconds.</summary>
        public IkResult Follow(double time)
        {
            double a = Math.PI * time;
            position.Target = start.Position + new Vector3d(0.05 * Math.Sin(2 * a), 0.1 * Math.Sin(a), 0);
            orientation.Target = start.Orientation;
            return Solver.Solve();
        }

        /// <summary>Frees the solver.</summary>
        public void Dispose() => Solver.Dispose();
    }
}
