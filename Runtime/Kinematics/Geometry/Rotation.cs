using System;
using System.Globalization;

namespace DiffPhysics.Kinematics
{
    /// <summary>A rotation, held as a unit quaternion x y z w (x, y, z is the vector part).</summary>
    public readonly struct Rotation : IEquatable<Rotation>
    {
        readonly double scalar; // w - 1, so that the default value is the identity

        /// <summary>First component of the vector part.</summary>
        public readonly double X;

        /// <summary>Second component of the vector part.</summary>
        public readonly double Y;

        /// <summary>Third component of the vector part.</summary>
        public readonly double Z;

        /// <summary>The scalar part.</summary>
        public double W => scalar + 1;

        Rotation(double x, double y, double z, double w)
        {
            X = x;
            Y = y;
            Z = z;
            scalar = w - 1;
        }

        /// <summary>No rotation.</summary>
        public static Rotation Identity => default;

        /// <summary>Whether no component is NaN or infinite.</summary>
        public bool IsFinite => !double.IsNaN(X + Y + Z + W) && !double.IsInfinity(X + Y + Z + W);

        /// <summary>The rotation of a quaternion of any length but 0; it is normalised.</summary>
        /// <exception cref="ArgumentException">The quaternion is zero or not finite.</exception>
        public static Rotation FromQuaternion(double x, double y, double z, double w)
        {
            double length = Math.Sqrt(x * x + y * y + z * z + w * w);
            if (!(length > 0) || double.IsInfinity(length))
                throw new ArgumentException(FormattableString.Invariant($"The quaternion ({x}, {y}, {z}, {w}) is not a rotation."));
            return new Rotation(x / length, y / length, z / length, w / length);
        }

        /// <summary>A rotation about an axis, by the right-hand rule.</summary>
        /// <param name="axis">Any direction; its length does not matter.</param>
        /// <param name="angle">Radians.</param>
        public static Rotation AxisAngle(Vector3d axis, double angle)
        {
            Vector3d v = Math.Sin(angle / 2) * Vector3d.Normalise(axis);
            return new Rotation(v.X, v.Y, v.Z, Math.Cos(angle / 2));
        }

        /// <summary>The rotation Rz(yaw) Ry(pitch) Rx(roll) that URDF's <c>rpy</c> stands for; radians.</summary>
        public static Rotation RollPitchYaw(double roll, double pitch, double yaw) =>
            AxisAngle(Vector3d.UnitZ, yaw) * AxisAngle(Vector3d.UnitY, pitch) * AxisAngle(Vector3d.UnitX, roll);

        /// <summary>The rotation of a matrix whose columns, the rotated axes, are x, y and z.</summary>
        /// <remarks>Source: S. W. Shepperd, Quaternion from rotation matrix, J. Guidance and Control 1 (1978): divide by the largest part.</remarks>
        internal static Rotation FromMatrix(Vector3d x, Vector3d y, Vector3d z)
        {
            double trace = x.X + y.Y + z.Z;
            if (trace >= x.X && trace >= y.Y && trace >= z.Z) return FromQuaternion(y.Z - z.Y, z.X - x.Z, x.Y - y.X, 1 + trace);
            if (x.X >= y.Y && x.X >= z.Z) return FromQuaternion(1 + x.X - y.Y - z.Z, x.Y + y.X, x.Z + z.X, y.Z - z.Y);
            if (y.Y >= z.Z) return FromQuaternion(x.Y + y.X, 1 + y.Y - x.X - z.Z, y.Z + z.Y, z.X - x.Z);
            return FromQuaternion(x.Z + z.X, y.Z + z.Y, 1 + z.Z - x.X - y.Y, x.Y - y.X);
        }

        /// <summary>First b, then a.</summary>
        public static Rotation operator *(Rotation a, Rotation b) => FromQuaternion(
            a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y,
            a.W * b.Y - a.X * b.Z + a.Y * b.W + a.Z * b.X,
            a.W * b.Z + a.X * b.Y - a.Y * b.X + a.Z * b.W,
            a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z);

        /// <summary>The inverse rotation.</summary>
        public Rotation Inverse => new Rotation(-X, -Y, -Z, W);

        /// <summary>The rotated vector.</summary>
        public Vector3d Rotate(Vector3d v)
        {
            var u = new Vector3d(X, Y, Z);
            Vector3d t = 2 * Vector3d.Cross(u, v);
            return v + W * t + Vector3d.Cross(u, t);
        }

        /// <summary>A column of the rotation matrix: the rotated axis x, y or z.</summary>
        public Vector3d Column(int index) => Rotate(index == 0 ? Vector3d.UnitX : index == 1 ? Vector3d.UnitY : Vector3d.UnitZ);

        /// <summary>The angle between two rotations, in radians, from 0 to pi.</summary>
        public static double Angle(Rotation a, Rotation b)
        {
            Rotation d = a * b.Inverse;
            return 2 * Math.Atan2(new Vector3d(d.X, d.Y, d.Z).Length, Math.Abs(d.W));
        }

        /// <inheritdoc/>
        public bool Equals(Rotation other) => X.Equals(other.X) && Y.Equals(other.Y) && Z.Equals(other.Z) && scalar.Equals(other.scalar);

        /// <inheritdoc/>
        public override bool Equals(object obj) => obj is Rotation other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(X, Y, Z, scalar);

        /// <summary>The components, as (x, y, z, w).</summary>
        public override string ToString() => string.Format(CultureInfo.InvariantCulture, "({0}, {1}, {2}, {3})", X, Y, Z, W);
    }
}
