using System;

namespace DiffPhysics.Physics
{
    /// <summary>Nearest points of segments.</summary>
    internal static class Closest
    {
        /// <summary>Parameter in [0, 1] of the point of the segment p + t d that is nearest to <paramref name="q"/>.</summary>
        public static double OnSegment(Double3 q, Double3 p, Double3 d)
        {
            double squared = d.LengthSquared;
            return squared > 0 ? Clamp01(Double3.Dot(q - p, d) / squared) : 0;
        }

        /// <summary>
        /// Parameters s, t in [0, 1] of the nearest points of the segments p + s d and q + t e. Stationary point of the
        /// quadratic distance, clamped to one segment and projected to the other in turn.
        /// Source of the method: C. Ericson, "Real-Time Collision Detection" (2005), section 5.1.9.
        /// </summary>
        public static void OnSegments(Double3 p, Double3 d, Double3 q, Double3 e, out double s, out double t)
        {
            Double3 r = p - q;
            double dd = d.LengthSquared;
            double ee = e.LengthSquared;
            double de = Double3.Dot(d, e);
            double dr = Double3.Dot(d, r);
            double er = Double3.Dot(e, r);
            double determinant = dd * ee - de * de;
            s = determinant > 1e-12 * dd * ee ? Clamp01((de * er - dr * ee) / determinant) : 0;
            t = (de * s + er) / ee;
            if (t < 0)
            {
                t = 0;
                s = Clamp01(-dr / dd);
            }
            else if (t > 1)
            {
                t = 1;
                s = Clamp01((de - dr) / dd);
            }
        }

        public static double Clamp01(double x) => Math.Max(0, Math.Min(1, x));
    }
}
