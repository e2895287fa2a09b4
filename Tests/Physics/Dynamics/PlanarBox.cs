using System;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>
    /// A box in the plane over the ground y = 0, by exact flight from impact to impact: the time at which a corner meets the ground is
    /// found by Newton's method, the impact is the coupled law (no slip and v_n' = -e v_n together; if that leaves the cone, sliding).
    /// It shares nothing with the engine.
    /// </summary>
    internal struct PlanarBox
    {
        public double X, Y, Angle, Vx, Vy, Spin, HalfWidth, HalfHeight, Mass, Inertia, Restitution, Friction, Gravity;

        /// <summary>Impacts so far, and how many of them slid.</summary>
        public int Impacts, Slides;

        public void Advance(double time)
        {
            while (true)
            {
                (double impact, int corner) = NextImpact(time);
                Fly(Math.Min(impact, time));
                if (impact >= time) return;
                time -= impact;
                Strike(corner);
            }
        }

        // The corner relative to the centre, after a time.
        private (double x, double y) Corner(int corner, double t)
        {
            double x = (corner & 1) == 0 ? -HalfWidth : HalfWidth, y = (corner & 2) == 0 ? -HalfHeight : HalfHeight, a = Angle + Spin * t;
            return (Math.Cos(a) * x - Math.Sin(a) * y, Math.Sin(a) * x + Math.Cos(a) * y);
        }

        private double Height(int corner, double t) => Y + Vy * t - Gravity * t * t / 2 + Corner(corner, t).y;

        private double Rate(int corner, double t) => Vy - Gravity * t + Spin * Corner(corner, t).x;

        private (double time, int corner) NextImpact(double limit)
        {
            const double Scan = 1e-3;
            for (double t = 0; t < limit; t += Scan)
            {
                double first = double.PositiveInfinity;
                int which = -1;
                for (int corner = 0; corner < 4; corner++)
                {
                    double end = t + Scan;
                    if (Height(corner, end) > 0 || Rate(corner, end) >= 0) continue;
                    if (Height(corner, t) < -1e-9) continue; // it left just before
                    for (int step = 0; step < 50; step++) end -= Height(corner, end) / Rate(corner, end);
                    if (end < first) (first, which) = (end, corner);
                }

                if (which >= 0) return (first, which);
            }

            return (double.PositiveInfinity, -1);
        }

        private void Fly(double t)
        {
            X += Vx * t;
            Y += Vy * t - Gravity * t * t / 2;
            Vy -= Gravity * t;
            Angle += Spin * t;
        }

        private void Strike(int corner)
        {
            (double rx, double ry) = Corner(corner, 0);
            double slip = Vx - Spin * ry, closing = Vy + Spin * rx;
            double tt = 1 / Mass + ry * ry / Inertia, nn = 1 / Mass + rx * rx / Inertia, tn = -rx * ry / Inertia;
            double wanted = -(1 + Restitution) * closing, determinant = tt * nn - tn * tn;
            double jt = (-slip * nn - wanted * tn) / determinant, jn = (wanted * tt + slip * tn) / determinant;
            if (Math.Abs(jt) > Friction * jn)
            {
                double against = -Friction * Math.Sign(Math.Abs(slip) > 1e-5 * Math.Abs(closing) ? slip : tn);
                jn = wanted / (nn + against * tn);
                jt = against * jn;
                Slides++;
            }

            Vx += jt / Mass;
            Vy += jn / Mass;
            Spin += (rx * jn - ry * jt) / Inertia;
            Impacts++;
        }
    }
}
