using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The manifolds of a substep, of all worlds, as the stepper sees them: which bodies and features, and what the last probe found.
    /// Sorted by signature, so that those of one kernel lie together; within a signature by world, then as detected, so that those of one
    /// world come in the order that they have when it is alone.
    /// </summary>
    internal sealed class ManifoldTable
    {
        public int Count;
        public Manifold[] Items = new Manifold[16];
        private readonly List<ManifoldSignature> signatures = new List<ManifoldSignature>();
        private Manifold[] found = new Manifold[16];
        private int[] groupOf = new int[16], next = new int[16];

        /// <summary>Forgets the manifolds of the substep before.</summary>
        public void Clear()
        {
            Count = 0;
            signatures.Clear();
        }

        /// <summary>Adds the manifolds of a world; worlds come in ascending order.</summary>
        /// <param name="world">The world.</param>
        /// <param name="worlds">The number of worlds.</param>
        /// <param name="pairs">Its pairs.</param>
        /// <param name="features">Their features; bodies and colliders are those of one world.</param>
        /// <param name="isDynamic">Whether contacts move a body, by its element; pairs of which they move none are left out.</param>
        /// <param name="traits">What the materials of shapes want.</param>
        public void Add(int world, int worlds, ReadOnlySpan<ContactPair> pairs, ContactFeatureList features, bool[] isDynamic, MaterialTraits traits)
        {
            int first = Count;
            foreach (ContactPair pair in pairs)
            {
                if (!isDynamic[pair.BodyA * worlds + world] && !isDynamic[pair.BodyB * worlds + world]) continue;
                for (int start = 0; start < pair.Count; start += ManifoldSignature.MaxPoints)
                {
                    Manifold m = Take();
                    FeatureSide a = features[pair.Start + start].First, b = features[pair.Start + start].Second;
                    (m.A, m.B, m.ShapeA, m.ShapeB) = (a.Body * worlds + world, b.Body * worlds + world, a.Collider * worlds + world, b.Collider * worlds + world);
                    (m.World, m.Sequence, m.Tries, m.Signature) = (world, Count - 1 - first, 0, default);
                    int points = Math.Min(ManifoldSignature.MaxPoints, pair.Count - start);
                    bool corners = false;
                    for (int p = 0; p < points; p++)
                    {
                        m.Features[p] = features[pair.Start + start + p];
                        corners |= ContactFormulas.IsCorner(m.Features[p].Kind);
                    }

                    for (int p = 0; p < points; p++)
                        m.Signature = m.Signature.With(ContactFormulas.For(m.Features[p].Kind, corners), m.Features[p].First.Body != a.Body);
                    m.Signature = m.Signature.Made(traits.Resists(m.ShapeA, m.ShapeB), traits.IsSoft(m.ShapeA, m.ShapeB));
                }
            }
        }

        /// <summary>Puts the manifolds in order and numbers them.</summary>
        public void Sort()
        {
            if (Items.Length < found.Length)
            {
                Items = new Manifold[found.Length];
                groupOf = new int[found.Length];
            }

            for (int k = 0; k < Count; k++)
                if (!signatures.Contains(found[k].Signature)) signatures.Add(found[k].Signature);
            signatures.Sort();
            if (next.Length < signatures.Count + 1) next = new int[2 * signatures.Count];
            Array.Clear(next, 0, signatures.Count + 1);
            for (int k = 0; k < Count; k++)
            {
                groupOf[k] = signatures.IndexOf(found[k].Signature);
                next[groupOf[k] + 1]++;
            }

            for (int group = 0; group < signatures.Count; group++) next[group + 1] += next[group];
            for (int k = 0; k < Count; k++)
            {
                int place = next[groupOf[k]]++;
                Items[place] = found[k];
                found[k].Index = place;
            }
        }

        private Manifold Take()
        {
            if (Count == found.Length) Array.Resize(ref found, 2 * Count);
            return found[Count++] ??= new Manifold();
        }
    }

    /// <summary>One manifold, and what the last probe found at its points.</summary>
    internal sealed class Manifold
    {
        /// <summary>Elements of the bodies and shapes, the world, and the place among the manifolds of that world.</summary>
        public int A, B, ShapeA, ShapeB, World, Sequence;
        public ManifoldSignature Signature;
        public readonly ContactFeature[] Features = new ContactFeature[ManifoldSignature.MaxPoints];

        /// <summary>At the end of the substep: gap, opening speed, and the closing speed that forces built up.</summary>
        public readonly double[] Gap = new double[ManifoldSignature.MaxPoints], Opening = new double[ManifoldSignature.MaxPoints],
            Built = new double[ManifoldSignature.MaxPoints];

        /// <summary>Time of the impact at each point, where there is one.</summary>
        public readonly double[] Time = new double[ManifoldSignature.MaxPoints];

        /// <summary>
        /// Rate of the gap at that time, where it is a root, and negative; 0 where the surfaces have overlapped for longer, and the time
        /// is the earliest there is.
        /// </summary>
        public readonly double[] Rate = new double[ManifoldSignature.MaxPoints];

        /// <summary>Whether a point is hit or, later, lasts; whether its time counts for that of the impact.</summary>
        public readonly bool[] IsHit = new bool[ManifoldSignature.MaxPoints], IsTimed = new bool[ManifoldSignature.MaxPoints];

        /// <summary>Where the impulse is kept that a lasting point starts with.</summary>
        public readonly int[] Warm = new int[ManifoldSignature.MaxPoints];

        /// <summary>Number of the manifold in buffers, and the row of its features in their log.</summary>
        public int Index, Feature;

        /// <summary>Lane of the last probe; then the row among the lasting manifolds with its layout.</summary>
        public int Row;

        /// <summary>Length of the substep, and whether the search for the time of impact has come to an end.</summary>
        public double Substep;
        public bool IsSettled;

        /// <summary>Earliest impact, or infinity.</summary>
        public double Earliest;

        public int Tries;

        public int Points => Signature.Points;
    }
}
