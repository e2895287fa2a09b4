using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>What limits, drives, friction, gears and breaking do; joints in many worlds.</summary>
    public class JointBehaviourTests
    {
        private static World Hinged(Func<Joint, Joint> with, out Joint joint, out Body arm)
        {
            World world = JointClosedFormTests.Empty(1.0 / 60, 4);
            Body still = world.AddStatic();
            arm = JointClosedFormTests.Point(world, 2, 0.02).At(1, 0, 0);
            joint = with(world.AddHinge(still, arm, Double3.Zero, Double3.UnitZ));
            return world;
        }

        [Test]
        public void ALimitStopsTheArmWithoutBounce()
        {
            using World world = Hinged(j => j.Limited(-0.5, 0.2), out Joint joint, out _);
            world.Step(60);
            Assert.That(joint.Position, Is.EqualTo(-0.5).Within(1e-6));
            Assert.That(joint.Speed, Is.EqualTo(0).Within(1e-6));
            Assert.That(joint.Force, Is.EqualTo(2 * 9.81 * Math.Cos(0.5)).Within(1e-4), "torque of the stop");
        }

        [Test]
        public void AnArmLeavesItsLimit()
        {
            using World world = Hinged(j => j.Limited(-0.5, 0.2).Pushed(0), out Joint joint, out _);
            world.Step(60);
            world.JointNumbers[0, joint.Axes[3].Component(JointNumber.DriveForce)] = 40;
            world.Step(5);
            Assert.That(joint.Speed, Is.GreaterThan(0.1));
            world.Step(60);
            Assert.That(joint.Position, Is.EqualTo(0.2).Within(1e-6));
        }

        [Test]
        public void ABoundedMotorLiftsNoMoreThanItsTorque()
        {
            using World weak = Hinged(j => j.Turning(1, 1e4, maxForce: 15), out Joint weakJoint, out _), strong = Hinged(j => j.Turning(1, 1e4, maxForce: 30), out Joint strongJoint, out _);
            weak.Step(10);
            strong.Step(30);
            Assert.That(weakJoint.Force, Is.EqualTo(15).Within(1e-9));
            Assert.That(weakJoint.Speed, Is.LessThan(0));
            Assert.That(strongJoint.Speed, Is.EqualTo(1).Within(0.01));
            Assert.That(strongJoint.Force, Is.EqualTo(2 * 9.81 * Math.Cos(strongJoint.Position)).Within(0.3));
        }

        [Test]
        public void FrictionHoldsBelowItsBoundAndSlidesAbove()
        {
            using World holds = Hinged(j => j.Rubbing(20), out Joint held, out _), slides = Hinged(j => j.Rubbing(5), out Joint sliding, out _);
            holds.Step(60);
            slides.Step(12);
            Assert.That(held.Position, Is.EqualTo(0).Within(1e-9));
            Assert.That(held.Force, Is.EqualTo(2 * 9.81).Within(1e-6));
            double[] y = Reference.Integrate(new[] { 0.0, 0 }, 0.2, 1000, s => new[] { s[1], (5 - 2 * 9.81 * Math.Cos(s[0])) / 2.02 });
            Assert.That(sliding.Position, Is.EqualTo(y[0]).Within(1e-4));
        }

        [Test]
        public void ArmatureIsAddedInertia()
        {
            using World world = Hinged(j => j.WithArmature(1.5), out Joint joint, out _);
            world.Step(12);
            double[] y = Reference.Integrate(new[] { 0.0, 0 }, 0.2, 1000, s => new[] { s[1], -2 * 9.81 * Math.Cos(s[0]) / 3.52 });
            Assert.That(joint.Position, Is.EqualTo(y[0]).Within(1e-4));
        }

        [Test]
        public void AHingeCountsWholeTurns()
        {
            using World world = Hinged(j => j.Turning(10, 1e5), out Joint joint, out _);
            world.Step(120);
            Assert.That(joint.Position, Is.EqualTo(20).Within(0.2));
        }

        [Test]
        public void GearsTurnWithTheirRatio()
        {
            using World world = JointClosedFormTests.Empty(1.0 / 60, 2);
            Body still = world.AddStatic(), small = JointClosedFormTests.Point(world, 1, 0.01), large = JointClosedFormTests.Point(world, 4, 0.3).At(0.5, 0, 0);
            Joint first = world.AddHinge(still, small, Double3.Zero, Double3.UnitZ).Pushed(0.3), second = world.AddHinge(still, large, new Double3(0.5, 0, 0), Double3.UnitZ).Pushed(0);
            world.AddGear(first, second, 3);
            world.Step(120);
            // One torque on I1 + I2 / 9 about the first axis.
            Assert.That(first.Position, Is.EqualTo(0.5 * 0.3 / (0.01 + 0.3 / 9) * 4).Within(1e-6));
            Assert.That(second.Position, Is.EqualTo(-first.Position / 3).Within(1e-9));
        }

        [Test]
        public void AJointBreaksAndSaysSo()
        {
            using World world = JointClosedFormTests.Empty(1.0 / 60, 4);
            Body still = world.AddStatic(), load = JointClosedFormTests.Point(world, 2, 0.1).At(0, -1, 0);
            Joint rope = world.AddDistance(still, load, Double3.Zero, load.Pose.Position, "rope").BreakingAt(30);
            var broke = new List<string>();
            world.JointBroke += (joint, where) => broke.Add(joint.Name);
            world.Step(30);
            Assert.That(broke, Is.Empty);
            Assert.That(rope.HoldingForce, Is.EqualTo(2 * 9.81).Within(1e-6));
            world.Force[load.Index, 1] = -20;
            world.Step(30);
            Assert.That(broke, Is.EqualTo(new[] { "rope" }));
            Assert.That(rope.IsBroken);
            Assert.That(load.Pose.Position.Y, Is.LessThan(-1.5));
            world.Reset();
            Assert.That(rope.IsBroken, Is.False);
        }

        [Test]
        public void JointedBodiesCollideOnlyWhenAsked([Values] bool asked)
        {
            using World world = JointClosedFormTests.Empty(1.0 / 60, 4);
            Body still = world.AddStatic(new BoxShape(new Double3(0.5, 0.1, 0.5))), box = world.AddBody(new BoxShape(new Double3(0.1, 0.1, 0.1))).At(0, 0.4, 0).MadeOf(0.5, 0);
            Joint rail = world.AddSlider(still, box, box.Pose.Position, Double3.UnitY);
            if (asked) rail.Colliding();
            world.Step(60);
            Assert.That(box.Pose.Position.Y, asked ? Is.EqualTo(0.2).Within(2e-3) : (NUnit.Framework.Constraints.Constraint)Is.LessThan(-1));
        }

        [Test]
        public void WorldsSteppedTogetherGiveTheBitsOfEachAlone()
        {
            World Make(int worlds)
            {
                WorldOptions options = Rollout.Double(2);
                options.Worlds = worlds;
                var world = new World(options);
                Body still = world.AddStatic(), a = JointClosedFormTests.Point(world, 1, 0.05).At(0.5, 0, 0), b = JointClosedFormTests.Point(world, 2, 0.1).At(1, -0.3, 0.2);
                world.AddBall(still, a, Double3.Zero);
                world.AddHinge(a, b, new Double3(0.8, 0, 0), Double3.UnitZ).Limited(-0.2, 0.3).Rubbing(0.1);
                world.Build();
                for (int w = 0; w < worlds; w++) world.State[world.Element(2, w), 12] = w;
                return world;
            }

            using World three = Make(3), alone = Make(1);
            alone.State[2, 12] = 2;
            three.Step(40);
            alone.Step(40);
            for (int body = 1; body < 3; body++)
                for (int c = 0; c < 13; c++) Assert.That(three.State[three.Element(body, 2), c], Is.EqualTo(alone.State[body, c]));
        }

        [Test]
        public void RecordingAndResetChangeNoBit()
        {
            using World world = Hinged(j => j.Limited(-0.5, 0.2).Driven(0.1, 5, 0.1, 3), out _, out Body arm);
            world.Step(40);
            Double3 first = arm.Pose.Position;
            world.Reset();
            world.Record();
            world.Step(40);
            Assert.That(arm.Pose.Position, Is.EqualTo(first));
        }
    }
}
