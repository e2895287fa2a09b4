using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// Forward kinematics of a skeleton as a formula of its coordinates: the world frame of every joint, and for every
    /// coordinate the axis and origin of its motion, from which Jacobians follow in closed form.
    /// </summary>
    /// <remarks>
    /// Column i of the Jacobian of a point p: a x (p - o) for a coordinate that turns about axis a through o, and d for one that
    /// moves along d. Source: B. Siciliano et al., Robotics, section 3.1.
    /// </remarks>
    sealed class TracedSkeleton
    {
        readonly Skeleton skeleton;
        readonly TracedVector[] axes, origins; // by coordinate; the origin of one that moves is not used
        readonly bool[] turns;
        readonly bool[,] moves; // coordinate, joint

        /// <param name="skeleton">The skeleton.</param>
        /// <param name="pose">Its coordinates.</param>
        /// <param name="boneScales">A factor of each joint's offset from its parent; null for 1.</param>
        public TracedSkeleton(Skeleton skeleton, Real[] pose, Real[] boneScales = null)
        {
            this.skeleton = skeleton;
            Pose = pose;
            int n = skeleton.CoordinateCount, joints = skeleton.Joints.Count;
            (axes, origins, turns, moves) = (new TracedVector[n], new TracedVector[n], new bool[n], new bool[n, joints]);
            Frames = new TracedFrame[joints];
            for (int j = 0; j < joints; j++)
            {
                Joint joint = skeleton.Joints[j];
                int parent = skeleton.ParentOf(j), first = skeleton.FirstCoordinateOf(j);
                TracedFrame outer = parent < 0 ? TracedFrame.Identity : Frames[parent];
                Frames[j] = Move(joint, outer.Child(joint.Frame, boneScales == null ? 1 : boneScales[j]), first);
                for (int i = 0; i < n; i++)
                    moves[i, j] = parent >= 0 && moves[i, parent] || i >= first && i < first + joint.Limits.Count;
            }
        }

        public Real[] Pose { get; }

        /// <summary>The world frame of each joint.</summary>
        public TracedFrame[] Frames { get; }

        public int Count => Pose.Length;

        /// <summary>Whether a coordinate moves a joint's frame.</summary>
        public bool Moves(int coordinate, int joint) => moves[coordinate, joint];

        /// <summary>The angular velocity of a joint's frame per unit rate of a coordinate.</summary>
        public TracedVector AngularColumn(int coordinate, int joint) => moves[coordinate, joint] && turns[coordinate] ? axes[coordinate] : default;

        /// <summary>The velocity of a world point carried by a joint, per unit rate of a coordinate.</summary>
        public TracedVector LinearColumn(int coordinate, int joint, TracedVector point) =>
            !moves[coordinate, joint] ? default
            : turns[coordinate] ? TracedVector.Cross(axes[coordinate], point - origins[coordinate]) : axes[coordinate];

        /// <summary>A coordinate as a dual number.</summary>
        public Dual Coordinate(int coordinate)
        {
            var partials = new Real[Count];
            partials[coordinate] = 1;
            return new Dual(Pose[coordinate], partials);
        }

        /// <summary>A point given in a joint's frame, in the world.</summary>
        public DualVector Point(int joint, TracedVector local)
        {
            TracedVector point = Frames[joint].Point(local);
            return WithColumns(point, i => LinearColumn(i, joint, point));
        }

        /// <summary>A direction given in a joint's frame, in the world.</summary>
        public DualVector Direction(int joint, TracedVector local)
        {
            TracedVector direction = Frames[joint].Direction(local);
            return WithColumns(direction, i => TracedVector.Cross(AngularColumn(i, joint), direction));
        }

        /// <summary>A vector whose derivative with respect to coordinate i is <paramref name="column"/>(i).</summary>
        public DualVector WithColumns(TracedVector value, Func<int, TracedVector> column)
        {
            var partials = new[] { new Real[Count], new Real[Count], new Real[Count] };
            for (int i = 0; i < Count; i++)
            {
                TracedVector derivative = column(i);
                for (int c = 0; c < 3; c++) partials[c][i] = derivative[c];
            }
            return new DualVector(new Dual(value.X, partials[0]), new Dual(value.Y, partials[1]), new Dual(value.Z, partials[2]));
        }

        /// <summary>
        /// The centre of mass c = sum m_k c_k / M. A coordinate moves the part of the mass that hangs on it, so its column is
        /// a x sum_k m_k (c_k - o) / M over that part.
        /// </summary>
        public DualVector CentreOfMass()
        {
            double total = skeleton.Mass;
            int joints = Frames.Length;
            var mass = new double[joints];
            var moment = new TracedVector[joints]; // sum of m c over the joint and all it carries, divided by M
            for (int j = joints - 1; j >= 0; j--)
            {
                Joint joint = skeleton.Joints[j];
                mass[j] += joint.Mass / total;
                if (joint.Mass > 0) moment[j] += (joint.Mass / total) * Frames[j].Point(joint.CentreOfMass);
                int parent = skeleton.ParentOf(j);
                if (parent < 0) continue;
                mass[parent] += mass[j];
                moment[parent] += moment[j];
            }
            TracedVector centre = default;
            for (int j = 0; j < joints; j++)
                if (skeleton.ParentOf(j) < 0) centre += moment[j];
            return WithColumns(centre, i =>
            {
                int j = skeleton.JointOf(i);
                return turns[i] ? TracedVector.Cross(axes[i], moment[j] - mass[j] * origins[i]) : mass[j] * axes[i];
            });
        }

        TracedFrame Move(Joint joint, TracedFrame frame, int first)
        {
            switch (joint.Kind)
            {
                case JointKind.Hinge:
                    return Turn(frame, Vector3d.Normalise(joint.Axis), first);
                case JointKind.Slider:
                    return Slide(frame, Vector3d.Normalise(joint.Axis), first);
                case JointKind.Universal:
                    return Turn(Turn(frame, Vector3d.Normalise(joint.Axis), first), Vector3d.Normalise(joint.SecondAxis), first + 1);
                case JointKind.Ball:
                    Vector3d twist = Vector3d.Normalise(joint.Axis), swing = Vector3d.Normalise(joint.SecondAxis);
                    TracedFrame swung = TurnByVector(frame, first, swing, Vector3d.Cross(twist, swing));
                    return Turn(swung, twist, first + 2);
                case JointKind.Free:
                    for (int k = 0; k < 3; k++) frame = Slide(frame, Unit(k), first + k, frame);
                    return TurnByVector(frame, first + 3, Unit(0), Unit(1), Unit(2));
                default:
                    return frame;
            }
        }

        static Vector3d Unit(int axis) => axis == 0 ? Vector3d.UnitX : axis == 1 ? Vector3d.UnitY : Vector3d.UnitZ;

        TracedFrame Turn(TracedFrame frame, Vector3d axis, int coordinate)
        {
            (turns[coordinate], axes[coordinate], origins[coordinate]) = (true, frame.Direction(axis), frame.Position);
            return frame.Turned(axis, Pose[coordinate]);
        }

        TracedFrame Slide(TracedFrame frame, Vector3d axis, int coordinate, TracedFrame? along = null)
        {
            axes[coordinate] = (along ?? frame).Direction(axis);
            return frame.At(frame.Position + Pose[coordinate] * axes[coordinate]);
        }

        /// <summary>
        /// Turns by the rotation vector v = sum q_k e_k: R = cos I + A [v]x + B v v', with A = sin / |v|, B = (1 - cos) / |v|^2.
        /// The axes of the coordinates are the columns of the left Jacobian A I + B [v]x + C v v', C = (|v| - sin) / |v|^3.
        /// Source: J. Sola et al., A micro Lie theory for state estimation in robotics (2018), appendix B.
        /// </summary>
        TracedFrame TurnByVector(TracedFrame frame, int first, params Vector3d[] basis)
        {
            TracedVector v = default;
            for (int k = 0; k < basis.Length; k++) v += Pose[first + k] * (TracedVector)basis[k];
            Real square = TracedVector.Dot(v, v);
            // Below 0.1 rad the quotients lose digits and the series are exact to rounding.
            Bool small = square < 0.01;
            Real safe = Real.Select(small, 1, square), angle = Real.Sqrt(safe);
            Real sin = Real.Sin(angle), cos = Real.Cos(angle);
            Real a = Real.Select(small, Series(square, 6, 20, 42, 72), sin / angle);
            Real b = Real.Select(small, 0.5 * Series(square, 12, 30, 56, 90), (1 - cos) / safe);
            Real c = Real.Select(small, Series(square, 20, 42, 72, 110) / 6, (angle - sin) / (safe * angle));
            Real d = Real.Select(small, 1 - square * b, cos);
            for (int k = 0; k < basis.Length; k++)
            {
                TracedVector column = a * (TracedVector)basis[k] + b * TracedVector.Cross(v, basis[k]) + Sparse.Multiply(c, TracedVector.Dot(v, basis[k])) * v;
                (turns[first + k], axes[first + k], origins[first + k]) = (true, frame.Direction(column), frame.Position);
            }
            return frame.Turned(d, a, b, v);
        }

        // 1 - x/p (1 - x/q (1 - x/r (1 - x/s))): the Taylor series of the four quotients above, nested.
        static Real Series(Real x, double p, double q, double r, double s) =>
            1 - x * (1 / p) * (1 - x * (1 / q) * (1 - x * (1 / r) * (1 - x * (1 / s))));
    }
}
