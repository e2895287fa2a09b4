using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>Adds up over the substeps of a step what shapes did to each other, and which overlapped triggers.</summary>
    internal sealed class ContactReports
    {
        private readonly Stepper stepper;
        private readonly Dictionary<(int, int), int> places = new Dictionary<(int, int), int>();
        private readonly HashSet<(int world, int a, int b)> inTriggers = new HashSet<(int, int, int)>();
        private readonly List<(int world, int a, int b)> triggers = new List<(int, int, int)>();
        private ContactSum[] sums = new ContactSum[16], marked = new ContactSum[16];
        private int markedCount;

        public ContactReports(Stepper stepper) => this.stepper = stepper;

        public ReadOnlySpan<ContactSum> Contacts => new ReadOnlySpan<ContactSum>(sums, 0, places.Count);

        /// <summary>Colliders that overlapped, at least one of which is a trigger, in the order of their finding.</summary>
        public IReadOnlyList<(int world, int a, int b)> Triggers => triggers;

        /// <summary>Starts a step.</summary>
        public void Clear()
        {
            places.Clear();
            inTriggers.Clear();
            triggers.Clear();
        }

        public void AddTriggers(int world, ReadOnlySpan<TriggerPair> pairs)
        {
            foreach (TriggerPair pair in pairs)
                if (inTriggers.Add((world, pair.ColliderA, pair.ColliderB))) triggers.Add((world, pair.ColliderA, pair.ColliderB));
        }

        /// <summary>Keeps what there is, for <see cref="Undo"/>.</summary>
        public void Mark()
        {
            markedCount = places.Count;
            if (marked.Length < sums.Length) marked = new ContactSum[sums.Length];
            Array.Copy(sums, marked, markedCount);
        }

        /// <summary>Goes back to what was marked.</summary>
        public void Undo()
        {
            for (int place = places.Count - 1; place >= markedCount; place--)
                places.Remove((sums[place].ShapeA * stepper.Worlds + sums[place].World, sums[place].ShapeB * stepper.Worlds + sums[place].World));
            Array.Copy(marked, sums, markedCount);
        }

        /// <summary>Adds the impacts of a sweep.</summary>
        public void AddImpacts(List<Manifold> hits)
        {
            var impulses = new HostNumbers(stepper.Contacts.EventImpulse);
            foreach (Manifold m in hits)
            {
                ref ContactSum sum = ref SumOf(m);
                sum.Impulse += impulses.Vector(m.Index, 0);
                sum.NormalImpulse += impulses[m.Index, 3];
                sum.Impacts++;
            }
        }

        /// <summary>Adds the lasting contacts of a substep, whose impulses have been kept.</summary>
        public void AddLasting(List<Manifold> manifolds, HostNumbers keptNormal, HostNumbers keptFriction)
        {
            for (int k = 0; k < manifolds.Count; k++)
            {
                Manifold m = manifolds[k];
                ref ContactSum sum = ref SumOf(m);
                sum.Impulse += keptFriction.Vector(k, 0);
                for (int p = 0; p < m.Points; p++)
                {
                    double impulse = keptNormal[k * ManifoldSignature.MaxPoints + p, 0];
                    if (impulse == 0) continue;
                    sum.Impulse += Evaluate(m, p).normal * impulse;
                    sum.NormalImpulse += impulse;
                }
            }
        }

        /// <summary>Looks at where the manifolds stand at the end of the step.</summary>
        public void Finish()
        {
            for (int k = 0; k < stepper.Table.Count; k++)
            {
                Manifold m = stepper.Table.Items[k];
                if (!places.TryGetValue((m.ShapeA, m.ShapeB), out int place)) continue;
                for (int p = 0; p < m.Points; p++)
                {
                    (double gap, Double3 point, Double3 normal) = Evaluate(m, p);
                    if (gap < sums[place].Gap) (sums[place].Gap, sums[place].Point, sums[place].Normal) = (gap, point, normal);
                }
            }
        }

        private ref ContactSum SumOf(Manifold m)
        {
            if (!places.TryGetValue((m.ShapeA, m.ShapeB), out int place))
            {
                place = places.Count;
                places.Add((m.ShapeA, m.ShapeB), place);
                if (place == sums.Length) Array.Resize(ref sums, 2 * place);
                int worlds = stepper.Worlds;
                sums[place] = new ContactSum
                {
                    World = m.World, A = m.A / worlds, B = m.B / worlds, ShapeA = m.ShapeA / worlds, ShapeB = m.ShapeB / worlds, Gap = double.PositiveInfinity,
                };
                (_, sums[place].Point, sums[place].Normal) = Evaluate(m, 0);
            }

            return ref sums[place];
        }

        // The normal points from the manifold's second body to its first, which the feature may name the other way round.
        private (double gap, Double3 point, Double3 normal) Evaluate(Manifold m, int point)
        {
            ref ContactFeature feature = ref m.Features[point];
            Collider first = stepper.ColliderOf(m.World, feature.First.Collider), second = stepper.ColliderOf(m.World, feature.Second.Collider);
            ContactGeometry geometry = feature.Evaluate(
                stepper.PoseOf(m.World, first.Body) * first.BodyFromShape, first.Shape.Size, stepper.PoseOf(m.World, second.Body) * second.BodyFromShape, second.Shape.Size);
            return (geometry.Gap, (geometry.FirstAnchor + geometry.SecondAnchor) * 0.5, m.Signature.Swapped(point) ? -geometry.Normal : geometry.Normal);
        }
    }
}
