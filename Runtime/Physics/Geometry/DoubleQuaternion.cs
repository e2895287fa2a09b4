using System;
using System.Globalization;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A quaternion x i + y j + z k + w of doubles, stored x y z w. A unit quaternion q turns a vector v into q v q*;
    /// as <c>worldFromBody</c> it takes body coordinates to world coordinates.
    /// </summary>
    public readonly struct DoubleQuaternion : IEquatable<DoubleQuaternion>
    {
        /// <summary>Coefficient of i.</summary>
        public readonly double X;

        /// <summary>Coefficient of j.</summary>
        public readonly double Y;

        /// <summary>Coefficient of k.</summary>
        public readonly double Z;

        /// <summary>Real part.</summary>
        public readonly double W;

        /// <summary>The quaternion x i + y j + z k + w.</summary>
        public DoubleQuaternion(double x, double y, double z, double w)
        {
            X = x;
            Y = y;
            Z = z;
            W = w;
        }

        /// <summary>The rotation by nothing: (0, 0, 0, 1).</summary>
        public static DoubleQuaternion Identity => new DoubleQuaternion(0, 0, 0, 1);

        /// <summary>Rotation by <paramref name="angle"/> radians about <paramref name="axis"/> (scaled to unit length here), right-handed.</summary>
        public static DoubleQuaternion FromAxisAngle(Double3 axis, double angle) => FromVector(Double3.Normalise(axis) * angle);

        /// <summary>Exponential map: rotation about the direction of <paramref name="rotation"/> by its length in radians.</summary>
        public static DoubleQuaternion FromVector(Double3 rotation)
        {
            double angle = rotation.Length;
            // sin(a/2)/a tends to 1/2 - a^2/48.
            double scale = angle > 1e-6 ? Math.Sin(0.5 * angle) / angle : 0.5 - angle * angle / 48;
            return new DoubleQuaternion(rotation.X * scale, rotation.Y * scale, rotation.Z * scale, Math.Cos(0.5 * angle));
        }

        /// <summary>
        /// The rotation whose matrix has the given orthonormal right-handed columns (images of x, y, z).
        /// Source: S. W. Shepperd, "Quaternion from rotation matrix", J. Guidance and Control 1 (1978).
        /// </summary>
        public static DoubleQuaternion FromAxes(Double3 x, Double3 y, Double3 z)
        {
            double trace = x.X + y.Y + z.Z;
            DoubleQuaternion q;
            if (trace >= x.X && trace >= y.Y && trace >= z.Z)
            {
                q = new DoubleQuaternion(y.Z - z.Y, z.X - x.Z, x.Y - y.X, 1 + trace);
            }
            else if (x.X >= y.Y && x.X >= z.Z)
            {
                q = new DoubleQuaternion(1 + x.X - y.Y - z.Z, x.Y + y.X, z.X + x.Z, y.Z - z.Y);
            }
            else if (y.Y >= z.Z)
            {
                q = new DoubleQuaternion(x.Y + y.X, 1 + y.Y - x.X - z.Z, y.Z + z.Y, z.X - x.Z);
            }
            else
            {
                q = new DoubleQuaternion(z.X + x.Z, y.Z + z.Y, 1 + z.Z - x.X - y.Y, x.Y - y.X);
            }

            return q.Normalised();
        }

        /// <summary>Euclidean length: 1 for a rotation.</summary>
        public double Length => Math.Sqrt(X * X + Y * Y + Z * Z + W * W);

        /// <summary>The vector part (x, y, z).</summary>
        public Double3 Vector => new Double3(X, Y, Z);

        /// <summary>Whether no component is NaN or infinite.</summary>
        public bool IsFinite => Vector.IsFinite && !double.IsNaN(W) && !double.IsInfinity(W);

        /// <summary>The conjugate q*, which is the inverse of a unit quaternion.</summary>
        public DoubleQuaternion Conjugate => new DoubleQuaternion(-X, -Y, -Z, W);

        /// <summary>The quaternion scaled to length 1.</summary>
        public DoubleQuaternion Normalised()
        {
            double s = 1 / Length;
            return new DoubleQuaternion(X * s, Y * s, Z * s, W * s);
        }

        /// <summary>Hamilton product: the rotation b, then the rotation a.</summary>
        public static DoubleQuaternion operator *(DoubleQuaternion a, DoubleQuaternion b) => new DoubleQuaternion(
            a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y,
            a.W * b.Y - a.X * b.Z + a.Y * b.W + a.Z * b.X,
            a.W * b.Z + a.X * b.Y - a.Y * b.X + a.Z * b.W,
            a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z);

        /// <summary>The vector turned by this unit quaternion: v + 2 w (u x v) + 2 u x (u x v), with u the vector part.</summary>
        public Double3 Rotate(Double3 v)
        {
            Double3 t = 2 * Double3.Cross(Vector, v);
            return v + W * t + Double3.Cross(Vector, t);
        }

        /// <summary>The vector turned by the inverse of this unit quaternion.</summary>
        public Double3 InverseRotate(Double3 v) => Conjugate.Rotate(v);

        /// <summary>Whether all components are equal (q and -q, the same rotation, are not).</summary>
        public static bool operator ==(DoubleQuaternion a, DoubleQuaternion b) => a.X == b.X && a.Y == b.Y && a.Z == b.Z && a.W == b.W;

        /// <summary>Whether any component differs.</summary>
        public static bool operator !=(DoubleQuaternion a, DoubleQuaternion b) => !(a == b);

        /// <inheritdoc/>
        public bool Equals(DoubleQuaternion other) => X.Equals(other.X) && Y.Equals(other.Y) && Z.Equals(other.Z) && W.Equals(other.W);

        /// <inheritdoc/>
        public override bool Equals(object obj) => obj is DoubleQuaternion other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(X, Y, Z, W);

        /// <inheritdoc/>
        public override string ToString() => string.Format(CultureInfo.InvariantCulture, "({0}, {1}, {2}, {3})", X, Y, Z, W);
    }
}
