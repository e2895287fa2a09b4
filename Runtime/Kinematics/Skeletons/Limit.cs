using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>The range of one joint coordinate: radians for angles, metres for distances. Either end may be infinite.</summary>
    public readonly struct Limit : IEquatable<Limit>
    {
        /// <summary>The least value allowed.</summary>
        public readonly double Lower;

        /// <summary>The greatest value allowed.</summary>
        public readonly double Upper;

        /// <summary>The range [lower, upper]; a skeleton checks the order of its ends.</summary>
        public Limit(double lower, double upper)
        {
            Lower = lower;
            Upper = upper;
        }

        /// <summary>No limit.</summary>
        public static Limit None => new Limit(double.NegativeInfinity, double.PositiveInfinity);

        /// <summary>The range [-extent, extent].</summary>
        public static Limit Symmetric(double extent) => new Limit(-extent, extent);

        /// <summary>The range [lower, upper] given in degrees.</summary>
        public static Limit Degrees(double lower, double upper) => new Limit(lower * Math.PI / 180, upper * Math.PI / 180);

        /// <summary>Whether both ends are finite.</summary>
        public bool IsBounded => !double.IsInfinity(Lower) && !double.IsInfinity(Upper);

        /// <summary>The nearest value inside the range.</summary>
        public double Clamp(double value) => value < Lower ? Lower : value > Upper ? Upper : value;

        /// <inheritdoc/>
        public bool Equals(Limit other) => Lower.Equals(other.Lower) && Upper.Equals(other.Upper);

        /// <inheritdoc/>
        public override bool Equals(object obj) => obj is Limit other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Lower, Upper);

        /// <summary>The range, as [lower, upper].</summary>
        public override string ToString() => FormattableString.Invariant($"[{Lower}, {Upper}]");
    }
}
