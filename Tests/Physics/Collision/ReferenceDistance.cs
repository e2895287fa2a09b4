using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>
    /// Signed distance of two convex shapes by slow and independent means: alternating projections between the two cores
    /// (what is left of a shape without its rounding) while those are apart; else the least depth over every normal that can
    /// be one of a face of their Minkowski difference, each tried with support functions alone.
    /// </summary>
    internal static class ReferenceDistance
    {
        /// <param name="normal">From B to A.</param>
        public static double Between(Shape a, Pose worldFromA, Shape b, Pose worldFromB, out Double3 normal)
        {
            Double3 x = worldFromA.Position;
            Double3 y = worldFromB.Position;
            double before = double.PositiveInfinity;
            for (int i = 0; i < 20000; i++)
            {
                x = Project(a, worldFromA, y);
                y = Project(b, worldFromB, x);
                if (i % 100 == 99)
                {
                    double distance = Double3.Distance(x, y);
                    if (distance > 1e-4 && before - distance < 1e-11 * distance)
                    {
                        break;
                    }

                    before = distance;
                    if (distance < 1e-9)
                    {
                        break;
                    }
                }
            }

            if (Double3.Distance(x, y) > 1e-4)
            {
                normal = Double3.Normalise(x - y);
                return Double3.Distance(x, y) - a.Size.Radius - b.Size.Radius;
            }

            return Depth(a, worldFromA, b, worldFromB, out normal);
        }

        /// <summary>Largest n.x over the shape.</summary>
        public static double Support(Shape shape, Pose worldFromShape, Double3 n)
        {
            double best = double.NegativeInfinity;
            foreach (Double3 p in CorePoints(shape))
            {
                best = Math.Max(best, Double3.Dot(n, worldFromShape.TransformPoint(p)));
            }

            return best + shape.Size.Radius;
        }

        /// <summary>The nearest point of the core.</summary>
        public static Double3 Project(Shape shape, Pose worldFromShape, Double3 point)
        {
            Double3 p = worldFromShape.InverseTransformPoint(point);
            switch (shape)
            {
                case SphereShape _:
                    return worldFromShape.Position;
                case CapsuleShape capsule:
                    return worldFromShape.TransformPoint(new Double3(0, Math.Max(-capsule.HalfLength, Math.Min(capsule.HalfLength, p.Y)), 0));
                case BoxShape box:
                    return worldFromShape.TransformPoint(Double3.Max(-box.HalfExtents, Double3.Min(box.HalfExtents, p)));
                case HullShape hull:
                    return worldFromShape.TransformPoint(ReferenceHull.Project(hull, p));
                default:
                    throw new NotSupportedException(shape.Kind.ToString());
            }
        }

        private static double Depth(Shape a, Pose worldFromA, Shape b, Pose worldFromB, out Double3 normal)
        {
            var candidates = new List<Double3>();
            AddNormals(a, worldFromA, candidates);
            AddNormals(b, worldFromB, candidates);
            foreach (Double3 u in Directions(a, worldFromA))
            {
                foreach (Double3 w in Directions(b, worldFromB))
                {
                    Double3 n = Double3.Cross(u, w);
                    if (n.Length > 1e-9)
                    {
                        candidates.Add(Double3.Normalise(n));
                    }
                }
            }

            double best = double.NegativeInfinity;
            normal = default;
            foreach (Double3 candidate in candidates)
            {
                foreach (Double3 n in new[] { candidate, -candidate })
                {
                    double d = -Support(a, worldFromA, -n) - Support(b, worldFromB, n);
                    if (d > best)
                    {
                        best = d;
                        normal = n;
                    }
                }
            }

            return best;
        }

        private static IEnumerable<Double3> CorePoints(Shape shape)
        {
            switch (shape)
            {
                case SphereShape _:
                    yield return Double3.Zero;
                    break;
                case CapsuleShape capsule:
                    yield return new Double3(0, -capsule.HalfLength, 0);
                    yield return new Double3(0, capsule.HalfLength, 0);
                    break;
                case BoxShape box:
                    for (int i = 0; i < 8; i++)
                    {
                        yield return box.HalfExtents * new Double3((i & 1) == 0 ? -1 : 1, (i & 2) == 0 ? -1 : 1, (i & 4) == 0 ? -1 : 1);
                    }

                    break;
                case HullShape hull:
                    foreach (Double3 v in hull.Vertices)
                    {
                        yield return v * hull.Scale;
                    }

                    break;
                default:
                    throw new NotSupportedException(shape.Kind.ToString());
            }
        }

        private static void AddNormals(Shape shape, Pose pose, List<Double3> candidates)
        {
            if (shape is BoxShape)
            {
                candidates.AddRange(Directions(shape, pose));
            }

            if (shape is HullShape hull)
            {
                foreach (Double3 n in ReferenceHull.Normals(hull))
                {
                    candidates.Add(pose.TransformDirection(n));
                }
            }
        }

        private static IEnumerable<Double3> Directions(Shape shape, Pose pose)
        {
            if (shape is HullShape hull)
            {
                foreach (Double3 edge in ReferenceHull.Edges(hull))
                {
                    yield return pose.TransformDirection(edge);
                }
            }

            for (int axis = 0; axis < 3; axis++)
            {
                if (shape is BoxShape || (shape is CapsuleShape && axis == 1))
                {
                    yield return pose.TransformDirection(Double3.Axis(axis));
                }
            }
        }
    }
}
