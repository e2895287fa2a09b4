using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// A traced number and its derivatives with respect to the coordinates of a pose. A derivative that is 0 by structure
    /// costs nothing, so a hand's rows know nothing of the feet.
    /// </summary>
    readonly struct Dual
    {
        public readonly Real Value;

        readonly Real[] partials; // null: all zero

        public Dual(Real value, Real[] partials = null)
        {
            Value = value;
            this.partials = partials;
        }

        public Real Partial(int coordinate) => partials == null ? 0 : partials[coordinate];

        public int Count => partials?.Length ?? 0;

        public static implicit operator Dual(Real value) => new Dual(value);

        public static implicit operator Dual(double value) => new Dual(value);

        public static Dual operator +(Dual a, Dual b) => Combine(Sparse.Add(a.Value, b.Value), 1, a, 1, b);

        public static Dual operator -(Dual a, Dual b) => Combine(Sparse.Subtract(a.Value, b.Value), 1, a, -1, b);

        public static Dual operator -(Dual a) => Chain(-a.Value, -1, a);

        // (a b)' = b a' + a b'
        public static Dual operator *(Dual a, Dual b) => Combine(Sparse.Multiply(a.Value, b.Value), b.Value, a, a.Value, b);

        // (a / b)' = (a' - (a / b) b') / b
        public static Dual operator /(Dual a, Dual b)
        {
            Real inverse = 1 / b.Value, quotient = Sparse.Multiply(a.Value, inverse);
            return Combine(quotient, inverse, a, -Sparse.Multiply(quotient, inverse), b);
        }

        public static Dual Sqrt(Dual a)
        {
            Real root = Real.Sqrt(a.Value);
            return Chain(root, 0.5 / root, a);
        }

        /// <summary>max(a, 0), whose slope is 0 at 0.</summary>
        public static Dual Positive(Dual a)
        {
            Bool positive = a.Value > 0;
            return Chain(Real.Select(positive, a.Value, 0), Real.Select(positive, 1, 0), a);
        }

        /// <summary>f(a) with the slope f'(a).</summary>
        public static Dual Chain(Real value, Real slope, Dual a) => Combine(value, slope, a, 0, default);

        /// <summary>A value whose derivatives are u a' + v b'.</summary>
        static Dual Combine(Real value, Real u, Dual a, Real v, Dual b)
        {
            int count = a.partials?.Length ?? b.partials?.Length ?? 0;
            if (count == 0) return new Dual(value);
            var partials = new Real[count];
            for (int i = 0; i < count; i++) partials[i] = Sparse.MultiplyAdd(u, a.Partial(i), Sparse.Multiply(v, b.Partial(i)));
            return new Dual(value, partials);
        }
    }

    /// <summary>Three dual numbers: a point or direction of the skeleton and its Jacobian.</summary>
    readonly struct DualVector
    {
        public readonly Dual X, Y, Z;

        public DualVector(Dual x, Dual y, Dual z)
        {
            X = x;
            Y = y;
            Z = z;
        }

        public TracedVector Value => new TracedVector(X.Value, Y.Value, Z.Value);

        public Dual this[int index] => index == 0 ? X : index == 1 ? Y : Z;

        public static implicit operator DualVector(TracedVector v) => new DualVector(v.X, v.Y, v.Z);

        public static DualVector operator +(DualVector a, DualVector b) => new DualVector(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        public static DualVector operator -(DualVector a, DualVector b) => new DualVector(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        public static DualVector operator *(Dual s, DualVector a) => new DualVector(s * a.X, s * a.Y, s * a.Z);

        public static Dual Dot(DualVector a, DualVector b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

        public static DualVector Cross(DualVector a, DualVector b) =>
            new DualVector(a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);

        /// <summary>The length, kept from 0 (where it has no slope) by 1e-12.</summary>
        public static Dual Length(DualVector a) => Dual.Sqrt(Dot(a, a) + 1e-24);

        public static DualVector Normalise(DualVector a) => ((Dual)1 / Length(a)) * a;
    }
}
