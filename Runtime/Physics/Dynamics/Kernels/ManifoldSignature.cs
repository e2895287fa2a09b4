using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The formulas of the features of a manifold, in order, and which of them have their first side on the manifold's second body. Kernels
    /// are traced once for each signature that occurs.
    /// </summary>
    internal readonly struct ManifoldSignature : IEquatable<ManifoldSignature>, IComparable<ManifoldSignature>
    {
        /// <summary>Most points of a manifold.</summary>
        public const int MaxPoints = 4;

        private const int BitsPerPoint = 4;
        private readonly int code;

        private ManifoldSignature(int code) => this.code = code;

        private const int ResistsBit = 1 << 24, SoftBit = 1 << 25;

        /// <summary>Number of points.</summary>
        public int Points => code & 7;

        /// <summary>The signature with one more point.</summary>
        public ManifoldSignature With(ContactFormula formula, bool swapped) =>
            new ManifoldSignature(code + 1 | ((int)formula | (swapped ? 8 : 0)) << BitsPerPoint * (Points + 1));

        /// <summary>The formula of a point.</summary>
        public ContactFormula Formula(int point) => (ContactFormula)(code >> BitsPerPoint * (point + 1) & 7);

        /// <summary>Whether the feature's first side lies on the manifold's second body.</summary>
        public bool Swapped(int point) => (code >> BitsPerPoint * (point + 1) & 8) != 0;

        /// <summary>The signature of a contact whose materials resist turning, or are soft.</summary>
        public ManifoldSignature Made(bool resists, bool isSoft) => new ManifoldSignature(Bare.code | (resists ? ResistsBit : 0) | (isSoft ? SoftBit : 0));

        /// <summary>The geometry alone: the signature of a contact that neither resists turning nor is soft.</summary>
        public ManifoldSignature Bare => new ManifoldSignature(code & ~(ResistsBit | SoftBit));

        /// <summary>The signature of the contact's impacts, which are never soft.</summary>
        public ManifoldSignature Hard => new ManifoldSignature(code & ~SoftBit);

        /// <summary>What its impacts are solved along.</summary>
        public ImpactLayout Impact => new ImpactLayout(Points, (code & ResistsBit) != 0);

        /// <summary>Whether the contact is soft, and so has no impacts.</summary>
        public bool IsSoft => (code & SoftBit) != 0;

        /// <summary>What its lasting contact is solved along.</summary>
        public LastingLayout Layout => new LastingLayout(Points, (code & ResistsBit) != 0, IsSoft);

        /// <summary>Orders signatures, those with fewer points first.</summary>
        public int CompareTo(ManifoldSignature other) => Points != other.Points ? Points.CompareTo(other.Points) : code.CompareTo(other.code);

        /// <inheritdoc/>
        public bool Equals(ManifoldSignature other) => code == other.code;

        /// <inheritdoc/>
        public override bool Equals(object obj) => obj is ManifoldSignature other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => code;

        /// <inheritdoc/>
        public override string ToString()
        {
            var names = new string[Points];
            for (int k = 0; k < names.Length; k++) names[k] = Formula(k) + (Swapped(k) ? " (swapped)" : "");
            return string.Join(", ", names);
        }
    }
}
