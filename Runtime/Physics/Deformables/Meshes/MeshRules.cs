using System;

namespace DiffPhysics.Physics
{
    /// <summary>What holds for the cells of every mesh.</summary>
    internal static class MeshRules
    {
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
