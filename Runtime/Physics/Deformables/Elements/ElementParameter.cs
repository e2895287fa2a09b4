namespace DiffPhysics.Physics
{
    /// <summary>A parameter that a kind of element reads: what it is called and which numbers it may take.</summary>
    public readonly struct ElementParameter
    {
        /// <summary>A parameter.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="least">The least number that may be given.</param>
        /// <param name="components">Numbers of one element.</param>
        public ElementParameter(string name, double least = 0, int components = 1)
        {
            Name = name;
            Least = least;
            Components = components;
        }

        /// <summary>The name by which formulas and users ask for it.</summary>
        public string Name { get; }

        /// <summary>The least number that may be given.</summary>
        public double Least { get; }

        /// <summary>Numbers of one element.</summary>
        public int Components { get; }
    }
}
