using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Finds pairs of particles that come nearer than a distance within a substep, by a hash of the cells of a grid that they are in, and puts them into batches within
    /// which no particle is named twice. Particles of one thing (those that elements join, over any number of steps) which are that near at rest do not count.
    /// </summary>
    internal sealed class PairFinder
    {
        private readonly HostNumbers state;
        private readonly Func<int, Double3> rest;
        private readonly bool[] isPinned;
        private readonly int[] thing, cellOf, order;
        private readonly ulong[] used; // batches in which a particle is, as bits
        private readonly int[] start;
        private readonly (int x, int y, int z)[] cell;
        private readonly Double3[] place, way; // at the end of the substep, and on the way there
        private readonly int mask;

        /// <param name="particles">The particles.</param>
        /// <param name="sets">Elements, which join particles to things.</param>
        /// <param name="isPinned">Particles of which two do not meet.</param>
        public PairFinder(ParticleBuffers particles, IReadOnlyList<ElementSet> sets, bool[] isPinned)
        {
            int count = isPinned.Length, size = 64;
            this.isPinned = isPinned;
            state = new HostNumbers(particles.State);
            var numbers = new HostNumbers(particles.RestPosition);
            rest = p => numbers.Vector(p, 0);
            while (size < count) size *= 2;
            mask = size - 1;
            start = new int[size + 1];
            (cellOf, order, used, cell) = (new int[count], new int[count], new ulong[count], new (int, int, int)[count]);
            (place, way) = (new Double3[count], new Double3[count]);
            thing = Things(count, sets);
        }

        /// <summary>The pairs of each batch, those that are found in the same order whatever the batches are.</summary>
        public List<List<(int a, int b)>> Batches { get; } = new List<List<(int, int)>>();

        /// <summary>Looks along the last substep.</summary>
        /// <param name="h">Its length in seconds.</param>
        /// <param name="distance">How near counts, in metres.</param>
        public void Find(double h, double distance)
        {
            foreach (List<(int, int)> batch in Batches) batch.Clear();
            Array.Clear(used, 0, used.Length);
            Double3 mean = Double3.Zero;
            for (int p = 0; p < order.Length; p++)
            {
                (place[p], way[p]) = (state.Vector(p, 0), state.Vector(p, 3) * h);
                mean += way[p] * (1.0 / order.Length);
            }

            double farthest = 0;
            for (int p = 0; p < order.Length; p++) farthest = Math.Max(farthest, (way[p] - mean).LengthSquared);
            // Two that meet on the way are at its end not farther apart than this; a cell's neighbours reach as far.
            double reach = distance + 2 * Math.Sqrt(farthest);
            if (!(reach < double.MaxValue)) return; // the step names what is not finite
            reach = Math.Min(reach, 3 * distance); // two that go by faster than that end too far apart to be found
            Sort(reach);
            for (int p = 0; p < order.Length; p++)
            {
                // A cell, and half of those around it: the other half looks from there.
                (int x, int y, int z) at = cell[p];
                Look(p, at, distance, p);
                for (int z = -1; z <= 1; z++)
                {
                    for (int y = -1; y <= 1; y++) Look(p, (at.x + 1, at.y + y, at.z + z), distance, -1);
                    Look(p, (at.x, at.y + 1, at.z + z), distance, -1);
                }

                Look(p, (at.x, at.y, at.z + 1), distance, -1);
            }
        }

        // Those in a cell with numbers above a given one.
        private void Look(int p, (int x, int y, int z) at, double distance, int above)
        {
            int hash = Hash(at);
            for (int k = start[hash]; k < start[hash + 1]; k++)
            {
                int q = order[k];
                if (q <= above || cell[q] != at || isPinned[p] && isPinned[q]) continue;
                Double3 d = place[p] - place[q], ways = way[p] - way[q];
                double length = ways.LengthSquared, back = length > 0 ? Math.Max(0, Math.Min(1, Double3.Dot(d, ways) / length)) : 0;
                if (!((d - ways * back).LengthSquared < distance * distance)) continue;
                if (thing[p] == thing[q] && (rest(p) - rest(q)).LengthSquared < distance * distance) continue;
                Add(p, q);
            }
        }

        // Greedy colouring; the last batch that bits have room for takes no second pair of a particle, which then waits for the next substep.
        private void Add(int p, int q)
        {
            ulong free = ~(used[p] | used[q]);
            if (free == 0) return;
            int batch = 0;
            while ((free >> batch & 1) == 0) batch++;
            used[p] |= 1UL << batch;
            used[q] |= 1UL << batch;
            while (Batches.Count <= batch) Batches.Add(new List<(int, int)>());
            Batches[batch].Add((p, q));
        }

        // Particles by the hash of their cells, ascending within one.
        private void Sort(double size)
        {
            Array.Clear(start, 0, start.Length);
            double over = 1 / size;
            for (int p = 0; p < order.Length; p++)
            {
                Double3 x = place[p] * over;
                cell[p] = ((int)Math.Floor(x.X), (int)Math.Floor(x.Y), (int)Math.Floor(x.Z));
                cellOf[p] = Hash(cell[p]);
                start[cellOf[p] + 1]++;
            }

            for (int c = 0; c <= mask; c++) start[c + 1] += start[c];
            for (int p = order.Length - 1; p >= 0; p--) order[--start[cellOf[p] + 1]] = p;
            for (int c = 0; c < mask; c++) start[c] = start[c + 1];
            start[mask] = start[mask + 1];
            start[mask + 1] = order.Length;
        }

        // After Teschner et al., "Optimized Spatial Hashing for Collision Detection of Deformable Objects" (2003).
        private int Hash((int x, int y, int z) at) => unchecked(at.x * 73856093 ^ at.y * 19349663 ^ at.z * 83492791) & mask;

        private static int[] Things(int count, IReadOnlyList<ElementSet> sets)
        {
            var root = new int[count];
            for (int p = 0; p < count; p++) root[p] = p;
            foreach (ElementSet set in sets)
                foreach (int[] element in set.Elements)
                    for (int k = 1; k < element.Length; k++) root[Root(element[k])] = Root(element[0]);
            for (int p = 0; p < count; p++) root[p] = Root(p);
            return root;

            int Root(int p)
            {
                while (root[p] != p) p = root[p] = root[root[p]];
                return p;
            }
        }
    }
}
