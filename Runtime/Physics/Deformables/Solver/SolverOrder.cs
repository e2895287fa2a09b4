using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The order in which the solver of soft constraints keeps particles: those that a batch names side by side lie side by side, so that on regular meshes the indices
    /// of a batch rise by one from lane to lane, and what they name moves by vectors.
    /// </summary>
    internal sealed class SolverOrder
    {
        /// <summary>Positions, velocities and inverse masses, in this order.</summary>
        public readonly Buffer Position, Velocity, InverseMass;

        /// <summary>The place of each particle.</summary>
        public readonly IndexBuffer Place;

        /// <param name="batches">Elements of the batches of each set, in the order of sweeps; each batch is put in order.</param>
        /// <param name="particles">Number of particles.</param>
        /// <param name="options">Precision and worlds.</param>
        public SolverOrder(IReadOnlyList<(ElementSet set, List<List<int>> batches)> batches, int particles, ParticleOptions options)
        {
            Position = new Buffer("position", particles, 3, options.Precision, options.Worlds);
            Velocity = new Buffer("velocity", particles, 3, options.Precision, options.Worlds);
            InverseMass = new Buffer("inverse mass", particles, 1, options.Precision, options.ParameterWorlds);
            var place = new int[particles];
            System.Array.Fill(place, -1);
            int next = 0;
            foreach ((ElementSet set, List<List<int>> ofSet) in batches)
                foreach (List<int> batch in ofSet)
                    for (int corner = 0; corner < set.Kind.Particles; corner++)
                        foreach (int e in batch) Take(set.Elements[e][corner]);
            for (int p = 0; p < particles; p++) Take(p);
            Place = new IndexBuffer("place", place);
            foreach ((ElementSet set, List<List<int>> ofSet) in batches)
                foreach (List<int> batch in ofSet) batch.Sort((x, y) => place[set.Elements[x][0]].CompareTo(place[set.Elements[y][0]]));

            void Take(int p)
            {
                if (place[p] < 0) place[p] = next++;
            }
        }

        /// <summary>The buffer for a slot, or null.</summary>
        public Buffer Find(string slot) => slot == "position" ? Position : slot == "velocity" ? Velocity : slot == "inverse mass" ? InverseMass : null;

        public void Dispose()
        {
            Position.Dispose();
            Velocity.Dispose();
            InverseMass.Dispose();
            Place.Dispose();
        }
    }
}
