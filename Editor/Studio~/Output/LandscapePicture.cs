using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace DiffPhysics.Studio;

/// <summary>A landscape as SVG: a curve over one parameter, coloured cells over two, with the path of a descent. Losses are on a logarithmic scale.</summary>
internal static class LandscapePicture
{
    private const double Size = 560;
    private const double Margin = 70;

    public static string Draw(Landscape landscape, double[][] path)
    {
        double floor = landscape.Losses.Where(l => l > 0).DefaultIfEmpty(1e-12).Min();
        double[] logs = landscape.Losses.Select(l => Math.Log10(Math.Max(l, floor))).ToArray();
        double low = logs.Min();
        double high = Math.Max(logs.Max(), low + 1e-9);
        var svg = new StringBuilder();
        svg.Append(FormattableString.Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Size + 2 * Margin + 60} {Size + 2 * Margin}\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"));
        if (landscape.Names.Length == 1) Curve(svg, landscape, logs, low, high);
        else Cells(svg, landscape, logs, low, high, path);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Curve(StringBuilder svg, Landscape landscape, double[] logs, double low, double high)
    {
        string points = string.Join(" ", logs.Select((l, i) => Text(Across(landscape.X, landscape.X[i])) + "," + Text(Margin + Size * (high - l) / (high - low))));
        svg.Append($"<polyline fill=\"none\" stroke=\"#2563eb\" stroke-width=\"2\" points=\"{points}\"/>\n");
        Axes(svg, landscape.X[0], landscape.X[^1], Math.Pow(10, low), Math.Pow(10, high), landscape.Names[0], "loss (logarithmic)");
    }

    private static void Cells(StringBuilder svg, Landscape landscape, double[] logs, double low, double high, double[][] path)
    {
        int columns = landscape.X.Length;
        double width = Size / columns;
        double height = Size / landscape.Y.Length;
        for (int i = 0; i < logs.Length; i++)
        {
            double x = Margin + i % columns * width;
            double y = Margin + Size - (i / columns + 1) * height;
            svg.Append($"<rect x=\"{Text(x)}\" y=\"{Text(y)}\" width=\"{Text(width + 0.3)}\" height=\"{Text(height + 0.3)}\" fill=\"{Colour((logs[i] - low) / (high - low))}\"/>\n");
        }
        if (path.Length > 0)
        {
            string points = string.Join(" ", path.Select(p => Text(Across(landscape.X, p[0])) + "," + Text(Up(landscape.Y, p[1]))));
            svg.Append($"<polyline fill=\"none\" stroke=\"#ffffff\" stroke-width=\"4\" opacity=\"0.8\" points=\"{points}\"/><polyline fill=\"none\" stroke=\"#dc2626\" stroke-width=\"2\" points=\"{points}\"/>\n");
            foreach (double[] p in path) svg.Append($"<circle cx=\"{Text(Across(landscape.X, p[0]))}\" cy=\"{Text(Up(landscape.Y, p[1]))}\" r=\"3.5\" fill=\"#dc2626\" stroke=\"#ffffff\"/>\n");
        }
        for (int i = 0; i < 100; i++) svg.Append($"<rect x=\"{Text(Margin + Size + 20)}\" y=\"{Text(Margin + Size * (1 - (i + 1) / 100.0))}\" width=\"16\" height=\"{Text(Size / 100 + 0.3)}\" fill=\"{Colour(i / 100.0)}\"/>\n");
        Label(svg, Margin + Size + 42, Margin + 10, Math.Pow(10, high).ToString("0.0e+0", CultureInfo.InvariantCulture), "start");
        Label(svg, Margin + Size + 42, Margin + Size, Math.Pow(10, low).ToString("0.0e+0", CultureInfo.InvariantCulture), "start");
        Axes(svg, landscape.X[0], landscape.X[^1], landscape.Y[0], landscape.Y[^1], landscape.Names[0], landscape.Names[1]);
    }

    private static void Axes(StringBuilder svg, double x0, double x1, double y0, double y1, string x, string y)
    {
        svg.Append($"<rect x=\"{Text(Margin)}\" y=\"{Text(Margin)}\" width=\"{Text(Size)}\" height=\"{Text(Size)}\" fill=\"none\" stroke=\"#374151\"/>\n");
        Label(svg, Margin, Margin + Size + 18, Short(x0), "middle");
        Label(svg, Margin + Size, Margin + Size + 18, Short(x1), "middle");
        Label(svg, Margin + Size / 2, Margin + Size + 40, x, "middle");
        Label(svg, Margin - 6, Margin + Size, Short(y0), "end");
        Label(svg, Margin - 6, Margin + 10, Short(y1), "end");
        svg.Append($"<text x=\"0\" y=\"0\" text-anchor=\"middle\" fill=\"#111827\" transform=\"translate({Text(Margin - 40)} {Text(Margin + Size / 2)}) rotate(-90)\">{System.Security.SecurityElement.Escape(y)}</text>\n");
    }

    private static void Label(StringBuilder svg, double x, double y, string text, string anchor)
    {
        svg.Append($"<text x=\"{Text(x)}\" y=\"{Text(y)}\" text-anchor=\"{anchor}\" fill=\"#111827\">{System.Security.SecurityElement.Escape(text)}</text>\n");
    }

    private static double Across(double[] axis, double value) => Margin + Size * (value - axis[0]) / (axis[^1] - axis[0]);

    private static double Up(double[] axis, double value) => Margin + Size * (axis[^1] - value) / (axis[^1] - axis[0]);

    // From dark blue through green to yellow, evenly lighter: readable without colour too.
    private static string Colour(double t)
    {
        (double R, double G, double B)[] stops = [(68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37)];
        double place = Math.Clamp(double.IsNaN(t) ? 1 : t, 0, 1) * (stops.Length - 1);
        int i = Math.Min((int)place, stops.Length - 2);
        double f = place - i;
        int Mix(double a, double b) => (int)Math.Round(a + (b - a) * f);
        return $"#{Mix(stops[i].R, stops[i + 1].R):x2}{Mix(stops[i].G, stops[i + 1].G):x2}{Mix(stops[i].B, stops[i + 1].B):x2}";
    }

    private static string Short(double value) => value.ToString("g4", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
