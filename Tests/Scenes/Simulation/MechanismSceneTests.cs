using System;
using System.Linq;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    /// <summary>Six-degree joints, wheels, pulleys and gears in scenes: closed forms, derivatives by all their numbers, and what is refused.</summary>
    public sealed class MechanismSceneTests
    {
        private const double G = 9.81;

        // Atwood's machine with a ratio: x_A = -r x_B, tension T on A and r T on B: a_A = (m_A - m_B / r) g / (m_A + m_B / r^2) downwards.
        [TestCase(1)]
        [TestCase(2)]
        public void TheWeightOnARopeIsFoundFromHowFarItSinks(double ratio)
        {
            const double counter = 3, time = 0.5;
            double expected = 4, way = (expected - counter / ratio) * G / (expected + counter / (ratio * ratio)) * time * time / 2;
            Scene scene = new SceneBuilder("rope").Simulate(time)
                .Sphere("weight", 0.1, new double[] { 0, 1, 0 }, null, null, 2)
                .Sphere("counter", 0.1, new double[] { 1, 1, 0 }, null, null, counter)
                .Pulley("rope", "weight", "counter", new double[] { 0, 1, 0 }, new double[] { 1, 1, 0 }, new double[] { 0, 3, 0 }, new double[] { 1, 3, 0 }, ratio)
                .Tune("bodies.weight.mass", 0.5, 10)
                .Reach("weight", new[] { 0, 1 - way, 0 }).Build();

            Assert.That(Tune(scene), Is.EqualTo(expected).Within(1e-6 * expected));
        }

        // Teeth n1, n2: w1 + (n2 / n1) w2 = 0. A torque on the first wheel turns it by t^2 M / (2 (I1 + I2 / ratio^2)). A ratio of 2 turns the second as far.
        [Test]
        public void TheRatioOfAGearIsFoundFromTheTurnOfTheSecondWheel()
        {
            const double ratio = 2.5, torque = 0.2, time = 1;
            Scene scene = new SceneBuilder("gear").Gravity(0, 0, 0).Simulate(time)
                .Box("drive", new[] { 0.2, 0.2, 0.05 }, new double[3], null, null, 1, b => b.Inertia = new[] { 0.02, 0.02, 0.03 })
                .Box("load", new[] { 0.3, 0.3, 0.05 }, new double[] { 1, 0, 0 }, null, null, 3, b => b.Inertia = new[] { 0.1, 0.1, 0.15 })
                .Joint("axle", "hinge", null, "drive", new double[3], new double[] { 0, 0, 1 }, j => j[JointNumber.DriveForce] = torque)
                .Joint("shaft", "hinge", null, "load", new double[] { 1, 0, 0 }, new double[] { 0, 0, 1 })
                .Gear("gear", "axle", "shaft", 3.5)
                .Tune("joints.gear.ratio", 2.3, 5)
                .Loss(new SceneLoss { Type = "rotation", Body = "load", Target = Turn(-torque * time * time / 2 / (0.03 + 0.15 / (ratio * ratio)) / ratio) }).Build();

            Assert.That(Tune(scene), Is.EqualTo(ratio).Within(1e-5 * ratio));
        }

        // A body on springs along one axis and about another moves along each like an oscillator of its own: x0 cos(w t), and hangs from nothing else.
        [Test]
        public void FreeCoordinatesOfASixDegreeJointSwingEachOnItsOwn()
        {
            double time = 0.4, k = 50, m = 2, torsion = 0.8, inertia = 0.1;
            double[] frame = Turn(0.5);
            Double3 y = new DoubleQuaternion(frame[0], frame[1], frame[2], frame[3]).Rotate(Double3.UnitY);
            Scene scene = new SceneBuilder("six").Gravity(0, 0, 0).Simulate(time, 480)
                .Box("block", new[] { 0.2, 0.2, 0.2 }, new double[3], null, null, m, b => (b.Inertia, b.AngularVelocity) = (new[] { inertia, inertia, inertia }, new[] { 0, 0, 0.6 }))
                .Joint("six", "sixDegree", null, "block", new double[3], null, j =>
                {
                    j.Rotation = frame;
                    j.Axes.Add(Axis("y", (JointNumber.Stiffness, k), (JointNumber.Rest, 0.1)));
                    j.Axes.Add(Axis("swingZ", (JointNumber.Stiffness, torsion)));
                })
                .Tune("joints.six.axes.y.stiffness").Reach("block", new double[3]).Build();
            using (var objective = TestScenes.Objective(scene))
            {
                Trajectories motion = objective.Simulate(new[] { k });
                double[] end = motion.State(0, motion.Samples - 1, 0).ToArray();
                double shift = 0.1 * (1 - Math.Cos(Math.Sqrt(k / m) * time)), w = Math.Sqrt(torsion / inertia), angle = 0.6 / w * Math.Sin(w * time);

                Assert.That(end.Take(3), Is.EqualTo(new[] { y.X * shift, y.Y * shift, y.Z * shift }).Within(2e-5));
                Assert.That(2 * Math.Asin(end[5]), Is.EqualTo(angle).Within(2e-5));
            }
        }

        // Everything at once: each number, anchor and pulley that the loss can feel.
        [Test]
        public void GradientsByNumbersPulleysAndRatiosEqualDifferences()
        {
            SceneBuilder builder = Machine();
            foreach (string path in new[] { "swing.anchor.x", "swing.frequency", "swing.dampingRatio", "swing.axes.y.stiffness", "swing.axes.y.damping", "swing.axes.y.rest", "swing.axes.twist.driveStiffness", "swing.axes.twist.driveDamping",
                "swing.axes.twist.target", "swing.axes.twist.targetSpeed", "swing.axes.twist.driveForce", "swing.axes.twist.armature", "front.stiffness", "front.damping", "front.rest", "front.driveDamping", "front.targetSpeed",
                "front.armature", "front.frequency", "front.dampingRatio", "front.anchor.y", "rope.anchor.x", "rope.anchorB.y", "rope.pulleyA.x", "rope.pulleyB.z", "rope.ratio", "gear.ratio", "axle.driveForce" }) builder.Tune("joints." + path, typical: 0.1);
            builder.Tune("controls.push.points.0", typical: 1).Tune("controls.turn.points.1", typical: 1);
            using (var objective = TestScenes.Objective(builder.Build())) TestScenes.AssertEverySlope(objective, 1e-5);
        }

        [Test]
        public void TheBuilderRefusesMechanismsThatAreNone()
        {
            SceneException With(Action<SceneBuilder> change) => TestScenes.ErrorOf(() =>
            {
                SceneBuilder builder = new SceneBuilder("bad").Simulate(1).Sphere("ball", 0.1, new double[3]).Sphere("disc", 0.1, new double[] { 1, 0, 0 });
                change(builder);
                builder.Build();
            });
            double[] zero = new double[3], one = { 1, 0, 0 };

            Assert.That(With(b => b.Joint("j", "sixDegree", null, "ball", zero, null, j => j.Axes.Add(Axis("w")))).Path, Is.EqualTo("joints.j.axes.w"));
            Assert.That(With(b => b.Joint("j", "sixDegree", null, "ball", zero, null, j => j.Axes.AddRange(new[] { Axis("x"), Axis("x") }))).Problem, Does.Contain("twice"));
            Assert.That(With(b => b.Joint("j", "sixDegree", null, "ball", zero, null, j => j.Axes.AddRange(SceneJointAxis.Coordinates.Select(c => Axis(c))))).Problem, Does.Contain("nothing that acts"));
            Assert.That(With(b => b.Joint("j", "hinge", null, "ball", zero, null, j => j.Axes.Add(Axis("x")))).Path, Is.EqualTo("joints.j.axes"));
            Assert.That(With(b => b.Wheel("j", null, "ball", zero, new double[] { 0, 1, 0 }, 100, 1)).Path, Is.EqualTo("joints.j.up"));
            Assert.That(With(b => b.Joint("j", "wheel", null, "ball", zero)).Path, Is.EqualTo("joints.j.stiffness"));
            Assert.That(With(b => b.Pulley("j", "ball", "disc", zero, one, zero, new double[] { 1, 1, 0 })).Path, Is.EqualTo("joints.j.pulleyA"));
            Assert.That(With(b => b.Pulley("j", "ball", "disc", zero, one, new double[] { 0, 1, 0 }, new double[] { 1, 1, 0 }, -1)).Path, Is.EqualTo("joints.j.ratio"));
            Assert.That(With(b => b.Gear("j", "axle", "shaft", 2)).Path, Is.EqualTo("joints.j.first"));
            Assert.That(With(b => b.Joint("h", "hinge", "disc", "ball", zero).Gear("j", "h", "h", 2)).Problem, Does.Contain("'disc', which moves"));
            Assert.That(With(b => b.Joint("h", "hinge", null, "ball", zero).Gear("j", "h", "h", 2)).Path, Is.EqualTo("joints.j.second"));
            Assert.That(With(b => b.Joint("h", "hinge", null, "ball", zero).Joint("i", "hinge", null, "disc", one).Gear("j", "h", "i", 0)).Path, Is.EqualTo("joints.j.ratio"));
        }

        // A block on a six-degree joint, a hub with a wheel, a weight on a rope, and two wheels on a gear.
        internal static SceneBuilder Machine()
        {
            return new SceneBuilder("machine").Simulate(0.3, 60, 2)
                .Box("block", new[] { 0.1, 0.2, 0.15 }, new double[] { -1, 1, 0.1 }, new[] { 0.1, 0, 0 }, null, 1)
                .Sphere("hub", 0.1, new double[] { 2, 1, 0 }, new[] { 0.3, 0.4, -0.2 }, null, 2, b => b.AngularVelocity = new[] { 0.2, 0.1, 0.3 })
                .Sphere("wheel", 0.3, new double[] { 2, 0.5, 0.2 }, null, null, 1)
                .Sphere("weight", 0.1, new[] { 0.1, -1, 0 }, null, null, 1)
                .Sphere("counter", 0.1, new[] { 1, -1, 0.1 }, null, null, 1.5, b => b.AngularVelocity = new double[] { 0, 0, 1 })
                .Box("drive", new[] { 0.2, 0.3, 0.05 }, new double[] { 4, 0, 0 }, null, null, 1)
                .Box("load", new[] { 0.3, 0.2, 0.05 }, new double[] { 5, 0, 0 }, null, null, 1)
                .Joint("swing", "sixDegree", null, "block", new double[] { -1, 1.2, 0 }, null, j =>
                {
                    j.Rotation = Turn(0.3);
                    (j[JointNumber.Frequency], j[JointNumber.DampingRatio]) = (20, 0.6);
                    j.Axes.Add(Axis("y", (JointNumber.Stiffness, 60), (JointNumber.Damping, 0.5), (JointNumber.Rest, 0.05)));
                    j.Axes.Add(Axis("twist", (JointNumber.DriveStiffness, 3), (JointNumber.DriveDamping, 0.2), (JointNumber.Target, 0.4), (JointNumber.TargetSpeed, 0.3), (JointNumber.DriveForce, 0.1), (JointNumber.Armature, 0.02)));
                    j.Axes.Add(Axis("swingY"));
                })
                .Wheel("front", "hub", "wheel", new double[] { 2, 0.5, 0.2 }, new[] { 0, 0, 1.0 }, 400, 10, j =>
                {
                    (j[JointNumber.Lower], j[JointNumber.Upper], j[JointNumber.Rest]) = (-0.2, 0.2, 0.05);
                    (j[JointNumber.DriveForce], j[JointNumber.DriveDamping], j[JointNumber.TargetSpeed], j[JointNumber.Armature]) = (0.5, 0.1, 2, 0.01);
                    (j[JointNumber.Frequency], j[JointNumber.DampingRatio]) = (15, 0.8);
                })
                .Pulley("rope", "weight", "counter", new[] { 0.15, -0.9, 0 }, new[] { 1, -0.9, 0.1 }, new double[] { 0, 1, 0 }, new double[] { 1, 1, 0 }, 1.3)
                .Joint("axle", "hinge", null, "drive", new double[] { 4, 0, 0 }, new double[] { 0, 0, 1 }, j => j[JointNumber.DriveForce] = 0.4)
                .Joint("shaft", "hinge", null, "load", new double[] { 5, 0, 0 }, new double[] { 0, 0, 1 })
                .Gear("gear", "axle", "shaft", -1.6)
                .Control("push", "joints.swing.axes.y.driveForce", "linear", 1, -2)
                .Control("turn", "joints.front.driveForce", "linear", 1, 2)
                .Reach("block", new double[] { -1, 0.8, 0.3 }).Reach("wheel", new[] { 2.1, 0.3, 0 }).Reach("counter", new[] { 1, -1.5, 0 })
                .Loss(new SceneLoss { Type = "rotation", Body = "block", Target = new double[] { 0, 0, 0, 1 } })
                .Loss(new SceneLoss { Type = "rotation", Body = "wheel", Target = Turn(1) })
                .Loss(new SceneLoss { Type = "rotation", Body = "load", Target = Turn(1) });
        }

        private static SceneJointAxis Axis(string name, params (JointNumber, double)[] numbers)
        {
            var axis = new SceneJointAxis { Name = name };
            foreach ((JointNumber number, double value) in numbers) axis[number] = value;
            return axis;
        }

        private static double[] Turn(double angle) => new[] { 0, 0, Math.Sin(angle / 2), Math.Cos(angle / 2) };

        private static double Tune(Scene scene)
        {
            using (var objective = TestScenes.Objective(scene))
            {
                return new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = new StoppingRules { LossBelow = 1e-18 } }).Run().Best.Parameters[0];
            }
        }
    }
}
