using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The manifolds of a substep as the stepper sees them: which bodies and features, and what the last probe found. Sorted by
    /// signature, so that those of one kernel lie together.
    /// </summary>
    internal sealed class ManifoldTable
    {
        public int Count;
        public Manifold[] Items = new Manifold[16];

        public void Build(ReadOnlySpan<ContactPair> pairs, ContactFeatureList features)
        {
            Count = 0;
            foreach (ContactPair pair in pairs)
            {
                for (int start = 0; start < pair.Count; start += ManifoldSignature.MaxPoints)
                {
                    Add(features, pair.Start + start, Math.Min(ManifoldSignature.MaxPoints, pair.Count - start));
                }
            }
            // Stable order: by signature, then as detected.
            Array.Sort(Items, 0, Count, Order.Instance);
        }

        private void Add(ContactFeatureList features, int start, int points)
        {
            if (Count == Items.Length)
            {
                Array.Resize(ref Items, 2 * Count);
            }

            Manifold m = Items[Count] ??= new Manifold();
            FeatureSide a = features[start].First, b = features[start].Second;
            (m.A, m.B, m.ShapeA, m.ShapeB, m.Sequence) = (a.Body, b.Body, a.Collider, b.Collider, Count++);
            m.Signature = default;
            m.Tries = 0;
            for (int p = 0; p < points; p++)
            {
                ref ContactFeature feature = ref features[start + p];
                m.Signature = m.Signature.With(feature.Kind, feature.First.Body != m.A);
                m.Features[p] = feature;
            }
        }

        private sealed class Order : System.Collections.Generic.IComparer<Manifold>
        {
            public static readonly Order Instance = new Order();

            public int Compare(Manifold x, Manifold y)
            {
                int order = x.Signature.CompareTo(y.Signature);
                return order != 0 ? order : x.Sequence.CompareTo(y.Sequence);
            }
        }
    }

    /// <summary>One manifold, and what the last probe found at its points.</summary>
    internal sealed class Manifold
    {
        public int A, B, ShapeA, ShapeB, Sequence;
        public ManifoldSignature Signature;
        public readonly ContactFeature[] Features = new ContactFeature[ManifoldSignature.MaxPoints];

        /// <summary>At the end of the substep: gap, opening speed, and the closing speed that forces built up.</summary>
        public readonly double[] Gap = new double[ManifoldSignature.MaxPoints], Opening = new double[ManifoldSignature.MaxPoints],
            Built = new double[ManifoldSignature.MaxPoints];

        /// <summary>Time of the impact at each point, where there is one.</summary>
        public readonly double[] Time = new double[ManifoldSignature.MaxPoints];

        /// <summary>Whether the time is a root of the gap; if not, the surfaces have overlapped for longer, and it is the earliest there is.</summary>
        public readonly bool[] IsRoot = new bool[ManifoldSignature.MaxPoints];

        public readonly bool[] IsHit = new bool[ManifoldSignature.MaxPoints];

        /// <summary>Number of the manifold in buffers.</summary>
        public int Index;

        /// <summary>Row among the lasting manifolds with as many points, and place of its points and friction among the kept impulses.</summary>
        public int Row, KeptPoint, KeptManifold;

        /// <summary>Earliest impact, or infinity.</summary>
        public double Earliest;

        public int Tries;

        public int Points => Signature.Points;
    }
}
