using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Where the impulses are kept with which lasting contacts ended the substep before, so that those of this one start with them. A
    /// point that is new, because an edge or a corner has moved past another, starts with what a point of its pair near by that is no more
    /// has carried: with features that come and go a heavy load would begin from nothing each time.
    /// </summary>
    internal sealed class KeptContacts
    {
        private const int None = -1;

        // How far the nearest may be, in parts of the smaller shape: what has carried farther off says little of the load here.
        private const double Near = 0.1;

        private readonly Stepper stepper;
        private readonly Dictionary<(int, int), (int first, int place)> pairs = new Dictionary<(int, int), (int, int)>();
        private Point[] points = new Point[16];
        private int count;

        public KeptContacts(Stepper stepper) => this.stepper = stepper;

        private struct Point
        {
            public (int a, int b) Pair;
            public ContactFeature Feature;
            public int Place, Next; // the next point of the pair
            public bool IsTaken;
        }

        public void Clear()
        {
            pairs.Clear();
            count = 0;
        }

        /// <summary>Keeps the friction of a pair of shapes in a place, and no points yet if there is none of the pair.</summary>
        public void Keep((int a, int b) pair, int place) => pairs[pair] = (pairs.TryGetValue(pair, out (int first, int) had) ? had.first : None, place);

        /// <summary>Keeps the impulse at a feature of a pair, which is kept, in a place.</summary>
        public void Keep((int a, int b) pair, in ContactFeature feature, int place)
        {
            (int first, int friction) = pairs[pair];
            if (count == points.Length) Array.Resize(ref points, 2 * count);
            points[count] = new Point { Pair = pair, Feature = feature, Place = place, Next = first };
            pairs[pair] = (count++, friction);
        }

        /// <summary>The place of the friction of a pair, or a given one if there is none.</summary>
        public int PlaceOf((int, int) pair, int none) => pairs.TryGetValue(pair, out (int, int place) kept) ? kept.place : none;

        /// <summary>Finds the place at which each lasting point of the manifolds starts: <see cref="Manifold.Warm"/>.</summary>
        /// <param name="manifolds">Those of all pairs.</param>
        /// <param name="none">The place for a point that nothing was kept for.</param>
        public void Match(List<Manifold> manifolds, int none)
        {
            for (int k = 0; k < count; k++) points[k].IsTaken = false;
            bool isAnyNew = false;
            foreach (Manifold m in manifolds)
            {
                int first = pairs.TryGetValue((m.ShapeA, m.ShapeB), out (int first, int) kept) ? kept.first : None;
                for (int p = 0; p < m.Points; p++)
                {
                    m.Warm[p] = none;
                    if (!m.IsHit[p]) continue;
                    int found = first;
                    while (found != None && points[found].Feature.Id != m.Features[p].Id) found = points[found].Next;
                    if (found == None) isAnyNew |= first != None;
                    else m.Warm[p] = Take(found);
                }
            }

            if (!isAnyNew) return;
            foreach (Manifold m in manifolds)
                for (int p = 0; p < m.Points; p++)
                    if (m.IsHit[p] && m.Warm[p] == none) m.Warm[p] = Nearest(m, p, none);
        }

        private int Nearest(Manifold m, int point, int none)
        {
            if (!pairs.TryGetValue((m.ShapeA, m.ShapeB), out (int first, int) kept)) return none;
            int nearest = None;
            ContactFeature feature = m.Features[point];
            double least = Near * Math.Min(Shape(m.World, feature.First).OuterRadius, Shape(m.World, feature.Second).OuterRadius);
            Double3 place = Middle(m.World, feature);
            for (int k = kept.first; k != None; k = points[k].Next)
            {
                if (points[k].IsTaken) continue;
                double distance = Double3.Distance(Middle(m.World, points[k].Feature), place);
                if (distance < least) (nearest, least) = (k, distance);
            }

            return nearest == None ? none : Take(nearest);
        }

        private int Take(int point)
        {
            points[point].IsTaken = true;
            return points[point].Place;
        }

        private Shape Shape(int world, in FeatureSide side) => stepper.ColliderOf(world, side.Collider).Shape;

        // Half way between the anchors, with the bodies where the substep began.
        private Double3 Middle(int world, in ContactFeature feature)
        {
            Collider first = stepper.ColliderOf(world, feature.First.Collider), second = stepper.ColliderOf(world, feature.Second.Collider);
            ContactGeometry at = feature.Evaluate(
                stepper.PoseOf(world, first.Body) * first.BodyFromShape, first.Shape.Size, stepper.PoseOf(world, second.Body) * second.BodyFromShape, second.Shape.Size);
            return (at.FirstAnchor + at.SecondAnchor) * 0.5;
        }

        /// <summary>Adds what is kept to what is saved, in its order.</summary>
        public void Save(WorldState saved, HostNumbers normal, HostNumbers friction)
        {
            foreach (KeyValuePair<(int, int), (int first, int place)> pair in pairs)
                saved.Pairs.Add((pair.Key, friction.Vector(pair.Value.place, 0), friction.Vector(pair.Value.place, 3)));
            for (int k = 0; k < count; k++) saved.Points.Add((points[k].Pair, points[k].Feature, normal[points[k].Place, 0]));
        }

        /// <summary>Takes what was saved back, in places of its own; there is room for as many.</summary>
        public void Restore(WorldState saved, HostNumbers normal, HostNumbers friction)
        {
            Clear();
            foreach (((int, int) pair, Double3 impulse, Double3 torque) in saved.Pairs)
            {
                friction.Set(pairs.Count, 0, impulse);
                friction.Set(pairs.Count, 3, torque);
                Keep(pair, pairs.Count);
            }

            foreach (((int, int) pair, ContactFeature feature, double impulse) in saved.Points)
            {
                normal[count, 0] = impulse;
                Keep(pair, feature, count);
            }
        }
    }
}
