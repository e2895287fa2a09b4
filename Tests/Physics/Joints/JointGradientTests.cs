using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Gradients of jointed worlds: reverse mode equals central differences and forward mode, for every kind with limits, springs and drives on.</summary>
    public class JointGradientTests
    {
        private static readonly Double3 Axis = Double3.Normalise(new Double3(0.3, -0.2, 1));

        private static readonly Dictionary<string, Func<World, Body, Body, Joint>> Scenes = new Dictionary<string, Func<World, Body, Body, Joint>>
        {
            ["ball"] = (w, a, b) => w.AddBall(a, b, new Double3(0.1, -0.4, 0.05)),
            ["ball, soft"] = (w, a, b) => w.AddBall(a, b, new Double3(0.1, -0.4, 0.05)).Softened(6, 0.4),
            ["ball, sprung"] = (w, a, b) => w.AddBall(a, b, new Double3(0.1, -0.4, 0.05)).SprungTurns(3, 0.1),
            ["hinge"] = (w, a, b) => w.AddHinge(a, b, new Double3(0.1, -0.4, 0.05), Axis),
            ["hinge, limits"] = (w, a, b) => w.AddHinge(a, b, new Double3(0.1, -0.4, 0.05), Axis).Limited(-0.05, 0.06),
            ["hinge, spring"] = (w, a, b) => w.AddHinge(a, b, new Double3(0.1, -0.4, 0.05), Axis).Sprung(4, 0.2, 0.5).WithArmature(0.03),
            ["hinge, motor"] = (w, a, b) => w.AddHinge(a, b, new Double3(0.1, -0.4, 0.05), Axis).Turning(4, 2).Rubbing(0.05),
            ["hinge, bounded"] = (w, a, b) => w.AddHinge(a, b, new Double3(0.1, -0.4, 0.05), Axis).Driven(1.5, 20, 1, 0.7),
            ["hinge, friction"] = (w, a, b) => w.AddHinge(a, b, new Double3(0.1, -0.4, 0.05), Axis).Rubbing(0.3),
            ["slider"] = (w, a, b) => w.AddSlider(a, b, new Double3(0.1, -0.4, 0.05), Axis).Sprung(30, 1),
            ["slider, limits"] = (w, a, b) => w.AddSlider(a, b, new Double3(0.1, -0.4, 0.05), new Double3(0, 1, 0.1)).Limited(-0.1, 0.1).Pushed(3),
            ["slider, complying"] = (w, a, b) => w.AddSlider(a, b, new Double3(0.1, -0.4, 0.05), Axis).Driven(0.2, 30, 2, 100).Complying(400, 3),
            ["fixed"] = (w, a, b) => w.AddFixed(a, b, new Double3(0.1, -0.4, 0.05)),
            ["universal"] = (w, a, b) => w.AddUniversal(a, b, new Double3(0.1, -0.4, 0.05), Double3.UnitX, Double3.UnitZ),
            ["universal, driven"] = (w, a, b) => WithAxes(w.AddUniversal(a, b, new Double3(0.1, -0.4, 0.05), Double3.UnitX, Double3.UnitZ), j => { j.Axes[4].Driven(0.4, 5, 0.3); j.Axes[5].Limited(-0.1, 0.1); }),
            ["six degrees"] = (w, a, b) => WithAxes(
                w.AddSixDegree(a, b, new Pose(new Double3(0.1, -0.4, 0.05), DoubleQuaternion.FromVector(new Double3(0.2, 0.1, -0.3))), JointFreedom.X | JointFreedom.Twist | JointFreedom.SwingY | JointFreedom.SwingZ),
                j => { j.Axes[0].Sprung(50, 1); j.Axes[3].Limited(-0.1, 0.1); j.Axes[4].Sprung(3, 0.1); j.Axes[5].Driven(0.3, 4, 0.2, 0.5); }),
            ["rod"] = (w, a, b) => w.AddDistance(a, b, new Double3(0.1, 0, 0), new Double3(0.1, -0.7, 0.05)),
            ["rope"] = (w, a, b) => w.AddDistance(a, b, new Double3(0.1, 0, 0), new Double3(0.1, -0.7, 0.05)).Limited(0, 0.72),
            ["spring"] = (w, a, b) => w.AddDistance(a, b, new Double3(0.1, 0, 0), new Double3(0.1, -0.7, 0.05)).Sprung(60, 0.5, 0.6),
            ["pulley"] = (w, a, b) => w.AddPulley(a, b, new Double3(0.1, 0, 0), new Double3(0.2, -0.7, 0.1), new Double3(0, 1, 0), new Double3(0.4, 1.2, 0), 1.3),
            ["wheel"] = (w, a, b) => WithAxes(w.AddWheel(a, b, Double3.UnitZ, Double3.UnitY, 60, 2, 0.02), j => j.Axes[3].Turning(3, 0.4, 0.5)),
            ["gear"] = (w, a, b) => w.AddGear(
                w.AddHinge(w.AddStatic(), a, new Double3(0.1, 0, 0), Double3.UnitZ), w.AddHinge(w.Bodies[0], b, new Double3(0.3, -0.8, 0), Axis).Pushed(0.4), 1.7),
        };

        // Limits, springs, bounded drives, friction and armature on all free axes at once.
        private static readonly Dictionary<string, Func<World, Body, Body, Joint>> Loaded = new Dictionary<string, Func<World, Body, Body, Joint>>
        {
            ["ball"] = (w, a, b) => AllOn(w.AddBall(a, b, new Double3(0.1, -0.4, 0.05))),
            ["hinge"] = (w, a, b) => AllOn(w.AddHinge(a, b, new Double3(0.1, -0.4, 0.05), Axis)),
            ["slider"] = (w, a, b) => AllOn(w.AddSlider(a, b, new Double3(0.1, -0.4, 0.05), Axis)),
            ["fixed"] = (w, a, b) => AllOn(w.AddFixed(a, b, new Double3(0.1, -0.4, 0.05)).Softened(8, 0.3)),
            ["universal"] = (w, a, b) => AllOn(w.AddUniversal(a, b, new Double3(0.1, -0.4, 0.05), Double3.UnitX, Double3.UnitZ)),
            ["six degrees"] = (w, a, b) => AllOn(w.AddSixDegree(a, b, new Pose(new Double3(0.1, -0.4, 0.05), DoubleQuaternion.FromVector(new Double3(0.2, 0.1, -0.3))), (JointFreedom)63)),
            ["distance"] = (w, a, b) => WithAxes(
                w.AddDistance(a, b, new Double3(0.1, 0, 0), new Double3(0.1, -0.7, 0.05)), j => j.Limited(0.69, 0.72).Sprung(60, 0.5, 0.6).Driven(0.9, 80, 1, 12).Rubbing(0.4).WithArmature(0.2)),
            ["pulley"] = (w, a, b) => WithAxes(
                w.AddPulley(a, b, new Double3(0.1, 0, 0), new Double3(0.2, -0.7, 0.1), new Double3(0, 1, 0), new Double3(0.4, 1.2, 0), 1.3), j => j.Sprung(20, 1, 3.7).Driven(4, 30, 1, 5).Rubbing(0.4).WithArmature(0.2)),
            ["wheel"] = (w, a, b) => WithAxes(w.AddWheel(a, b, Double3.UnitZ, Double3.UnitY, 60, 2, 0.02), j => AllOn(j)),
            ["gear"] = (w, a, b) => w.AddGear(
                AllOn(w.AddHinge(w.AddStatic(), a, new Double3(0.1, 0, 0), Double3.UnitZ)), AllOn(w.AddHinge(w.Bodies[0], b, new Double3(0.3, -0.8, 0), Axis)), 1.7),
        };

        private static IEnumerable<string> Names => Scenes.Keys;

        private static IEnumerable<string> LoadedNames => Loaded.Keys;

        private static Joint AllOn(Joint joint)
        {
            foreach (JointAxis axis in joint.Axes)
            {
                if (axis.IsLocked) continue;
                if (axis.IsAngle) axis.Limited(-0.04, 0.05).Sprung(2, 0.1, 0.02).Driven(0.3, 6, 0.2, 1).Rubbing(0.05).WithArmature(0.01);
                else axis.Limited(-0.02, 0.03).Sprung(60, 1, 0.01).Driven(0.1, 90, 2, 12).Rubbing(0.3).WithArmature(0.2);
            }

            return joint;
        }

        private static Joint WithAxes(Joint joint, Action<Joint> change)
        {
            change(joint);
            return joint;
        }

        private static World Scene(string name, Dictionary<string, Func<World, Body, Body, Joint>> scenes)
        {
            World world = JointClosedFormTests.Empty(1.0 / 60, 2);
            Body still = world.AddStatic();
            Body a = world.AddBody().Weighing(1.2).WithInertia(0.05, 0.07, 0.04).At(0, 0, 0).Spinning(0.5, 0.2, 1.5).Moving(0.1, 0.2, 0);
            Body b = world.AddBody().Weighing(0.8).WithInertia(0.03, 0.02, 0.04).At(new Pose(new Double3(0.2, -0.8, 0.1), DoubleQuaternion.FromVector(new Double3(0.1, 0.3, 0.2)))).Spinning(-0.3, 1, 0.4);
            if (name != "gear") world.AddBall(still, a, new Double3(-0.2, 0.3, 0));
            scenes[name](world, a, b);
            return world;
        }

        private static Entry[] Inputs(World world)
        {
            int last = world.Joints.Count - 1;
            var inputs = new List<Entry>
            {
                Entry.State(1, 12), Entry.State(2, 7), Entry.State(2, 10), Entry.Mass(2), new Entry(w => w.Mass, 1, 2), Entry.Gravity(1), Entry.Substep,
                new Entry(w => w.JointFrames, last, 0), new Entry(w => w.JointFrames, last, 4), new Entry(w => w.JointFrames, last, 8), new Entry(w => w.JointFrames, last, 12),
            };
            foreach (Joint joint in world.Joints)
            {
                foreach (JointAxis axis in joint.Axes)
                {
                    if (axis.Row < 0) continue;
                    for (int number = 0; number < JointAxis.NumberCount; number++)
                    {
                        double value = axis.Numbers[number];
                        if (value != 0 && Math.Abs(value) < JointAxis.Unbounded) inputs.Add(new Entry(w => w.JointNumbers, joint.Index, axis.Component((JointNumber)number)));
                    }
                }
            }

            return inputs.ToArray();
        }

        private static bool IsAtStop(JointAxis axis) => axis.HasLimits
            && (Math.Abs(axis.Position - axis.Numbers[(int)JointNumber.Lower]) < 1e-7 || Math.Abs(axis.Position - axis.Numbers[(int)JointNumber.Upper]) < 1e-7);

        private const int Steps = 12;
        private const double AllOfThem = 0.9999; // no event lies within a difference step

        private static readonly Entry[] Outcomes = { Entry.State(1, 0), Entry.State(2, 5), Entry.State(2, 9) };

        [TestCaseSource(nameof(Names))]
        public void ReverseModeEqualsCentralDifferencesAndForwardMode(string name)
        {
            using World world = Scene(name, Scenes);
            world.Build();
            new Rollout(() => Scene(name, Scenes), Steps).AssertAgreesWithDifferences(Outcomes, Inputs(world), most: AllOfThem, worlds: 32);
        }

        [TestCaseSource(nameof(LoadedNames))]
        public void ReverseModeEqualsCentralDifferencesAndForwardModeWithAllOn(string name)
        {
            // The joint's force is an outcome too: what holds a stop or a bounded drive shows nowhere else.
            using World world = Scene(name, Loaded);
            world.Build();
            Joint joint = world.Joints[world.Joints.Count - 1];
            var outcomes = new List<Entry>(Outcomes);
            foreach (JointAxis axis in joint.Axes)
                if (axis.Row >= 0) outcomes.Add(new Entry(w => w.JointImpulses, joint.Index, axis.Row));
            new Rollout(() => Scene(name, Loaded), Steps).AssertAgreesWithDifferences(outcomes.ToArray(), Inputs(world), most: AllOfThem, worlds: 32);

            int atStops = 0;
            for (int step = 0; step < Steps; step++)
            {
                world.Step();
                if (world.Joints.Any(j => j.Axes.Any(IsAtStop))) atStops++;
            }

            TestContext.WriteLine($"at a stop in {atStops} of {Steps} steps");
            Assert.That(atStops, name == "fixed" ? Is.Zero : (NUnit.Framework.Constraints.Constraint)Is.InRange(1, Steps - 1), "reaches a stop on the way");
        }
    }
}
