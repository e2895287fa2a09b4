using System;
using System.Runtime.CompilerServices;

namespace DiffPhysics.Physics
{
    /// <summary>An axis-aligned box from <see cref="Min"/> to <see cref="Max"/>, in metres. Half spaces have infinite ones.</summary>
    public readonly struct Bounds3 : IEquatable<Bounds3>
    {
        /// <summary>Smallest coordinates.</summary>
        public readonly Double3 Min;

        /// <summary>Largest coordinates.</summary>
        public readonly Double3 Max;

        /// <summary>The box between two corners, the smaller first.</summary>
        public Bounds3(Double3 min, Double3 max)
        {
            Min = min;
            Max = max;
        }

        /// <summary>The box that holds nothing: joined with any other it gives the other.</summary>
        public static Bounds3 Empty => new Bounds3(new Double3(double.PositiveInfinity), new Double3(double.NegativeInfinity));

        /// <summary>The box that holds all of space.</summary>
        public static Bounds3 Infinite => new Bounds3(new Double3(double.NegativeInfinity), new Double3(double.PositiveInfinity));

        /// <summary>Middle of the box.</summary>
        public Double3 Centre => 0.5 * (Min + Max);

        /// <summary>Half of the box's edges.</summary>
        public Double3 HalfExtents => 0.5 * (Max - Min);

        /// <summary>Surface area in square metres: what hierarchies weigh boxes by.</summary>
        public double Area
        {
            get
            {
                Double3 d = Max - Min;
                return 2 * (d.X * d.Y + d.Y * d.Z + d.Z * d.X);
            }
        }

        /// <summary>The smallest box that holds both.</summary>
        public static Bounds3 Union(in Bounds3 a, in Bounds3 b) => new Bounds3(Double3.Min(a.Min, b.Min), Double3.Max(a.Max, b.Max));

        /// <summary>The smallest box that also holds the point.</summary>
        public Bounds3 Include(Double3 p) => new Bounds3(Double3.Min(Min, p), Double3.Max(Max, p));

        /// <summary>The box grown by <paramref name="margin"/> metres on every side.</summary>
        public Bounds3 Expand(double margin) => new Bounds3(Min - new Double3(margin), Max + new Double3(margin));

        /// <summary>The smallest box that holds this one while it is shifted from here to <paramref name="displacement"/>.</summary>
        public Bounds3 Sweep(Double3 displacement) =>
            new Bounds3(Min + Double3.Min(displacement, Double3.Zero), Max + Double3.Max(displacement, Double3.Zero));

        /// <summary>Whether the boxes share a point; boxes that only touch do.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Overlaps(in Bounds3 other) =>
            Min.X <= other.Max.X && other.Min.X <= Max.X &&
            Min.Y <= other.Max.Y && other.Min.Y <= Max.Y &&
            Min.Z <= other.Max.Z && other.Min.Z <= Max.Z;

        /// <summary>Whether the other box lies inside this one.</summary>
        public bool Contains(in Bounds3 other) =>
            Min.X <= other.Min.X && other.Max.X <= Max.X &&
            Min.Y <= other.Min.Y && other.Max.Y <= Max.Y &&
            Min.Z <= other.Min.Z && other.Max.Z <= Max.Z;

        /// <summary>Whether the point lies in the box or on its surface.</summary>
        public bool Contains(Double3 p) => Contains(new Bounds3(p, p));

        /// <summary>
        /// Whether the ray origin + t direction meets the box for a t in [0, <paramref name="maximum"/>] (the slab test).
        /// </summary>
        /// <param name="origin">Start of the ray.</param>
        /// <param name="inverseDirection">One over each component of the direction; infinite where a component is 0.</param>
        /// <param name="maximum">Largest t that counts.</param>
        public bool MeetsRay(Double3 origin, Double3 inverseDirection, double maximum)
        {
            double near = 0;
            double far = maximum;
            return Slab(origin.X, inverseDirection.X, Min.X, Max.X, ref near, ref far)
                && Slab(origin.Y, inverseDirection.Y, Min.Y, Max.Y, ref near, ref far)
                && Slab(origin.Z, inverseDirection.Z, Min.Z, Max.Z, ref near, ref far);
        }

        /// <inheritdoc/>
        public bool Equals(Bounds3 other) => Min.Equals(other.Min) && Max.Equals(other.Max);

        /// <inheritdoc/>
        public override bool Equals(object obj) => obj is Bounds3 other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Min, Max);

        /// <inheritdoc/>
        public override string ToString() => Min + " .. " + Max;

        private static bool Slab(double origin, double inverse, double min, double max, ref double near, ref double far)
        {
            if (double.IsInfinity(inverse))
            {
                return origin >= min && origin <= max;
            }

            double a = (min - origin) * inverse;
            double b = (max - origin) * inverse;
            near = Math.Max(near, Math.Min(a, b));
            far = Math.Min(far, Math.Max(a, b));
            return near <= far;
        }
    }
}
