using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// A joint's frame has a target orientation. Residual: the rotation vector from the target to the frame, in radians. Its
    /// weight is 0.4 by default, which is metres per radian.
    /// </summary>
    public sealed class OrientationGoal : Goal
    {
        readonly string joint;
        readonly Rotation offset;

        /// <summary>A goal for a joint's frame, or for a frame turned by a constant offset in it.</summary>
        public OrientationGoal(string joint, Rotation offset = default) : base($"orientation of {joint}", 1e-5)
        {
            (this.joint, this.offset) = (joint, offset);
            Weight = 0.4;
        }

        /// <summary>The orientation wanted, in the world.</summary>
        public Rotation Target { get; set; }

        internal override int ParameterCount(Skeleton skeleton) => 9;

        internal override void WriteParameters(Span<double> parameters)
        {
            if (!Target.IsFinite) throw new ArgumentException($"The target of goal '{Name}' is {Target}; it has to be finite.");
            for (int column = 0; column < 3; column++) Write(parameters.Slice(3 * column), Target.Column(column), "The target");
        }

        internal override void Trace(GoalTrace trace)
        {
            int index = trace.IndexOf(joint);
            TracedFrame frame = trace.Skeleton.Frames[index].Child(new Frame(default, offset), 1);
            TracedVector error = Logarithm(frame, new TracedFrame(trace.Vector(0), trace.Vector(3), trace.Vector(6), default));
            // d(residual) = omega to first order; with respect to |residual|^2 exactly, because the residual is its own eigenvector.
            trace.Add(trace.Skeleton.WithColumns(error, i => trace.Skeleton.AngularColumn(i, index)));
        }

        /// <summary>The gradient by a small rotation d of the target in the world: dR = [d]x R, so d_ = sum over columns c of c x c_.</summary>
        internal override double[] TargetGradient(double[] ofParameters)
        {
            Vector3d sum = default;
            for (int c = 0; c < 3; c++)
            {
                sum += Vector3d.Cross(Target.Column(c), new Vector3d(ofParameters[3 * c], ofParameters[3 * c + 1], ofParameters[3 * c + 2]));
            }
            return new[] { sum.X, sum.Y, sum.Z };
        }

        /// <summary>
        /// The rotation vector of E = A B': with w = (E32 - E23, E13 - E31, E21 - E12) = 2 sin(t) axis and trace E = 1 + 2 cos(t),
        /// it is t / |w| w. At t = pi, where w vanishes, the axis is any column of E + I.
        /// </summary>
        static TracedVector Logarithm(TracedFrame a, TracedFrame b)
        {
            var e = new Real[3, 3];
            for (int row = 0; row < 3; row++)
                for (int column = 0; column < 3; column++)
                    e[row, column] = Sparse.MultiplyAdd(a.Z[row], b.Z[column], Sparse.MultiplyAdd(a.Y[row], b.Y[column], Sparse.Multiply(a.X[row], b.X[column])));
            var w = new TracedVector(e[2, 1] - e[1, 2], e[0, 2] - e[2, 0], e[1, 0] - e[0, 1]);
            Real cosine = e[0, 0] + e[1, 1] + e[2, 2] - 1, square = TracedVector.Dot(w, w);
            Bool tiny = square < 1e-12;
            Real sine = Real.Sqrt(Real.Select(tiny, 1, square));
            // t / sin(t) = 1 + sin(t)^2 / 6 + ..
            Real factor = Real.Select(tiny, 0.5 + square * (1.0 / 48), Real.Atan2(sine, cosine) / sine);

            Bool xLargest = (e[0, 0] >= e[1, 1]) & (e[0, 0] >= e[2, 2]), yLargest = e[1, 1] >= e[2, 2];
            Bool opposite = tiny & (cosine < 0);
            var axis = new Real[3];
            for (int row = 0; row < 3; row++)
            {
                axis[row] = Real.Select(xLargest, Column(0), Real.Select(yLargest, Column(1), Column(2)));
                Real Column(int c) => e[row, c] + (row == c ? 1 : 0);
            }
            Real length = Real.Sqrt(Real.Select(opposite, axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2], 1));
            return new TracedVector(Component(0), Component(1), Component(2));

            Real Component(int c) => Real.Select(opposite, Math.PI / length * axis[c], factor * w[c]);
        }
    }
}
