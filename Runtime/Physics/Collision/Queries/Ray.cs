using System;

namespace DiffPhysics.Physics
{
    /// <summary>A half line.</summary>
    public readonly struct Ray
    {
        /// <summary>Where it starts, in metres.</summary>
        public readonly Double3 Origin;

        /// <summary>Unit vector along it.</summary>
        public readonly Double3 Direction;

        /// <summary>A ray from a point in a direction.</summary>
        /// <param name="origin">In metres.</param>
        /// <param name="direction">Scaled to unit length here.</param>
        /// <exception cref="ArgumentException">The origin is not finite, or the direction is zero or not finite.</exception>
        public Ray(Double3 origin, Double3 direction)
        {
            Double3 unit = Double3.Normalise(direction);
            if (!origin.IsFinite || !unit.IsFinite || unit == Double3.Zero)
            {
                throw new ArgumentException(
                    "A ray needs a finite origin and a finite direction that is not zero, but starts at " + origin + " along " + direction + ".", nameof(direction));
            }

            Origin = origin;
            Direction = unit;
        }

        /// <summary>The point at a distance from the origin.</summary>
        public Double3 At(double distance) => Origin + Direction * distance;

        /// <summary>The ray seen from the inner frame of a pose.</summary>
        internal Ray InverseTransformed(Pose outerFromInner) =>
            new Ray(outerFromInner.InverseTransformPoint(Origin), outerFromInner.InverseTransformDirection(Direction));
    }
}
