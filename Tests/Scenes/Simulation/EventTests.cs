using System;
using System.Linq;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    // What a run tells of its events, and what the gradient check makes of it.
    public sealed class EventTests
    {
        private const double Threshold = 0.5, Gravity = 9.8, Radius = 0.1;

        // Falls from such a height that it meets the floor by so much faster than the speed up to which contacts do not bounce.
        private static Scene Drop(double above)
        {
            double speed = Threshold + above;
            return new SceneBuilder("drop").Gravity(0, -Gravity, 0).Simulate(0.2).Material("rubber", 0.2, 0.8)
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, "rubber")
                .Sphere("ball", Radius, new[] { 0, Radius + speed * speed / (2 * Gravity), 0 }, new[] { 0.3, 0, 0 }, "rubber", 1)
                .Tune("bodies.ball.position.y", typical: 0.1)
                .Reach("ball", new[] { 0, 1.0, 0 }, axes: "y")
                .Build();
        }

        [Test]
        public void RunsWithTheSameEventsHaveEqualNumbersAndOthersNot()
        {
            ulong[] choices = new ulong[4];
            double[] above = { 0.1, 0.11, -0.1, 0.1 };
            for (int k = 0; k < 4; k++)
            {
                using (var objective = TestScenes.Objective(Drop(above[k]))) choices[k] = objective.Simulate(objective.Parameters.InitialValues()).Choices[0];
            }

            Assert.That(choices[1], Is.EqualTo(choices[0]));
            Assert.That(choices[3], Is.EqualTo(choices[0]));
            Assert.That(choices[2], Is.Not.EqualTo(choices[0]));
            using (var objective = TestScenes.Objective(Drop(0.1)))
            {
                var batch = new EvaluationBatch(objective);
                batch.Reset(3, EvaluationNeeds.Value);
                double[] heights = { 0.1005, 0.12, Drop(0.1).Bodies[1].Position[1] };
                for (int i = 0; i < 3; i++) batch.Point(i)[0] = heights[i];
                objective.Evaluate(batch);
                Assert.That(batch.Choices[2], Is.EqualTo(choices[0]), "beside others");
                Assert.That(batch.Choices[0], Is.Not.EqualTo(choices[0]));
            }
        }

        // A pair of particles that falls and bounces on the floor, as an obstacle and as a body.
        [Test]
        public void WhatParticlesMeetCounts([Values] bool isBody)
        {
            ulong ChoicesFrom(double height)
            {
                Scene scene = new SceneBuilder("pair").Simulate(0.3, change: s => (s.ParticlesTouchBodies, s.ParticleRadius) = (isBody, 0.02)).Plane("floor", new double[3], new double[] { 0, 1, 0 })
                    .Springs("pair", new[] { new[] { 0, height, 0 }, new[] { 0.2, height + 0.1, 0 } }, new[] { new[] { 0, 1 } }, d => d.With("stiffness", 100))
                    .Tune("deformables.pair.stiffness").Reach("pair", new double[3]).Build();
                using (var objective = TestScenes.Objective(scene)) return objective.Simulate(objective.Parameters.InitialValues()).Choices[0];
            }

            Assert.That(ChoicesFrom(0.2), Is.EqualTo(ChoicesFrom(0.2001)));
            Assert.That(ChoicesFrom(0.2), Is.Not.EqualTo(ChoicesFrom(0.8)));
        }

        [Test]
        public void ADerivativeAtTheEdgeOfAnEventIsCheckedOnItsOwnSide()
        {
            using (var objective = TestScenes.Objective(Drop(0.1)))
            {
                ulong ChoicesAt(double height) => objective.Simulate(new[] { height }).Choices[0];
                double low = Drop(-0.1).Bodies[1].Position[1], high = Drop(0.1).Bodies[1].Position[1];
                ulong bounces = ChoicesAt(high);
                while (high - low > 1e-14)
                {
                    double middle = 0.5 * (low + high);
                    if (ChoicesAt(middle) == bounces) high = middle;
                    else low = middle;
                }

                GradientSpot spot = GradientSpotCheck.Check(objective, objective.Parameters, new[] { high }).Single();

                Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), $"{spot.Words}: {spot.Analytic} against {spot.Numeric}");
                Assert.That(spot.Side, Is.EqualTo(1));
                Assert.That(Math.Abs(spot.Analytic), Is.GreaterThan(0.1));
            }
        }
    }
}
