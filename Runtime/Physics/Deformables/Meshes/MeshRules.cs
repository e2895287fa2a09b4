using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>What holds for the cells of every mesh.</summary>
    internal static class MeshRules
    {
        /// <summary>The part of its longest edge's square, or cube, that the area or volume of a cell must be more than: below, its shape at rest has no inverse to compute with.</summary>
        public const double Flat = 1e-10;

        public static double LongestSquare(IReadOnlyList<Double3> vertices, int[] cell)
        {
            double longest = 0;
            foreach (int a in cell)
                foreach (int b in cell) longest = Math.Max(longest, (vertices[a] - vertices[b]).LengthSquared);
            return longest;
        }

        /// <summary>The same for a triangle from whichever corner and side.</summary>
        public static (int, int, int) Key(int[] t)
        {
            int least = Math.Min(t[0], Math.Min(t[1], t[2])), most = Math.Max(t[0], Math.Max(t[1], t[2]));
            return (least, t[0] + t[1] + t[2] - least - most, most);
        }

        /// <summary>The same for an edge from either end.</summary>
        public static (int, int) Key(int p, int q) => p < q ? (p, q) : (q, p);

        public static void Check(string what, int[] cell, int number, int corners, int vertices)
        {
            if (cell == null || cell.Length != corners) throw new ArgumentException($"A {what} has {corners} vertices; number {number} has {cell?.Length ?? 0}.");
            for (int k = 0; k < corners; k++)
            {
                if ((uint)cell[k] >= (uint)vertices) throw new ArgumentException($"The {what} {number} names vertex {cell[k]}; there are {vertices}.");
                if (Array.IndexOf(cell, cell[k]) != k) throw new ArgumentException($"The {what} {number} names vertex {cell[k]} twice.");
            }
        }
    }
}
