using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    internal static class TestScenes
    {
        /// <summary>One for all tests, so that kernels that scenes have in common are compiled once.</summary>
        public static readonly Executor Executor = Executor.CreateDefault();

        public static SceneObjective Objective(Scene scene, Func<SceneRecording, IReadOnlyList<Recording>> recordings = null, IReadOnlyList<TrajectoryLoss> formulas = null) =>
            new SceneObjective(scene, recordings, Executor, formulas);

        // The loss depends on every parameter at its first value, and its slopes are those of differences.
        public static void AssertEverySlope(SceneObjective objective, double tolerance)
        {
            foreach (GradientSpot spot in GradientSpotCheck.Check(objective, objective.Parameters, objective.Parameters.InitialValues(), tolerance))
            {
                Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), $"{spot.Parameter}: {spot.Analytic} against {spot.Numeric}");
                Assert.That(spot.Analytic, Is.Not.EqualTo(0), spot.Parameter);
            }
        }

        // The error that an action ends with; the test fails when it ends without one.
        public static SceneException ErrorOf(Action action)
        {
            SceneException found = null;
            try
            {
                action();
            }
            catch (SceneException error)
            {
                found = error;
            }
            Assert.That(found, Is.Not.Null, "there was no error");
            return found;
        }

        public static Scene Drop()
        {
            return new SceneBuilder("drop", "A ball over a floor.")
                .Gravity(0, -9.8, 0)
                .Simulate(1)
                .Material("rubber", 0.5, 0.9)
                .Plane("floor", new double[] { 0, 0, 0 }, new double[] { 0, 1, 0 }, "rubber")
                .Sphere("ball", 0.1, new double[] { 0, 1, 0 }, new double[] { 1, 0, 0 }, "rubber", 1.5)
                .Recording("seen", new[] { 0, 0, 1.0, 0 }, new[] { 0.5, 0, 0.5, 0 })
                .Tune("bodies.ball.velocity.x", -5, 5)
                .Couple("bodies.ball.velocity.z", "bodies.ball.velocity.x", 2)
                .Reach("ball", new[] { 1, 0.1, 0 }, 0.9, "xy")
                .Follow("ball", "seen")
                .Optimise("levenberg-marquardt", t => t.Seed = 3)
                .Build();
        }
    }
}
