using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Convex hull of points by quickhull: start from a tetrahedron, keep with every face the points in front of it, and add
    /// the farthest of them until none is left; then merge triangles that lie in one plane.
    /// Source: C. Barber, D. Dobkin and H. Huhdanpaa, "The quickhull algorithm for convex hulls" (1996).
    /// </summary>
    internal sealed class HullBuilder
    {
        /// <summary>Points this near a plane count as on it, relative to the size of the whole.</summary>
        private const double Flat = 1e-9;

        /// <summary>A hull thinner than this, relative to its size, is refused.</summary>
        private const double Thinnest = 1e-5;

        private readonly Double3[] points;
        private readonly double tolerance;
        private readonly List<Triangle> triangles = new List<Triangle>();
        private readonly Dictionary<(int From, int To), int> triangleLeftOf = new Dictionary<(int, int), int>();

        private HullBuilder(Double3[] points, double size)
        {
            this.points = points;
            tolerance = Flat * size;
        }

        /// <summary>Builds the hull.</summary>
        /// <exception cref="ArgumentException">The points are too few or too many, not finite, or do not span a volume.</exception>
        public static Polyhedron Build(IReadOnlyList<Double3> source)
        {
            if (source == null || source.Count < 4)
            {
                throw new ArgumentException("A convex hull needs at least 4 points, but has " + (source?.Count ?? 0) + ".", nameof(source));
            }

            var points = new Double3[source.Count];
            Bounds3 bounds = Bounds3.Empty;
            for (int i = 0; i < points.Length; i++)
            {
                if (!source[i].IsFinite)
                {
                    throw new ArgumentException("The points of a convex hull must be finite, but point " + i + " is " + source[i] + ".", nameof(source));
                }

                points[i] = source[i];
                bounds = bounds.Include(points[i]);
            }

            double size = (bounds.Max - bounds.Min).Length;
            var builder = new HullBuilder(points, size);
            builder.StartWithTetrahedron(size);
            builder.Grow();
            return HullFaces.Merge(points, builder.LiveTriangles(), 1e-7 * size);
        }

        private void StartWithTetrahedron(double size)
        {
            double least = Thinnest * size;
            int a = Farthest(p => p.X);
            Double3 pa = points[a];
            int b = Farthest(p => Double3.Distance(p, pa));
            Double3 pb = points[b];
            if (!(Double3.Distance(pa, pb) > 0))
            {
                throw Degenerate("all points coincide");
            }

            Double3 along = Double3.Normalise(pb - pa);
            int c = Farthest(p => Double3.Cross(p - pa, along).Length);
            if (Double3.Cross(points[c] - pa, along).Length <= least)
            {
                throw Degenerate("all points lie on one line");
            }

            Double3 normal = Double3.Normalise(Double3.Cross(pb - pa, points[c] - pa));
            int d = Farthest(p => Math.Abs(Double3.Dot(p - pa, normal)));
            double height = Double3.Dot(points[d] - pa, normal);
            if (Math.Abs(height) <= least)
            {
                throw Degenerate("all points lie in one plane");
            }

            if (height > 0)
            {
                int swap = b;
                b = c;
                c = swap;
            }

            // a, b, c now run counter-clockwise seen from the side away from d.
            Add(a, b, c);
            Add(a, c, d);
            Add(c, b, d);
            Add(b, a, d);
            for (int i = 0; i < points.Length; i++)
            {
                AssignToFace(i, 0);
            }
        }

        private static ArgumentException Degenerate(string why) =>
            new ArgumentException("A convex hull must enclose a volume, but " + why + ".");

        private void Grow()
        {
            for (int f = 0; f < triangles.Count; f++)
            {
                while (triangles[f].Live && triangles[f].Outside.Count > 0)
                {
                    AddPoint(f);
                }
            }
        }

        private void AddPoint(int face)
        {
            int eye = FarthestOutside(triangles[face]);
            var horizon = new List<(int From, int To)>();
            var orphans = new List<int>();
            Open(face, eye, horizon, orphans);
            int firstNew = triangles.Count;
            foreach ((int from, int to) in horizon)
            {
                Add(from, to, eye);
            }

            foreach (int orphan in orphans)
            {
                if (orphan != eye)
                {
                    AssignToFace(orphan, firstNew);
                }
            }
        }

        // Removes all faces that the point sees, going from one to the next over shared edges, and collects the edges to those it does not.
        private void Open(int first, int eye, List<(int From, int To)> horizon, List<int> orphans)
        {
            var open = new Stack<int>();
            open.Push(first);
            triangles[first].Live = false;
            while (open.Count > 0)
            {
                Triangle t = triangles[open.Pop()];
                orphans.AddRange(t.Outside);
                for (int k = 0; k < 3; k++)
                {
                    int from = t.Corner(k);
                    int to = t.Corner(k + 1);
                    int neighbour = triangleLeftOf[(to, from)];
                    Triangle n = triangles[neighbour];
                    if (!n.Live)
                    {
                        continue;
                    }

                    if (n.Height(points[eye]) > tolerance)
                    {
                        n.Live = false;
                        open.Push(neighbour);
                    }
                    else
                    {
                        horizon.Add((from, to));
                    }
                }
            }
        }

        private void Add(int a, int b, int c)
        {
            Double3 n = Double3.Normalise(Double3.Cross(points[b] - points[a], points[c] - points[a]));
            triangleLeftOf[(a, b)] = triangles.Count;
            triangleLeftOf[(b, c)] = triangles.Count;
            triangleLeftOf[(c, a)] = triangles.Count;
            triangles.Add(new Triangle { A = a, B = b, C = c, Normal = n, Offset = Double3.Dot(n, points[a]) });
        }

        private void AssignToFace(int point, int firstFace)
        {
            for (int f = firstFace; f < triangles.Count; f++)
            {
                if (triangles[f].Height(points[point]) > tolerance)
                {
                    triangles[f].Outside.Add(point);
                    return;
                }
            }
        }

        private int FarthestOutside(Triangle face)
        {
            int best = face.Outside[0];
            foreach (int p in face.Outside)
            {
                if (face.Height(points[p]) > face.Height(points[best]))
                {
                    best = p;
                }
            }

            return best;
        }

        private int Farthest(Func<Double3, double> measure)
        {
            int best = 0;
            for (int i = 1; i < points.Length; i++)
            {
                if (measure(points[i]) > measure(points[best]))
                {
                    best = i;
                }
            }

            return best;
        }

        private List<int[]> LiveTriangles()
        {
            var live = new List<int[]>();
            foreach (Triangle t in triangles)
            {
                if (t.Live)
                {
                    live.Add(new[] { t.A, t.B, t.C });
                }
            }

            return live;
        }

        private sealed class Triangle
        {
            public readonly List<int> Outside = new List<int>();
            public bool Live = true;
            public int A;
            public int B;
            public int C;
            public Double3 Normal;
            public double Offset;

            public int Corner(int k) => k % 3 == 0 ? A : k % 3 == 1 ? B : C;

            public double Height(Double3 p) => Double3.Dot(Normal, p) - Offset;
        }
    }
}
