using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// Arithmetic that leaves out products with a structural zero. A graph may not do that by itself, because 0 times infinity is
    /// NaN; poses and axes are finite, so here it is right, and a robot's right angles make half of all products vanish.
    /// </summary>
    static class Sparse
    {
        public static bool IsZero(Real a) => a.IsConstant(out double value) && value == 0;

        public static Real Add(Real a, Real b) => IsZero(a) ? b : IsZero(b) ? a : a + b;

        public static Real Subtract(Real a, Real b) => IsZero(b) ? a : IsZero(a) ? -b : a - b;

        /// <summary>a b + c, rounded once: half the operations of sums of products, which is most of what a solver does.</summary>
        public static Real MultiplyAdd(Real a, Real b, Real c) =>
            IsZero(a) || IsZero(b) ? c : IsZero(c) ? a * b : IsOne(a) ? b + c : IsOne(b) ? a + c : Real.FusedMultiplyAdd(a, b, c);

        static bool IsOne(Real a) => a.IsConstant(out double value) && value == 1;

        public static Real Multiply(Real a, Real b) => IsZero(a) || IsZero(b) ? 0 : a * b;
    }

    /// <summary>Three traced numbers, multiplied and added without the structural zeros.</summary>
    readonly struct TracedVector
    {
        public readonly Real X, Y, Z;

        public TracedVector(Real x, Real y, Real z)
        {
            X = x;
            Y = y;
            Z = z;
        }

        public Real this[int index] => index == 0 ? X : index == 1 ? Y : Z;

        public bool IsZero => Sparse.IsZero(X) && Sparse.IsZero(Y) && Sparse.IsZero(Z);

        public static implicit operator TracedVector(Vector3d v) => new TracedVector(v.X, v.Y, v.Z);

        public static TracedVector operator +(TracedVector a, TracedVector b) =>
            new TracedVector(Sparse.Add(a.X, b.X), Sparse.Add(a.Y, b.Y), Sparse.Add(a.Z, b.Z));

        public static TracedVector operator -(TracedVector a, TracedVector b) =>
            new TracedVector(Sparse.Subtract(a.X, b.X), Sparse.Subtract(a.Y, b.Y), Sparse.Subtract(a.Z, b.Z));

        public static TracedVector operator *(Real s, TracedVector a) =>
            new TracedVector(Sparse.Multiply(s, a.X), Sparse.Multiply(s, a.Y), Sparse.Multiply(s, a.Z));

        public static Real Dot(TracedVector a, TracedVector b) =>
            Sparse.MultiplyAdd(a.Z, b.Z, Sparse.MultiplyAdd(a.Y, b.Y, Sparse.Multiply(a.X, b.X)));

        /// <summary>s a + b.</summary>
        public static TracedVector MultiplyAdd(Real s, TracedVector a, TracedVector b) =>
            new TracedVector(Sparse.MultiplyAdd(s, a.X, b.X), Sparse.MultiplyAdd(s, a.Y, b.Y), Sparse.MultiplyAdd(s, a.Z, b.Z));

        public static TracedVector Cross(TracedVector a, TracedVector b) => new TracedVector(
            Sparse.Subtract(Sparse.Multiply(a.Y, b.Z), Sparse.Multiply(a.Z, b.Y)),
            Sparse.Subtract(Sparse.Multiply(a.Z, b.X), Sparse.Multiply(a.X, b.Z)),
            Sparse.Subtract(Sparse.Multiply(a.X, b.Y), Sparse.Multiply(a.Y, b.X)));
    }
}
