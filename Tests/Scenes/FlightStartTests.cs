using System;
using System.Linq;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class FlightStartTests
    {
        private static readonly double[] Spin = { 1, -2, 3 };

        [Test]
        public void AFlightGivesItsStateAtTheStartAndEndsAtTheFirstHit()
        {
            FlightStart start = FlightStart.Fit(Flight(20, hitAt: 12), 1);

            Assert.That(start.Samples, Is.EqualTo(12));
            Assert.That(start.Position, Is.EqualTo(new double[] { 1, 2, 3 }).Within(1e-9));
            Assert.That(start.Velocity, Is.EqualTo(new[] { 0.5, 1, -1 }).Within(1e-8));
            Assert.That(start.AngularVelocity, Is.EqualTo(Spin).Within(1e-9));
            Assert.That(Math.Abs(start.Rotation[3]), Is.EqualTo(1).Within(1e-9));
        }

        [Test]
        public void TooShortAFlightIsRefused()
        {
            Assert.That(() => FlightStart.Fit(Flight(20, 20), 0.025), Throws.ArgumentException.With.Message.Contains("3 whole samples"));
        }

        // A parabola and an even turn; from the hit on the speed upwards is another.
        private static Recording Flight(int count, int hitAt)
        {
            double[] times = Enumerable.Range(0, count).Select(i => 0.01 * i).ToArray();
            double hit = 0.01 * (hitAt - 1);
            double[] positions = times.SelectMany(t => new[] { 1 + 0.5 * t, 2 + t - 4.905 * t * t + (t > hit ? 2 * (t - hit) : 0), 3 - t }).ToArray();
            double[] rotations = times.SelectMany((t, i) =>
            {
                DoubleQuaternion q = DoubleQuaternion.FromVector(new Double3(Spin[0], Spin[1], Spin[2]) * t);
                double sign = i % 2 == 0 ? 1 : -1;
                return new[] { sign * q.X, sign * q.Y, sign * q.Z, sign * q.W };
            }).ToArray();
            return new Recording(times, positions, rotations);
        }
    }
}
