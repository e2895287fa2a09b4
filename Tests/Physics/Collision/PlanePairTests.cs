using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    public sealed class PlanePairTests
    {
        [Test]
        public void Shapes_lie_above_a_plane_by_their_lowest_point([Range(0, 14)] int seed)
        {
            var random = new Random(seed);
            Double3 n = RandomGeometry.Direction(random);
            Pose plane = PlaneShape.PoseFor(n, 0.3);
            foreach (Shape shape in new Shape[] { new SphereShape(0.4), new CapsuleShape(0.2, 0.5), new BoxShape(new Double3(0.2, 0.3, 0.4)) })
            {
                Pose pose = RandomGeometry.Pose(random, 1);
                double expected = -ReferenceDistance.Support(shape, pose, -n) - 0.3;
                var features = new List<ContactFeature>();
                double gap = PairHarness.Collide(shape, pose, new PlaneShape(), plane, double.PositiveInfinity, features);
                Assert.That(gap, Is.EqualTo(expected).Within(1e-13));
                double smallest = double.PositiveInfinity;
                foreach (ContactFeature feature in features)
                {
                    ContactGeometry g = PairHarness.Evaluate(feature, shape, pose, new PlaneShape(), plane);
                    Assert.That(Double3.Distance(g.Normal, n), Is.LessThan(1e-12));
                    Assert.That(Double3.Distance(g.FirstAnchor - g.SecondAnchor, n * g.Gap), Is.LessThan(1e-12));
                    smallest = Math.Min(smallest, g.Gap);
                }

                Assert.That(smallest, Is.EqualTo(expected).Within(1e-13));
            }
        }

        [Test]
        public void A_box_that_lies_flat_stands_on_its_four_lower_corners_whatever_the_reach([Values(0.01, 10)] double reach)
        {
            var box = new BoxShape(new Double3(0.5, 0.2, 0.3));
            var features = new List<ContactFeature>();
            PairHarness.Collide(new PlaneShape(), Pose.Identity, box, new Pose(new Double3(0, 0.2, 0)), reach, features);
            Assert.That(features, Has.Count.EqualTo(4));
            foreach (ContactFeature feature in features)
            {
                Assert.That(feature.Kind, Is.EqualTo(ContactFeatureKind.PointPlane));
                Assert.That(feature.First.Point.Constant, Is.EqualTo(Double3.Zero));
                Assert.That(feature.First.Point.Scale.Y, Is.EqualTo(-1));
            }
        }

        [Test]
        public void Points_beyond_the_reach_are_left_out()
        {
            var box = new BoxShape(new Double3(0.5, 0.2, 0.3));
            Pose tilted = new Pose(new Double3(0, 0.4, 0), DoubleQuaternion.FromAxisAngle(Double3.UnitZ, 0.2));
            var features = new List<ContactFeature>();
            double gap = PairHarness.Collide(box, tilted, new PlaneShape(), Pose.Identity, double.PositiveInfinity, features);
            PairHarness.Collide(box, tilted, new PlaneShape(), Pose.Identity, gap + 1e-6, features);
            Assert.That(features, Has.Count.EqualTo(2));
        }
    }
}
