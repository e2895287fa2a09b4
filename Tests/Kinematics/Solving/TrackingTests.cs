using System;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Kinematics.Tests
{
    public sealed class TrackingTests
    {
        static readonly double[] Ready = { 0, -Math.PI / 4, 0, -3 * Math.PI / 4, 0, Math.PI / 2, Math.PI / 4 };

        [Test]
        public void A_dense_path_is_followed_in_a_few_iterations_and_without_jumps()
        {
            using var solve = new ArmSolver(StandardSkeletons.Panda(), "panda_flange");
            Frame home = Flange(Ready);
            solve.Solver.Continue(Ready);
            double[] last = (double[])Ready.Clone();
            for (int frame = 1; frame <= 600; frame++)
            {
                double a = frame * 0.0105;
                solve.Aim(new Frame(home.Position + new Vector3d(0.1 * Math.Sin(a), 0.1 * (Math.Cos(a) - 1), 0.05 * Math.Sin(2 * a)),
                    Rotation.AxisAngle(Vector3d.UnitX, 0.2 * Math.Sin(a)) * home.Orientation));
                IkResult result = solve.Solver.Solve();
                Assert.That(result.Status, Is.EqualTo(IkStatus.Reached), $"frame {frame}");
                Assert.That(result.TookOver, Is.False, $"frame {frame}");
                Assert.That(result.Iterations, Is.AtMost(4), $"frame {frame}");
                Assert.That(Largest(solve.Solver.Pose, last), Is.LessThan(0.02), $"frame {frame}");
                solve.Solver.Pose.CopyTo(last);
            }
        }

        [Test]
        public void A_solve_allocates_nothing()
        {
            using var solve = new ArmSolver(StandardSkeletons.Panda(), "panda_flange");
            solve.Aim(Flange(Ready));
            solve.Solver.Solve();
            solve.Solver.Reset();
            solve.Solver.Solve();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int k = 0; k < 20; k++)
            {
                solve.Solver.Reset();
                solve.Solver.Solve();
                solve.Solver.Solve();
            }
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        // The target goes straight out to twice the arm's reach and comes back on the same line.
        [Test]
        public void A_lost_target_is_followed_to_the_nearest_pose_without_jumps()
        {
            var position = new PositionGoal("panda_flange");
            Skeleton panda = StandardSkeletons.Panda();
            using var solver = new IkSolver(panda, new Goal[] { position }, Shared.Executor);
            Vector3d home = Flange(Ready).Position, shoulder = new Vector3d(0, 0, 0.333);
            Vector3d outwards = Vector3d.Normalise(home - shoulder);
            solver.Continue(Ready);
            double[] last = (double[])Ready.Clone();
            bool lost = false;
            const int frames = 1000;
            for (int frame = 1; frame <= 2 * frames; frame++)
            {
                double way = 1.5 * (frame <= frames ? frame : 2 * frames - frame) / frames;
                position.Target = home + way * outwards;
                IkResult result = solver.Solve();
                Vector3d tip = PlainKinematics.FrameOf(panda, solver.Pose.ToArray(), 7).Position;
                Assert.That(tip.IsFinite, Is.True);
                bool reached = (tip - position.Target).Length <= 1.01e-5;
                Assert.That(result.Status == IkStatus.Reached, Is.EqualTo(reached), $"frame {frame}: {result}");
                lost |= !reached;
                if (!reached)
                {
                    // Nearest: the arm is stretched towards the target, so the way left points along it.
                    Vector3d left = Vector3d.Normalise(position.Target - tip);
                    Assert.That(Vector3d.Dot(left, Vector3d.Normalise(position.Target - shoulder)), Is.GreaterThan(0.9), $"frame {frame}");
                    if (way > 0.6) Assert.That(result.Status, Is.AnyOf(IkStatus.OutOfReach, IkStatus.AtLimit), $"frame {frame}: {result}");
                }
                Assert.That(Largest(solver.Pose, last), Is.LessThan(0.15), $"frame {frame}: {result}");
                solver.Pose.CopyTo(last);
            }
            Assert.That(lost, Is.True);
            Assert.That((PlainKinematics.FrameOf(panda, last, 7).Position - home).Length, Is.LessThan(1.01e-5));
        }

        // Another start may only take over if it halves what the last frame's pose alone would leave.
        [Test]
        public void Other_starts_take_over_only_when_they_halve_the_residual()
        {
            Skeleton ur5 = StandardSkeletons.Ur5();
            using var many = new ArmSolver(ur5, "wrist_3_joint");
            using var alone = new ArmSolver(ur5, "wrist_3_joint", new IkOptions { Starts = 1 });
            int takeOvers = 0;
            for (int k = 0; k < 60; k++)
            {
                double[] from = RandomSkeletons.Pose(ur5, k);
                Frame target = PlainKinematics.FrameOf(ur5, RandomSkeletons.Pose(ur5, 500 + k), 5);
                if (k % 2 == 1) target = new Frame(1.8 * target.Position, target.Orientation); // mostly out of reach
                many.Aim(target);
                alone.Aim(target);
                many.Solver.Continue(from);
                alone.Solver.Continue(from);
                IkResult with = many.Solver.Solve(), without = alone.Solver.Solve();
                if (with.TookOver)
                {
                    takeOvers++;
                    Assert.That(Math.Sqrt(with.Cost), Is.LessThanOrEqualTo(0.5 * Math.Sqrt(without.Cost) + 1e-12), $"start {k}");
                }
                else if (without.Status == IkStatus.Reached) Assert.That(with.Status, Is.EqualTo(IkStatus.Reached), $"start {k}");
            }
            Assert.That(takeOvers, Is.GreaterThan(0));
        }

        [Test]
        public void A_target_behind_a_limit_says_so()
        {
            var door = new Skeleton("door", new[]
            {
                Joint.Hinge("hinge", null, Frame.Identity, Vector3d.UnitY, new Limit(0, 1)),
                Joint.Fixed("handle", "hinge", Frame.At(1, 0, 0)),
            });
            var goal = new PositionGoal("handle");
            using var solver = new IkSolver(door, new Goal[] { goal }, Shared.Executor);
            goal.Target = new Vector3d(Math.Cos(1.4), 0, -Math.Sin(1.4));
            Assert.That(solver.Solve().Status, Is.EqualTo(IkStatus.AtLimit));
            Assert.That(solver.Pose[0], Is.EqualTo(1));
            goal.Target = new Vector3d(2 * Math.Cos(0.4), 0, -2 * Math.Sin(0.4));
            Assert.That(solver.Solve().Status, Is.EqualTo(IkStatus.OutOfReach));
            Assert.That(solver.Pose[0], Is.EqualTo(0.4).Within(1e-6));
        }

        // A half turn is where a rotation vector has no direction of its own.
        [TestCase(1, 0, 0)]
        [TestCase(0, 1, 0)]
        [TestCase(0, 0, 1)]
        [TestCase(1, -2, 3)]
        public void A_half_turn_away_is_reached(double x, double y, double z)
        {
            var free = new Skeleton("free", new[] { Joint.Free("root") });
            var goal = new OrientationGoal("root") { Target = Rotation.AxisAngle(new Vector3d(x, y, z), Math.PI) };
            using var solver = new IkSolver(free, new Goal[] { goal }, Shared.Executor);
            Assert.That(solver.Solve().Status, Is.EqualTo(IkStatus.Reached));
            Assert.That(Rotation.Angle(PlainKinematics.FrameOf(free, solver.Pose.ToArray(), 0).Orientation, goal.Target), Is.LessThan(1.01e-5));
        }

        static Frame Flange(double[] pose) => PlainKinematics.FrameOf(StandardSkeletons.Panda(), pose, 7);

        static double Largest(ReadOnlySpan<double> a, double[] b)
        {
            double largest = 0;
            for (int i = 0; i < b.Length; i++) largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
            return largest;
        }
    }
}
