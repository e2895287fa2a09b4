using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>The gap between the surfaces of two bodies, in m; negative where they overlap.</summary>
    internal static class ShapeGap
    {
        // Keeps square roots away from zero, where they have no slope.
        private const double Tiny = 1e-24;

        private static readonly string[] Known = { "sphere plane", "box plane", "capsule plane", "sphere sphere", "sphere box", "sphere capsule", "capsule capsule" };

        // Whether there is a formula for two types of shapes, in either order.
        public static bool IsKnown(string a, string b) => Known.Contains(a + " " + b) || Known.Contains(b + " " + a);

        public static Real Between(SceneShape a, LossBody stateA, SceneShape b, LossBody stateB)
        {
            if (!Known.Contains(a.Type + " " + b.Type)) return Between(b, stateB, a, stateA);
            if (b.Type == "plane")
            {
                Real3 normal = Vector(b.Normal);
                return Real3.Dot(stateA.Position - stateB.Position, normal) - Reach(a, stateA.Rotation.InverseRotate(normal));
            }
            if (b.Type == "box") return OutsideBox(b, stateB, stateA.Position) - a.Radius;
            return Distance(Ends(a, stateA), Ends(b, stateB)) - (a.Radius + b.Radius);
        }

        // How far a shape reaches from its centre along a direction in its own frame.
        private static Real Reach(SceneShape shape, Real3 direction)
        {
            switch (shape.Type)
            {
                case "sphere": return shape.Radius;
                case "capsule": return shape.Radius + shape.HalfHeight * Real.Abs(direction.Y);
                default: return shape.HalfSize[0] * Real.Abs(direction.X) + shape.HalfSize[1] * Real.Abs(direction.Y) + shape.HalfSize[2] * Real.Abs(direction.Z);
            }
        }

        // With q = |p| - h: |max(q, 0)| outside, and the largest of q, which is negative, inside.
        private static Real OutsideBox(SceneShape box, LossBody state, Real3 point)
        {
            Real[] p = state.Rotation.InverseRotate(point - state.Position).ToArray();
            Real[] q = Enumerable.Range(0, 3).Select(c => Real.Abs(p[c]) - box.HalfSize[c]).ToArray();
            Real square = 0;
            foreach (Real side in q) square += Real.Max(side, 0) * Real.Max(side, 0);
            Real most = Real.Max(q[0], Real.Max(q[1], q[2]));
            return Real.Select(most > 0, Root(square), most);
        }

        // A sphere is a capsule without length.
        private static (Real3 From, Real3 Along) Ends(SceneShape shape, LossBody state)
        {
            if (shape.Type == "sphere") return (state.Position, Real3.Zero);
            Real3 half = state.Rotation.Rotate(new Real3(0, shape.HalfHeight, 0));
            return (state.Position - half, half * 2);
        }

        // Segments p + s u and q + t v with s and t from 0 to 1. The nearest pair of points has one of them at an end of its segment, or
        // both inside: all five candidates are distances of points on the segments, and the least is theirs.
        private static Real Distance((Real3 From, Real3 Along) p, (Real3 From, Real3 Along) q)
        {
            Real3 apart = p.From - q.From;
            Real a = p.Along.LengthSquared, b = Real3.Dot(p.Along, q.Along), c = q.Along.LengthSquared;
            Real d = Real3.Dot(p.Along, apart), e = Real3.Dot(q.Along, apart);
            Real Square(Real s, Real t) => (apart + p.Along * s - q.Along * t).LengthSquared;
            Real OnP(Real t) => Real.Clamp((b * t - d) / Real.Max(a, Tiny), 0, 1);
            Real OnQ(Real s) => Real.Clamp((b * s + e) / Real.Max(c, Tiny), 0, 1);
            Real inside = Real.Clamp((b * e - c * d) / Real.Max(a * c - b * b, Tiny), 0, 1);
            Real least = Square(inside, OnQ(inside));
            foreach (double end in new double[] { 0, 1 })
            {
                least = Real.Min(least, Real.Min(Square(end, OnQ(end)), Square(OnP(end), end)));
            }
            return Root(least);
        }

        private static Real Root(Real square) => Real.Sqrt(Real.Max(square, Tiny));

        private static Real3 Vector(double[] v) => new Real3(v[0], v[1], v[2]);
    }
}
