using System;
using System.Collections.Generic;
using System.IO;
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
        yield return new TestCaseData("MiddleMass", (Func<Scene>)MiddleMass.Build);
        yield return new TestCaseData("StoppingDistance", (Func<Scene>)StoppingDistance.Build);
        yield return new TestCaseData("OfficialBalls", (Func<Scene>)OfficialBalls.Build);
        yield return new TestCaseData("Bowling", (Func<Scene>)Bowling.Build);
        yield return new TestCaseData("Billiards", (Func<Scene>)Billiards.Build);
        yield return new TestCaseData("Recoil", (Func<Scene>)Recoil.Build);
        yield return new TestCaseData("PulleyScale", (Func<Scene>)PulleyScale.Build);
        yield return new TestCaseData("Buggy", (Func<Scene>)Buggy.Build);
        yield return new TestCaseData("ClothRecording", (Func<Scene>)ClothRecording.Build);
        yield return new TestCaseData("Docking", (Func<Scene>)Docking.Build);
        yield return new TestCaseData("SpringCage", (Func<Scene>)SpringCageScene.Build);
        yield return new TestCaseData("ClothThrow", (Func<Scene>)ClothThrowScene.Build);
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
        using SceneObjective objective = new(build(), r => CsvRecording.ParseParticles(File.ReadAllText(Path.Combine(SampleFiles.Folder(sample), r.Path)), r.Path, r), SampleFiles.Executor);
        foreach (GradientSpot spot in GradientSpotCheck.Check(objective, objective.Parameters, objective.Parameters.InitialValues(), most: 12))
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

    [Test]
    public void MiddleMassIsTheGeometricMean()
    {
        Assert.That(Tune(MiddleMass.Build()).Best.Parameters[0], Is.EqualTo(Math.Sqrt(1 * 0.25)).Within(1e-6));
    }

    [Test]
    public void StoppingDistanceIsThatOfTheClosedForm()
    {
        Assert.That(Tune(StoppingDistance.Build()).Best.Parameters[0], Is.EqualTo(2 * 2 / (2 * 9.81 * 0.5)).Within(1e-4));
    }

    [Test]
    public void RecoilIsHalfAPeriodOfTheClosedForm()
    {
        double expected = 20 * (Math.Pow(Math.PI / 0.5, 2) + Math.Pow(40.0 / (2 * 20), 2));

        Assert.That(Tune(Recoil.Build()).Best.Parameters[0], Is.EqualTo(expected).Within(1e-3 * expected));
    }

    [Test]
    public void HalfTheLoadBalancesAPulleyScale()
    {
        Assert.That(Tune(PulleyScale.Build()).Best.Parameters[0], Is.EqualTo(8.0 / 2).Within(1e-4));
    }

    // Wheels that roll are as if heavier by I / r^2 = 2/5 m: torque = D r (M + 4 m (1 + 2/5)) / T^2 on each of two axles.
    [Test]
    public void TheBuggyNeedsTheTorqueOfWheelsThatRoll()
    {
        const double expected = 1.5 * 0.3 * (400 + 4 * 20 * 1.4) / (1 * 1);

        Assert.That(Tune(Buggy.Build()).Best.Parameters[0], Is.EqualTo(expected).Within(0.01 * expected));
    }

    // Two engines share m w^2 and 2 m w, with w = 2 / s; kicks at the start of substeps are of first order.
    [Test]
    public void TheAutopilotHasTheGainsOfACriticallyDampedApproach()
    {
        Assert.That(Tune(Docking.Build()).Best.Parameters, Is.EqualTo(new[] { 1.2 * 2 * 2 / 2, 2 * 1.2 * 2 / 2 }).Within(1).Percent);
    }

    [Test]
    public void OfficialBallsHaveTheRestitutionOfTheirRules()
    {
        double[] expected = { Math.Sqrt(1.41 / 2.54), Math.Sqrt(1.06 / 1.8), Math.Sqrt(1.45 / 2), Math.Sqrt(0.25 / 0.305) };

        Assert.That(Tune(OfficialBalls.Build()).Best.Parameters, Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void BowlingStartsSevenFifthsFaster()
    {
        Assert.That(Tune(Bowling.Build()).Best.Parameters[0], Is.EqualTo(7.0 / 5 * 5).Within(1e-3));
    }

    [Test]
    public void BilliardsSendsTheBallToTheMark()
    {
        TuningResult result = Tune(Billiards.Build());

        Assert.That(result.Best.InitialLoss, Is.GreaterThan(0.04));
        Assert.That(result.Best.Loss, Is.LessThan(1e-9), result.Best.ReasonText);
    }

    [Test]
    public void SpringCageSendsTheMassToTheMarkByPlainDescent()
    {
        TuningResult result = Tune(SpringCageScene.Build());

        Assert.That(result.Best.InitialLoss, Is.EqualTo(0.21875).Within(1e-12));
        Assert.That(result.Best.Loss, Is.LessThan(1e-8));
        Assert.That(result.Best.Iterations, Is.LessThanOrEqualTo(25));
        // Step by step the descent of the sample's own loop.
        double[] losses = SpringCage.Tune();
        Assert.That(result.History.Where(r => r.Iteration < 20).Select(r => r.Loss), Is.EqualTo(losses.Take(20)).Within(1e-9).Percent);
    }

    [Test]
    public void TheSheetIsKnownByItsRecording()
    {
        string file = Path.Combine(SampleFiles.Folder("ClothRecording"), "sheet.csv"), text = File.ReadAllText(file);
        Assert.That(ClothRecording.Record(), Is.EqualTo(text), "the file is what the sample's code records");
        Scene scene = ClothRecording.Build();
        using SceneObjective objective = new(scene, r => CsvRecording.ParseParticles(text, file, r), SampleFiles.Executor);
        TuningResult result = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser }).Run();

        Assert.That(result.Best.Parameters, Is.EqualTo(ClothRecording.Truth).Within(2).Percent);
        // What is left is the noise: three components of 1 mm.
        Assert.That(Math.Sqrt(result.Best.Loss), Is.EqualTo(Math.Sqrt(3) * 1e-3).Within(5).Percent);
        Assert.That(objective.Deviation(result.Best.Parameters.ToArray()).Position, Is.LessThan(2e-3));
    }

    [Test]
    public void ClothThrowArrivesInFewThrows()
    {
        Scene scene = ClothThrowScene.Build();
        using SceneObjective objective = new(scene, executor: SampleFiles.Executor);
        TuningResult result = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = scene.Tuning.Stopping }).Run();

        Assert.That(objective.Dimension, Is.EqualTo(867));
        Assert.That(result.Best.InitialLoss, Is.EqualTo(7.4659).Within(1e-3));
        Assert.That(result.Best.Loss, Is.LessThan(0.01 * result.Best.InitialLoss));
        Assert.That(objective.Simulations, Is.LessThanOrEqualTo(10));
    }

    private static TuningResult Tune(Scene scene)
    {
        using SceneObjective objective = new(scene, executor: SampleFiles.Executor);
        TuningSettings tuning = scene.Tuning;
        return new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = tuning.Optimiser, Stopping = tuning.Stopping, Starts = tuning.Starts, Seed = (ulong)tuning.Seed }).Run();
    }
}
