using System.Collections.Generic;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

/// <summary>Everything a tune came to, for the files it leaves and for the screen.</summary>
internal sealed class TuneOutcome
{
    public Scene Scene { get; init; }
    public ParameterSet Parameters { get; init; }
    public IReadOnlyList<string> TermNames { get; init; }
    public TuningResult Result { get; init; }
    public double[] From { get; init; }
    public Trajectories Before { get; init; }
    public Trajectories After { get; init; }
    public double[] TermsBefore { get; init; }
    public IReadOnlyList<Sensitivity> Sensitivities { get; init; }
    public IReadOnlyList<GradientSpot> CheckAtStart { get; init; }
    public IReadOnlyList<GradientSpot> CheckAtEnd { get; init; }
    // Of what was fitted and of what was left out, before and after; NaN where nothing was recorded.
    public RecordingDeviation[] FittedDeviation { get; init; }
    public RecordingDeviation[] LeftOutDeviation { get; init; }
    public int Fitted { get; init; }
    public int LeftOut { get; init; }
    public int Simulations { get; init; }
    public string OptimiserName { get; init; }
}
