using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>
    /// A tumbling box that hits with its corners, at 60 Hz with one substep, against an event-driven integration: the final pose and
    /// velocity and all their slopes.
    /// </summary>
    public class PlanarBoxTests
    {
        private const double HalfWidth = 0.2, HalfHeight = 0.1;

        // Height, angle, velocities, spin, restitution, friction, mass, inertia, half sizes, gravity.
        private static double[] EventDriven(double[] p, double time, out PlanarBox box)
        {
            box = new PlanarBox
            {
                Y = p[0], Angle = p[1], Vx = p[2], Vy = p[3], Spin = p[4], Restitution = p[5], Friction = p[6], Mass = p[7], Inertia = p[8],
                HalfWidth = p[9], HalfHeight = p[10], Gravity = p[11],
            };
            box.Advance(time);
            return new[] { box.X, box.Y, box.Angle, box.Vx, box.Vy, box.Spin };
        }

        [TestCase(0.3, 30, 0, TestName = "sticks")]
        [TestCase(0.1, 45, 1, TestName = "sticks, then slips")]
        public void TumblingBoxHasTheSlopesOfAnEventDrivenIntegration(double friction, int steps, int slides)
        {
            double[] at = { 0.6, 0.3, 1, 0, 2, 0.6, friction, 1, 1 / 60.0, HalfWidth, HalfHeight, 9.81 };
            double[] expected = EventDriven(at, steps / 60.0, out PlanarBox end);
            Assert.That((end.Slides, end.Impacts), Is.EqualTo((slides, slides + 1)));

            var rollout = new Rollout(() =>
            {
                World world = Rollout.WithGround();
                world.AddBody(new BoxShape(new Double3(HalfWidth, HalfHeight, 0.1))).At(new Pose(new Double3(0, at[0], 0), DoubleQuaternion.FromVector(new Double3(0, 0, at[1]))))
                    .Moving(at[2], at[3], 0).Spinning(0, 0, at[4]).MadeOf(friction, at[5]).Weighing(at[7]).WithInertia(at[8], at[8], at[8]);
                return world;
            }, steps);
            (double[] values, double[][] j) = rollout.Differentiate(
                new[] { Entry.State(1, 0), Entry.State(1, 1), Entry.State(1, 5), Entry.State(1, 6), Entry.State(1, 7), Entry.State(1, 8), Entry.State(1, 12) },
                Entry.State(1, 1), Entry.State(1, 5), Entry.State(1, 7), Entry.State(1, 8), Entry.State(1, 12), Entry.Restitution(1), Entry.Friction(1), Entry.Mass(1),
                new Entry(w => w.Mass, 1, 3), new Entry(w => w.Shapes, 1, 1), new Entry(w => w.Shapes, 1, 2), Entry.Gravity(1), Entry.State(1, 6));
            double[] reached = Planar(values, 2 * Math.Atan2(values[2], values[3]));
            for (int o = 0; o < expected.Length; o++) Assert.That(reached[o], Is.EqualTo(expected[o]).Within(1e-5 * Math.Max(1, Math.Abs(expected[o]))), $"outcome {o}");
            for (int i = 0; i < at.Length; i++)
            {
                var column = new double[7];
                for (int o = 0; o < 7; o++)
                {
                    // Turning by an angle changes the quaternion by (cos, -sin) of its half, over 2; gravity points down.
                    column[o] = i == 1 ? 0.5 * (j[o][1] * Math.Cos(at[1] / 2) - j[o][12] * Math.Sin(at[1] / 2)) : i == 11 ? -j[o][11] : j[o][i];
                }

                double[] slope = Planar(column, 2 * (column[2] * values[3] - column[3] * values[2])), want = Slope(at, i, steps / 60.0);
                for (int o = 0; o < want.Length; o++) Assert.That(slope[o], Is.EqualTo(want[o]).Within(1e-4 * Math.Max(1e-2, Math.Abs(want[o]))), $"outcome {o} by input {i}");
            }

            double[] Planar(double[] v, double angle) => new[] { v[0], v[1], angle, v[4], v[5], v[6] };
        }

        // Fourth-order central difference of the event-driven integration.
        private static double[] Slope(double[] at, int i, double time)
        {
            const double Step = 1e-5;
            double[] At(double shift)
            {
                var moved = (double[])at.Clone();
                moved[i] += shift;
                return EventDriven(moved, time, out _);
            }

            double[] p1 = At(Step), m1 = At(-Step), p2 = At(2 * Step), m2 = At(-2 * Step);
            return Array.ConvertAll(new[] { 0, 1, 2, 3, 4, 5 }, o => (8 * (p1[o] - m1[o]) - (p2[o] - m2[o])) / (12 * Step));
        }
    }
}
