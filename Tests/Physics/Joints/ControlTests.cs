using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Controls over time, feedback controllers and muscles: values, and gradients by their parameters.</summary>
    public class ControlTests
    {
        private static World Arm(out Joint joint)
        {
            World world = JointClosedFormTests.Empty(1.0 / 60, 2);
            Body still = world.AddStatic(), arm = JointClosedFormTests.Point(world, 1.5, 0.05).At(0.4, -0.5, 0);
            joint = world.AddHinge(still, arm, Double3.Zero, Double3.UnitZ);
            return world;
        }

        private static readonly Entry[] Outcomes = { Entry.State(1, 0), Entry.State(1, 7), Entry.State(1, 12) };

        [TestCase(ControlShape.Constant, 3)]
        [TestCase(ControlShape.PiecewiseConstant, 1)]
        [TestCase(ControlShape.Linear, 1.5)]
        [TestCase(ControlShape.Cubic, 1.375)]
        public void ControlsRunBetweenTheirPoints(ControlShape shape, double expected)
        {
            // Points 3, 1, 2, 0 over 3 s; at 1.5 s a cubic is (-3 + 9 + 18 - 0) / 16.
            using World world = Arm(out Joint joint);
            Control control = world.AddControl("torque", ControlTarget.Of(joint, joint.Axes[3], JointNumber.DriveForce), shape, 3, 3, 1, 2, 0);
            Assert.That(control.At(1.5), Is.EqualTo(shape == ControlShape.Cubic ? (-3 + 9 * 1 + 9 * 2 - 0) / 16.0 : expected).Within(1e-12));
        }

        [Test]
        public void GradientsByPointsAgree([Values] ControlShape shape)
        {
            Control control = null;
            new Rollout(() =>
            {
                World world = Arm(out Joint joint);
                control = world.AddControl("torque", ControlTarget.Of(joint, joint.Axes[3], JointNumber.DriveForce), shape, 0.3, 3, -1, 2, 0.5);
                return world;
            }, 16).AssertAgreesWithDifferences(Outcomes, new[] { Entry.State(1, 12), new Entry(_ => control.Points, 0, 0), new Entry(_ => control.Points, 2, 0), new Entry(_ => control.Points, 3, 0) });
        }

        // Rows without load carry zeros from substep to substep, and these have derivatives.
        [Test]
        public void GradientsAgreeWhereNothingIsLoaded()
        {
            Control control = null;
            new Rollout(() =>
            {
                World world = JointClosedFormTests.Empty(1.0 / 30, 1);
                Body still = world.AddStatic(), bob = world.AddBody(new SphereShape(0.1)).At(0, -1, 0).Weighing(1);
                Joint hinge = world.AddHinge(still, bob, Double3.Zero, Double3.UnitZ).Pushed(0);
                control = world.AddControl("torque", ControlTarget.Of(hinge, hinge.Axes[3], JointNumber.DriveForce), ControlShape.Linear, 1, 0, 0, 0);
                return world;
            }, 30).AssertAgreesWithDifferences(new[] { Entry.State(1, 0), Entry.State(1, 7) }, new[] { new Entry(_ => control.Points, 0, 0), new Entry(_ => control.Points, 1, 0) });
        }

        [Test]
        public void GradientsByGainsAndWeightsAgree()
        {
            Controller controller = null;
            new Rollout(() =>
            {
                World world = Arm(out Joint joint);
                var weights = new double[3 * 4 + 5];
                for (int k = 0; k < weights.Length; k++) weights[k] = Math.Sin(1 + 2.3 * k);
                controller = world.AddController("network", weights, new[] { ControlTarget.Of(joint, joint.Axes[3], JointNumber.DriveForce) }, c =>
                {
                    (DiffPhysics.Autodiff.Real angle, DiffPhysics.Autodiff.Real speed) = c.Read(joint, joint.Axes[3]);
                    int offset = 0;
                    DiffPhysics.Autodiff.Real[] hidden = c.Layer(new[] { angle, speed }, 4, ref offset);
                    return c.Layer(hidden, 1, ref offset, squash: false);
                });
                return world;
            }, 16).AssertAgreesWithDifferences(Outcomes, new[] { Entry.State(1, 12), new Entry(_ => controller.Parameters, 0, 0), new Entry(_ => controller.Parameters, 0, 7), new Entry(_ => controller.Parameters, 0, 14), new Entry(_ => controller.Parameters, 0, 16) });
        }

        [Test]
        public void AMusclePullsWithItsActivation()
        {
            using World world = JointClosedFormTests.Empty(1.0 / 60, 2);
            Body still = world.AddStatic(), load = JointClosedFormTests.Point(world, 2, 0.05).At(0, -1, 0);
            Muscle muscle = world.AddMuscle(still, load, Double3.Zero, load.Pose.Position, 50);
            world.AddControl("activation", muscle.Activation, ControlShape.Constant, 1, 0.6);
            world.Step();
            Assert.That(muscle.Joint.Force, Is.EqualTo(-30).Within(1e-2));
            Assert.That(load.Velocity.Y, Is.EqualTo((30 - 2 * 9.81) / 2 / 60).Within(1e-4));
        }

        [Test]
        public void GradientsOfMusclesAndForcesAgree()
        {
            Muscle muscle = null;
            Control control = null;
            int wind = 0, water = 0, blast = 0;
            new Rollout(() =>
            {
                World world = JointClosedFormTests.Empty(1.0 / 60, 2);
                Body still = world.AddStatic(), load = JointClosedFormTests.Point(world, 2, 0.05).At(0.1, -1, 0);
                muscle = world.AddMuscle(still, load, Double3.Zero, new Double3(0.15, -0.8, 0.1), 50, 0.7, 10, 1);
                control = world.AddControl("activation", muscle.Activation, ControlShape.Linear, 0.2, 0.2, 0.9);
                wind = world.AddWind(new Double3(1, 0, 2), 0.4);
                water = world.AddBuoyancy(-0.95, 1000, 0.1, 0.5);
                blast = world.AddBlast(new Double3(0, -2, 0.3), 20, 0.5);
                return world;
            }, 16).AssertAgreesWithDifferences(Outcomes, new[]
            {
                new Entry(_ => control.Points, 1, 0), new Entry(_ => muscle.Parameters, 0, 1), new Entry(_ => muscle.Parameters, 0, 2),
                new Entry(w => w.ForceParameters(wind), 0, 2), new Entry(w => w.ForceParameters(water), 0, 0), new Entry(w => w.ForceParameters(water), 0, 2), new Entry(w => w.ForceParameters(blast), 0, 3),
            });
        }

        [Test]
        public void BadControlsAreRefused()
        {
            using World world = Arm(out Joint joint);
            ControlTarget torque = ControlTarget.Of(joint, joint.Axes[3], JointNumber.DriveForce);
            Assert.That(() => world.AddControl("jerk", torque, ControlShape.Linear, 0, 1), Throws.ArgumentException.With.Message.Contains("jerk"));
            Assert.That(() => world.AddControl("jerk", torque, ControlShape.Linear, 1), Throws.ArgumentException.With.Message.Contains("jerk"));
            Assert.That(() => world.AddControl("jerk", torque, ControlShape.Linear, 1, double.NaN), Throws.ArgumentException.With.Message.Contains("finite"));
            world.AddController("pair", null, new[] { torque }, c => new DiffPhysics.Autodiff.Real[] { 1, 2 });
            Assert.That(() => world.Build(), Throws.ArgumentException.With.Message.Contains("pair"));
        }
    }
}
