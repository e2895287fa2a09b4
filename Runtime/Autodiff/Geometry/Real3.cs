using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>A vector of three traced numbers.</summary>
    public readonly struct Real3
    {
        /// <summary>First component.</summary>
        public readonly Real X;

        /// <summary>Second component.</summary>
        public readonly Real Y;

        /// <summary>Third component.</summary>
        public readonly Real Z;

        /// <summary>The vector (x, y, z).</summary>
        public Real3(Real x, Real y, Real z)
        {
            X = x;
            Y = y;
            Z = z;
        }

        /// <summary>The vector of three numbers of a list, from an index on.</summary>
        public Real3(IReadOnlyList<Real> numbers, int first)
            : this(numbers[first], numbers[first + 1], numbers[first + 2])
        {
        }

        /// <summary>(0, 0, 0).</summary>
        public static Real3 Zero => new Real3(0, 0, 0);

        /// <summary>(1, 1, 1).</summary>
        public static Real3 One => new Real3(1, 1, 1);

        /// <summary>(1, 0, 0).</summary>
        public static Real3 UnitX => new Real3(1, 0, 0);

        /// <summary>(0, 1, 0).</summary>
        public static Real3 UnitY => new Real3(0, 1, 0);

        /// <summary>(0, 0, 1).</summary>
        public static Real3 UnitZ => new Real3(0, 0, 1);

        /// <summary>The square of the Euclidean length.</summary>
        public Real LengthSquared => Dot(this, this);

        /// <summary>Euclidean length; its gradient at 0 is 0.</summary>
        public Real Length => Real.Length(X, Y, Z);

        /// <summary>The components as an array.</summary>
        public Real[] ToArray() => new[] { X, Y, Z };

        /// <summary>Sum.</summary>
        public static Real3 operator +(Real3 a, Real3 b) => new Real3(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        /// <summary>Difference.</summary>
        public static Real3 operator -(Real3 a, Real3 b) => new Real3(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        /// <summary>Opposite vector.</summary>
        public static Real3 operator -(Real3 a) => new Real3(-a.X, -a.Y, -a.Z);

        /// <summary>Product with a scalar.</summary>
        public static Real3 operator *(Real3 a, Real s) => new Real3(a.X * s, a.Y * s, a.Z * s);

        /// <summary>Product with a scalar.</summary>
        public static Real3 operator *(Real s, Real3 a) => a * s;

        /// <summary>Product with the reciprocal of a scalar, taken once.</summary>
        public static Real3 operator /(Real3 a, Real s) => a * (1 / s);

        /// <summary>Inner product.</summary>
        public static Real Dot(Real3 a, Real3 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

        /// <summary>Vector product.</summary>
        public static Real3 Cross(Real3 a, Real3 b) =>
            new Real3(a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);

        /// <summary>The product component by component.</summary>
        public static Real3 Scale(Real3 a, Real3 b) => new Real3(a.X * b.X, a.Y * b.Y, a.Z * b.Z);

        /// <summary>The absolute values of the components.</summary>
        public static Real3 Abs(Real3 a) => new Real3(Real.Abs(a.X), Real.Abs(a.Y), Real.Abs(a.Z));

        /// <summary>The smaller component of each pair.</summary>
        public static Real3 Min(Real3 a, Real3 b) => new Real3(Real.Min(a.X, b.X), Real.Min(a.Y, b.Y), Real.Min(a.Z, b.Z));

        /// <summary>The larger component of each pair.</summary>
        public static Real3 Max(Real3 a, Real3 b) => new Real3(Real.Max(a.X, b.X), Real.Max(a.Y, b.Y), Real.Max(a.Z, b.Z));

        /// <summary>The vector scaled to length 1; 0 stays 0, with gradient 0.</summary>
        public static Real3 Normalise(Real3 a) => Normalise(a, out _);

        /// <summary>The vector scaled to length 1, and its length; 0 stays 0, with gradient 0.</summary>
        public static Real3 Normalise(Real3 a, out Real length)
        {
            length = a.Length;
            return a * Real.Select(length > 0, 1 / length, 0);
        }

        /// <summary>a + s (b - a).</summary>
        public static Real3 Lerp(Real3 a, Real3 b, Real s) => a + (b - a) * s;

        /// <summary>a where the condition holds, else b.</summary>
        public static Real3 Select(Bool condition, Real3 a, Real3 b) =>
            new Real3(Real.Select(condition, a.X, b.X), Real.Select(condition, a.Y, b.Y), Real.Select(condition, a.Z, b.Z));
    }
}
