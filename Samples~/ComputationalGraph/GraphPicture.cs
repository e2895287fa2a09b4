using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace DiffPhysics.Samples.ComputationalGraph
{
    /// <summary>
    /// Draws an evaluated graph as SVG: columns are steps, so what stands in one column is independent; values are blue,
    /// adjoints red, and each arrow carries the local slope by which adjoints travel back along it.
    /// </summary>
    public static class GraphPicture
    {
        private const int Width = 150, Height = 76, ColumnGap = 110, RowGap = 40, Margin = 30, Title = 100;

        /// <summary>The picture as SVG text.</summary>
        public static string ToSvg(GraphEvaluation graph, string title)
        {
            var columns = new List<List<int>>();
            for (int k = 0; k <= graph.Depth; k++)
                columns.Add(new List<int>());
            foreach (int node in graph.Nodes)
            {
                if (!graph.IsConstant(node))
                    columns[graph.Level(node)].Add(node);
            }
            int tallest = 0;
            foreach (List<int> column in columns)
                tallest = Math.Max(tallest, column.Count);
            int height = Title + tallest * (Height + RowGap) + Margin + 34;
            int width = 2 * Margin + columns.Count * Width + (columns.Count - 1) * ColumnGap;
            var places = new Dictionary<int, (double X, double Y)>();
            for (int c = 0; c < columns.Count; c++)
                PlaceColumn(graph, columns[c], c, height, places);

            var svg = new StringBuilder();
            svg.Append(FormattableString.Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"DejaVu Sans, Verdana, sans-serif\">\n"));
            svg.Append("<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 L10 5 L0 10 z\" fill=\"#667085\"/></marker></defs>\n");
            svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
            AppendText(svg, Margin, 34, 18, "#1d2939", "start", title, bold: true);
            AppendText(svg, Margin, 56, 12, "#667085", "start", "Values (blue) are computed from left to right, adjoints (red) from right to left:", bold: false);
            AppendText(svg, Margin, 74, 12, "#667085", "start", "a box's adjoint is the sum, over the arrows that leave it, of the slope on the arrow times the adjoint at its tip.", bold: false);
            for (int c = 0; c < columns.Count; c++)
            {
                double x = Margin + c * (Width + ColumnGap) + Width / 2.0;
                AppendText(svg, x, height - 14, 12, "#98a2b3", "middle", c == 0 ? "inputs" : $"step {c}", bold: false);
            }
            foreach (int node in graph.Nodes)
                AppendEdges(svg, graph, places, node);
            foreach (int node in graph.Nodes)
            {
                if (!graph.IsConstant(node))
                    AppendNode(svg, graph, places[node], node);
            }
            return svg.Append("</svg>\n").ToString();
        }

        /// <summary>Operations stand in the order of the formula, beside the middle of their operands as far as there is room.</summary>
        private static void PlaceColumn(GraphEvaluation graph, List<int> column, int index, int height, Dictionary<int, (double X, double Y)> places)
        {
            double x = Margin + index * (Width + ColumnGap);
            double free = height - Title - Margin - 24;
            var wanted = new double[column.Count];
            for (int k = 0; k < column.Count; k++)
            {
                wanted[k] = Title + free * (k + 0.5) / column.Count;
                int arity = graph.Arity(column[k]);
                if (arity == 0)
                    continue;
                double sum = 0;
                int drawn = 0;
                for (int p = 0; p < arity; p++)
                {
                    if (!places.TryGetValue(graph.Operand(column[k], p), out (double X, double Y) place))
                        continue;
                    sum += place.Y + Height / 2.0;
                    drawn++;
                }
                wanted[k] = drawn > 0 ? sum / drawn : wanted[k];
            }
            double least = Title;
            for (int k = 0; k < column.Count; k++)
            {
                double room = Title + free - (column.Count - k) * (Height + RowGap) + RowGap;
                double y = Math.Max(least, Math.Min(wanted[k] - Height / 2.0, room));
                places[column[k]] = (x, y);
                least = y + Height + RowGap;
            }
        }

        private static void AppendNode(StringBuilder svg, GraphEvaluation graph, (double X, double Y) at, int node)
        {
            string fill = graph.IsConstant(node) ? "#f2f4f7" : !graph.IsOperation(node) ? "#eff8ff" : node == graph.Output ? "#ecfdf3" : "#ffffff";
            svg.Append(FormattableString.Invariant($"<rect x=\"{at.X}\" y=\"{at.Y:F1}\" width=\"{Width}\" height=\"{Height}\" rx=\"10\" fill=\"{fill}\" stroke=\"#475467\" stroke-width=\"1.4\"/>\n"));
            double middle = at.X + Width / 2.0;
            string name = graph.IsOperation(node) ? $"{graph.Name(node)} = {graph.Formula(node)}" : graph.IsConstant(node) ? "constant" : graph.Name(node);
            AppendText(svg, middle, at.Y + 23, 15, "#1d2939", "middle", name.Replace("*", "×"), bold: true);
            AppendText(svg, middle, at.Y + 44, 13, "#175cd3", "middle", "value " + Number(graph.Values[node]), bold: false);
            if (!graph.IsConstant(node))
                AppendText(svg, middle, at.Y + 64, 13, "#b42318", "middle", "adjoint " + Number(graph.Adjoints[node]), bold: false);
        }

        /// <summary>Arrows into a node, their ends in the order of where they come from. Constants stand in the formula and have none.</summary>
        private static void AppendEdges(StringBuilder svg, GraphEvaluation graph, Dictionary<int, (double X, double Y)> places, int node)
        {
            var edges = new List<(int Operand, double Y)>();
            for (int k = 0; k < graph.Arity(node); k++)
            {
                int operand = graph.Operand(node, k);
                if (!graph.IsConstant(operand))
                    edges.Add((k, Arrival(graph, places, operand, node)));
            }
            edges.Sort((a, b) => a.Y.CompareTo(b.Y));
            for (int port = 0; port < edges.Count; port++)
                AppendEdge(svg, graph, places, node, edges[port].Operand, (port + 1.0) / (edges.Count + 1));
        }

        /// <summary>The height at which an arrow comes in: that of its start, or below the boxes that it passes.</summary>
        private static double Arrival(GraphEvaluation graph, Dictionary<int, (double X, double Y)> places, int operand, int node)
        {
            double y = places[operand].Y + Height / 2.0;
            for (int level = graph.Level(operand) + 1; level < graph.Level(node); level++)
            {
                foreach (int other in graph.Nodes)
                {
                    if (graph.Level(other) == level && places.ContainsKey(other))
                        y = Math.Max(y, places[other].Y + Height + 22);
                }
            }
            return y;
        }

        private static void AppendEdge(StringBuilder svg, GraphEvaluation graph, Dictionary<int, (double X, double Y)> places, int node, int k, double port)
        {
            int operand = graph.Operand(node, k);
            double x0 = places[operand].X + Width, y0 = places[operand].Y + Height / 2.0;
            double x1 = places[node].X, y1 = places[node].Y + Height * port;
            double bend = ColumnGap / 2.0;
            double y = Arrival(graph, places, operand, node);
            string path = FormattableString.Invariant($"M{x0} {y0:F1} ");
            if (graph.Level(node) > graph.Level(operand) + 1)
            {
                double left = x0 + ColumnGap, right = x1 - ColumnGap;
                path += FormattableString.Invariant($"C{x0 + bend} {y0:F1} {left - bend} {y:F1} {left} {y:F1} L{right} {y:F1} ");
                x0 = right;
                y0 = y;
            }
            path += FormattableString.Invariant($"C{x0 + bend} {y0:F1} {x1 - bend} {y1:F1} {x1} {y1:F1}");
            svg.Append($"<path d=\"{path}\" fill=\"none\" stroke=\"#667085\" stroke-width=\"1.4\" marker-end=\"url(#tip)\"/>\n");
            AppendText(svg, x1 - 10, y1 - 6, 11, "#b42318", "end", "× " + Number(graph.Slope(node, k)), bold: false);
        }

        private static void AppendText(StringBuilder svg, double x, double y, int size, string colour, string anchor, string text, bool bold)
        {
            string weight = bold ? " font-weight=\"600\"" : "";
            svg.Append(FormattableString.Invariant($"<text x=\"{x:F1}\" y=\"{y:F1}\" font-size=\"{size}\" fill=\"{colour}\" text-anchor=\"{anchor}\"{weight} stroke=\"#ffffff\" stroke-width=\"{(anchor == "end" ? 3 : 0)}\" paint-order=\"stroke\">"));
            svg.Append(text.Replace("&", "&amp;").Replace("<", "&lt;")).Append("</text>\n");
        }

        private static string Number(double x) => Lesson.Text(x).Replace("-", "\u2212");
    }
}
