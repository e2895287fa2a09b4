using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>A frame whose axes (the columns of its rotation matrix) and position are traced.</summary>
    readonly struct TracedFrame
    {
        public readonly TracedVector X, Y, Z, Position;

        public TracedFrame(TracedVector x, TracedVector y, TracedVector z, TracedVector position)
        {
            X = x;
            Y = y;
            Z = z;
            Position = position;
        }

        public static TracedFrame Identity => new TracedFrame(Vector3d.UnitX, Vector3d.UnitY, Vector3d.UnitZ, default);

        public TracedVector Axis(int index) => index == 0 ? X : index == 1 ? Y : Z;

        /// <summary>A direction given in this frame, seen from the world.</summary>
        public TracedVector Direction(TracedVector local) => TracedVector.MultiplyAdd(local.Z, Z, TracedVector.MultiplyAdd(local.Y, Y, local.X * X));

        /// <summary>A point given in this frame, seen from the world.</summary>
        public TracedVector Point(TracedVector local) => TracedVector.MultiplyAdd(local.Z, Z, TracedVector.MultiplyAdd(local.Y, Y, TracedVector.MultiplyAdd(local.X, X, Position)));

        /// <summary>A constant frame given in this one, its offset scaled by a bone length factor.</summary>
        public TracedFrame Child(Frame frame, Real scale)
        {
            TracedVector position = Point(scale * (TracedVector)frame.Position);
            Rotation r = frame.Orientation;
            return new TracedFrame(Column(0), Column(1), Column(2), position).WithAxesOf(this);

            TracedVector Column(int c) => new TracedVector(Snap(r.Column(c).X), Snap(r.Column(c).Y), Snap(r.Column(c).Z));
        }

        /// <summary>This frame moved to a position.</summary>
        public TracedFrame At(TracedVector position) => new TracedFrame(X, Y, Z, position);

        /// <summary>
        /// This frame turned about an axis of its own by an angle (Rodrigues): the columns c, s combine in pairs where the
        /// axis is one of the frame's own, else R' = R (cos I + sin [a]x + (1 - cos) a a').
        /// </summary>
        public TracedFrame Turned(Vector3d axis, Real angle)
        {
            Real c = Real.Cos(angle), s = Real.Sin(angle);
            for (int k = 0; k < 3; k++)
            {
                if (Math.Abs(Math.Abs(axis[k]) - 1) > 1e-15) continue;
                int u = (k + 1) % 3, v = (k + 2) % 3;
                Real sine = axis[k] > 0 ? s : -s;
                var turned = new TracedVector[3];
                turned[k] = Axis(k);
                turned[u] = TracedVector.MultiplyAdd(c, Axis(u), sine * Axis(v));
                turned[v] = TracedVector.MultiplyAdd(c, Axis(v), -sine * Axis(u));
                return new TracedFrame(turned[0], turned[1], turned[2], Position);
            }
            return Turned(c, s, 1 - c, axis);
        }

        /// <summary>This frame turned by the matrix d I + a [v]x + b v v' given in it.</summary>
        public TracedFrame Turned(Real d, Real a, Real b, TracedVector v) =>
            new TracedFrame(
                Direction(RotationColumn(d, a, b, v, 0)), Direction(RotationColumn(d, a, b, v, 1)), Direction(RotationColumn(d, a, b, v, 2)), Position);

        /// <summary>Column c of d I + a [v]x + b v v'.</summary>
        public static TracedVector RotationColumn(Real d, Real a, Real b, TracedVector v, int c)
        {
            TracedVector unit = c == 0 ? Vector3d.UnitX : c == 1 ? Vector3d.UnitY : Vector3d.UnitZ;
            return d * unit + a * TracedVector.Cross(v, unit) + Sparse.Multiply(b, v[c]) * v;
        }

        TracedFrame WithAxesOf(TracedFrame outer) => new TracedFrame(outer.Direction(X), outer.Direction(Y), outer.Direction(Z), Position);

        // Right angles written in radians leave 6e-17 where 0 is meant.
        static double Snap(double x) => Math.Abs(x - Math.Round(x)) < 1e-15 ? Math.Round(x) : x;
    }
}
