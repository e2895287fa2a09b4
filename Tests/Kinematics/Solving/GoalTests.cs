using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Kinematics.Tests
{
    public sealed class GoalTests
    {
        static readonly Skeleton Humanoid = StandardSkeletons.Humanoid();

        static readonly BoneCapsule Forearm = new BoneCapsule("lower_arm_left", "wrist_left", 0.2);
        static readonly BoneCapsule Shin = new BoneCapsule("lower_leg_right", "foot_right", 0.9);

        static IEnumerable<Goal> Goals()
        {
            yield return new PositionGoal("hand_left", new Vector3d(0.1, 0.2, 0)) { Target = new Vector3d(1, 2, 3) };
            yield return new OrientationGoal("hand_right", Rotation.AxisAngle(Vector3d.UnitX, 1)) { Target = Rotation.RollPitchYaw(1, 2, 3) };
            yield return new LookAtGoal("head", Vector3d.UnitZ, new Vector3d(0, 0.1, 0)) { Target = new Vector3d(2, 1, 3) };
            yield return new PoleGoal("upper_arm_left", "lower_arm_left", "wrist_left") { Target = new Vector3d(0.5, 1, -3) };
            yield return new PlaneGoal("toe_left") { Target = new Vector3d(0, 0.3, 0), Normal = new Vector3d(1, 3, 2) };
            yield return new PlaneGoal("toe_left", default, true) { Target = new Vector3d(0, 3, 0) };
            yield return new LineGoal("hand_left") { Target = new Vector3d(0, 1, 0), Along = new Vector3d(1, 2, 0) };
            yield return new DistanceGoal("hand_left", default, "hand_right") { Distance = 0.4 };
            yield return new DistanceGoal("hand_left", Vector3d.UnitX) { Target = new Vector3d(0, 1, 2), Distance = 0.1 };
            yield return new BalanceGoal { Target = new Vector3d(0.4, 0, 0.5), Radius = 0.1 };
            yield return new RestPoseGoal(Humanoid);
            yield return new SmoothnessGoal();
            yield return new LimitMarginGoal { Margin = 0.4 };
            yield return new SphereClearanceGoal(Forearm) { Centre = new Vector3d(0.3, 1, 0.2), Radius = 2 };
            yield return new CapsuleClearanceGoal(Forearm) { Start = new Vector3d(0.3, 1, 0.2), End = new Vector3d(-1, 1.3, 0.5), Radius = 2 };
            yield return new SelfCollisionGoal(Forearm, Shin);
        }

        // Rows of the Jacobian against central differences of the residual; the orientation's rows, which are exact in the
        // gradient of its square only, by that.
        [TestCaseSource(nameof(Goals))]
        public void Jacobians_equal_finite_differences(Goal goal)
        {
            double[] pose = RandomSkeletons.Pose(Humanoid, 3);
            double[] values = Evaluate(goal, pose, out double[,] slopes);
            Assert.That(Norm(values), Is.GreaterThan(1e-3), "the goal is not active in this pose");
            for (int i = 0; i < pose.Length; i++)
            {
                const double h = 1e-5;
                double[] ahead = At(i, h), behind = At(i, -h);
                double gradient = 0, difference = (Norm(ahead) - Norm(behind)) / (2 * h);
                for (int row = 0; row < values.Length; row++)
                {
                    gradient += 2 * values[row] * slopes[row, i];
                    if (!(goal is OrientationGoal)) Assert.That(slopes[row, i], Is.EqualTo((ahead[row] - behind[row]) / (2 * h)).Within(1e-6), $"row {row}, coordinate {i}");
                }
                Assert.That(gradient, Is.EqualTo(difference).Within(1e-6 * Math.Max(1, Norm(values))), $"coordinate {i}");
            }

            double[] At(int i, double by)
            {
                var moved = (double[])pose.Clone();
                moved[i] += by;
                return Evaluate(goal, moved, out _);
            }
        }

        // Minimised alone from a random pose, every goal ends with no residual, whatever it measures.
        [TestCaseSource(nameof(Goals))]
        public void Every_goal_alone_can_be_met(Goal goal)
        {
            // Two metres of clearance are more than a root that stays can give; the root is free here, so all is possible.
            using var solver = new IkSolver(Humanoid, new[] { goal }, Shared.Executor, new IkOptions { Starts = 1 });
            solver.Reset(RandomSkeletons.Pose(Humanoid, 11));
            solver.Solve();
            if (goal is SmoothnessGoal || goal is SelfCollisionGoal) return; // met where it starts; impossible at 1.1 m
            Assert.That(Norm(Evaluate(goal, solver.Pose.ToArray(), out _)), Is.LessThan(1e-8));
        }

        [Test]
        public void A_pole_chooses_the_side_of_the_elbow([Values(-1, 1)] int side)
        {
            var arm = new Skeleton("arm", new[]
            {
                Joint.Ball("shoulder", null, Frame.Identity, Vector3d.UnitX, Vector3d.UnitY, Limit.Symmetric(2), Limit.Symmetric(2), Limit.Symmetric(3)),
                Joint.Hinge("elbow", "shoulder", Frame.At(0.3, 0, 0), Vector3d.UnitZ, new Limit(0.05, 2.5)),
                Joint.Fixed("hand", "elbow", Frame.At(0.3, 0, 0)),
            });
            var hand = new PositionGoal("hand") { Target = new Vector3d(0.4, 0, 0) };
            var pole = new PoleGoal("shoulder", "elbow", "hand") { Target = new Vector3d(0.2, 0, side) };
            using var solver = new IkSolver(arm, new Goal[] { hand, pole }, Shared.Executor);
            solver.Solve();
            double[] pose = solver.Pose.ToArray();
            Assert.That((PlainKinematics.FrameOf(arm, pose, 2).Position - hand.Target).Length, Is.LessThan(1e-4));
            // Sides of 0.3 over a base of 0.4: the elbow stands sqrt(0.09 - 0.04) from the line.
            Vector3d elbow = PlainKinematics.FrameOf(arm, pose, 1).Position;
            Assert.That(elbow.Z, Is.EqualTo(side * Math.Sqrt(0.05)).Within(1e-3));
        }

        [Test]
        public void A_later_level_yields_to_an_earlier_one()
        {
            Skeleton panda = StandardSkeletons.Panda();
            var flange = new PositionGoal("panda_flange") { Target = new Vector3d(0.4, 0.2, 0.4) };
            var elbow = new PositionGoal("panda_joint4") { Target = new Vector3d(-0.3, -0.3, 0.3), Level = 1 };
            using var solver = new IkSolver(panda, new Goal[] { flange, elbow }, Shared.Executor);
            IkResult result = solver.Solve();
            double[] pose = solver.Pose.ToArray();
            double first = (PlainKinematics.FrameOf(panda, pose, 7).Position - flange.Target).Length;
            double second = (PlainKinematics.FrameOf(panda, pose, 3).Position - elbow.Target).Length;
            Assert.That(first, Is.LessThan(1e-5), result.ToString());
            Assert.That(second, Is.GreaterThan(0.01), "the goals do not conflict");
            // The later goal was not simply dropped: without it the elbow ends farther away.
            using var alone = new IkSolver(panda, new Goal[] { flange }, Shared.Executor);
            alone.Solve();
            Assert.That(second, Is.LessThan((PlainKinematics.FrameOf(panda, alone.Pose.ToArray(), 3).Position - elbow.Target).Length));
        }

        [Test]
        public void An_arm_bends_round_an_obstacle()
        {
            Skeleton panda = StandardSkeletons.Panda();
            var flange = new PositionGoal("panda_flange") { Target = new Vector3d(0.5, 0, 0.5) };
            var clear = new SphereClearanceGoal(new BoneCapsule("panda_joint3", "panda_joint4", 0.05)) { Centre = new Vector3d(-0.05, 0, 0.6), Radius = 0.1 };
            using var solver = new IkSolver(panda, new Goal[] { flange, clear }, Shared.Executor);
            Assert.That(solver.Solve().Status, Is.EqualTo(IkStatus.Reached));
            double[] pose = solver.Pose.ToArray();
            Vector3d a = PlainKinematics.FrameOf(panda, pose, 2).Position, b = PlainKinematics.FrameOf(panda, pose, 3).Position;
            double least = double.PositiveInfinity;
            for (int k = 0; k <= 1000; k++) least = Math.Min(least, (a + k / 1000.0 * (b - a) - clear.Centre).Length);
            Assert.That(least, Is.GreaterThan(0.15 - 1.1e-4));
        }

        static double Norm(double[] values)
        {
            double sum = 0;
            foreach (double value in values) sum += value * value;
            return sum;
        }

        static double[] Evaluate(Goal goal, double[] pose, out double[,] slopes)
        {
            var goals = new GoalSet(Humanoid, new[] { goal });
            int rows = 0, n = pose.Length;
            Kernel kernel = Kernel.Define("residuals", k =>
            {
                var start = new Real[n];
                for (int i = 0; i < n; i++) start[i] = 0.1 * i;
                Real[] parameters = goals.ParameterCount > 0 ? k.Lane("parameters", goals.ParameterCount) : Array.Empty<Real>();
                List<Dual> residuals = goals.Trace(new TracedSkeleton(Humanoid, k.Lane("pose", n)), parameters, start)[0];
                rows = residuals.Count;
                var outputs = new List<Real>();
                foreach (Dual residual in residuals)
                {
                    outputs.Add(residual.Value);
                    for (int i = 0; i < n; i++) outputs.Add(residual.Partial(i));
                }
                k.Store("out", outputs.ToArray());
            });
            using var q = new Buffer("pose", 1, n, Precision.Double);
            using var p = new Buffer("parameters", 1, Math.Max(1, goals.ParameterCount), Precision.Double);
            using var result = new Buffer("out", 1, rows * (n + 1), Precision.Double);
            var numbers = new double[goals.ParameterCount];
            goals.WriteParameters(numbers);
            for (int k = 0; k < numbers.Length; k++) p[0, k] = numbers[k];
            for (int i = 0; i < n; i++) q[0, i] = pose[i];
            Launch launch = new Launch(kernel, 1).Bind("pose", q).Bind("out", result);
            if (numbers.Length > 0) launch.Bind("parameters", p);
            launch.Run(new LoopExecutor());
            var values = new double[rows];
            slopes = new double[rows, n];
            for (int row = 0; row < rows; row++)
            {
                values[row] = result[0, row * (n + 1)];
                for (int i = 0; i < n; i++) slopes[row, i] = result[0, row * (n + 1) + 1 + i];
            }
            return values;
        }
    }
}
