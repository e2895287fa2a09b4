using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    public sealed class RoundPairTests
    {
        [Test]
        public void Spheres_are_apart_by_the_distance_of_their_centres_less_the_radii([Range(0, 9)] int seed)
        {
            var random = new Random(seed);
            Pose a = RandomGeometry.Pose(random, 1);
            Pose b = RandomGeometry.Pose(random, 1);
            var features = new List<ContactFeature>();
            double gap = PairHarness.Collide(new SphereShape(0.3), a, new SphereShape(0.2), b, 10, features);
            Assert.That(gap, Is.EqualTo(Double3.Distance(a.Position, b.Position) - 0.5).Within(1e-14));
            Assert.That(features, Has.Count.EqualTo(1));
            Assert.That(features[0].Kind, Is.EqualTo(ContactFeatureKind.PointPoint));
            PairHarness.Check(new SphereShape(0.3), a, new SphereShape(0.2), b);
        }

        [Test]
        public void Coincident_spheres_part_upwards()
        {
            var shape = new SphereShape(0.5);
            Pose pose = RandomGeometry.Pose(new Random(0), 1);
            var features = new List<ContactFeature>();
            double gap = PairHarness.Collide(shape, pose, shape, pose, 0, features);
            ContactGeometry g = PairHarness.Evaluate(features[0], shape, pose, shape, pose);
            Assert.That(gap, Is.EqualTo(-1).Within(1e-14));
            Assert.That(g.Gap, Is.EqualTo(-1).Within(1e-14));
            Assert.That(Double3.Distance(g.Normal, Double3.UnitY), Is.LessThan(1e-14));
        }

        [Test]
        public void Sphere_and_capsule_are_apart_by_their_distance([Range(0, 29)] int seed)
        {
            var random = new Random(seed);
            PairHarness.Check(
                new SphereShape(0.3), RandomGeometry.Pose(random, 1.5), new CapsuleShape(0.2, RandomGeometry.Between(random, 0.2, 1.5)), RandomGeometry.Pose(random, 0.5));
        }

        [Test]
        public void Capsules_are_apart_by_their_distance([Range(0, 59)] int seed)
        {
            var random = new Random(seed);
            PairHarness.Check(
                new CapsuleShape(0.1, RandomGeometry.Between(random, 0.3, 1.5)), RandomGeometry.Pose(random, 1),
                new CapsuleShape(0.15, RandomGeometry.Between(random, 0.3, 1.5)), RandomGeometry.Pose(random, 1));
        }

        [Test]
        public void Random_capsules_meet_with_ends_and_sides_of_every_kind()
        {
            var kinds = new HashSet<ContactFeatureKind>();
            var features = new List<ContactFeature>();
            for (int seed = 0; seed < 60; seed++)
            {
                var random = new Random(seed);
                PairHarness.Collide(
                    new CapsuleShape(0.1, RandomGeometry.Between(random, 0.3, 1.5)), RandomGeometry.Pose(random, 1),
                    new CapsuleShape(0.15, RandomGeometry.Between(random, 0.3, 1.5)), RandomGeometry.Pose(random, 1), 10, features);
                kinds.Add(features[0].Kind);
            }

            Assert.That(kinds, Is.EquivalentTo(new[] { ContactFeatureKind.PointPoint, ContactFeatureKind.PointEdge, ContactFeatureKind.EdgeEdge }));
        }

        [Test]
        public void Parallel_capsules_rest_on_both_ends_of_their_common_stretch([Values(0, 0.6, 1.7, -1.2)] double shift, [Values(false, true)] bool turned)
        {
            var a = new CapsuleShape(0.1, 1);
            var b = new CapsuleShape(0.2, 0.8);
            Pose poseB = RandomGeometry.Pose(new Random(3), 1);
            Pose poseA = poseB * new Pose(new Double3(0.35, shift, 0), turned ? DoubleQuaternion.FromAxisAngle(Double3.UnitX, Math.PI) : DoubleQuaternion.Identity);
            var features = new List<ContactFeature>();
            double gap = PairHarness.Collide(a, poseA, b, poseB, 0.1, features);
            Assert.That(gap, Is.EqualTo(0.05).Within(1e-12));
            Assert.That(features, Has.Count.EqualTo(2));
            double low = Math.Max(shift - 1, -0.8);
            double high = Math.Min(shift + 1, 0.8);
            var along = new List<double>();
            foreach (ContactFeature feature in features)
            {
                ContactGeometry g = PairHarness.Evaluate(feature, a, poseA, b, poseB);
                Assert.That(g.Gap, Is.EqualTo(0.05).Within(1e-12));
                along.Add(poseB.InverseTransformPoint(g.FirstAnchor).Y);
            }

            along.Sort();
            Assert.That(along[0], Is.EqualTo(low).Within(1e-12));
            Assert.That(along[1], Is.EqualTo(high).Within(1e-12));
        }
    }
}
