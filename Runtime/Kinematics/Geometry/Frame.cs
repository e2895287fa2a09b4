using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>Position and orientation of one coordinate system in another: p_outer = Orientation p_inner + Position.</summary>
    public readonly struct Frame : IEquatable<Frame>
    {
        /// <summary>The origin, in metres.</summary>
        public readonly Vector3d Position;

        /// <summary>The orientation.</summary>
        public readonly Rotation Orientation;

        /// <summary>A frame at a position with an orientation.</summary>
        public Frame(Vector3d position, Rotation orientation = default)
        {
            Position = position;
            Orientation = orientation;
        }

        /// <summary>The outer frame itself.</summary>
        public static Frame Identity => default;

        /// <summary>A frame moved along the outer axes and not turned; metres.</summary>
        public static Frame At(double x, double y, double z) => new Frame(new Vector3d(x, y, z));

        /// <summary>A frame moved and then turned, as URDF's <c>origin</c> says it; metres and radians.</summary>
        public static Frame FromXyzRpy(double x, double y, double z, double roll, double pitch, double yaw) =>
            new Frame(new Vector3d(x, y, z), Rotation.RollPitchYaw(roll, pitch, yaw));

        /// <summary>Frame b, given in a, seen from outside a.</summary>
        public static Frame operator *(Frame a, Frame b) =>
            new Frame(a.Position + a.Orientation.Rotate(b.Position), a.Orientation * b.Orientation);

        /// <inheritdoc/>
        public bool Equals(Frame other) => Position.Equals(other.Position) && Orientation.Equals(other.Orientation);

        /// <inheritdoc/>
        public override bool Equals(object obj) => obj is Frame other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Position, Orientation);

        /// <summary>Position and orientation.</summary>
        public override string ToString() => $"{Position} {Orientation}";
    }
}
