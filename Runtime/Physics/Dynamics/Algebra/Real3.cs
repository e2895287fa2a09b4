using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>A traced vector of three numbers.</summary>
    internal readonly struct Real3
    {
        public readonly Real X, Y, Z;

        public Real3(Real x, Real y, Real z)
        {
            X = x;
            Y = y;
            Z = z;
        }

        /// <summary>Three consecutive numbers of an array.</summary>
        public Real3(Real[] values, int start) : this(values[start], values[start + 1], values[start + 2])
        {
        }

        public static Real3 Zero => new Real3(0, 0, 0);

        public Real LengthSquared => Dot(this, this);

        public static Real3 operator +(Real3 a, Real3 b) => new Real3(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        public static Real3 operator -(Real3 a, Real3 b) => new Real3(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        public static Real3 operator -(Real3 a) => new Real3(-a.X, -a.Y, -a.Z);

        public static Real3 operator *(Real3 a, Real s) => new Real3(a.X * s, a.Y * s, a.Z * s);

        public static Real3 operator *(Real s, Real3 a) => a * s;

        /// <summary>The component-wise product.</summary>
        public static Real3 Scale(Real3 a, Real3 b) => new Real3(a.X * b.X, a.Y * b.Y, a.Z * b.Z);

        public static Real Dot(Real3 a, Real3 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

        public static Real3 Cross(Real3 a, Real3 b) =>
            new Real3(a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);

        public static Real3 Select(Bool condition, Real3 a, Real3 b) => new Real3(
            Real.Select(condition, a.X, b.X), Real.Select(condition, a.Y, b.Y), Real.Select(condition, a.Z, b.Z));

        /// <summary>The length; its derivative at zero is zero.</summary>
        public static Real Length(Real3 a)
        {
            Real squared = a.LengthSquared;
            return Real.Select(squared > 0, Real.Sqrt(squared), 0);
        }

        /// <summary>a / |a|, and zero for zero.</summary>
        public static Real3 Normalise(Real3 a)
        {
            Real squared = a.LengthSquared;
            return a * Real.Select(squared > 0, 1 / Real.Sqrt(squared), 0);
        }

        /// <summary>
        /// Two unit vectors that make a right-handed frame with the unit vector n. They jump where n.z changes sign; what is built on
        /// them must not depend on the choice. Source: Duff et al., Building an Orthonormal Basis, Revisited (2017).
        /// </summary>
        public static (Real3, Real3) Tangents(Real3 n)
        {
            Real sign = Real.Select(n.Z >= 0, 1, -1);
            Real a = -1 / (sign + n.Z);
            Real b = n.X * n.Y * a;
            return (new Real3(1 + sign * n.X * n.X * a, sign * b, -sign * n.X), new Real3(b, sign + n.Y * n.Y * a, -n.Y));
        }
    }
}
