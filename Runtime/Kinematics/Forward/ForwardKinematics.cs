using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// World frames of all joints, the centre of mass and Jacobians, for one or many poses at once (one lane each). Evaluating
    /// allocates nothing.
    /// </summary>
    public sealed class ForwardKinematics : IDisposable
    {
        readonly Executor executor;
        readonly Launch launch;
        readonly Buffer poses, frames, centres, jacobians;
        readonly int[] effectors;

        /// <summary>Traces and compiles the kinematics of a skeleton.</summary>
        /// <param name="skeleton">The skeleton.</param>
        /// <param name="executor">What runs the kernels.</param>
        /// <param name="poseCount">How many poses are evaluated together.</param>
        /// <param name="jacobiansOf">Joints whose Jacobians are wanted; none by default.</param>
        /// <exception cref="SkeletonException">A joint is unknown.</exception>
        public ForwardKinematics(Skeleton skeleton, Executor executor, int poseCount = 1, IReadOnlyList<string> jacobiansOf = null)
        {
            Skeleton = skeleton ?? throw new ArgumentNullException(nameof(skeleton));
            this.executor = executor ?? throw new ArgumentNullException(nameof(executor));
            if (poseCount < 1) throw new ArgumentOutOfRangeException(nameof(poseCount), poseCount, "At least one pose is evaluated.");
            PoseCount = poseCount;
            effectors = new int[jacobiansOf?.Count ?? 0];
            for (int e = 0; e < effectors.Length; e++) effectors[e] = skeleton.IndexOf(jacobiansOf[e]);

            int n = skeleton.CoordinateCount;
            poses = Make("poses", n);
            frames = Make("frames", 12 * skeleton.Joints.Count);
            centres = Make("centres of mass", 3);
            jacobians = Make("jacobians", 6 * n * effectors.Length);
            launch = new Launch(Kernel.Define($"forward kinematics of {skeleton.Name}", Trace), poseCount).Bind("frames", frames);
            if (n > 0) launch.Bind("pose", poses);
            if (skeleton.Mass > 0) launch.Bind("centre", centres);
            if (effectors.Length > 0) launch.Bind("jacobian", jacobians);
            launch.Prepare(executor);

            Buffer Make(string name, int components) => new Buffer(name, poseCount, Math.Max(1, components), Precision.Double);
        }

        /// <summary>The skeleton.</summary>
        public Skeleton Skeleton { get; }

        /// <summary>The number of poses evaluated together.</summary>
        public int PoseCount { get; }

        /// <summary>Sets the coordinates of one pose.</summary>
        /// <exception cref="ArgumentException">The number of coordinates is not the skeleton's.</exception>
        public void SetPose(ReadOnlySpan<double> pose, int index = 0)
        {
            if (pose.Length != Skeleton.CoordinateCount)
                throw new ArgumentException($"Skeleton '{Skeleton.Name}' has {Skeleton.CoordinateCount} coordinates; the pose has {pose.Length}.", nameof(pose));
            for (int i = 0; i < pose.Length; i++) poses[index, i] = pose[i];
        }

        /// <summary>Evaluates all poses.</summary>
        public void Evaluate() => launch.Run(executor);

        /// <summary>The world frame of a joint in an evaluated pose.</summary>
        public Frame FrameOf(int joint, int index = 0)
        {
            int first = 12 * joint;
            return new Frame(Read(frames, first + 9, index),
                Rotation.FromMatrix(Read(frames, first, index), Read(frames, first + 3, index), Read(frames, first + 6, index)));
        }

        /// <summary>The world frame of a joint in an evaluated pose.</summary>
        public Frame FrameOf(string joint, int index = 0) => FrameOf(Skeleton.IndexOf(joint), index);

        /// <summary>The centre of mass of an evaluated pose, in metres.</summary>
        /// <exception cref="InvalidOperationException">No bone has a mass.</exception>
        public Vector3d CentreOfMass(int index = 0) => Skeleton.Mass > 0 ? Read(centres, 0, index)
            : throw new InvalidOperationException($"No bone of skeleton '{Skeleton.Name}' has a mass.");

        /// <summary>
        /// An element of the geometric Jacobian of a joint's frame: rows 0 to 2 are the velocity of its origin and rows 3 to 5 its
        /// angular velocity, in the world, per unit rate of the coordinate.
        /// </summary>
        /// <param name="effector">The position of the joint in the list given when this was made.</param>
        /// <param name="row">0 to 5.</param>
        /// <param name="coordinate">The coordinate.</param>
        /// <param name="index">The pose.</param>
        public double Jacobian(int effector, int row, int coordinate, int index = 0) =>
            jacobians[index, (effector * Skeleton.CoordinateCount + coordinate) * 6 + row];

        /// <summary>Frees the buffers.</summary>
        public void Dispose()
        {
            poses.Dispose();
            frames.Dispose();
            centres.Dispose();
            jacobians.Dispose();
        }

        void Trace(KernelBuilder kernel)
        {
            int n = Skeleton.CoordinateCount;
            var traced = new TracedSkeleton(Skeleton, n > 0 ? kernel.Lane("pose", n) : Array.Empty<Real>());
            var values = new List<Real>();
            foreach (TracedFrame frame in traced.Frames)
                for (int axis = 0; axis < 4; axis++) Add(axis < 3 ? frame.Axis(axis) : frame.Position);
            kernel.Store("frames", values.ToArray());
            if (Skeleton.Mass > 0)
            {
                TracedVector centre = traced.CentreOfMass().Value;
                kernel.Store("centre", centre.X, centre.Y, centre.Z);
            }
            if (effectors.Length == 0) return;
            values.Clear();
            foreach (int joint in effectors)
                for (int i = 0; i < n; i++)
                {
                    Add(traced.LinearColumn(i, joint, traced.Frames[joint].Position));
                    Add(traced.AngularColumn(i, joint));
                }
            kernel.Store("jacobian", values.ToArray());

            void Add(TracedVector v) => values.AddRange(new[] { v.X, v.Y, v.Z });
        }

        static Vector3d Read(Buffer buffer, int first, int index) =>
            new Vector3d(buffer[index, first], buffer[index, first + 1], buffer[index, first + 2]);
    }
}
