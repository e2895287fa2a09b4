using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Finds the contact features of one world, step by step. Its results depend on nothing but the colliders and motions
    /// given: they come sorted by bodies, colliders and feature, and steady steps allocate nothing. Not thread-safe; worlds
    /// that run at once have a detector each.
    /// </summary>
    public sealed class CollisionDetector
    {
        private readonly Collider[] colliders;
        private readonly bool[] dynamic;
        private readonly CollisionFilter filter;
        private readonly BroadPhase broadPhase;
        private readonly CandidateList candidates;
        private readonly NarrowPhase narrowPhase = new NarrowPhase();
        private readonly ContactFeatureList features = new ContactFeatureList();
        private ContactPair[] pairs = new ContactPair[16];
        private TriggerPair[] triggers = new TriggerPair[4];
        private int pairCount;
        private int triggerCount;

        /// <summary>A detector for a fixed set of colliders.</summary>
        /// <param name="colliders">The colliders; features refer to them by position.</param>
        /// <param name="dynamicBodies">For each body, whether contacts can move it. Pairs of bodies that cannot move are left out.</param>
        /// <param name="filter">Exclusions, or null for none. It may change between steps.</param>
        /// <exception cref="ArgumentException">A collider names a body that does not exist, or a dynamic body carries a static-only shape.</exception>
        public CollisionDetector(IReadOnlyList<Collider> colliders, IReadOnlyList<bool> dynamicBodies, CollisionFilter filter = null)
        {
            this.colliders = new Collider[colliders.Count];
            dynamic = new bool[dynamicBodies.Count];
            this.filter = filter ?? new CollisionFilter();
            for (int i = 0; i < dynamic.Length; i++)
            {
                dynamic[i] = dynamicBodies[i];
            }

            broadPhase = new BroadPhase(colliders.Count, (bool[])dynamic.Clone());

            for (int i = 0; i < this.colliders.Length; i++)
            {
                SetCollider(i, colliders[i]);
            }

            candidates = new CandidateList(this.colliders, dynamic.Length);
        }

        /// <summary>Number of colliders.</summary>
        public int ColliderCount => colliders.Length;

        /// <summary>Features found by the last <see cref="Detect"/>, in the order of <see cref="Pairs"/>.</summary>
        public ContactFeatureList Features => features;

        /// <summary>Pairs with features, sorted by smaller body, larger body, and their colliders. Valid until the next <see cref="Detect"/>.</summary>
        public ReadOnlySpan<ContactPair> Pairs => new ReadOnlySpan<ContactPair>(pairs, 0, pairCount);

        /// <summary>Overlaps with triggers, sorted like <see cref="Pairs"/>. Valid until the next <see cref="Detect"/>.</summary>
        public ReadOnlySpan<TriggerPair> Triggers => new ReadOnlySpan<TriggerPair>(triggers, 0, triggerCount);

        /// <summary>The collider at a position.</summary>
        public Collider GetCollider(int index) => colliders[index];

        /// <summary>Replaces a collider, for example by one of another size.</summary>
        /// <exception cref="ArgumentException">It is of another body, or puts a static-only shape on a dynamic body.</exception>
        public void SetCollider(int index, Collider collider)
        {
            if (collider.Body >= dynamic.Length)
            {
                throw new ArgumentException("Collider " + index + " names body " + collider.Body + ", but there are " + dynamic.Length + " bodies.", nameof(collider));
            }

            if (colliders[index] != null && colliders[index].Body != collider.Body)
            {
                throw new ArgumentException(
                    "Collider " + index + " belongs to body " + colliders[index].Body + " and cannot be given to body " + collider.Body + ".", nameof(collider));
            }

            if (collider.Shape.IsStaticOnly && dynamic[collider.Body])
            {
                throw new ArgumentException(
                    "Collider " + index + " puts a " + collider.Shape.Kind + " on dynamic body " + collider.Body + ": only static and kinematic bodies may carry one.",
                    nameof(collider));
            }

            colliders[index] = collider;
        }

        // Whether contacts can move a body, from now on.
        internal void SetDynamic(int body, bool isDynamic) => dynamic[body] = isDynamic;

        /// <summary>Finds the features of all pairs that meet, or may meet, within a step.</summary>
        /// <param name="motions">Expected motion of each body.</param>
        /// <param name="margin">
        /// Pairs whose gap stays above this many metres are left out. What the other contacts of the step may add to the
        /// expected motion should be covered by it.
        /// </param>
        /// <exception cref="ArgumentException">There is not one motion for each body, or the margin is negative or not finite.</exception>
        public void Detect(ReadOnlySpan<BodyMotion> motions, double margin)
        {
            if (motions.Length != dynamic.Length)
            {
                throw new ArgumentException("There are " + dynamic.Length + " bodies, but " + motions.Length + " motions.", nameof(motions));
            }

            if (!(margin >= 0) || double.IsInfinity(margin))
            {
                throw new ArgumentException("The margin must be finite and not negative.", nameof(margin));
            }

            features.Clear();
            pairCount = 0;
            triggerCount = 0;
            broadPhase.Find(colliders, dynamic, filter, motions, margin, candidates);
            for (int i = 0; i < candidates.Count; i++)
            {
                CollidePair(candidates.ColliderA(i), candidates.ColliderB(i), motions, margin);
            }
        }

        private void CollidePair(int i, int j, ReadOnlySpan<BodyMotion> motions, double margin)
        {
            Collider a = colliders[i];
            Collider b = colliders[j];
            if (a.IsTrigger || b.IsTrigger)
            {
                if (narrowPhase.Touches(a, motions[a.Body], b, motions[b.Body]))
                {
                    Append(ref triggers, ref triggerCount, new TriggerPair(i, j));
                }

                return;
            }

            int start = features.Count;
            narrowPhase.Collide(a, i, motions[a.Body], b, j, motions[b.Body], margin, features);
            int count = features.Count - start;
            if (count > 0)
            {
                SortById(features.Range(start, count));
                Append(ref pairs, ref pairCount, new ContactPair(a.Body, b.Body, i, j, start, count));
            }
        }

        private static void Append<T>(ref T[] items, ref int count, T item)
        {
            if (count == items.Length)
            {
                Array.Resize(ref items, 2 * count);
            }

            items[count++] = item;
        }

        private static void SortById(Span<ContactFeature> range)
        {
            for (int i = 1; i < range.Length; i++)
            {
                for (int j = i; j > 0 && range[j].Id < range[j - 1].Id; j--)
                {
                    ContactFeature swap = range[j];
                    range[j] = range[j - 1];
                    range[j - 1] = swap;
                }
            }
        }
    }
}
