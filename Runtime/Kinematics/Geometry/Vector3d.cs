using System;
using System.Globalization;

namespace DiffPhysics.Kinematics
{
    /// <summary>A point in metres, or a direction, with three double components.</summary>
    public readonly struct Vector3d : IEquatable<Vector3d>
    {
        /// <summary>First component.</summary>
        public readonly double X;

        /// <summary>Second component; up, unless the skeleton says otherwise.</summary>
        public readonly double Y;

        /// <summary>Third component.</summary>
        public readonly double Z;

        /// <summary>The vector (x, y, z).</summary>
        public Vector3d(double x, double y, double z)
        {
            X = x;
            Y = y;
            Z = z;
        }

        /// <summary>(1, 0, 0).</summary>
        public static Vector3d UnitX => new Vector3d(1, 0, 0);

        /// <summary>(0, 1, 0).</summary>
        public static Vector3d UnitY => new Vector3d(0, 1, 0);

        /// <summary>(0, 0, 1).</summary>
        public static Vector3d UnitZ => new Vector3d(0, 0, 1);

        /// <summary>The square root of the sum of the squares.</summary>
        public double Length => Math.Sqrt(Dot(this, this));

        /// <summary>Whether no component is NaN or infinite.</summary>
        public bool IsFinite => !double.IsNaN(X + Y + Z) && !double.IsInfinity(X + Y + Z);

        /// <summary>Component 0, 1 or 2.</summary>
        public double this[int index] => index == 0 ? X : index == 1 ? Y : index == 2 ? Z
            : throw new ArgumentOutOfRangeException(nameof(index), index, "A Vector3d has components 0, 1 and 2.");

        /// <summary>a + b.</summary>
        public static Vector3d operator +(Vector3d a, Vector3d b) => new Vector3d(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        /// <summary>a - b.</summary>
        public static Vector3d operator -(Vector3d a, Vector3d b) => new Vector3d(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        /// <summary>-a.</summary>
        public static Vector3d operator -(Vector3d a) => new Vector3d(-a.X, -a.Y, -a.Z);

        /// <summary>s a.</summary>
        public static Vector3d operator *(double s, Vector3d a) => new Vector3d(s * a.X, s * a.Y, s * a.Z);

        /// <summary>The scalar product.</summary>
        public static double Dot(Vector3d a, Vector3d b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

        /// <summary>The vector product.</summary>
        public static Vector3d Cross(Vector3d a, Vector3d b) =>
            new Vector3d(a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);

        /// <summary>The vector of length 1 with the direction of a.</summary>
        /// <exception cref="ArgumentException">a is zero or not finite.</exception>
        public static Vector3d Normalise(Vector3d a)
        {
            double length = a.Length;
            if (!(length > 0) || double.IsInfinity(length)) throw new ArgumentException($"{a} has no direction.", nameof(a));
            return 1 / length * a;
        }

        /// <summary>A unit vector perpendicular to a unit vector.</summary>
        public static Vector3d Perpendicular(Vector3d unit)
        {
            // The axis least aligned with the vector leaves the longest perpendicular part.
            double x = Math.Abs(unit.X), y = Math.Abs(unit.Y), z = Math.Abs(unit.Z);
            Vector3d axis = x <= y && x <= z ? UnitX : y <= z ? UnitY : UnitZ;
            return Normalise(axis - Dot(axis, unit) * unit);
        }

        /// <inheritdoc/>
        public bool Equals(Vector3d other) => X.Equals(other.X) && Y.Equals(other.Y) && Z.Equals(other.Z);

        /// <inheritdoc/>
        public override bool Equals(object obj) => obj is Vector3d other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(X, Y, Z);

        /// <summary>The components, as (x, y, z).</summary>
        public override string ToString() => string.Format(CultureInfo.InvariantCulture, "({0}, {1}, {2})", X, Y, Z);
    }
}
