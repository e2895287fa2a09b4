using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class JointSceneTests
    {
        // A door on a driven hinge, a rod and a spring to a ball on it, a block on a universal joint, all numbers that the loss can feel.
        private static Scene Mechanism()
        {
            var builder = new SceneBuilder("mechanism")
                .Simulate(0.3, 60, 2)
                .Box("post", new[] { 0.05, 1, 0.05 }, new double[] { 0, 1, 0 }, change: b => b.Motion = "static")
                .Box("door", new[] { 0.4, 0.3, 0.02 }, new double[] { 0.5, 1, 0 }, null, null, 3, b => b.AngularVelocity = new double[] { 0, 0.5, 0 })
                .Sphere("bob", 0.05, new double[] { 0.9, 0.4, 0.1 }, new double[] { 0.3, 0, 0.2 }, null, 0.5)
                .Sphere("weight", 0.05, new double[] { 0.9, 0, 0.3 }, null, null, 0.4)
                .Box("block", new[] { 0.1, 0.2, 0.15 }, new double[] { -1, 1, 0.1 }, new[] { 0.1, 0, 0 }, null, 1)
                .Sphere("tail", 0.05, new double[] { -1.3, 0.8, 0.1 }, null, null, 0.3)
                .Joint("hinge", "hinge", "post", "door", new double[] { 0.1, 1, 0 }, new double[] { 0, 1, 0.2 }, j =>
                {
                    j[JointNumber.Lower] = -1.5;
                    j[JointNumber.Upper] = 1.5;
                    j[JointNumber.Stiffness] = 4;
                    j[JointNumber.Damping] = 0.5;
                    j[JointNumber.Rest] = 0.1;
                    j[JointNumber.DriveStiffness] = 5;
                    j[JointNumber.DriveDamping] = 0.7;
                    j[JointNumber.Target] = 0.6;
                    j[JointNumber.TargetSpeed] = 0.3;
                    j[JointNumber.DriveForce] = 0.4;
                    j[JointNumber.Armature] = 0.05;
                })
                .Joint("rod", "distance", "door", "bob", new[] { 0.85, 0.8, 0 }, null, j => j.AnchorB = new[] { 0.9, 0.4, 0.1 })
                .Joint("spring", "distance", "bob", "weight", new[] { 0.9, 0.4, 0.1 }, null, j =>
                {
                    j.AnchorB = new[] { 0.9, 0, 0.3 };
                    j[JointNumber.Stiffness] = 60;
                    j[JointNumber.Damping] = 0.3;
                })
                .Joint("cross", "universal", null, "block", new double[] { -1, 1.2, 0 }, new double[] { 1, 0, 0 }, j =>
                {
                    j.AxisB = new double[] { 0, 0, 2 };
                    j[JointNumber.Stiffness] = 2;
                    j[JointNumber.Damping] = 0.1;
                    j[JointNumber.Frequency] = 20;
                    j[JointNumber.DampingRatio] = 0.6;
                })
                .Joint("knee", "ball", "block", "tail", new[] { -1.1, 0.9, 0.1 }, null, j => j[JointNumber.Stiffness] = 1)
                .Tune("bodies.door.mass").Tune("bodies.bob.position.x").Tune("bodies.bob.velocity.z").Tune("bodies.block.position.y");
            foreach (string path in new[] { "anchor.x", "stiffness", "damping", "rest", "driveStiffness", "driveDamping", "target", "targetSpeed", "driveForce", "armature" }) builder.Tune("joints.hinge." + path);
            foreach (string path in new[] { "rod.anchor.y", "rod.anchorB.x", "spring.stiffness", "spring.damping", "spring.anchorB.y", "cross.anchor.z", "cross.stiffness", "cross.damping", "cross.frequency", "cross.dampingRatio", "knee.anchor.x", "knee.stiffness" }) builder.Tune("joints." + path);
            return builder
                .Reach("weight", new[] { 0.7, 0.2, 0 })
                .Reach("tail", new[] { -1, 0.7, 0.2 })
                .Loss(new SceneLoss { Type = "rotation", Body = "block", Target = new double[] { 0, 0, 0, 1 } })
                .Build();
        }

        [Test]
        public void GradientsByNumbersAnchorsAndStartsEqualDifferences()
        {
            using (var objective = TestScenes.Objective(Mechanism()))
            {
                IReadOnlyList<GradientSpot> spots = GradientSpotCheck.Check(objective, objective.Parameters, objective.Parameters.InitialValues(), 1e-5);

                foreach (GradientSpot spot in spots)
                {
                    Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), $"{spot.Parameter}: {spot.Analytic} against {spot.Numeric}");
                    Assert.That(spot.Analytic, Is.Not.EqualTo(0), spot.Parameter);
                }
            }
        }

        [Test]
        public void WorldsSideBySideMoveLikeEachAloneAndAgainTheSame()
        {
            Scene scene = Mechanism();
            string[] targets = { "joints.spring.stiffness", "bodies.bob.position.x" };
            double[][] values = { new[] { 60, 0.9 }, new[] { 40, 0.95 } };
            Executor executor = TestScenes.Executor;
            using (var together = new WorldSimulator(scene, targets, executor))
            using (var alone = new WorldSimulator(scene, targets, executor))
            {
                var both = new Trajectories(2, together.Samples, scene.Bodies.Count);
                var one = new Trajectories(1, alone.Samples, scene.Bodies.Count);
                together.Simulate(values, both, false);
                together.Simulate(values, both, false);
                alone.Simulate(new[] { values[1] }, one, false);
                for (int b = 0; b < scene.Bodies.Count; b++) Assert.That(both.State(1, together.Samples - 1, b).ToArray(), Is.EqualTo(one.State(0, alone.Samples - 1, b).ToArray()));
            }
        }

        // A pendulum of point mass at small swing: the period is 2 pi sqrt(l / g), so that after a quarter of it, from rest, it hangs straight.
        [Test]
        public void ThePendulumThatHangsAfterAQuarterPeriodHasTheLengthOfTheClosedForm()
        {
            double length = 9.81 * Math.Pow(0.5 / (Math.PI / 2), 2);
            Scene scene = new SceneBuilder("pendulum")
                .Gravity(0, -9.81, 0)
                .Simulate(0.5, 120)
                .Sphere("bob", 1e-3, new[] { 0.01, 0, 0 }, null, null, 1)
                .Joint("rod", "distance", null, "bob", new[] { 0, 0.7, 0 }, null, j => j.AnchorB = new[] { 0.01, 0, 0 })
                .Tune("joints.rod.anchor.y", 0.3, 3)
                .Reach("bob", new double[] { 0, 0, 0 }, axes: "x")
                .Optimise("lbfgs", t => t.Stopping.LossBelow = 1e-16)
                .Build();
            using (var objective = TestScenes.Objective(scene))
            {
                TuningResult result = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = scene.Tuning.Stopping }).Run();

                Assert.That(result.Best.Parameters[0], Is.EqualTo(length).Within(1e-3 * length));
            }
        }

        [Test]
        public void TheBuilderRefusesNumbersThatAJointDoesNotHave()
        {
            SceneBuilder Joined(string type, Action<SceneJoint> change) => new SceneBuilder("bad").Simulate(1).Sphere("ball", 0.1, new double[3]).Joint("j", type, null, "ball", new double[3], null, change);

            Assert.That(TestScenes.ErrorOf(() => Joined("ball", j => j[JointNumber.Lower] = 1).Build()).Problem, Does.Contain("'lower' of a ball joint"));
            Assert.That(TestScenes.ErrorOf(() => Joined("hinge", j => j[JointNumber.Friction] = -1).Build()).Path, Is.EqualTo("joints.j.friction"));
            Assert.That(TestScenes.ErrorOf(() => Joined("spring", null).Build()).Path, Is.EqualTo("joints.j.type"));
            Assert.That(TestScenes.ErrorOf(() => Joined("universal", j => j.AxisB = new double[] { 1, 1, 0 }).Build()).Problem, Does.Contain("45 degrees"));
            Assert.That(TestScenes.ErrorOf(() => Joined("distance", null).Build()).Path, Is.EqualTo("joints.j.anchorB"));
            Assert.That(TestScenes.ErrorOf(() => new SceneBuilder("bad").Simulate(1).Sphere("ball", 0.1, new double[3]).Joint("j", "ball", null, null, new double[3]).Build()).Path, Is.EqualTo("joints.j.b"));
        }
    }
}
