using System;
using System.Globalization;

namespace DiffPhysics.Physics
{
    /// <summary>A vector of three doubles, in metres, metres per second, or whatever the place that holds it says.</summary>
    public readonly struct Double3 : IEquatable<Double3>
    {
        /// <summary>First component.</summary>
        public readonly double X;

        /// <summary>Second component (up, in scenes that follow the convention).</summary>
        public readonly double Y;

        /// <summary>Third component.</summary>
        public readonly double Z;

        /// <summary>The vector (x, y, z).</summary>
        public Double3(double x, double y, double z)
        {
            X = x;
            Y = y;
            Z = z;
        }

        /// <summary>The vector (value, value, value).</summary>
        public Double3(double value) : this(value, value, value)
        {
        }

        /// <summary>(0, 0, 0).</summary>
        public static Double3 Zero => default;

        /// <summary>(1, 1, 1).</summary>
        public static Double3 One => new Double3(1, 1, 1);

        /// <summary>(1, 0, 0).</summary>
        public static Double3 UnitX => new Double3(1, 0, 0);

        /// <summary>(0, 1, 0).</summary>
        public static Double3 UnitY => new Double3(0, 1, 0);

        /// <summary>(0, 0, 1).</summary>
        public static Double3 UnitZ => new Double3(0, 0, 1);

        /// <summary>Component 0, 1 or 2.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The index is not 0, 1 or 2.</exception>
        public double this[int index]
        {
            get
            {
                switch (index)
                {
                    case 0: return X;
                    case 1: return Y;
                    case 2: return Z;
                    default: throw new ArgumentOutOfRangeException(nameof(index), index, "A Double3 has components 0, 1 and 2.");
                }
            }
        }

        /// <summary>The unit vector of axis 0, 1 or 2.</summary>
        public static Double3 Axis(int index) => new Double3(index == 0 ? 1 : 0, index == 1 ? 1 : 0, index == 2 ? 1 : 0);

        /// <summary>Euclidean length.</summary>
        public double Length => Math.Sqrt(X * X + Y * Y + Z * Z);

        /// <summary>Square of the Euclidean length.</summary>
        public double LengthSquared => X * X + Y * Y + Z * Z;

        /// <summary>Largest magnitude of a component.</summary>
        public double MaxAbs => Math.Max(Math.Abs(X), Math.Max(Math.Abs(Y), Math.Abs(Z)));

        /// <summary>Whether no component is NaN or infinite.</summary>
        public bool IsFinite => !(double.IsNaN(X) || double.IsInfinity(X) || double.IsNaN(Y) || double.IsInfinity(Y) || double.IsNaN(Z) || double.IsInfinity(Z));

        /// <summary>Component-wise sum.</summary>
        public static Double3 operator +(Double3 a, Double3 b) => new Double3(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        /// <summary>Component-wise difference.</summary>
        public static Double3 operator -(Double3 a, Double3 b) => new Double3(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        /// <summary>The opposite vector.</summary>
        public static Double3 operator -(Double3 a) => new Double3(-a.X, -a.Y, -a.Z);

        /// <summary>Component-wise product.</summary>
        public static Double3 operator *(Double3 a, Double3 b) => new Double3(a.X * b.X, a.Y * b.Y, a.Z * b.Z);

        /// <summary>Product with a scalar.</summary>
        public static Double3 operator *(Double3 a, double s) => new Double3(a.X * s, a.Y * s, a.Z * s);

        /// <summary>Product with a scalar.</summary>
        public static Double3 operator *(double s, Double3 a) => new Double3(a.X * s, a.Y * s, a.Z * s);

        /// <summary>Quotient by a scalar.</summary>
        public static Double3 operator /(Double3 a, double s) => new Double3(a.X / s, a.Y / s, a.Z / s);

        /// <summary>Whether all components are equal.</summary>
        public static bool operator ==(Double3 a, Double3 b) => a.X == b.X && a.Y == b.Y && a.Z == b.Z;

        /// <summary>Whether any component differs.</summary>
        public static bool operator !=(Double3 a, Double3 b) => !(a == b);

        /// <summary>Dot product.</summary>
        public static double Dot(Double3 a, Double3 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

        /// <summary>Cross product, right-handed: x cross y = z.</summary>
        public static Double3 Cross(Double3 a, Double3 b) =>
            new Double3(a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);

        /// <summary>Component-wise magnitude.</summary>
        public static Double3 Abs(Double3 a) => new Double3(Math.Abs(a.X), Math.Abs(a.Y), Math.Abs(a.Z));

        /// <summary>Component-wise smaller value.</summary>
        public static Double3 Min(Double3 a, Double3 b) => new Double3(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Min(a.Z, b.Z));

        /// <summary>Component-wise larger value.</summary>
        public static Double3 Max(Double3 a, Double3 b) => new Double3(Math.Max(a.X, b.X), Math.Max(a.Y, b.Y), Math.Max(a.Z, b.Z));

        /// <summary>a + (b - a) t.</summary>
        public static Double3 Lerp(Double3 a, Double3 b, double t) => a + (b - a) * t;

        /// <summary>Distance between two points.</summary>
        public static double Distance(Double3 a, Double3 b) => (a - b).Length;

        /// <summary>The vector scaled to length 1, or zero where its length is 0.</summary>
        public static Double3 Normalise(Double3 a)
        {
            double length = a.Length;
            return length > 0 ? a / length : Zero;
        }

        /// <summary>The vector scaled to length 1, or <paramref name="fallback"/> where its length is at most <paramref name="tiny"/>.</summary>
        public static Double3 NormaliseOr(Double3 a, Double3 fallback, double tiny = 1e-14)
        {
            double length = a.Length;
            return length > tiny ? a / length : fallback;
        }

        /// <summary>A unit vector orthogonal to the unit vector <paramref name="n"/>: n crossed with the axis it is least along.</summary>
        public static Double3 Orthogonal(Double3 n)
        {
            Double3 a = Abs(n);
            Double3 axis = a.X <= a.Y && a.X <= a.Z ? UnitX : a.Y <= a.Z ? UnitY : UnitZ;
            return Normalise(Cross(n, axis));
        }

        /// <inheritdoc/>
        public bool Equals(Double3 other) => X.Equals(other.X) && Y.Equals(other.Y) && Z.Equals(other.Z);

        /// <inheritdoc/>
        public override bool Equals(object obj) => obj is Double3 other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(X, Y, Z);

        /// <inheritdoc/>
        public override string ToString() => string.Format(CultureInfo.InvariantCulture, "({0}, {1}, {2})", X, Y, Z);
    }
}
