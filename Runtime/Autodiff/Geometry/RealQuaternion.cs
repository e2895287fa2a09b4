using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A quaternion x i + y j + z k + w of traced numbers, stored x y z w. A unit quaternion q turns a vector v into q v q*; as
    /// <c>worldFromBody</c> it takes body coordinates to world coordinates.
    /// </summary>
    public readonly struct RealQuaternion
    {
        /// <summary>Coefficient of i.</summary>
        public readonly Real X;

        /// <summary>Coefficient of j.</summary>
        public readonly Real Y;

        /// <summary>Coefficient of k.</summary>
        public readonly Real Z;

        /// <summary>Real part.</summary>
        public readonly Real W;

        /// <summary>The quaternion x i + y j + z k + w.</summary>
        public RealQuaternion(Real x, Real y, Real z, Real w)
        {
            X = x;
            Y = y;
            Z = z;
            W = w;
        }

        /// <summary>The quaternion with a vector part and a real part.</summary>
        public RealQuaternion(Real3 vector, Real w)
            : this(vector.X, vector.Y, vector.Z, w)
        {
        }

        /// <summary>The quaternion of four numbers of a list, x y z w, from an index on.</summary>
        public RealQuaternion(IReadOnlyList<Real> numbers, int first)
            : this(numbers[first], numbers[first + 1], numbers[first + 2], numbers[first + 3])
        {
        }

        /// <summary>The rotation by nothing: (0, 0, 0, 1).</summary>
        public static RealQuaternion Identity => new RealQuaternion(0, 0, 0, 1);

        /// <summary>The vector part (x, y, z).</summary>
        public Real3 Vector => new Real3(X, Y, Z);

        /// <summary>The square of the length.</summary>
        public Real LengthSquared => X * X + Y * Y + Z * Z + W * W;

        /// <summary>The conjugate q*, which is the inverse of a unit quaternion.</summary>
        public RealQuaternion Conjugate => new RealQuaternion(-X, -Y, -Z, W);

        /// <summary>The components as an array, x y z w.</summary>
        public Real[] ToArray() => new[] { X, Y, Z, W };

        /// <summary>Sum, component by component.</summary>
        public static RealQuaternion operator +(RealQuaternion a, RealQuaternion b) =>
            new RealQuaternion(a.X + b.X, a.Y + b.Y, a.Z + b.Z, a.W + b.W);

        /// <summary>Difference, component by component.</summary>
        public static RealQuaternion operator -(RealQuaternion a, RealQuaternion b) =>
            new RealQuaternion(a.X - b.X, a.Y - b.Y, a.Z - b.Z, a.W - b.W);

        /// <summary>All components with the opposite sign: the same rotation.</summary>
        public static RealQuaternion operator -(RealQuaternion a) => new RealQuaternion(-a.X, -a.Y, -a.Z, -a.W);

        /// <summary>Product with a scalar.</summary>
        public static RealQuaternion operator *(RealQuaternion a, Real s) => new RealQuaternion(a.X * s, a.Y * s, a.Z * s, a.W * s);

        /// <summary>Hamilton product: the rotation b, then the rotation a.</summary>
        public static RealQuaternion operator *(RealQuaternion a, RealQuaternion b) => new RealQuaternion(
            a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y,
            a.W * b.Y - a.X * b.Z + a.Y * b.W + a.Z * b.X,
            a.W * b.Z + a.X * b.Y - a.Y * b.X + a.Z * b.W,
            a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z);

        /// <summary>Inner product of the four components.</summary>
        public static Real Dot(RealQuaternion a, RealQuaternion b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z + a.W * b.W;

        /// <summary>The vector turned by this unit quaternion: v + 2 w (u x v) + 2 u x (u x v), with u the vector part.</summary>
        public Real3 Rotate(Real3 v)
        {
            Real3 t = 2 * Real3.Cross(Vector, v);
            return v + W * t + Real3.Cross(Vector, t);
        }

        /// <summary>The vector turned by the inverse of this unit quaternion: v - 2 w (u x v) + 2 u x (u x v).</summary>
        public Real3 InverseRotate(Real3 v)
        {
            Real3 t = 2 * Real3.Cross(Vector, v);
            return v - W * t + Real3.Cross(Vector, t);
        }

        /// <summary>The quaternion scaled to length 1. Not finite at 0, which is no rotation.</summary>
        public static RealQuaternion Normalise(RealQuaternion q) => q * (1 / Real.Sqrt(q.LengthSquared));

        /// <summary>Rotation by an angle in radians about an axis of length 1 (not checked), right-handed.</summary>
        public static RealQuaternion FromAxisAngle(Real3 axis, Real angle)
        {
            Real half = 0.5 * angle;
            return new RealQuaternion(axis * Real.Sin(half), Real.Cos(half));
        }

        /// <summary>
        /// Exponential map: rotation about the direction of <paramref name="rotation"/> by its length in radians. Smooth everywhere, at the
        /// identity too.
        /// </summary>
        public static RealQuaternion FromVector(Real3 rotation)
        {
            RotationSeries.HalfAngle(rotation.LengthSquared, out Real sine, out Real cosine);
            return new RealQuaternion(rotation * sine, cosine);
        }

        /// <summary>
        /// Logarithm map: the rotation vector (direction of the axis, length the angle in radians, at most pi) of a unit quaternion.
        /// q and -q give the same vector. Smooth at the identity; not at half a turn, where the axis may point either way.
        /// </summary>
        public Real3 ToVector()
        {
            Real sign = Real.Select(W < 0, -1, 1);
            return Vector * (sign * RotationSeries.AngleOverSine(Vector.LengthSquared, sign * W));
        }

        /// <summary>a where the condition holds, else b.</summary>
        public static RealQuaternion Select(Bool condition, RealQuaternion a, RealQuaternion b) => new RealQuaternion(
            Real.Select(condition, a.X, b.X), Real.Select(condition, a.Y, b.Y), Real.Select(condition, a.Z, b.Z), Real.Select(condition, a.W, b.W));
    }
}
