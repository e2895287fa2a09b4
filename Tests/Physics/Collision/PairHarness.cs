using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Runs the tester of one pair of shapes at fixed poses.</summary>
    internal static class PairHarness
    {
        public static double Collide(Shape a, Pose worldFromA, Shape b, Pose worldFromB, double reach, List<ContactFeature> features)
        {
            var list = new ContactFeatureList();
            var writer = new FeatureWriter(list, reach);
            double gap = new NarrowPhase().Collide(new ShapeAt(a, worldFromA, 0, 0), new ShapeAt(b, worldFromB, 1, 1), ref writer);
            features.Clear();
            foreach (ContactFeature feature in list.Items)
            {
                features.Add(feature);
            }

            return gap;
        }

        /// <summary>The feature at the poses of a pair of which <paramref name="a"/> is body 0.</summary>
        public static ContactGeometry Evaluate(ContactFeature feature, Shape a, Pose worldFromA, Shape b, Pose worldFromB) =>
            feature.First.Body == 0
                ? feature.Evaluate(worldFromA, a.Size, worldFromB, b.Size)
                : feature.Evaluate(worldFromB, b.Size, worldFromA, a.Size);

        /// <summary>
        /// Checks a pair against the distance from support functions. Returns the smallest gap of the features written.
        /// </summary>
        /// <param name="lowerBoundWhenApart">Whether the tester may return less than the distance for shapes that are apart.</param>
        public static double Check(Shape a, Pose worldFromA, Shape b, Pose worldFromB, bool lowerBoundWhenApart = false)
        {
            double distance = ReferenceDistance.Between(a, worldFromA, b, worldFromB, out Double3 normal);
            var features = new List<ContactFeature>();
            double gap = Collide(a, worldFromA, b, worldFromB, double.PositiveInfinity, features);
            bool exact = !lowerBoundWhenApart || distance <= 0;
            Assert.That(gap, exact ? Is.EqualTo(distance).Within(1e-6) : Is.LessThanOrEqualTo(distance + 1e-6), "gap");
            double smallest = double.PositiveInfinity;
            var ids = new HashSet<ulong>();
            foreach (ContactFeature feature in features)
            {
                Assert.That(ids.Add(feature.Id), Is.True, "feature names are distinct");
                ContactGeometry g = Evaluate(feature, a, worldFromA, b, worldFromB);
                Assert.That(g.Normal.Length, Is.EqualTo(1).Within(1e-12));
                Assert.That(Double3.Distance(g.FirstAnchor - g.SecondAnchor, g.Normal * g.Gap), Is.LessThan(1e-9), "anchors lie a gap apart");
                Double3 towardsA = feature.First.Body == 0 ? g.Normal : -g.Normal;
                if (exact && g.Gap < gap + 1e-9 && distance > 1e-3)
                {
                    Assert.That(Double3.Distance(towardsA, normal), Is.LessThan(1e-2), "normal");
                }

                smallest = Math.Min(smallest, g.Gap);
            }

            if (exact)
            {
                // Faces are preferred to features that are nearer by less than a thousandth.
                Assert.That(smallest, Is.EqualTo(gap).Within(1e-3 * (1 + Math.Abs(gap))), "the nearest feature is written");
            }

            return smallest;
        }
    }
}
