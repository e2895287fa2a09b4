using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DiffPhysics.Samples;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Studio.Tests;

/// <summary>
/// The fit of a real cube, on a quarter of the tosses so that it takes seconds. All tosses are fitted by
/// <c>tune Samples~/CubeToss/scene.json --starts 3</c>; what that comes to stands in the sample's README.
/// </summary>
public sealed class CubeTossTests
{
    private static readonly double[] Authors = { 0.18, 0.125, 0.00081, 0 };

    private static string Tosses => Path.Combine(SampleFiles.Folder("CubeToss"), "../../../shared/data/cube-toss");

    [Test]
    public void CodeAndFileAreOneScene()
    {
        Assert.That(SceneFormat.Write(CubeToss.Build()).ToJson(), Is.EqualTo(SceneFormat.Write(SceneFile.Load(SampleFiles.Scene("CubeToss"))).ToJson()));
    }

    [Test]
    public void FittedValuesPredictTossesThatWereLeftOutFromAnyStart()
    {
        Assume.That(Directory.Exists(Tosses), "the recordings are not there");
        using SceneObjective objective = new(CubeToss.Build(), Load, SampleFiles.Executor);
        double[][] starts = { objective.Parameters.InitialValues(), new[] { 0.1, 0.1, 0.0015, 0 }, new[] { 0.5, 0.6, 0.0009, 0.01 } };
        StartResult[] fits = starts.Select(start => Fit(objective, start)).ToArray();

        foreach (StartResult fit in fits)
        {
            for (int p = 0; p < 2; p++) Assert.That(fit.Parameters[p], Is.EqualTo(fits[0].Parameters[p]).Within(5).Percent, objective.Parameters.Parameters[p].Name);
            RecordingDeviation fitted = Predict(objective, fit.Parameters);
            foreach (double[] other in new[] { starts[0], Authors })
            {
                RecordingDeviation before = Predict(objective, other);
                Assert.That(fitted.Position, Is.LessThan(0.85 * before.Position));
                Assert.That(fitted.Rotation, Is.LessThan(0.6 * before.Rotation));
            }
        }
        foreach (GradientSpot spot in GradientSpotCheck.Check(objective, objective.Parameters, fits[0].Parameters.ToArray()))
        {
            Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), $"{spot.Parameter} at the fit: {spot.Words}, {spot.Analytic} against {spot.Numeric}");
        }
        Assert.That(Fit(objective, starts[0]).Parameters, Is.EqualTo(fits[0].Parameters), "repeated to the bit");
    }

    private static RecordingDeviation Predict(SceneObjective objective, IReadOnlyList<double> values) => objective.Deviation(values.ToArray(), leftOut: true);

    private static StartResult Fit(SceneObjective objective, double[] start)
    {
        var parameters = new ParameterSet(objective.Parameters.Parameters.Select((p, i) => p.WithInitial(start[i])));
        TuningSettings tuning = CubeToss.Build().Tuning;
        return new TuningRun(parameters, objective, new TuningOptions { Optimiser = tuning.Optimiser, Stopping = tuning.Stopping }).Run().Best;
    }

    private static IReadOnlyList<Recording> Load(SceneRecording recording) => Directory.GetFiles(Tosses, "*.csv").Order(StringComparer.Ordinal)
        .Where((_, i) => i % 4 == 1).Select(file => CsvRecording.Parse(File.ReadAllText(file), file, recording)).ToArray();
}
