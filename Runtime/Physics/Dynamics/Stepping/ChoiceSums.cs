using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A number for each world that stands for what the stepper has chosen since the start: which points met in which order and whether they stuck, and
    /// which points bore load in lasting contacts at which substep. Runs with equal choices are on one smooth piece of what they compute, up to
    /// branches inside kernels (friction cones of lasting contacts).
    /// </summary>
    internal sealed class ChoiceSums
    {
        /// <summary>What nothing chosen gives (FNV-1a).</summary>
        public const ulong Start = 14695981039346656037;

        private const ulong Prime = 1099511628211;
        private readonly ulong[] sums;
        private readonly int worlds;
        private int substep;

        public ChoiceSums(int worlds)
        {
            this.worlds = worlds;
            sums = new ulong[worlds];
            Restart();
        }

        public ulong this[int world] => sums[world];

        public void Restart()
        {
            Array.Fill(sums, Start);
            substep = 0;
        }

        public void EndSubstep() => substep++;

        /// <summary>An impact: the points that push, those that give its time, and whether slip and spin stick. An impact may move to the next substep: it stays the same one.</summary>
        public void AddImpact(Manifold m, bool sticks, bool spinSticks)
        {
            Add(m, spinSticks ? 1ul | 1ul << 63 : 1ul);
            for (int p = 0; p < m.Points; p++)
                if (m.IsHit[p]) Add(m.World, m.Features[p].Id * 4 + (m.IsTimed[p] ? 2u : 0u) + (sticks ? 1u : 0u));
        }

        /// <summary>A lasting contact: the points that are closed at the end of the substep.</summary>
        public void AddLasting(Manifold m)
        {
            bool any = false;
            for (int p = 0; p < m.Points; p++)
            {
                if (!m.IsHit[p] || !(m.Gap[p] < 0)) continue;
                if (!any) Add(m, 2 + (ulong)substep);
                any = true;
                Add(m.World, m.Features[p].Id);
            }
        }

        /// <summary>A contact of a particle: an impact, or a lasting contact of the substep that has just ended.</summary>
        public void AddParticle(int world, bool isImpact, int particle, int collider, ulong feature, bool sticks)
        {
            Add(world, isImpact ? 0 : ~(ulong)substep);
            Add(world, ((ulong)particle << 32) + (ulong)collider);
            Add(world, feature * 2ul + (sticks ? 1u : 0u));
        }

        /// <summary>A sum and one number more.</summary>
        public static ulong Add(ulong sum, ulong value) => (sum ^ value) * Prime;

        private void Add(Manifold m, ulong what)
        {
            Add(m.World, what);
            Add(m.World, ((ulong)(m.A / worlds) << 32) + (ulong)(m.B / worlds));
        }

        private void Add(int world, ulong value) => sums[world] = Add(sums[world], value);
    }
}
