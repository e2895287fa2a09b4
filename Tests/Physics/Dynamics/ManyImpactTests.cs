using System;
using System.Linq;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>
    /// Three balls over a floor, whose impacts fall into the same steps, against an event-driven simulation: masses 1, 0.5 and 0.25, radius
    /// 0.05, restitution 0.8.
    /// </summary>
    public class ManyImpactTests
    {
        private static readonly double[] Masses = { 1, 0.5, 0.25 };
        private const double Radius = 0.05, Restitution = 0.8, Time = 0.7, G = 9.81;

        private static double[] EventDriven(double[] heights)
        {
            var y = (double[])heights.Clone();
            var v = new double[3];
            double left = Time;
            for (int count = 0; count < 1000; count++)
            {
                double next = double.PositiveInfinity, floor = y[0] - Radius;
                int which = -1;
                double fall = floor > 1e-12 || v[0] <= 0 ? (v[0] + Math.Sqrt(v[0] * v[0] + 2 * G * Math.Max(floor, 0))) / G : 2 * v[0] / G;
                if (fall < next) (next, which) = (fall, 0);
                for (int i = 0; i < 2; i++)
                {
                    double closing = v[i] - v[i + 1], meet = Math.Max(0, y[i + 1] - y[i] - 2 * Radius) / closing;
                    if (closing > 0 && meet < next) (next, which) = (meet, i + 1);
                }

                double step = Math.Min(next, left);
                for (int i = 0; i < 3; i++)
                {
                    y[i] += v[i] * step - G * step * step / 2;
                    v[i] -= G * step;
                }

                left -= step;
                if (left <= 0) return y;
                if (which == 0)
                {
                    (y[0], v[0]) = (Radius, -Restitution * v[0]);
                    continue;
                }

                int a = which - 1, b = which;
                double j = (1 + Restitution) * (v[a] - v[b]) / (1 / Masses[a] + 1 / Masses[b]);
                v[a] -= j / Masses[a];
                v[b] += j / Masses[b];
            }

            return null; // impacts without end
        }

        // Null where the event-driven simulation does not get to the end.
        private static double? WorstSlope(double[] heights, int rate)
        {
            WorldOptions options = Rollout.Double();
            options.TimeStep = 1.0 / rate;
            options.RestitutionThreshold = 1e-3;
            var rollout = new Rollout(() =>
            {
                World world = Rollout.WithGround(options);
                for (int k = 0; k < 3; k++) world.AddBody(new SphereShape(Radius)).At(0, heights[k], 0).MadeOf(0, Restitution).Weighing(Masses[k]);
                return world;
            }, (int)Math.Round(Time * rate));
            Entry[] state = { Entry.State(1, 1), Entry.State(2, 1), Entry.State(3, 1) };
            (_, double[][] j) = rollout.Differentiate(state, state);
            double worst = 0;
            for (int i = 0; i < 3; i++)
            {
                double[] above = EventDriven(Shifted(i, 1e-7)), below = EventDriven(Shifted(i, -1e-7));
                if (above == null || below == null) return null;
                for (int o = 0; o < 3; o++) worst = Math.Max(worst, Math.Abs(j[o][i] - (above[o] - below[o]) / 2e-7));
            }

            return worst;

            double[] Shifted(int i, double by) => heights.Select((h, k) => k == i ? h + by : h).ToArray();
        }

        [TestCase(60, 4e-2)]
        [TestCase(240, 1e-4)]
        public void ThreeBallsHaveTheSlopesOfAnEventDrivenSimulation(int rate, double within) =>
            Assert.That(WorstSlope(new[] { 0.5, 0.75, 1.1 }, rate), Is.LessThan(within));

        [TestCase(60, 4e-2)]
        [TestCase(240, 1e-4)]
        public void SoDoAHundredRandomStarts(int rate, double within)
        {
            var random = new Random(17);
            for (int start = 0; start < 100;)
            {
                double[] heights = { 0.45 + 0.1 * random.NextDouble(), 0.7 + 0.1 * random.NextDouble(), 1 + 0.2 * random.NextDouble() };
                double? worst = WorstSlope(heights, rate);
                if (worst == null) continue; // another start in its place
                start++;
                Assert.That(worst, Is.LessThan(within), $"start {string.Join(", ", heights)}");
            }
        }
    }
}
