using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Features must be those of the impact, however far the bodies travel in the step.</summary>
    public sealed class FirstTouchTests
    {
        [Test]
        public void A_bullet_through_a_thin_wall_meets_its_near_face([Values(10, 1000)] double speed)
        {
            var wall = new BoxShape(new Double3(0.01, 1, 1));
            var motions = new[]
            {
                new BodyMotion(Pose.Identity),
                new BodyMotion(new Pose(new Double3(-0.1, 0.2, 0.3)), new Double3(speed, 0, 0), Double3.Zero, 1.0 / 60),
            };
            ContactFeature feature = Single(wall, new SphereShape(0.02), motions);
            Assert.That(feature.Kind, Is.EqualTo(ContactFeatureKind.PointPlane));
            Assert.That(feature.Second.Body, Is.EqualTo(0));
            Assert.That(feature.Second.Direction, Is.EqualTo(-Double3.UnitX));
        }

        [Test]
        public void A_ball_that_flies_past_a_corner_meets_the_corner()
        {
            // Over the top face at the start, past the side at the end; on the way the nearest part is the edge between them.
            var motions = new[]
            {
                new BodyMotion(Pose.Identity),
                new BodyMotion(new Pose(new Double3(0.1, 1.3, 0)), new Double3(1.3, -1.3, 0), Double3.Zero, 1),
            };
            ContactFeature feature = Single(new BoxShape(new Double3(0.5)), new SphereShape(0.3), motions);
            Assert.That(feature.Kind, Is.EqualTo(ContactFeatureKind.PointEdge));
        }

        [Test]
        public void A_rod_that_makes_half_a_turn_meets_what_stands_beside_it()
        {
            // At the start and at the end it lies along x, away from the ball.
            var motions = new[]
            {
                new BodyMotion(new Pose(new Double3(0, 0, 0.8))),
                new BodyMotion(Pose.Identity, Double3.Zero, new Double3(0, Math.PI, 0), 1),
            };
            ContactFeature feature = Single(new SphereShape(0.1), new CapsuleShape(0.05, 1), motions, new Pose(Double3.Zero, DoubleQuaternion.FromAxisAngle(Double3.UnitZ, Math.PI / 2)));
            Assert.That(feature.Kind, Is.EqualTo(ContactFeatureKind.PointEdge));
        }

        [Test]
        public void Thrown_boxes_touch_where_their_features_are_picked([Range(0, 19)] int seed)
        {
            var random = new Random(seed);
            var a = new Collider(0, new BoxShape(new Double3(0.3, 0.2, 0.4)), Pose.Identity);
            var b = new Collider(1, new BoxShape(new Double3(0.2, 0.5, 0.3)), Pose.Identity);
            Pose start = new Pose(RandomGeometry.Direction(random) * 1.5, RandomGeometry.Rotation(random));
            Double3 velocity = RandomGeometry.Vector(random, 0.2) - start.Position * 1.5;
            var motionA = new BodyMotion(RandomGeometry.Pose(random, 0.01));
            var motionB = new BodyMotion(start, velocity, RandomGeometry.Vector(random, 2), 1);
            double first = FirstTouch(a.Shape, motionA, b.Shape, motionB);
            var detector = new CollisionDetector(new[] { a, b }, new[] { true, true });
            detector.Detect(new[] { motionA, motionB }, 0);
            Assert.That(first, Is.LessThan(1));
            Assert.That(detector.Pairs.Length, Is.EqualTo(1));
            double smallest = double.PositiveInfinity;
            foreach (ContactFeature feature in detector.Features.Items)
            {
                Pose poseA = motionA.At(first);
                Pose poseB = motionB.At(first);
                smallest = Math.Min(smallest, PairHarness.Evaluate(feature, a.Shape, poseA, b.Shape, poseB).Gap);
            }

            Assert.That(smallest, Is.EqualTo(0).Within(1e-3), "gap of the features at the time of first touch");
        }

        // Marches in small steps with the reference distance and bisects.
        private static double FirstTouch(Shape a, BodyMotion motionA, Shape b, BodyMotion motionB)
        {
            double Apart(double s) => ReferenceDistance.Between(a, motionA.At(s), b, motionB.At(s), out _);
            const int steps = 50;
            for (int i = 1; i <= steps; i++)
            {
                if (Apart((double)i / steps) > 1e-3)
                {
                    continue;
                }

                double low = (double)(i - 1) / steps;
                double high = (double)i / steps;
                while (high - low > 1e-5)
                {
                    double middle = 0.5 * (low + high);
                    if (Apart(middle) > 1e-4)
                    {
                        low = middle;
                    }
                    else
                    {
                        high = middle;
                    }
                }

                return low;
            }

            return 1;
        }

        private static ContactFeature Single(Shape still, Shape moving, BodyMotion[] motions) => Single(still, moving, motions, Pose.Identity);

        private static ContactFeature Single(Shape still, Shape moving, BodyMotion[] motions, Pose bodyFromMoving)
        {
            var detector = new CollisionDetector(
                new[] { new Collider(0, still, Pose.Identity), new Collider(1, moving, bodyFromMoving) }, new[] { false, true });
            detector.Detect(motions, 0);
            Assert.That(detector.Features.Count, Is.EqualTo(1));
            return detector.Features[0];
        }
    }
}
