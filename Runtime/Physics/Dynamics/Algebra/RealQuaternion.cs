using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>A traced unit quaternion, x y z w.</summary>
    internal readonly struct RealQuaternion
    {
        // Terms of the series in half the angle, squared: exact to double precision up to angles of about pi in one step.
        private const int Terms = 11;

        public readonly Real X, Y, Z, W;

        public RealQuaternion(Real x, Real y, Real z, Real w)
        {
            X = x;
            Y = y;
            Z = z;
            W = w;
        }

        /// <summary>Four consecutive numbers of an array.</summary>
        public RealQuaternion(Real[] values, int start) : this(values[start], values[start + 1], values[start + 2], values[start + 3])
        {
        }

        private Real3 Vector => new Real3(X, Y, Z);

        public static RealQuaternion operator *(RealQuaternion a, RealQuaternion b) => new RealQuaternion(
            a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y,
            a.W * b.Y - a.X * b.Z + a.Y * b.W + a.Z * b.X,
            a.W * b.Z + a.X * b.Y - a.Y * b.X + a.Z * b.W,
            a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z);

        /// <summary>q v q*.</summary>
        public Real3 Rotate(Real3 v) => Rotate(v, W);

        /// <summary>q* v q.</summary>
        public Real3 InverseRotate(Real3 v) => Rotate(v, -W);

        // v + 2 w (u x v) + 2 u x (u x v) with u the vector part.
        private Real3 Rotate(Real3 v, Real w)
        {
            Real3 twice = Real3.Cross(Vector, v) * 2;
            return v + twice * w + Real3.Cross(Vector, twice);
        }

        public RealQuaternion Normalised()
        {
            Real s = 1 / Real.Sqrt(X * X + Y * Y + Z * Z + W * W);
            return new RealQuaternion(X * s, Y * s, Z * s, W * s);
        }

        /// <summary>
        /// The turn by a rotation vector r (axis times angle): (sin(|r|/2) r/|r|, cos(|r|/2)). With s = |r|^2/4 both are power series in
        /// s, which have no special point at zero: cos = sum (-s)^k/(2k)!, sin(|r|/2)/|r| = 1/2 sum (-s)^k/(2k+1)!.
        /// </summary>
        public static RealQuaternion Exp(Real3 r)
        {
            Real s = r.LengthSquared * 0.25, cosine = 1, sine = 1;
            for (int k = Terms; k > 0; k--)
            {
                cosine = 1 - s * cosine * (1.0 / ((2 * k - 1) * (2 * k)));
                sine = 1 - s * sine * (1.0 / ((2 * k) * (2 * k + 1)));
            }
            Real half = 0.5 * sine;
            return new RealQuaternion(r.X * half, r.Y * half, r.Z * half, cosine);
        }
    }
}
