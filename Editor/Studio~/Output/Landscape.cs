using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

/// <summary>The loss on a grid over one or two parameters, the others at their start values. Rows of the grid are worlds of one batch.</summary>
internal sealed class Landscape
{
    public string[] Names { get; private init; }
    public double[] X { get; private init; }
    public double[] Y { get; private init; }
    public double[] Losses { get; private init; }

    public static Landscape Evaluate(SceneObjective objective, int first, int? second, int count)
    {
        double[] x = Axis(objective.Parameters.Parameters[first], count);
        double[] y = second is int s ? Axis(objective.Parameters.Parameters[s], count) : [double.NaN];
        double[] start = objective.Parameters.InitialValues();
        var losses = new double[x.Length * y.Length];
        var batch = new EvaluationBatch(objective);
        for (int row = 0; row < y.Length; row++)
        {
            batch.Reset(x.Length, EvaluationNeeds.Value);
            for (int column = 0; column < x.Length; column++)
            {
                start.CopyTo(batch.Point(column));
                batch.Point(column)[first] = x[column];
                if (second is int index) batch.Point(column)[index] = y[row];
            }
            objective.Evaluate(batch);
            batch.Values.CopyTo(losses.AsSpan(row * x.Length));
        }
        var names = new[] { first, second ?? -1 }.Where(i => i >= 0).Select(i => objective.Parameters.Parameters[i].Name).ToArray();
        return new Landscape { Names = names, X = x, Y = y, Losses = losses };
    }

    // Columns of a history whose names are the landscape's; rows of the best start come in order.
    public static double[][] Path(string file, string[] names)
    {
        string[][] rows = File.ReadAllLines(file).Select(l => l.Split(',')).ToArray();
        int[] columns = names.Select(n => Array.IndexOf(rows[0], n)).ToArray();
        if (columns.Any(c => c < 0)) throw new ArgumentException($"{file} has no column for {string.Join(" or ", names)}.");
        return rows.Skip(1).Where(r => r[0] == "0").Select(r => columns.Select(c => double.Parse(r[c], CultureInfo.InvariantCulture)).ToArray()).ToArray();
    }

    public string ToCsv()
    {
        var text = new StringBuilder(string.Join(",", Names)).Append(",loss\n");
        for (int i = 0; i < Losses.Length; i++)
        {
            text.Append(Number(X[i % X.Length])).Append(',');
            if (Names.Length > 1) text.Append(Number(Y[i / X.Length])).Append(',');
            text.Append(Number(Losses[i])).Append('\n');
        }
        return text.ToString();
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // Between the bounds, or two typical changes to either side.
    private static double[] Axis(Parameter parameter, int count)
    {
        double low = double.IsInfinity(parameter.Lower) ? parameter.FromCoordinate(-2) : parameter.Lower;
        double high = double.IsInfinity(parameter.Upper) ? parameter.FromCoordinate(2) : parameter.Upper;
        return Enumerable.Range(0, count).Select(i => low + (high - low) * i / (count - 1)).ToArray();
    }
}
