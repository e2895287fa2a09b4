using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class WorldSimulatorTests
    {
        [Test]
        public void GradientsOfATumblingBoxEqualDifferences()
        {
            Scene scene = new SceneBuilder("box")
                .Gravity(0, -9.81, 0)
                .Simulate(0.5)
                .Material("wood", 0.3, 0.6)
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, "wood")
                .Box("crate", new[] { 0.2, 0.1, 0.15 }, new[] { 0, 0.6, 0 }, new double[] { 1, 0, 0 }, "wood", 1, b =>
                {
                    b.Rotation = new[] { 0, 0, Math.Sin(0.15), Math.Cos(0.15) };
                    b.AngularVelocity = new[] { 0, 0.4, 2 };
                    b.Inertia = new[] { 0.011, 0.021, 0.017 };
                    b.CentreOfMass = new[] { 0.03, -0.02, 0.01 };
                })
                .Tune("bodies.crate.position.y").Tune("bodies.crate.angularVelocity.z").Tune("materials.wood.restitution").Tune("materials.wood.friction").Tune("bodies.crate.shape.halfSize.x").Tune("bodies.crate.mass").Tune("bodies.crate.inertia.z").Tune("bodies.crate.centreOfMass.x").Tune("bodies.crate.centreOfMass.y")
                .Reach("crate", new double[] { 1, 1, 0 })
                .Loss(new SceneLoss { Type = "rotation", Body = "crate", Target = new double[] { 0, 0, 0, 1 } })
                .Build();
            using (var objective = TestScenes.Objective(scene))
            {
                IReadOnlyList<GradientSpot> spots = GradientSpotCheck.Check(objective, objective.Parameters, objective.Parameters.InitialValues(), 1e-5);

                foreach (GradientSpot spot in spots) Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), $"{spot.Parameter}: {spot.Analytic} against {spot.Numeric}");
                Assert.That(spots[0].Analytic, Is.Not.EqualTo(0));
            }
        }

        [Test]
        public void AWorldThatIsUsedAgainGivesTheBitsOfANewOne()
        {
            Scene scene = new SceneBuilder("slide")
                .Simulate(0.4)
                .Material("wood", 0.3, 0.4)
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, "wood")
                .Box("crate", new[] { 0.2, 0.1, 0.15 }, new[] { 0, 0.1, 0 }, new[] { 1, 0, 0.5 }, "wood", 1, b => b.AngularVelocity = new double[] { 0, 3, 0 })
                .Box("lid", new[] { 0.1, 0.1, 0.1 }, new[] { 0, 0.4, 0 }, null, "wood", 1)
                .Build();
            string[] targets = { "materials.wood.friction", "bodies.crate.velocity.x" };
            Executor executor = TestScenes.Executor;
            using (var used = new WorldSimulator(scene, targets, executor))
            using (var fresh = new WorldSimulator(scene, targets, executor))
            {
                Run(used, new[] { new[] { 0.5, 2.0 } });
                (double[] motionA, double[] gradientA) = Run(used, new[] { new[] { 0.3, 1.0 } });
                (double[] motionB, double[] gradientB) = Run(fresh, new[] { new[] { 0.3, 1.0 } });

                Assert.That(motionA, Is.EqualTo(motionB));
                Assert.That(gradientA, Is.EqualTo(gradientB));
            }
        }

        [Test]
        public void WhatRanUnrecordedRecordsToTheBitsOfANewOne()
        {
            Scene scene = new SceneBuilder("plane and ball")
                .Simulate(0.4)
                .Material("wood", 0.3, 0.4)
                .Plane("slope", new double[3], new[] { 0.1, 0.9, 0.2 }.Select(n => n / Math.Sqrt(0.86)).ToArray(), "wood")
                .Box("far", new[] { 0.1, 0.1, 0.1 }, new[] { 5, 3.0, 0 }, null, "wood", 1)
                .Sphere("ball", 0.1, new[] { 0, 0.3, 0 }, new[] { 1, 0, 0.5 }, "wood", 1)
                .Build();
            string[] targets = { "materials.wood.friction", "bodies.ball.shape.radius" };
            double[][] values = { new[] { 0.3, 0.1 } };
            Executor executor = TestScenes.Executor;
            using (var used = new WorldSimulator(scene, targets, executor))
            using (var fresh = new WorldSimulator(scene, targets, executor))
            {
                used.Simulate(values, new Trajectories(1, used.Samples, 3), false);
                used.Simulate(new[] { new[] { 0.3, 0.2 } }, new Trajectories(1, used.Samples, 3), false);
                (double[] motionA, double[] gradientA) = Run(used, values);
                (double[] motionB, double[] gradientB) = Run(fresh, values);

                Assert.That(motionA, Is.EqualTo(motionB));
                Assert.That(gradientA, Is.EqualTo(gradientB));
            }
        }

        // The loss is a fixed weighting of the last state and of one on the way.
        private static (double[] Motion, double[] Gradient) Run(ISceneSimulator simulator, double[][] values)
        {
            var motion = new Trajectories(1, simulator.Samples, 3);
            var cotangents = new Trajectories(1, simulator.Samples, 3);
            simulator.Simulate(values, motion, true);
            for (int c = 0; c < 13; c++)
            {
                cotangents.State(0, simulator.Samples - 1, 2)[c] = 0.5 + 0.1 * c;
                cotangents.State(0, simulator.Samples / 2, 2)[c] = 1 - 0.2 * c;
            }
            var gradients = new[] { new double[values[0].Length] };
            simulator.Pullback(cotangents, gradients);
            double[] states = Enumerable.Range(0, simulator.Samples).SelectMany(s => motion.State(0, s, 2).ToArray()).ToArray();
            return (states, gradients[0]);
        }
    }
}
