using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The separating axis test of two boxes in closed form. With the axes of b as columns of R in the frame of a, t the centre
    /// of b there and p, q the half extents, an axis n keeps them apart by |n.t| - sum p_k |n_k| - sum q_k |n.R_k|.
    /// Source: S. Gottschalk, M. Lin and D. Manocha, "OBBTree" (1996).
    /// </summary>
    internal struct BoxSeparation
    {
        /// <summary>How far b lies outside of <see cref="FaceA"/> of a.</summary>
        public double ApartA;
        public int FaceA;

        /// <summary>How far a lies outside of <see cref="FaceB"/> of b.</summary>
        public double ApartB;
        public int FaceB;

        /// <summary>How far the two are apart along the crossing of edge directions <see cref="I"/> of a and <see cref="J"/> of b.</summary>
        public double ApartEdges;
        public int I;
        public int J;

        /// <summary>That crossing, as a unit vector from a to b in the frame of a.</summary>
        public Double3 Crossing;

        public static BoxSeparation Of(Double3 p, Double3 q, Pose aFromB)
        {
            var result = new BoxSeparation { ApartA = double.NegativeInfinity, ApartB = double.NegativeInfinity, ApartEdges = double.NegativeInfinity };
            Double3x3 r = Double3x3.FromRotation(aFromB.Rotation);
            Double3 t = aFromB.Position;
            Double3 ax = Double3.Abs(r.X);
            Double3 ay = Double3.Abs(r.Y);
            Double3 az = Double3.Abs(r.Z);
            Double3 reach = ax * q.X + ay * q.Y + az * q.Z + p;
            result.TryFaceOfA(t.X, reach.X, 0);
            result.TryFaceOfA(t.Y, reach.Y, 1);
            result.TryFaceOfA(t.Z, reach.Z, 2);
            result.TryFaceOfB(Double3.Dot(t, r.X), Double3.Dot(ax, p) + q.X, 0);
            result.TryFaceOfB(Double3.Dot(t, r.Y), Double3.Dot(ay, p) + q.Y, 1);
            result.TryFaceOfB(Double3.Dot(t, r.Z), Double3.Dot(az, p) + q.Z, 2);
            for (int j = 0; j < 3; j++)
            {
                Double3 w = r.Column(j);

                // e_i x w, and |(e_i x w).R_k| = |R_(i, l)| with l the third of j, k, l.
                Double3 u = r.Column(j == 2 ? 0 : j + 1);
                Double3 v = r.Column(j == 0 ? 2 : j - 1);
                double qu = j == 0 ? q.Y : j == 1 ? q.Z : q.X;
                double qv = j == 0 ? q.Z : j == 1 ? q.X : q.Y;
                result.TryCrossing(0, j, new Double3(0, -w.Z, w.Y), t, p, qu * Math.Abs(v.X) + qv * Math.Abs(u.X));
                result.TryCrossing(1, j, new Double3(w.Z, 0, -w.X), t, p, qu * Math.Abs(v.Y) + qv * Math.Abs(u.Y));
                result.TryCrossing(2, j, new Double3(-w.Y, w.X, 0), t, p, qu * Math.Abs(v.Z) + qv * Math.Abs(u.Z));
            }

            return result;
        }

        private void TryFaceOfA(double along, double reach, int axis)
        {
            double apart = Math.Abs(along) - reach;
            if (apart > ApartA)
            {
                ApartA = apart;
                FaceA = 2 * axis + (along > 0 ? 1 : 0);
            }
        }

        private void TryFaceOfB(double along, double reach, int axis)
        {
            double apart = Math.Abs(along) - reach;
            if (apart > ApartB)
            {
                ApartB = apart;
                FaceB = 2 * axis + (along < 0 ? 1 : 0);
            }
        }

        private void TryCrossing(int i, int j, Double3 n, Double3 t, Double3 p, double reachOfB)
        {
            double squared = n.LengthSquared;
            if (squared < RoundPairs.ParallelSine * RoundPairs.ParallelSine)
            {
                return;
            }

            double along = Double3.Dot(n, t);
            double sine = Math.Sqrt(squared);
            double apart = (Math.Abs(along) - Double3.Dot(Double3.Abs(n), p) - reachOfB) / sine;
            if (apart > ApartEdges)
            {
                ApartEdges = apart;
                I = i;
                J = j;
                Crossing = n / (along >= 0 ? sine : -sine);
            }
        }
    }
}
