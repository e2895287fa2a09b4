using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Samples;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Studio.Tests;

public sealed class SampleTests
{
    public static IEnumerable<TestCaseData> Twins()
    {
        yield return new TestCaseData("BouncePass", (Func<Scene>)BouncePass.Build);
    }

    [TestCaseSource(nameof(Twins))]
    public void CodeAndFileAreOneScene(string sample, Func<Scene> build)
    {
        Scene file = SceneFile.Load(SampleFiles.Scene(sample));

        Assert.That(SceneFormat.Write(build()).ToJson(), Is.EqualTo(SceneFormat.Write(file).ToJson()));
    }

    [TestCaseSource(nameof(Twins))]
    public void TheGradientHoldsAtTheStart(string sample, Func<Scene> build)
    {
        using SceneObjective objective = new(build());
        foreach (GradientSpot spot in GradientSpotCheck.Check(objective, objective.Parameters, objective.Parameters.InitialValues()))
        {
            Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), $"{spot.Parameter}: {spot.Analytic} against {spot.Numeric}");
        }
    }

    [Test]
    public void BouncePassReachesTheOptimumOffFloorAndWall()
    {
        TuningResult result = Tune(BouncePass.Build());

        Assert.That(result.Best.InitialLoss, Is.EqualTo(8.316).Within(1e-3));
        Assert.That(result.Best.Loss, Is.LessThan(1e-6));
        Assert.That(result.Best.Parameters, Is.EqualTo(new[] { 10.1957, -4.0907 }).Within(1e-4));
    }

    private static TuningResult Tune(Scene scene)
    {
        using SceneObjective objective = new(scene);
        TuningSettings tuning = scene.Tuning;
        return new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = tuning.Optimiser, Stopping = tuning.Stopping, Starts = tuning.Starts, Seed = (ulong)tuning.Seed }).Run();
    }
}
