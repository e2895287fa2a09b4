using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>Damped springs between pairs of particles.</summary>
    public sealed class Springs
    {
        internal Springs(ElementSet elements) => Elements = elements;

        /// <summary>The springs as elements.</summary>
        public ElementSet Elements { get; }

        /// <summary>The number of springs.</summary>
        public int Count => Elements.Count;

        /// <summary>Stiffness in newtons per metre; of springs that were added by it.</summary>
        public Buffer Stiffness => Elements["stiffness"];

        /// <summary>Damping in newton seconds per metre; of springs that were added by it.</summary>
        public Buffer Damping => Elements["damping"];

        /// <summary>Frequency in hertz; of springs that were added by it.</summary>
        public Buffer Frequency => Elements["frequency"];

        /// <summary>Damping ratio, 1 for critical damping; of springs that were added by it.</summary>
        public Buffer DampingRatio => Elements["damping ratio"];

        /// <summary>Rest length in metres.</summary>
        public Buffer RestLength => Elements["rest length"];
    }
}
