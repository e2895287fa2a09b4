using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Tuning
{
    /// <summary>A body's state inside a loss formula.</summary>
    public readonly struct LossBody
    {
        /// <summary>Position of the centre of mass in m.</summary>
        public readonly Real3 Position;

        /// <summary>Rotation from body to world.</summary>
        public readonly RealQuaternion Rotation;

        /// <summary>Velocity in m/s.</summary>
        public readonly Real3 Velocity;

        /// <summary>Angular velocity in rad/s, world frame.</summary>
        public readonly Real3 AngularVelocity;

        internal LossBody(Real3 position, RealQuaternion rotation, Real3 velocity, Real3 angularVelocity)
        {
            Position = position;
            Rotation = rotation;
            Velocity = velocity;
            AngularVelocity = angularVelocity;
        }

        internal LossBody(Real[] state)
            : this(new Real3(state, 0), new RealQuaternion(state, 3), new Real3(state, 7), new Real3(state, 10))
        {
        }
    }

    /// <summary>What a loss formula sees at one moment: its bodies, the data of the moment, and the frame around it.</summary>
    public sealed class LossFrame
    {
        private readonly LossBody[] _from;
        private readonly LossBody[] _to;
        private readonly Real _fraction;
        private readonly Real _step;

        internal LossFrame(LossBody[] from, LossBody[] to, Real fraction, Real step, Real[] data)
        {
            _from = from;
            _to = to;
            _fraction = fraction;
            _step = step;
            Data = data;
        }

        /// <summary>The numbers that belong to the moment, such as a target.</summary>
        public IReadOnlyList<Real> Data { get; }

        /// <summary>Length of a frame in s.</summary>
        public Real Step => _step;

        /// <summary>Three numbers of <see cref="Data"/> as a vector.</summary>
        /// <param name="first">Index of the first.</param>
        public Real3 Vector(int first) => new Real3(Data, first);

        /// <summary>State of one of the loss's bodies at the start of the frame around the moment.</summary>
        /// <param name="body">Index among the loss's bodies.</param>
        public LossBody Start(int body = 0) => _from[body];

        /// <summary>State of one of the loss's bodies at the end of the frame around the moment.</summary>
        /// <param name="body">Index among the loss's bodies.</param>
        public LossBody End(int body = 0) => _to[body];

        /// <summary>
        /// State of one of the loss's bodies at the moment. Between frames positions follow the cubic through positions and
        /// velocities (exact in ballistic flight), everything else is linear.
        /// </summary>
        /// <param name="body">Index among the loss's bodies.</param>
        public LossBody Body(int body = 0)
        {
            LossBody a = _from[body];
            LossBody b = _to[body];
            Real s = _fraction;
            Real s2 = s * s;
            Real s3 = s2 * s;
            // Cubic Hermite basis; at s = 0 and s = 1 the ends are met exactly.
            Real3 position = a.Position * (2 * s3 - 3 * s2 + 1) + b.Position * (3 * s2 - 2 * s3)
                + a.Velocity * ((s3 - 2 * s2 + s) * _step) + b.Velocity * ((s3 - s2) * _step);
            // Quaternions q and -q are one rotation: take the nearer.
            Real sign = Real.Select(RealQuaternion.Dot(a.Rotation, b.Rotation) < 0, -1, 1);
            RealQuaternion rotation = RealQuaternion.Normalise(a.Rotation * (1 - s) + b.Rotation * (s * sign));
            return new LossBody(position, rotation, Real3.Lerp(a.Velocity, b.Velocity, s), Real3.Lerp(a.AngularVelocity, b.AngularVelocity, s));
        }
    }
}
