using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Springs, dampers, drives and softened locks are exact in physical units: stretches, oscillations and their derivatives.</summary>
    public class JointStiffnessTests
    {
        private const double G = 9.81, M = 2;

        private static World Hanging(Func<World, Body, Body, Joint> hold)
        {
            World world = JointClosedFormTests.Empty(1.0 / 60);
            hold(world, world.AddStatic(), JointClosedFormTests.Point(world, M, 0.1).At(0, -1, 0));
            return world;
        }

        private static Entry Number(JointNumber number, int row = 0) => new Entry(w => w.JointNumbers, 0, row * JointAxis.NumberCount + (int)number);

        [Test]
        public void ALockThatCompliesGivesWayByLoadOverStiffness()
        {
            // The displacement along y is the second row of a fixed joint.
            new Rollout(() => Hanging((w, still, load) => w.AddFixed(still, load, load.StartPose.Position).Complying(400, 60)), 240).AssertEqualsClosedForm(
                new[] { Entry.State(1, 1), new Entry(w => w.JointImpulses, 0, 1) }, new[] { Entry.Mass(1), Entry.Gravity(1), Number(JointNumber.Stiffness, 1), Number(JointNumber.Rest, 1) },
                p => new[] { -1 + p[3] - p[0] * p[1] / p[2], p[0] * p[1] / 60 }, new[] { M, G, 400, 0 }, new[] { 1.0, -1, 1, 1 });
        }

        [Test]
        public void ASoftenedLockOscillatesWithItsFrequencyAndDampingRatio([Values(0.05, 0.4)] double ratio)
        {
            const double Frequency = 2, Speed = 0.5;
            double Error(double h)
            {
                using World world = JointClosedFormTests.Empty(h);
                world.Gravity = Double3.Zero;
                Body load = JointClosedFormTests.Point(world, M, 0.1).Moving(0, Speed, 0);
                world.AddFixed(world.AddStatic(), load, Double3.Zero).Softened(Frequency, ratio);
                world.Step((int)Math.Round(1 / h));
                double w = 2 * Math.PI * Frequency, wd = w * Math.Sqrt(1 - ratio * ratio);
                return Math.Abs(load.Pose.Position.Y - Speed / wd * Math.Exp(-ratio * w) * Math.Sin(wd));
            }

            JointClosedFormTests.AssertSecondOrder(Error, 1.0 / 60, 1e-3);
        }

        [Test]
        public void AWheelSettlesOnItsSuspension()
        {
            // The wheel hangs from a chassis that does not move: its spring gives way by m g / k, within the stops.
            new Rollout(() => Hanging((w, still, wheel) => w.AddWheel(still, wheel, Double3.UnitX, Double3.UnitY, 400, 60, 0.1)), 240).AssertEqualsClosedForm(
                new[] { Entry.State(1, 1) }, new[] { Entry.Mass(1), Entry.Gravity(1), Number(JointNumber.Stiffness, 1) }, p => new[] { -1 - p[0] * p[1] / p[2] }, new[] { M, G, 400 }, new[] { 1.0, -1, 1 });
        }

        [Test]
        public void AWheelStopsAtTheEndOfItsTravel()
        {
            using World world = Hanging((w, still, wheel) => w.AddWheel(still, wheel, Double3.UnitX, Double3.UnitY, 400, 60, 0.03));
            world.Step(120);
            Assert.That(world.Bodies[1].Pose.Position.Y, Is.EqualTo(-1.03).Within(1e-6));
        }

        [Test]
        public void ADriveHoldsItsTargetButForTheLoadOverItsStiffness()
        {
            // k (target - q) = m g l cos(q) for an arm of length l at the angle q: derivatives by differences of its solution.
            double[] Closed(double[] p)
            {
                double q = p[0];
                for (int k = 0; k < 100; k++) q -= (p[1] * (q - p[0]) + M * G * Math.Cos(q)) / (p[1] - M * G * Math.Sin(q));
                return new[] { Math.Cos(q), Math.Sin(q) };
            }

            new Rollout(() =>
            {
                World world = JointClosedFormTests.Empty(1.0 / 60);
                Body still = world.AddStatic(), arm = JointClosedFormTests.Point(world, M, 0.05).At(1, 0, 0);
                world.AddHinge(still, arm, Double3.Zero, Double3.UnitZ).Driven(0.5, 100, 25);
                return world;
            }, 300).AssertEqualsClosedForm(
                new[] { Entry.State(1, 0), Entry.State(1, 1) }, new[] { new Entry(w => w.JointNumbers, 0, AxisOfHinge(JointNumber.Target)), new Entry(w => w.JointNumbers, 0, AxisOfHinge(JointNumber.DriveStiffness)) },
                Closed, new[] { 0.5, 100.0 });
        }

        [Test]
        public void ASpeedDriveTurnsAgainstADamperAtTheSpeedBetween()
        {
            // gain (speed - w) = c w.
            new Rollout(() =>
            {
                World world = JointClosedFormTests.Empty(1.0 / 60);
                world.Gravity = Double3.Zero;
                Body still = world.AddStatic(), wheel = JointClosedFormTests.Point(world, M, 0.05);
                world.AddHinge(still, wheel, Double3.Zero, Double3.UnitX).Turning(3, 2).Sprung(0, 0.5);
                return world;
            }, 60).AssertEqualsClosedForm(
                new[] { Entry.State(1, 10) },
                new[] { new Entry(w => w.JointNumbers, 0, AxisOfHinge(JointNumber.TargetSpeed)), new Entry(w => w.JointNumbers, 0, AxisOfHinge(JointNumber.DriveDamping)), new Entry(w => w.JointNumbers, 0, AxisOfHinge(JointNumber.Damping)) },
                p => new[] { p[0] * p[1] / (p[1] + p[2]) }, new[] { 3, 2, 0.5 });
        }

        // A hinge's rows: three displacements, then the twist that is free, then two swings.
        private static int AxisOfHinge(JointNumber number) => 3 * JointAxis.NumberCount + (int)number;
    }
}
