using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class DeformableSceneTests
    {
        // One of each over a floor that it meets, with every number that the loss can feel.
        internal static SceneBuilder All(string integrator)
        {
            return new SceneBuilder("all")
                .Simulate(0.2, 60, 8, s => (s.Integrator, s.RestitutionThreshold) = (integrator, 0.1))
                .Material("felt", 0.3, 0.4)
                .Plane("floor", new double[] { 0, -0.4, 0 }, new double[] { 0, 1, 0 }, "felt")
                .Springs("net", new[] { new double[] { 0, 0, 0 }, new[] { 0.3, 0.1, 0 }, new[] { 0.1, 0.3, 0.2 } }, new[] { new[] { 0, 1 }, new[] { 1, 2 }, new[] { 2, 0 } }, d =>
                {
                    d.With("mass", 0.5, 0.6, 0.7).With("stiffness", 40).With("damping", 0.3).With("restLength", 0.3, 0.35, 0.4).With("linearDrag", 0.05);
                    d.Velocity = new[] { 0.5, -2, 0 };
                    d.AngularVelocity = new[] { 0.3, 0, 1 };
                    d.Rotation = new[] { 0, 0.6, 0, 0.8 };
                })
                .Cloth("sheet", 4, 3, 0.4, 0.3, d =>
                {
                    d.With("warpStiffness", 30).With("weftStiffness", 20).With("shearStiffness", 10).With("areaStiffness", 5).With("damping", 0.003).With("bendingStiffness", 0.002)
                        .With("bendingDamping", 0.01).With("drag", 0.6).With("lift", 0.3).With("wind", 1, 0.5, -0.4).With("density", 0.3).With("restScale", 1.05);
                    d.Position = new[] { 1, 0.1, 0 };
                    d.Pins = new[] { 0, 3 };
                    d.Velocities = Enumerable.Range(0, 12).Select(p => new[] { 0, p < 4 ? 0 : 0.1 * p, 0 }).ToArray();
                })
                .Rope("cord", new[] { 2, 0, 0.1 }, new[] { 2.6, 0.1, 0 }, 5, d =>
                {
                    d.With("stretchStiffness", 60).With("bendingStiffness", 0.01).With("damping", 0.002).With("density", 0.2);
                    d.Pins = new[] { 0 };
                })
                .SoftBox("cube", new[] { 0.2, 0.2, 0.2 }, new[] { 1, 1, 1 }, d =>
                {
                    d.With("young", 3000).With("poisson", 0.3).With("viscosity", 5).With("density", 200).With("activation", 800);
                    d.Position = new[] { -1, -0.2, 0 };
                    d.Velocity = new[] { 0.4, -2, 0.1 };
                })
                .Loss(new SceneLoss { Type = "shape", Body = "sheet", Points = Enumerable.Range(0, 12).Select(p => new[] { 0.8 + 0.1 * p, 0.05, 0.1 }).ToArray(), Time = 0.13 })
                .Loss(new SceneLoss { Type = "point", Body = "net", Target = new[] { 0.2, 0.1, 0.3 } })
                .Loss(new SceneLoss { Type = "velocity", Body = "net", Particle = 1, Target = new[] { 0.2, 0.1, 0.3 }, Weight = 0.1 })
                .Loss(new SceneLoss { Type = "point", Body = "cord", Particle = 5, Target = new[] { 2.2, -0.3, 0.1 }, Softness = 0.01 })
                .Loss(new SceneLoss { Type = "distance", Body = "cube", Other = "cord", Value = 2 })
                .Loss(new SceneLoss { Type = "path", Body = "cube", Particle = 3, Points = new[] { new[] { 0.05, -1, 0, 0 }, new[] { 0.15, -0.9, -0.1, 0.1 } } });
        }

        private static readonly string[] Paths =
        {
            "gravity.y", "materials.felt.friction", "materials.felt.restitution", "bodies.floor.position.y",
            "deformables.net.mass.1", "deformables.net.stiffness", "deformables.net.damping", "deformables.net.restLength.2", "deformables.net.linearDrag", "deformables.net.position.x",
            "deformables.net.velocity.y", "deformables.net.angularVelocity.z", "deformables.net.points.1.x", "deformables.net.velocities.2.z",
            "deformables.sheet.density", "deformables.sheet.warpStiffness", "deformables.sheet.weftStiffness", "deformables.sheet.shearStiffness", "deformables.sheet.areaStiffness",
            "deformables.sheet.damping", "deformables.sheet.bendingStiffness", "deformables.sheet.bendingDamping", "deformables.sheet.drag", "deformables.sheet.lift", "deformables.sheet.airDensity",
            "deformables.sheet.wind.x", "deformables.sheet.restScale", "deformables.sheet.velocities.7.y", "deformables.sheet.position.z",
            "deformables.cord.density", "deformables.cord.stretchStiffness", "deformables.cord.bendingStiffness", "deformables.cord.damping", "deformables.cord.restScale",
            "deformables.cube.young", "deformables.cube.poisson", "deformables.cube.viscosity", "deformables.cube.density", "deformables.cube.activation", "deformables.cube.restScale", "deformables.cube.velocity.x",
        };

        [TestCase("ballistic")]
        [TestCase("symplectic")]
        [TestCase("constraints")]
        public void GradientsByEveryNumberEqualDifferences(string integrator)
        {
            SceneBuilder builder = All(integrator);
            foreach (string path in Paths) builder.Tune(path);
            AssertGradients(builder.Build());
        }

        [Test]
        public void GradientsReachTheLengthOfTheRun()
        {
            AssertGradients(new SceneBuilder("rope").Simulate(0.3, 60, 8).Rope("cord", new double[3], new[] { 1, 0.2, 0 }, 4, d => d.With("stretchStiffness", 100).Pins = new[] { 0 })
                .Tune("simulation.duration").Reach("cord", new[] { 0.1, -0.2, 0.3 }).Build());
        }

        // A crate on a rope: bodies and particles together.
        [TestCase("ballistic")]
        [TestCase("constraints")]
        public void GradientsReachThroughAttachmentsToBodies(string integrator)
        {
            AssertGradients(new SceneBuilder("crate")
                .Simulate(0.3, 60, 8, s => s.Integrator = integrator)
                .Plane("floor", new double[] { 0, -0.6, 0 }, new double[] { 0, 1, 0 })
                .Box("crate", new[] { 0.1, 0.1, 0.15 }, new[] { 0.7, -0.1, 0 }, new[] { 0, -1, 0.3 }, mass: 1.5, change: b =>
                {
                    b.Rotation = new[] { 0, 0.6, 0, 0.8 };
                    b.Inertia = new[] { 0.01, 0.012, 0.009 };
                    b.CentreOfMass = new[] { 0.01, 0, 0.02 };
                })
                .Rope("cord", new double[3], new[] { 0.65, 0.03, 0.02 }, 5, d =>
                {
                    d.With("stretchStiffness", 150).Pins = new[] { 0 };
                    d.Attachments.Add(new SceneAttachment { Particle = 5, Body = "crate", Stiffness = 300, Damping = 2 });
                })
                .Tune("deformables.cord.attachments.0.stiffness").Tune("deformables.cord.attachments.0.damping").Tune("deformables.cord.stretchStiffness").Tune("deformables.cord.position.y")
                .Tune("bodies.crate.mass").Tune("bodies.crate.velocity.z").Tune("bodies.crate.position.x").Tune("bodies.crate.centreOfMass.z").Tune("gravity.y")
                .Reach("crate", new[] { 0.5, -0.3, 0.2 }).Loss(new SceneLoss { Type = "point", Body = "cord", Particle = 2, Target = new[] { 0.2, -0.1, 0 } })
                .Build());
        }

        // Two particles on a spring hit a box in flight, which turns, and then a step that stands.
        [Test]
        public void GradientsReachThroughContactOfParticlesAndMovingBodies()
        {
            AssertGradients(new SceneBuilder("hit")
                .Simulate(0.25, 60, 4, s => (s.ParticlesTouchBodies, s.ParticleRadius, s.ParticleFriction, s.ParticleRestitution, s.RestitutionThreshold) = (true, 0.02, 0.1, 0.6, 0.1))
                .Material("wood", 0.05, 0.2)
                .Box("step", new[] { 0.2, 0.05, 0.2 }, new[] { -0.35, -0.3, 0 }, material: "wood", change: b => b.Motion = "static")
                .Box("crate", new[] { 0.15, 0.1, 0.2 }, new[] { 0.1, -0.15, 0 }, new[] { 0.1, 0.5, 0 }, "wood", 0.8, b => b.AngularVelocity = new[] { 0.3, 0.2, 0.5 })
                .Springs("pair", new[] { new[] { 0.1, 0.12, 0.03 }, new[] { -0.25, 0.1, 0 } }, new[] { new[] { 0, 1 } }, d => d.With("stiffness", 60).With("mass", 0.4).Velocity = new[] { 1.2, -1.5, 0.3 })
                .Tune("bodies.crate.mass").Tune("bodies.crate.velocity.y").Tune("bodies.crate.angularVelocity.z").Tune("deformables.pair.stiffness").Tune("deformables.pair.mass").Tune("deformables.pair.velocity.x")
                .Tune("simulation.particleFriction").Tune("simulation.particleRestitution")
                .Reach("crate", new[] { 0.2, 0.2, 0 }).Loss(new SceneLoss { Type = "point", Body = "pair", Particle = 1, Target = new[] { 0, -0.1, 0.1 } })
                .Build());
        }

        // Contacts come and go by the hundred: differences agree where they stay on one smooth piece, which the check sees to.
        [TestCase("ballistic")]
        [TestCase("constraints")]
        public void GradientsReachThroughABallThatLandsOnACloth(string integrator)
        {
            AssertGradients(new SceneBuilder("catch")
                .Simulate(0.5, 60, 8, s => (s.Integrator, s.ParticlesTouchBodies, s.ParticleRadius, s.RestitutionThreshold) = (integrator, true, 0.02, 0.1))
                .Sphere("ball", 0.12, new[] { 0.02, 0.16, 0.03 }, new double[] { 0, -1, 0 }, mass: 0.3)
                .Cloth("sheet", 7, 7, 0.6, 0.6, d =>
                {
                    d.With("density", 0.5).With("warpStiffness", 100).With("weftStiffness", 100).With("shearStiffness", 50).With("damping", 0.002);
                    d.Pins = new[] { 0, 6, 42, 48 };
                })
                .Tune("deformables.sheet.warpStiffness").Tune("deformables.sheet.damping").Tune("deformables.sheet.density").Tune("bodies.ball.mass").Tune("bodies.ball.position.y").Tune("simulation.particleFriction")
                .Reach("ball", new[] { 0.1, -0.5, 0 })
                .Build());
        }

        [Test]
        public void GradientsReachThroughContactOfParticlesWithOneAnother()
        {
            AssertGradients(new SceneBuilder("fold")
                .Simulate(0.2, 60, 8, s => (s.ParticlesTouchOneAnother, s.ParticleRadius, s.ParticleFriction) = (true, 0.04, 0.2))
                .Springs("low", new[] { new double[3], new[] { 0.3, 0, 0 } }, new[] { new[] { 0, 1 } }, d => d.With("stiffness", 50).Pins = new[] { 0 })
                .Springs("high", new[] { new[] { 0.28, 0.12, 0.01 }, new[] { 0.6, 0.2, 0 } }, new[] { new[] { 0, 1 } }, d => d.With("stiffness", 30).Velocity = new[] { 0, -1.5, 0.1 })
                .Tune("simulation.particleFriction").Tune("deformables.high.velocity.y").Tune("deformables.low.stiffness").Tune("deformables.high.stiffness")
                .Loss(new SceneLoss { Type = "point", Body = "low", Particle = 1, Target = new[] { 0.3, -0.5, 0.1 } }).Reach("high", new double[3])
                .Build());
        }

        [Test]
        public void WorldsSideBySideMoveLikeEachAloneAndAgainTheSame()
        {
            Scene scene = All("ballistic").Build();
            string[] targets = { "deformables.net.stiffness", "deformables.sheet.velocities.7.y" };
            double[][] values = { new[] { 40, 0.7 }, new[] { 55, -0.3 } };
            Executor executor = TestScenes.Executor;
            var things = new SceneThings(scene);
            using (var together = new WorldSimulator(scene, targets, executor))
            using (var alone = new WorldSimulator(scene, targets, executor))
            {
                Trajectories both = things.Room(2, together.Samples), one = things.Room(1, alone.Samples);
                together.Simulate(values, both, false);
                together.Simulate(values, both, false);
                alone.Simulate(new[] { values[1] }, one, false);
                for (int p = 0; p < things.Particles; p++) Assert.That(both.Particle(1, together.Samples - 1, p).ToArray(), Is.EqualTo(one.Particle(0, alone.Samples - 1, p).ToArray()));
                Assert.That(both.Particle(0, together.Samples - 1, 1)[0], Is.Not.EqualTo(both.Particle(1, together.Samples - 1, 1)[0]));
            }
        }

        [Test]
        public void ACentreOfMassWeighsParticlesAndAHangingSpringHasTheLengthOfTheClosedForm()
        {
            Scene scene = new SceneBuilder("hanging").Simulate(10, 60, 8, s => s.Integrator = "symplectic")
                .Springs("weight", new[] { new double[3], new double[] { 0, -1, 0 } }, new[] { new[] { 0, 1 } }, d => d.With("mass", 1, 3).With("stiffness", 200).With("damping", 20).With("restLength", 1).Pins = new[] { 0 })
                .Tune("deformables.weight.stiffness", 50, 1000, scale: ParameterScale.Logarithmic)
                .Loss(new SceneLoss { Type = "point", Body = "weight", Particle = 1, Target = new[] { 0, -1 - 3 * 9.81 / 400, 0 } })
                .Optimise("levenberg-marquardt", t => t.Stopping.LossBelow = 1e-18)
                .Build();
            using (var objective = TestScenes.Objective(scene))
            {
                TuningResult result = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = scene.Tuning.Stopping }).Run();

                Assert.That(result.Best.Parameters[0], Is.EqualTo(400).Within(1e-4));
                Trajectories motion = objective.Simulate(result.Best.Parameters.ToArray());
                Assert.That(motion.State(0, 0, 0)[1], Is.EqualTo(-0.75).Within(1e-12));
                Assert.That(motion.State(0, motion.Samples - 1, 0)[1], Is.EqualTo(0.75 * motion.Particle(0, motion.Samples - 1, 1)[1]).Within(1e-12));
            }
        }

        [Test]
        public void ADocumentGivesTheSameSceneAsTheBuilder()
        {
            Scene scene = All("constraints").Tune("deformables.cube.young", 100, 1e5, scale: ParameterScale.Logarithmic).Build();
            scene.Deformables[2].Attachments.Clear();
            string written = SceneFormat.Write(scene).ToJson();

            Assert.That(SceneFormat.Write(SceneFormat.Copy(scene)).ToJson(), Is.EqualTo(written));
            Assert.That(written, Does.Contain("\"warpStiffness\": 30").And.Contain("\"pins\": [0, 3]").And.Contain("\"integrator\": \"constraints\""));
        }

        [Test]
        public void PatternsNameValuesTogetherOrEach()
        {
            Scene together = All("ballistic").Tune("deformables.sheet.velocities.*.y").Build(), each = All("ballistic").TuneEach("deformables.sheet.velocities.*.y").Build();

            Assert.That(SceneParameters.Create(together).Count, Is.EqualTo(1));
            Assert.That(SceneParameters.Create(together).Targets, Has.Count.EqualTo(12));
            ParameterSet set = SceneParameters.Create(each);
            Assert.That(set.Count, Is.EqualTo(12));
            Assert.That(set.Parameters[7].Name, Is.EqualTo("deformables.sheet.velocities.7.y"));
            Assert.That(set.Parameters[7].Initial, Is.EqualTo(0.7).Within(1e-12));
            double[] values = set.InitialValues();
            values[7] = 5;
            SceneParameters.Apply(each, values);
            Assert.That(each.Deformables[1].Velocities[7][1], Is.EqualTo(5));
            Assert.That(TestScenes.ErrorOf(() => All("ballistic").Tune("deformables.sheet.velocitys.*.y").Build()).Problem, Does.Contain("no value is like"));
            Assert.That(TestScenes.ErrorOf(() => new SceneBuilder("bad").Simulate(1).Springs("net", new[] { new double[3], new double[] { 1, 0, 0 } }, new[] { new[] { 0, 1 } })
                .Tune("deformables.net.points.1.x").Build()).Problem, Does.Contain("'restLength' to be given"));
        }

        private static void AssertGradients(Scene scene)
        {
            using (var objective = TestScenes.Objective(scene))
            {
                IReadOnlyList<GradientSpot> spots = GradientSpotCheck.Check(objective, objective.Parameters, objective.Parameters.InitialValues(), 1e-6);
                foreach (GradientSpot spot in spots)
                {
                    Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), $"{spot.Parameter}: {spot.Analytic} against {spot.Numeric}");
                    Assert.That(spot.Analytic, Is.Not.EqualTo(0), spot.Parameter);
                }
            }
        }
    }
}
