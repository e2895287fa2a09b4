using System.Collections.Generic;

namespace DiffPhysics.Editor
{
    /// <summary>A change of some values of a scene, that can be taken back.</summary>
    public sealed class ValueChange
    {
        internal ValueChange(string name, IReadOnlyList<string> paths, double[] before, double[] after)
        {
            Name = name;
            Paths = paths;
            Before = before;
            After = after;
        }

        /// <summary>What a menu calls it.</summary>
        public string Name { get; }

        /// <summary>Paths of the values.</summary>
        public IReadOnlyList<string> Paths { get; }

        /// <summary>The values before, in their SI units.</summary>
        public IReadOnlyList<double> Before { get; }

        /// <summary>The values after, in their SI units.</summary>
        public IReadOnlyList<double> After { get; }
    }
}
