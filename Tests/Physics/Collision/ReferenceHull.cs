using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>
    /// Faces and edges of a small hull from its points alone: a plane through three of them with all others on one side is a
    /// face, and an edge direction joins two of them.
    /// </summary>
    internal static class ReferenceHull
    {
        private static readonly ConditionalWeakTable<HullShape, List<(Double3 Normal, Double3 Origin, List<Double3> Corners)>> Known =
            new ConditionalWeakTable<HullShape, List<(Double3, Double3, List<Double3>)>>();

        public static List<Double3> Normals(HullShape hull)
        {
            var normals = new List<Double3>();
            foreach ((Double3 normal, Double3 _, List<Double3> _) in Faces(hull))
            {
                normals.Add(normal);
            }

            return normals;
        }

        public static List<Double3> Edges(HullShape hull)
        {
            var edges = new List<Double3>();
            for (int i = 0; i < hull.Vertices.Count; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    edges.Add(Double3.Normalise(hull.Vertices[i] - hull.Vertices[j]));
                }
            }

            return edges;
        }

        /// <summary>Nearest point of the hull: of all triangles of its vertices, as every one lies inside it; the point itself if inside.</summary>
        public static Double3 Project(HullShape hull, Double3 p)
        {
            bool inside = true;
            Double3 best = default;
            double distance = double.PositiveInfinity;
            foreach ((Double3 normal, Double3 origin, List<Double3> corners) in Faces(hull))
            {
                double height = Double3.Dot(normal, p - origin);
                if (height <= 0)
                {
                    continue;
                }

                inside = false;
                for (int i = 0; i < corners.Count; i++)
                {
                    for (int j = 0; j < i; j++)
                    {
                        for (int k = 0; k < j; k++)
                        {
                            Double3 q = OnTriangle(p, corners[i], corners[j], corners[k]);
                            if (Double3.Distance(p, q) < distance)
                            {
                                distance = Double3.Distance(p, q);
                                best = q;
                            }
                        }
                    }
                }
            }

            return inside ? p : best;
        }

        private static List<(Double3 Normal, Double3 Origin, List<Double3> Corners)> Faces(HullShape hull) =>
            Known.GetValue(hull, h => new List<(Double3, Double3, List<Double3>)>(FindFaces(h)));

        private static IEnumerable<(Double3 Normal, Double3 Origin, List<Double3> Corners)> FindFaces(HullShape hull)
        {
            var v = new List<Double3>();
            foreach (Double3 vertex in hull.Vertices)
            {
                v.Add(vertex * hull.Scale);
            }

            var seen = new List<Double3>();
            for (int i = 0; i < v.Count; i++)
            {
                for (int j = 0; j < v.Count; j++)
                {
                    for (int k = 0; k < v.Count; k++)
                    {
                        Double3 n = Double3.Cross(v[j] - v[i], v[k] - v[i]);
                        if (n.Length < 1e-9)
                        {
                            continue;
                        }

                        n = Double3.Normalise(n);
                        if (seen.Exists(s => Double3.Distance(s, n) < 1e-7) || v.Exists(p => Double3.Dot(n, p - v[i]) > 1e-7))
                        {
                            continue;
                        }

                        seen.Add(n);
                        yield return (n, v[i], v.FindAll(p => Double3.Dot(n, p - v[i]) > -1e-7));
                    }
                }
            }
        }

        private static Double3 OnTriangle(Double3 p, Double3 a, Double3 b, Double3 c)
        {
            Double3 n = Double3.Cross(b - a, c - a);
            if (n.Length > 1e-12)
            {
                Double3 q = p - n * (Double3.Dot(n, p - a) / n.LengthSquared);
                bool inA = Double3.Dot(Double3.Cross(b - a, q - a), n) >= 0;
                bool inB = Double3.Dot(Double3.Cross(c - b, q - b), n) >= 0;
                bool inC = Double3.Dot(Double3.Cross(a - c, q - c), n) >= 0;
                if (inA && inB && inC)
                {
                    return q;
                }
            }

            Double3 best = OnSegment(p, a, b);
            foreach (Double3 q in new[] { OnSegment(p, b, c), OnSegment(p, c, a) })
            {
                best = Double3.Distance(p, q) < Double3.Distance(p, best) ? q : best;
            }

            return best;
        }

        private static Double3 OnSegment(Double3 p, Double3 a, Double3 b)
        {
            double t = Double3.Dot(p - a, b - a) / (b - a).LengthSquared;
            return Double3.Lerp(a, b, Math.Max(0, Math.Min(1, t)));
        }
    }
}
