using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;
using Spectre.Console;

namespace DiffPhysics.Studio;

/// <summary>Live progress: the loss as a curve of blocks, gradient norm and time left. Silent for machines, plain lines in logs.</summary>
internal sealed class TuneDisplay : IDisposable
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const int CurveWidth = 48;
    private readonly Scene _scene;
    private readonly bool _silent;
    private readonly bool _live;
    private readonly List<double> _losses = new();
    private readonly Stopwatch _sinceDrawn = Stopwatch.StartNew();
    private double _best = double.PositiveInfinity;
    private bool _drawn;

    public TuneDisplay(Scene scene, bool silent)
    {
        _scene = scene;
        _silent = silent;
        _live = !silent && AnsiConsole.Profile.Capabilities.Interactive && AnsiConsole.Profile.Capabilities.Ansi && !Console.IsOutputRedirected;
        if (!silent) AnsiConsole.MarkupLineInterpolated($"[bold]{scene.Name}[/]  {SceneParameters.Create(scene).Count} parameters, {scene.Tuning.Optimiser.Method}{(scene.Tuning.Starts > 1 ? $", {scene.Tuning.Starts} starts" : "")}");
    }

    public void Show(IterationRecord record)
    {
        if (_silent) return;
        if (record.Loss < _best) _best = record.Loss;
        _losses.Add(_best);
        if (_live && _sinceDrawn.ElapsedMilliseconds < 50 && _losses.Count > 1) return;
        if (!_live && !IsRound(record.Iteration)) return;
        _sinceDrawn.Restart();
        string line = $"{record.Iteration,5}  loss {Text(_best)}  gradient {Text(record.GradientNorm)}  {Curve()}  {TimeLeft(record)}";
        if (_live) Console.Out.Write("\r" + line + "\u001b[K");
        else Console.Out.WriteLine(line);
        _drawn = true;
    }

    public void Dispose()
    {
        if (_live && _drawn) Console.Out.WriteLine();
    }

    // Logs get iterations 0, 1, 2, 5, 10, 20, 50, ...
    private static bool IsRound(int iteration)
    {
        int unit = 1;
        while (unit * 10 <= iteration) unit *= 10;
        return iteration % unit == 0 && iteration / unit is 0 or 1 or 2 or 5;
    }

    private string Curve()
    {
        double[] logs = _losses.Select(l => Math.Log10(Math.Max(l, 1e-300))).ToArray();
        double low = logs.Min();
        double width = Math.Max(logs.Max() - low, 1e-12);
        int columns = Math.Min(CurveWidth, logs.Length);
        return new string(Enumerable.Range(0, columns).Select(c => Blocks[(int)Math.Min(7, 8 * (logs[c * logs.Length / columns] - low) / width)]).ToArray());
    }

    // At most: the run may end sooner by its other rules.
    private string TimeLeft(IterationRecord record)
    {
        if (record.Iteration == 0) return "";
        double seconds = record.Seconds / record.Iteration * (_scene.Tuning.Stopping.MaxIterations - record.Iteration);
        return seconds < 1 ? "" : $"at most {TimeSpan.FromSeconds(Math.Min(seconds, 1e6)):h\\:mm\\:ss} left";
    }

    private static string Text(double value) => value.ToString("0.000e+00", CultureInfo.InvariantCulture);
}
