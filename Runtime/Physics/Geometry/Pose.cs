using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A rigid transform: turn, then shift. Named <c>outerFromInner</c> where it is used, it takes a point p of the inner
    /// frame to R p + t of the outer one.
    /// </summary>
    public readonly struct Pose : IEquatable<Pose>
    {
        /// <summary>Where the inner origin lies in the outer frame, in metres.</summary>
        public readonly Double3 Position;

        /// <summary>Unit quaternion that turns inner directions into outer ones.</summary>
        public readonly DoubleQuaternion Rotation;

        /// <summary>The transform that turns by <paramref name="rotation"/> and then shifts by <paramref name="position"/>.</summary>
        public Pose(Double3 position, DoubleQuaternion rotation)
        {
            Position = position;
            Rotation = rotation;
        }

        /// <summary>A pure shift.</summary>
        public Pose(Double3 position) : this(position, DoubleQuaternion.Identity)
        {
        }

        /// <summary>The transform that changes nothing.</summary>
        public static Pose Identity => new Pose(Double3.Zero, DoubleQuaternion.Identity);

        /// <summary>The inverse transform (for a unit rotation).</summary>
        public Pose Inverse => new Pose(-Rotation.InverseRotate(Position), Rotation.Conjugate);

        /// <summary>Composition: <c>outerFromMiddle * middleFromInner = outerFromInner</c>.</summary>
        public static Pose operator *(Pose a, Pose b) => new Pose(a.TransformPoint(b.Position), a.Rotation * b.Rotation);

        /// <summary>An inner point in the outer frame.</summary>
        public Double3 TransformPoint(Double3 p) => Rotation.Rotate(p) + Position;

        /// <summary>An outer point in the inner frame.</summary>
        public Double3 InverseTransformPoint(Double3 p) => Rotation.InverseRotate(p - Position);

        /// <summary>An inner direction in the outer frame.</summary>
        public Double3 TransformDirection(Double3 d) => Rotation.Rotate(d);

        /// <summary>An outer direction in the inner frame.</summary>
        public Double3 InverseTransformDirection(Double3 d) => Rotation.InverseRotate(d);

        /// <inheritdoc/>
        public bool Equals(Pose other) => Position.Equals(other.Position) && Rotation.Equals(other.Rotation);

        /// <inheritdoc/>
        public override bool Equals(object obj) => obj is Pose other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Position, Rotation);

        /// <inheritdoc/>
        public override string ToString() => Position + " " + Rotation;
    }
}
