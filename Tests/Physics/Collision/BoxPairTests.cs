using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    public sealed class BoxPairTests
    {
        private static readonly BoxShape Unit = new BoxShape(new Double3(0.5));

        [Test]
        public void Sphere_and_box_are_apart_by_their_distance([Range(0, 59)] int seed)
        {
            var random = new Random(seed);
            PairHarness.Check(new SphereShape(0.2), RandomGeometry.Pose(random, 1.2), RandomBox(random), RandomGeometry.Pose(random, 0.2));
        }

        [Test]
        public void Capsule_and_box_are_apart_by_their_distance([Range(0, 119)] int seed)
        {
            var random = new Random(seed);
            PairHarness.Check(new CapsuleShape(0.2, 0.7), RandomGeometry.Pose(random, 1.2), RandomBox(random), RandomGeometry.Pose(random, 0.2));
        }

        [Test]
        public void Boxes_overlap_by_their_depth_and_are_no_nearer_than_their_distance([Range(0, 119)] int seed)
        {
            var random = new Random(seed);
            PairHarness.Check(RandomBox(random), RandomGeometry.Pose(random, 0.9), RandomBox(random), RandomGeometry.Pose(random, 0.2), true);
        }

        [Test]
        public void Order_of_the_two_does_not_matter([Range(0, 39)] int seed)
        {
            var random = new Random(seed);
            Shape[] shapes = { new SphereShape(0.3), new CapsuleShape(0.2, 0.5), RandomBox(random), RandomBox(random) };
            Shape a = shapes[random.Next(4)];
            Shape b = shapes[random.Next(4)];
            Pose poseA = RandomGeometry.Pose(random, 0.6);
            Pose poseB = RandomGeometry.Pose(random, 0.6);
            var one = new List<ContactFeature>();
            var other = new List<ContactFeature>();
            double gap = PairHarness.Collide(a, poseA, b, poseB, 0.1, one);
            double swapped = PairHarness.Collide(b, poseB, a, poseA, 0.1, other);
            Assert.That(Math.Min(0.1, swapped), Is.EqualTo(Math.Min(0.1, gap)).Within(1e-12));
            Assert.That(other, Has.Count.EqualTo(one.Count));
            foreach (ContactFeature feature in one)
            {
                ContactGeometry g = PairHarness.Evaluate(feature, a, poseA, b, poseB);
                Double3 towardsA = feature.First.Body == 0 ? g.Normal : -g.Normal;
                Assert.That(other.Exists(f =>
                {
                    ContactGeometry h = PairHarness.Evaluate(f, b, poseB, a, poseA);
                    return Math.Abs(h.Gap - g.Gap) < 1e-9 && Double3.Distance(f.First.Body == 1 ? h.Normal : -h.Normal, towardsA) < 1e-9;
                }), Is.True);
            }
        }

        [Test]
        public void Moving_both_alike_changes_nothing([Range(0, 39)] int seed)
        {
            var random = new Random(seed);
            Shape a = seed % 2 == 0 ? RandomBox(random) : (Shape)new CapsuleShape(0.2, 0.5);
            Shape b = RandomBox(random);
            Pose poseA = RandomGeometry.Pose(random, 0.6);
            Pose poseB = RandomGeometry.Pose(random, 0.6);
            Pose motion = RandomGeometry.Pose(random, 10);
            var here = new List<ContactFeature>();
            var there = new List<ContactFeature>();
            PairHarness.Collide(a, poseA, b, poseB, 0.2, here);
            PairHarness.Collide(a, motion * poseA, b, motion * poseB, 0.2, there);
            Assert.That(there, Has.Count.EqualTo(here.Count));
            for (int i = 0; i < here.Count; i++)
            {
                ContactGeometry g = PairHarness.Evaluate(here[i], a, poseA, b, poseB);
                ContactGeometry h = PairHarness.Evaluate(there[i], a, motion * poseA, b, motion * poseB);
                Assert.That(there[i].Id, Is.EqualTo(here[i].Id));
                Assert.That(h.Gap, Is.EqualTo(g.Gap).Within(1e-12));
                Assert.That(Double3.Distance(h.Normal, motion.TransformDirection(g.Normal)), Is.LessThan(1e-12));
                Assert.That(Double3.Distance(h.FirstAnchor, motion.TransformPoint(g.FirstAnchor)), Is.LessThan(1e-11));
            }
        }

        [TestCase(0.0, 0.0)]
        [TestCase(0.2, -0.1)]
        [TestCase(0.0, 0.4)]
        public void A_box_on_a_larger_one_stands_on_its_own_corners(double x, double turn)
        {
            var table = new BoxShape(new Double3(2, 0.1, 2));
            Pose pose = new Pose(new Double3(x, 0.6, 0.1), DoubleQuaternion.FromAxisAngle(Double3.UnitY, turn));
            foreach (bool tableFirst in new[] { false, true })
            {
                var features = new List<ContactFeature>();
                if (tableFirst)
                {
                    PairHarness.Collide(table, Pose.Identity, Unit, pose, 0.01, features);
                }
                else
                {
                    PairHarness.Collide(Unit, pose, table, Pose.Identity, 0.01, features);
                }

                Assert.That(features, Has.Count.EqualTo(4));
                foreach (ContactFeature feature in features)
                {
                    Assert.That(feature.First.Body, Is.EqualTo(tableFirst ? 1 : 0), "the corners belong to the small box");
                    Assert.That(feature.First.Point.Constant, Is.EqualTo(Double3.Zero));
                    Assert.That(feature.First.Point.Scale.Y, Is.EqualTo(-1));
                }
            }
        }

        [Test]
        public void Equal_boxes_that_overlap_by_half_meet_in_the_corners_of_their_overlap()
        {
            Pose above = new Pose(new Double3(0.5, 1, 0.25));
            var features = new List<ContactFeature>();
            double gap = PairHarness.Collide(Unit, above, Unit, Pose.Identity, 0.01, features);
            Assert.That(gap, Is.EqualTo(0).Within(1e-15));
            var corners = new List<Double3>();
            foreach (ContactFeature feature in features)
            {
                ContactGeometry g = PairHarness.Evaluate(feature, Unit, above, Unit, Pose.Identity);
                Assert.That(g.Gap, Is.EqualTo(0).Within(1e-12));
                corners.Add(g.FirstAnchor);
            }

            foreach (double x in new[] { 0, 0.5 })
            {
                foreach (double z in new[] { -0.25, 0.5 })
                {
                    Assert.That(corners.Exists(c => Double3.Distance(c, new Double3(x, 0.5, z)) < 1e-5), Is.True, "corner at " + x + ", " + z);
                }
            }

            Assert.That(corners, Has.Count.EqualTo(4));
        }

        [Test]
        public void Gaps_follow_the_sizes_of_both_boxes()
        {
            // A box on a box with overhang: its clipped corners must still move with its height, and the plane with the lower one's.
            var lower = new BoxShape(new Double3(0.5, 0.4, 0.5));
            var upper = new BoxShape(new Double3(0.5, 0.3, 0.5));
            Pose above = new Pose(new Double3(0.3, 0.7, 0.2));
            var features = new List<ContactFeature>();
            PairHarness.Collide(upper, above, lower, Pose.Identity, 0.01, features);
            Assert.That(features, Has.Count.EqualTo(4));
            ShapeSize taller = new ShapeSize(upper.HalfExtents + new Double3(0, 1e-3, 0), 0);
            ShapeSize lowered = new ShapeSize(lower.HalfExtents - new Double3(0, 2e-3, 0), 0);
            foreach (ContactFeature feature in features)
            {
                ContactGeometry g = feature.First.Body == 0
                    ? feature.Evaluate(above, taller, Pose.Identity, lowered)
                    : feature.Evaluate(Pose.Identity, lowered, above, taller);
                Assert.That(g.Gap, Is.EqualTo(1e-3).Within(1e-12));
            }
        }

        [Test]
        public void Boxes_with_crossed_edges_touch_in_one_point()
        {
            // Each stands on an edge, one along x and one along z.
            Pose lower = new Pose(Double3.Zero, DoubleQuaternion.FromAxisAngle(Double3.UnitX, Math.PI / 4));
            Pose upper = new Pose(new Double3(0.1, Math.Sqrt(2) - 0.01, 0.05), DoubleQuaternion.FromAxisAngle(Double3.UnitZ, Math.PI / 4));
            var features = new List<ContactFeature>();
            double gap = PairHarness.Collide(Unit, upper, Unit, lower, 0.01, features);
            Assert.That(gap, Is.EqualTo(-0.01).Within(1e-12));
            Assert.That(features, Has.Count.EqualTo(1));
            Assert.That(features[0].Kind, Is.EqualTo(ContactFeatureKind.EdgeEdge));
            ContactGeometry g = PairHarness.Evaluate(features[0], Unit, upper, Unit, lower);
            Assert.That(Double3.Distance(g.Normal, Double3.UnitY), Is.LessThan(1e-12));
            Assert.That(Double3.Distance(g.FirstAnchor, new Double3(0.1, Math.Sqrt(0.5) - 0.01, 0)), Is.LessThan(1e-12));
        }

        [Test]
        public void A_capsule_that_lies_on_a_box_has_two_points_within_its_face([Values(0, 0.4, 0.8)] double shift)
        {
            var capsule = new CapsuleShape(0.1, 0.4);
            Pose lying = new Pose(new Double3(shift, 0.6, 0.1), DoubleQuaternion.FromAxisAngle(Double3.UnitZ, Math.PI / 2));
            var features = new List<ContactFeature>();
            double gap = PairHarness.Collide(capsule, lying, Unit, Pose.Identity, 0.01, features);
            Assert.That(gap, Is.EqualTo(0).Within(1e-12));
            Assert.That(features, Has.Count.EqualTo(2));
            var along = new List<double>();
            foreach (ContactFeature feature in features)
            {
                ContactGeometry g = PairHarness.Evaluate(feature, capsule, lying, Unit, Pose.Identity);
                Assert.That(g.Gap, Is.EqualTo(0).Within(1e-12));
                Assert.That(Double3.Distance(g.Normal, Double3.UnitY), Is.LessThan(1e-12));
                along.Add(g.FirstAnchor.X);
            }

            along.Sort();
            Assert.That(along[0], Is.EqualTo(Math.Max(-0.5, shift - 0.4)).Within(1e-8));
            Assert.That(along[1], Is.EqualTo(Math.Min(0.5, shift + 0.4)).Within(1e-8));
        }

        private static BoxShape RandomBox(Random random) =>
            new BoxShape(new Double3(RandomGeometry.Between(random, 0.2, 0.6), RandomGeometry.Between(random, 0.2, 0.6), RandomGeometry.Between(random, 0.2, 0.6)));
    }
}
