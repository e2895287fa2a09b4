namespace DiffPhysics.Autodiff
{
    /// <summary>A vector of four traced numbers.</summary>
    public readonly struct Real4
    {
        /// <summary>First component.</summary>
        public readonly Real X;

        /// <summary>Second component.</summary>
        public readonly Real Y;

        /// <summary>Third component.</summary>
        public readonly Real Z;

        /// <summary>Fourth component.</summary>
        public readonly Real W;

        /// <summary>The vector (x, y, z, w).</summary>
        public Real4(Real x, Real y, Real z, Real w)
        {
            X = x;
            Y = y;
            Z = z;
            W = w;
        }

        /// <summary>The vector of a Real3 and a fourth component.</summary>
        public Real4(Real3 xyz, Real w)
            : this(xyz.X, xyz.Y, xyz.Z, w)
        {
        }

        /// <summary>(0, 0, 0, 0).</summary>
        public static Real4 Zero => new Real4(0, 0, 0, 0);

        /// <summary>The first three components.</summary>
        public Real3 Xyz => new Real3(X, Y, Z);

        /// <summary>The square of the Euclidean length.</summary>
        public Real LengthSquared => Dot(this, this);

        /// <summary>Euclidean length; its gradient at 0 is 0.</summary>
        public Real Length
        {
            get
            {
                Real squares = LengthSquared;
                return Real.Select(squares > 0, Real.Sqrt(squares), 0);
            }
        }

        /// <summary>The components as an array.</summary>
        public Real[] ToArray() => new[] { X, Y, Z, W };

        /// <summary>Sum.</summary>
        public static Real4 operator +(Real4 a, Real4 b) => new Real4(a.X + b.X, a.Y + b.Y, a.Z + b.Z, a.W + b.W);

        /// <summary>Difference.</summary>
        public static Real4 operator -(Real4 a, Real4 b) => new Real4(a.X - b.X, a.Y - b.Y, a.Z - b.Z, a.W - b.W);

        /// <summary>Opposite vector.</summary>
        public static Real4 operator -(Real4 a) => new Real4(-a.X, -a.Y, -a.Z, -a.W);

        /// <summary>Product with a scalar.</summary>
        public static Real4 operator *(Real4 a, Real s) => new Real4(a.X * s, a.Y * s, a.Z * s, a.W * s);

        /// <summary>Product with a scalar.</summary>
        public static Real4 operator *(Real s, Real4 a) => a * s;

        /// <summary>Product with the reciprocal of a scalar, taken once.</summary>
        public static Real4 operator /(Real4 a, Real s) => a * (1 / s);

        /// <summary>Inner product.</summary>
        public static Real Dot(Real4 a, Real4 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z + a.W * b.W;

        /// <summary>The vector scaled to length 1; 0 stays 0, with gradient 0.</summary>
        public static Real4 Normalise(Real4 a)
        {
            Real length = a.Length;
            return a * Real.Select(length > 0, 1 / length, 0);
        }

        /// <summary>a where the condition holds, else b.</summary>
        public static Real4 Select(Bool condition, Real4 a, Real4 b) => new Real4(
            Real.Select(condition, a.X, b.X), Real.Select(condition, a.Y, b.Y), Real.Select(condition, a.Z, b.Z), Real.Select(condition, a.W, b.W));
    }
}
