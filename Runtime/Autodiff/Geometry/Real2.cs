namespace DiffPhysics.Autodiff
{
    /// <summary>A vector of two traced numbers.</summary>
    public readonly struct Real2
    {
        /// <summary>First component.</summary>
        public readonly Real X;

        /// <summary>Second component.</summary>
        public readonly Real Y;

        /// <summary>The vector (x, y).</summary>
        public Real2(Real x, Real y)
        {
            X = x;
            Y = y;
        }

        /// <summary>(0, 0).</summary>
        public static Real2 Zero => new Real2(0, 0);

        /// <summary>(1, 0).</summary>
        public static Real2 UnitX => new Real2(1, 0);

        /// <summary>(0, 1).</summary>
        public static Real2 UnitY => new Real2(0, 1);

        /// <summary>The square of the Euclidean length.</summary>
        public Real LengthSquared => X * X + Y * Y;

        /// <summary>Euclidean length; its gradient at 0 is 0.</summary>
        public Real Length => Real.Length(X, Y, 0);

        /// <summary>The vector turned by a quarter, counter-clockwise: (-y, x).</summary>
        public Real2 Perpendicular => new Real2(-Y, X);

        /// <summary>Sum.</summary>
        public static Real2 operator +(Real2 a, Real2 b) => new Real2(a.X + b.X, a.Y + b.Y);

        /// <summary>Difference.</summary>
        public static Real2 operator -(Real2 a, Real2 b) => new Real2(a.X - b.X, a.Y - b.Y);

        /// <summary>Opposite vector.</summary>
        public static Real2 operator -(Real2 a) => new Real2(-a.X, -a.Y);

        /// <summary>Product with a scalar.</summary>
        public static Real2 operator *(Real2 a, Real s) => new Real2(a.X * s, a.Y * s);

        /// <summary>Product with a scalar.</summary>
        public static Real2 operator *(Real s, Real2 a) => a * s;

        /// <summary>Product with the reciprocal of a scalar, taken once.</summary>
        public static Real2 operator /(Real2 a, Real s) => a * (1 / s);

        /// <summary>Inner product.</summary>
        public static Real Dot(Real2 a, Real2 b) => a.X * b.X + a.Y * b.Y;

        /// <summary>The outer product as a number: a.x b.y - a.y b.x, positive when b lies counter-clockwise of a.</summary>
        public static Real Cross(Real2 a, Real2 b) => a.X * b.Y - a.Y * b.X;

        /// <summary>The product component by component.</summary>
        public static Real2 Scale(Real2 a, Real2 b) => new Real2(a.X * b.X, a.Y * b.Y);

        /// <summary>The vector scaled to length 1; 0 stays 0, with gradient 0.</summary>
        public static Real2 Normalise(Real2 a)
        {
            Real length = a.Length;
            return a * Real.Select(length > 0, 1 / length, 0);
        }

        /// <summary>a where the condition holds, else b.</summary>
        public static Real2 Select(Bool condition, Real2 a, Real2 b) =>
            new Real2(Real.Select(condition, a.X, b.X), Real.Select(condition, a.Y, b.Y));
    }
}
