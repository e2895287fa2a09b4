using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>What a game expects of joints, in float, at 60 Hz with 4 substeps and default options.</summary>
    public class JointQualityTests
    {
        [Test]
        public void AChainOfTwentyLinksCarriesTenTimesItsMass([Values(0, 1)] int swings)
        {
            const double Length = 0.2, LinkMass = 0.05;
            using var world = new World(Rollout.Float());
            Body before = world.AddStatic();
            var links = new List<Body> { before };
            Double3 along = swings == 1 ? Double3.UnitX : -Double3.UnitY;
            for (int k = 0; k < 20; k++)
            {
                Double3 at = along * (Length * (k + 0.5));
                Body link = world.AddBody().Weighing(LinkMass).WithInertia(2e-4, 2e-4, 2e-4).At(at.X, at.Y, at.Z);
                world.AddBall(before, link, along * (Length * k));
                links.Add(before = link);
            }

            Body load = world.AddBody(new SphereShape(0.1)).Weighing(20 * LinkMass * 10).At(along.X * (Length * 20), along.Y * (Length * 20), 0);
            world.AddBall(before, load, along * (Length * 20));
            links.Add(load);
            if (swings == 0) load.Moving(1, 0, 0.5);
            double worst = 0, energy = double.NaN;
            for (int step = 0; step < 300; step++)
            {
                world.Step();
                if (step == 0) energy = world.KineticEnergy + world.PotentialEnergy;
                for (int k = 1; k < links.Count; k++)
                {
                    Double3 end = k == 1 ? Double3.Zero : links[k - 1].Pose.TransformPoint(along * (Length / 2));
                    Double3 start = k == 21 ? load.Pose.Position : links[k].Pose.TransformPoint(along * (-Length / 2));
                    worst = Math.Max(worst, (end - start).Length);
                }
            }

            TestContext.WriteLine($"worst {worst / Length:e2} of a link; energy {energy:f2} to {world.KineticEnergy + world.PotentialEnergy:f2}");
            Assert.That(worst, Is.LessThan(0.01 * Length));
        }

        [Test]
        public void ARagdollFallsAndComesToRest()
        {
            using var world = new World(Rollout.Float());
            world.AddStatic(new PlaneShape()).MadeOf(0.7, 0);
            var doll = new RagdollScene(world, new Double3(0, 1.6, 0));
            doll.Parts[1].Moving(0.5, 0, 0.3);
            double apart = 0, beyond = 0;
            for (int step = 0; step < 300; step++)
            {
                world.Step();
                foreach (Joint joint in doll.Joints)
                {
                    foreach (JointAxis axis in joint.Axes)
                    {
                        if (axis.HoldsDisplacement) apart = Math.Max(apart, Math.Abs(axis.Position));
                        else if (!axis.IsLocked)
                            beyond = Math.Max(beyond, Math.Max(axis.Numbers[0] - axis.Position, axis.Position - axis.Numbers[1]));
                    }
                }
            }

            double speed = doll.Parts.Max(part => part.Velocity.Length), low = doll.Parts.Min(part => part.Pose.Position.Y), high = doll.Parts.Max(part => part.Pose.Position.Y);
            TestContext.WriteLine($"apart {apart:e2} m, beyond limits {beyond:e2} rad, speed at the end {speed:e2} m/s, heights {low:f3} to {high:f3}");
            Assert.That(speed, Is.LessThan(0.01));
            Assert.That(low, Is.GreaterThan(0));
            Assert.That(high, Is.LessThan(0.6));
            Assert.That(apart, Is.LessThan(0.01));
            Assert.That(beyond, Is.LessThan(0.05));
        }

        [Test]
        public void AFourBarLinkageRunsAMinute()
        {
            // Crank 0.2, coupler 0.5, rocker 0.4 on a base of 0.5, driven at a turn a second.
            using var world = new World(Rollout.Float());
            Body ground = world.AddStatic();
            var a = new Double3(0, 0, 0);
            var d = new Double3(0.5, 0, 0);
            var b = new Double3(0, 0.2, 0);
            double reach = (d - b).Length, cosine = (0.25 + reach * reach - 0.16) / (2 * 0.5 * reach);
            double angle = Math.Atan2(d.Y - b.Y, d.X - b.X) + Math.Acos(cosine);
            Double3 c = b + new Double3(Math.Cos(angle), Math.Sin(angle), 0) * 0.5;
            Body crank = Bar(a, b), coupler = Bar(b, c), rocker = Bar(c, d);
            Joint drive = world.AddHinge(ground, crank, a, Double3.UnitZ).Turning(2 * Math.PI, 20);
            Joint elbow = world.AddHinge(crank, coupler, b, Double3.UnitZ);
            Joint knee = world.AddHinge(coupler, rocker, c, Double3.UnitZ);
            Joint end = world.AddHinge(rocker, ground, d, Double3.UnitZ);
            double worst = 0;
            for (int step = 0; step < 3600; step++)
            {
                world.Step();
                foreach (Joint joint in world.Joints)
                    for (int k = 0; k < 3; k++) worst = Math.Max(worst, Math.Abs(joint.Axes[k].Position));
            }

            TestContext.WriteLine($"worst {worst:e2} m, turned {drive.Position / (2 * Math.PI):f2}");
            Assert.That(worst, Is.LessThan(1e-3));
            Assert.That(drive.Position / (2 * Math.PI), Is.EqualTo(60).Within(1));
            Assert.That(rocker.Pose.Position.Z, Is.EqualTo(0).Within(1e-3));

            Body Bar(Double3 from, Double3 to)
            {
                Double3 middle = (from + to) * 0.5, along = to - from;
                return world.AddBody().Weighing(1).WithInertia(0.02, 0.02, 0.02).At(new Pose(middle, DoubleQuaternion.FromAxisAngle(Double3.UnitZ, Math.Atan2(along.Y, along.X))));
            }
        }

        [Test]
        public void AVehicleDrivesOverAHeightField()
        {
            using var world = new World(Rollout.Float());
            VehicleScene vehicle = VehicleScene.OnHills(world);
            double lowest = 1;
            for (int step = 0; step < 480; step++)
            {
                world.Step();
                lowest = Math.Min(lowest, vehicle.Chassis.Pose.Rotation.Rotate(Double3.UnitY).Y);
            }

            TestContext.WriteLine($"came to {vehicle.Chassis.Pose.Position}, uprightness at least {lowest:f3}");
            Assert.That(vehicle.Chassis.Pose.Position.Z, Is.GreaterThan(8));
            Assert.That(lowest, Is.GreaterThan(0.8));
        }
    }
}
