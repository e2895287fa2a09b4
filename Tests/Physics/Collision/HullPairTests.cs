using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    public sealed class HullPairTests
    {
        [Test]
        public void Sphere_and_hull_are_apart_by_their_distance([Range(0, 29)] int seed)
        {
            var random = new Random(seed);
            PairHarness.Check(new SphereShape(0.2), RandomGeometry.Pose(random, 1.2), RandomHull(random), RandomGeometry.Pose(random, 0.2));
        }

        [Test]
        public void Capsule_and_hull_are_apart_by_their_distance([Range(0, 29)] int seed)
        {
            var random = new Random(seed);
            PairHarness.Check(new CapsuleShape(0.2, 0.7), RandomGeometry.Pose(random, 1.2), RandomHull(random), RandomGeometry.Pose(random, 0.2));
        }

        [Test]
        public void Hulls_and_boxes_overlap_by_their_depth_and_are_no_nearer_than_their_distance([Range(0, 49)] int seed)
        {
            var random = new Random(seed);
            Shape other = seed % 2 == 0 ? RandomHull(random) : (Shape)new BoxShape(new Double3(0.4, 0.3, 0.5));
            PairHarness.Check(RandomHull(random), RandomGeometry.Pose(random, 0.7), other, RandomGeometry.Pose(random, 0.2), true);
        }

        [Test]
        public void A_hull_in_the_form_of_a_box_makes_the_contacts_of_the_box([Range(0, 39)] int seed)
        {
            var random = new Random(seed);
            var box = new BoxShape(new Double3(0.4, 0.3, 0.5));
            var points = new List<Double3>();
            for (int i = 0; i < 8; i++)
            {
                points.Add(box.HalfExtents / 2 * new Double3((i & 1) * 2 - 1, (i & 2) - 1, (i & 4) / 2 - 1));
            }

            Shape hull = new HullShape(points).WithSize(new ShapeSize(new Double3(2), 0));
            Shape[] others = { new SphereShape(0.3), new CapsuleShape(0.2, 0.5), new BoxShape(new Double3(0.6, 0.2, 0.3)), new PlaneShape() };
            Shape other = others[seed % 4];
            Pose pose = RandomGeometry.Pose(random, 0.8);
            Pose otherPose = RandomGeometry.Pose(random, 0.2);
            var withBox = new List<ContactFeature>();
            var withHull = new List<ContactFeature>();
            double gap = PairHarness.Collide(other, otherPose, box, pose, 0.1, withBox);
            Assert.That(PairHarness.Collide(other, otherPose, hull, pose, 0.1, withHull), Is.EqualTo(gap).Within(1e-12));
            Assert.That(withHull, Has.Count.EqualTo(withBox.Count));
            foreach (ContactFeature feature in withBox)
            {
                ContactGeometry g = PairHarness.Evaluate(feature, other, otherPose, box, pose);
                Assert.That(withHull.Exists(f =>
                {
                    ContactGeometry h = PairHarness.Evaluate(f, other, otherPose, hull, pose);
                    return f.Kind == feature.Kind && Math.Abs(h.Gap - g.Gap) < 1e-9 && Double3.Distance(h.FirstAnchor, g.FirstAnchor) < 1e-9;
                }), Is.True);
            }
        }

        [Test]
        public void Gaps_follow_the_scale_of_the_hull([Range(0, 9)] int seed)
        {
            var random = new Random(seed);
            HullShape hull = RandomHull(random);
            Pose pose = RandomGeometry.Pose(random, 0.5);
            var features = new List<ContactFeature>();
            PairHarness.Collide(hull, pose, new PlaneShape(), Pose.Identity, 10, features);
            Shape larger = hull.WithSize(new ShapeSize(new Double3(1.5), 0));
            foreach (ContactFeature feature in features)
            {
                double y = feature.Evaluate(pose, larger.Size, Pose.Identity, default).Gap - pose.Position.Y;
                Assert.That(y, Is.EqualTo(1.5 * (feature.Evaluate(pose, hull.Size, Pose.Identity, default).Gap - pose.Position.Y)).Within(1e-12));
            }
        }

        private static HullShape RandomHull(Random random)
        {
            var points = new List<Double3>();
            for (int i = 0; i < 9; i++)
            {
                points.Add(RandomGeometry.Direction(random) * RandomGeometry.Between(random, 0.3, 0.7));
            }

            return new HullShape(points);
        }
    }
}
