using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Finds the vertices of bodies (corners of boxes and hulls, centres of balls and ends of capsules that are smaller than the mesh) that triangles of particles may touch within a
    /// substep. A vertex touches from the side on which it was at the start, and one triangle at a time: of those that it is over, the nearest.
    /// </summary>
    internal sealed class TriangleTouchFinder : BodyContactFinder
    {
        private readonly int[][] triangles;
        private readonly Bounds3[] bounds, blocks; // of the ways of triangles
        private readonly List<(int collider, Double3[] vertices)> corners = new List<(int, Double3[])>();

        public TriangleTouchFinder(World host, ParticleBuffers particles, bool[] isPinned, HashSet<(int, int)> ignored, int[][] triangles)
            : base(host, particles, isPinned, ignored)
        {
            this.triangles = Array.FindAll(triangles, t => !Array.TrueForAll(t, p => isPinned[p]));
            bounds = new Bounds3[this.triangles.Length];
            blocks = new Bounds3[(bounds.Length + BlockSize - 1) / BlockSize];
            var rest = new HostNumbers(particles.RestPosition);
            double edge = 0;
            foreach (int[] t in this.triangles)
                for (int k = 0; k < 3; k++) edge += Double3.Distance(rest.Vector(t[k], 0), rest.Vector(t[(k + 1) % 3], 0)) / (3 * bounds.Length);
            for (int c = 0; c < host.ColliderCount; c++)
            {
                Collider collider = host.ColliderOf(c);
                if (!collider.IsTrigger && VerticesOf(collider.Shape, edge) is Double3[] vertices) corners.Add((c, vertices));
            }
        }

        public override int[][] Triangles => triangles;

        protected override void Look(double h, double radius)
        {
            double margin = 0.1 * radius;
            for (int b = 0; b < blocks.Length; b++)
            {
                blocks[b] = Bounds3.Empty;
                for (int t = b * BlockSize; t < Math.Min(bounds.Length, (b + 1) * BlockSize); t++)
                {
                    Bounds3 own = Bounds3.Empty;
                    foreach (int p in triangles[t])
                    {
                        Double3 end = ParticleState.Vector(p, 0);
                        own = own.Include(end).Include(end - ParticleState.Vector(p, 3) * h);
                    }

                    bounds[t] = own.Expand(radius + margin);
                    blocks[b] = Bounds3.Union(blocks[b], bounds[t]);
                }
            }

            foreach ((int c, Double3[] vertices) in corners)
            {
                Collider collider = Host.ColliderOf(c);
                BodyMotion motion = MotionOf(collider.Body, h);
                Pose start = motion.Start * collider.BodyFromShape, end = motion.At(1) * collider.BodyFromShape;
                ShapeSize size = collider.Shape.Size;
                for (int v = 0; v < vertices.Length; v++)
                {
                    Double3 local = vertices[v] * size.Extents;
                    Find(c, collider.Body, v, vertices[v], start.TransformPoint(local), end.TransformPoint(local), size.Radius, h, radius, margin);
                }
            }
        }

        private void Find(int collider, int body, int vertex, Double3 scale, Double3 from, Double3 to, double round, double h, double radius, double margin)
        {
            Bounds3 way = Bounds3.Empty.Include(from).Include(to).Expand(round);
            int nearest = -1;
            (double gap, double side) best = (margin, 0);
            for (int b = 0; b < blocks.Length; b++)
            {
                if (!blocks[b].Overlaps(way)) continue;
                for (int t = b * BlockSize; t < Math.Min(bounds.Length, (b + 1) * BlockSize); t++)
                {
                    if (!bounds[t].Overlaps(way) || IsIgnored(triangles[t], body)) continue;
                    (double gap, double side) found = Over(triangles[t], from, to, h, radius + round);
                    if (found.side == 0 || !(found.gap < margin) || nearest >= 0 && Math.Abs(found.gap) >= Math.Abs(best.gap)) continue;
                    (nearest, best) = (t, found);
                }
            }

            if (nearest < 0) return;
            var feature = new ContactFeature { Kind = ContactFeatureKind.PointPoint, Id = (ulong)vertex };
            feature.First = new FeatureSide { Body = body, Collider = collider, Point = FeaturePoint.Scaled(scale), Direction = new Double3(-best.side, 0, 0) };
            Found.Add() = feature;
            int layer = 0;
            foreach (int p in triangles[nearest]) layer = Math.Max(layer, Met[p]);
            foreach (int p in triangles[nearest]) Met[p] = layer + 1;
            Add(Found.Count - 1, nearest, body, collider, layer);
        }

        private bool IsIgnored(int[] triangle, int body) =>
            Ignored.Count > 0 && (Ignored.Contains((triangle[0], body)) || Ignored.Contains((triangle[1], body)) || Ignored.Contains((triangle[2], body)));

        // The gap at the end, on the side of the triangle at which the vertex started; no side where it is beside the triangle when they meet, or at the end.
        private (double gap, double side) Over(int[] triangle, Double3 from, Double3 to, double h, double distance)
        {
            Span<Double3> x = stackalloc Double3[3], v = stackalloc Double3[3];
            for (int k = 0; k < 3; k++) (x[k], v[k]) = (ParticleState.Vector(triangle[k], 0), ParticleState.Vector(triangle[k], 3) * h);
            Double3 before = Double3.Cross(x[1] - v[1] - x[0] + v[0], x[2] - v[2] - x[0] + v[0]), after = Double3.Cross(x[1] - x[0], x[2] - x[0]);
            if (!(before.LengthSquared > 0) || !(after.LengthSquared > 0)) return default;
            double start = Double3.Dot(Double3.Normalise(before), from - x[0] + v[0]), side = start >= 0 ? 1 : -1;
            double first = side * start - distance, last = side * Double3.Dot(Double3.Normalise(after), to - x[0]) - distance;
            double back = last < 0 && first > 0 ? 1 - first / (first - last) : 0; // part of the substep after they have met
            for (int k = 0; k < 3; k++) x[k] -= v[k] * back;
            Double3 e = x[1] - x[0], f = x[2] - x[0], r = to - (to - from) * back - x[0], area = Double3.Cross(e, f);
            double w1 = Double3.Dot(Double3.Cross(r, f), area) / area.LengthSquared, w2 = Double3.Dot(Double3.Cross(e, r), area) / area.LengthSquared;
            return Math.Min(1 - w1 - w2, Math.Min(w1, w2)) < -1e-9 ? default : (last, side);
        }

        // In parts of the extents; null for shapes without vertices of their own.
        private static Double3[] VerticesOf(Shape shape, double edge)
        {
            switch (shape.Kind)
            {
                case ShapeKind.Sphere: return shape.Size.Radius < edge ? new[] { Double3.Zero } : null;
                case ShapeKind.Capsule: return shape.Size.Radius < edge ? new[] { Double3.UnitY, -Double3.UnitY } : null;
                default: return shape.Polyhedron?.Vertices;
            }
        }
    }
}
