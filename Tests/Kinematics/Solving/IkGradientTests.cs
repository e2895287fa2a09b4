using System;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Kinematics.Tests
{
    public sealed class IkGradientTests
    {
        // The solver's answer is exact to the square root of rounding where a residual is left; a wide difference drowns that.
        const double H = 1e-3, Tolerance = 1e-4;

        // Reached exactly: six joints, six conditions.
        [Test]
        public void Of_a_reached_pose_by_its_target()
        {
            Skeleton ur5 = StandardSkeletons.Ur5();
            double[] pose = { 0.3, -1.1, 1.4, -0.4, 1.2, 0.5 };
            Frame tip = PlainKinematics.FrameOf(ur5, pose, 5);
            var position = new PositionGoal("wrist_3_joint") { Target = tip.Position, Tolerance = 1e-13 };
            var orientation = new OrientationGoal("wrist_3_joint") { Target = tip.Orientation, Tolerance = 1e-13 };
            using var solver = Solver(ur5, position, orientation);
            using IkGradient gradient = Backward(solver, pose, out double[] loss);

            double[] ofPosition = gradient.OfTarget(position), ofOrientation = gradient.OfTarget(orientation);
            for (int c = 0; c < 3; c++)
            {
                Vector3d axis = c == 0 ? Vector3d.UnitX : c == 1 ? Vector3d.UnitY : Vector3d.UnitZ;
                double slope = Difference(h => { position.Target = tip.Position + h * axis; return Loss(solver, pose, loss); });
                position.Target = tip.Position;
                Assert.That(ofPosition[c], Is.EqualTo(slope).Within(Tolerance));
                slope = Difference(h => { orientation.Target = Rotation.AxisAngle(axis, h) * tip.Orientation; return Loss(solver, pose, loss); });
                orientation.Target = tip.Orientation;
                Assert.That(ofOrientation[c], Is.EqualTo(slope).Within(Tolerance));
            }
        }

        // Out of reach and pulled back by a rest pose: the residual is far from 0, so its curvature counts.
        [Test]
        public void Of_a_compromise_by_targets_weights_and_bone_lengths()
        {
            Skeleton arm = Arm(0.3);
            var hand = new PositionGoal("hand") { Target = new Vector3d(0.5, 0.6, 0.1), Tolerance = 1e-13 };
            var look = new LookAtGoal("elbow", Vector3d.UnitX) { Target = new Vector3d(2, -1, 0.5), Weight = 0.3, Tolerance = 1e-13 };
            var rest = new RestPoseGoal(arm) { Weight = 0.2 };
            using var solver = Solver(arm, hand, look, rest);
            double[] start = arm.RestPose();
            Loss(solver, start, new double[start.Length]);
            double[] answer = solver.Pose.ToArray();
            using IkGradient gradient = Backward(solver, answer, out double[] loss);
            Assert.That(Math.Sqrt(solver.Solve().Cost), Is.GreaterThan(0.05));

            double[] ofHand = gradient.OfTarget(hand), ofLook = gradient.OfTarget(look);
            Vector3d handTarget = hand.Target, lookTarget = look.Target;
            for (int c = 0; c < 3; c++)
            {
                Vector3d axis = c == 0 ? Vector3d.UnitX : c == 1 ? Vector3d.UnitY : Vector3d.UnitZ;
                double slope = Difference(h => { hand.Target = handTarget + h * axis; return Loss(solver, answer, loss); });
                hand.Target = handTarget;
                Assert.That(ofHand[c], Is.EqualTo(slope).Within(Tolerance));
                slope = Difference(h => { look.Target = lookTarget + h * axis; return Loss(solver, answer, loss); });
                look.Target = lookTarget;
                Assert.That(ofLook[c], Is.EqualTo(slope).Within(Tolerance));
            }
            double byWeight = Difference(h => { rest.Weight = 0.2 + h; return Loss(solver, answer, loss); });
            rest.Weight = 0.2;
            Assert.That(byWeight, Is.Not.EqualTo(0).Within(1e-3));
            Assert.That(gradient.OfWeight(rest), Is.EqualTo(byWeight).Within(Tolerance));

            double byLength = Difference(h =>
            {
                using var other = Solver(Arm(0.3 + h), hand, look, new RestPoseGoal(Arm(0.3 + h)) { Weight = 0.2 });
                return Loss(other, answer, loss);
            });
            Assert.That(byLength, Is.Not.EqualTo(0).Within(1e-3));
            Assert.That(gradient.OfBoneLength("elbow"), Is.EqualTo(byLength).Within(Tolerance));
        }

        [Test]
        public void A_joint_at_its_limit_does_not_answer()
        {
            var door = new Skeleton("door", new[]
            {
                Joint.Hinge("hinge", null, Frame.Identity, Vector3d.UnitY, new Limit(0, 1)),
                Joint.Fixed("handle", "hinge", Frame.At(1, 0, 0)),
            });
            var goal = new PositionGoal("handle") { Target = new Vector3d(0, 0, -1) };
            using var solver = Solver(door, goal);
            solver.Solve();
            Assert.That(solver.Pose[0], Is.EqualTo(1));
            using var gradient = new IkGradient(solver, Shared.Executor);
            gradient.Backward(solver.Pose, new[] { 1.0 });
            Assert.That(gradient.OfTarget(goal), Is.All.Zero);
        }

        static Skeleton Arm(double upperArm) => new Skeleton("arm", new[]
        {
            Joint.Ball("shoulder", null, Frame.At(0, 0, 0.1), Vector3d.UnitX, Vector3d.UnitY, Limit.Symmetric(2), Limit.Symmetric(2), Limit.Symmetric(2)),
            Joint.Hinge("elbow", "shoulder", Frame.At(upperArm, 0, 0), Vector3d.UnitZ, new Limit(-2.5, 2.5)).WithRest(0.6),
            Joint.Fixed("hand", "elbow", Frame.At(0.25, 0, 0.02)),
        });

        static IkSolver Solver(Skeleton skeleton, params Goal[] goals) =>
            new IkSolver(skeleton, goals, Shared.Executor, new IkOptions { Starts = 1, WarmIterations = 500, Stationarity = 1e-26 });

        static IkGradient Backward(IkSolver solver, double[] answer, out double[] cotangent)
        {
            cotangent = new double[answer.Length];
            for (int i = 0; i < answer.Length; i++) cotangent[i] = Math.Sin(1 + 2 * i);
            var gradient = new IkGradient(solver, Shared.Executor);
            gradient.Backward(answer, cotangent);
            return gradient;
        }

        static double Loss(IkSolver solver, double[] from, double[] weights)
        {
            solver.Continue(from);
            solver.Solve();
            double sum = 0;
            for (int i = 0; i < weights.Length; i++) sum += weights[i] * solver.Pose[i];
            return sum;
        }

        static double Difference(Func<double, double> f) => (f(H) - f(-H)) / (2 * H);
    }
}
