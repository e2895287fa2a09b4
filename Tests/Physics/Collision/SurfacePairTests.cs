using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    public sealed class SurfacePairTests
    {
        private static readonly BoxShape Solid = new BoxShape(new Double3(0.5, 0.4, 0.6));

        [Test]
        public void Nothing_feels_the_seams_of_a_flat_floor([Range(0, 59)] int seed)
        {
            // A floor of jagged triangles in one plane must make the contacts of a half space, wherever one stands on it.
            var random = new Random(seed);
            SurfaceShape floor = seed % 2 == 0 ? (SurfaceShape)FlatMesh(random) : new HeightFieldShape(new double[9, 9], 0.5, 0.5);
            Pose floorPose = seed % 2 == 0 ? Pose.Identity : new Pose(new Double3(-2, 0, -2));
            Shape[] shapes = { new SphereShape(0.3), new CapsuleShape(0.1, 0.3), new BoxShape(new Double3(0.3, 0.1, 0.2)), Cube(0.25) };
            Shape shape = shapes[seed / 2 % 4];
            bool onSeam = seed % 3 == 0;
            Double3 place = onSeam ? new Double3(0.5 * random.Next(-2, 3), 0, RandomGeometry.Between(random, -1, 1)) : RandomGeometry.Vector(random, 1);
            DoubleQuaternion turn = seed % 5 == 0 ? RandomGeometry.Rotation(random) : DoubleQuaternion.FromAxisAngle(Double3.UnitY, seed % 4);
            double lowest = -ReferenceDistance.Support(shape, new Pose(Double3.Zero, turn), -Double3.UnitY);
            Pose pose = new Pose(new Double3(place.X, -lowest - 0.002, place.Z), turn);
            var features = new List<ContactFeature>();
            var expected = new List<ContactFeature>();
            double gap = PairHarness.Collide(shape, pose, floor, floorPose, 0.01, features);
            PairHarness.Collide(shape, pose, new PlaneShape(), Pose.Identity, 0.01, expected);
            Assert.That(gap, Is.EqualTo(-0.002).Within(1e-12));
            Assert.That(features, Has.Count.EqualTo(expected.Count));
            foreach (ContactFeature feature in features)
            {
                ContactGeometry g = PairHarness.Evaluate(feature, shape, pose, floor, floorPose);
                Assert.That(feature.First.Body, Is.EqualTo(0));
                Assert.That(Double3.Distance(g.Normal, Double3.UnitY), Is.LessThan(1e-12));
                Assert.That(expected.Exists(e =>
                    Double3.Distance(PairHarness.Evaluate(e, shape, pose, new PlaneShape(), Pose.Identity).FirstAnchor, g.FirstAnchor) < 1e-9), Is.True);
            }
        }

        [Test]
        public void A_ball_on_the_mesh_of_a_box_meets_what_it_meets_on_the_box([Range(0, 39)] int seed)
        {
            var random = new Random(seed);
            AssertAlike(new SphereShape(0.3), RandomGeometry.Pose(random, 1), RandomGeometry.Pose(random, 0.2), true);
        }

        [Test]
        public void A_capsule_on_the_mesh_of_a_box_is_as_far_from_it_as_from_the_box([Range(0, 59)] int seed)
        {
            var random = new Random(seed);
            AssertAlike(new CapsuleShape(0.2, 0.5), RandomGeometry.Pose(random, 1.3), RandomGeometry.Pose(random, 0.2), false);
        }

        [Test]
        public void Boxes_that_sink_a_little_into_the_mesh_of_a_box_are_as_deep_as_in_the_box([Range(0, 79)] int seed)
        {
            // Push the box along its separating axis until it is 5 mm deep; at corners another axis may then be the nearer.
            var random = new Random(seed);
            Shape shape = seed % 2 == 0 ? (Shape)new BoxShape(new Double3(0.3, 0.2, 0.4)) : Cube(0.3);
            Pose meshPose = RandomGeometry.Pose(random, 0.2);
            Pose pose = new Pose(meshPose.Position + RandomGeometry.Direction(random) * 2, RandomGeometry.Rotation(random));
            double distance = ReferenceDistance.Between(shape, pose, Solid, meshPose, out Double3 normal);
            pose = new Pose(pose.Position - normal * (distance + 0.005), pose.Rotation);
            double depth = ReferenceDistance.Between(shape, pose, Solid, meshPose, out normal);
            Assert.That(depth, Is.InRange(-0.0051, 0));
            var features = new List<ContactFeature>();
            SurfaceShape mesh = BoxMesh(Solid.HalfExtents);
            PairHarness.Collide(shape, pose, mesh, meshPose, 0.001, features);
            double smallest = double.PositiveInfinity;
            foreach (ContactFeature feature in features)
            {
                ContactGeometry g = PairHarness.Evaluate(feature, shape, pose, mesh, meshPose);
                Double3 towardsShape = feature.First.Body == 0 ? g.Normal : -g.Normal;
                smallest = Math.Min(smallest, g.Gap);
                Assert.That(Double3.Dot(towardsShape, normal), Is.GreaterThan(0.5));
            }

            Assert.That(smallest, Is.EqualTo(depth).Within(2e-3));
        }

        [Test]
        public void A_ball_in_a_valley_rests_on_both_sides_and_one_on_a_ridge_on_its_edge()
        {
            var heights = new double[,] { { 1, 1 }, { 0, 0 }, { 1, 1 } };
            var valley = new HeightFieldShape(heights, 1, 4);
            var ball = new SphereShape(0.3);
            double lift = 0.3 * Math.Sqrt(2);
            var features = new List<ContactFeature>();
            double gap = PairHarness.Collide(ball, new Pose(new Double3(1, lift, 1.7)), valley, Pose.Identity, 0.01, features);
            Assert.That(gap, Is.EqualTo(0).Within(1e-12));
            Assert.That(features, Has.Count.EqualTo(2));
            foreach (ContactFeature feature in features)
            {
                Assert.That(feature.Kind, Is.EqualTo(ContactFeatureKind.PointPlane));
                Assert.That(feature.Second.Direction.Y, Is.EqualTo(Math.Sqrt(0.5)).Within(1e-12));
            }

            var ridge = new HeightFieldShape(new double[,] { { 0, 0 }, { 1, 1 }, { 0, 0 } }, 1, 4);
            gap = PairHarness.Collide(ball, new Pose(new Double3(1, 1.3, 1.7)), ridge, Pose.Identity, 0.01, features);
            Assert.That(gap, Is.EqualTo(0).Within(1e-12));
            Assert.That(features, Has.Count.EqualTo(1));
            Assert.That(features[0].Kind, Is.EqualTo(ContactFeatureKind.PointEdge));
        }

        [Test]
        public void A_box_balances_on_a_peak()
        {
            var peak = new HeightFieldShape(new double[,] { { 0, 0, 0 }, { 0, 1, 0 }, { 0, 0, 0 } }, 1, 1);
            var box = new BoxShape(new Double3(0.3, 0.1, 0.3));
            var features = new List<ContactFeature>();
            Pose pose = new Pose(new Double3(1.1, 1.099, 0.95));
            PairHarness.Collide(box, pose, peak, Pose.Identity, 0.001, features);
            Assert.That(features, Has.Count.EqualTo(1));
            ContactGeometry g = PairHarness.Evaluate(features[0], box, pose, peak, Pose.Identity);
            Assert.That(g.Gap, Is.EqualTo(-0.001).Within(1e-12));
            Assert.That(features[0].First.Body, Is.EqualTo(1), "the corner is the peak's, the face the box's");
            Assert.That(Double3.Distance(g.FirstAnchor, new Double3(1, 1, 1)), Is.LessThan(1e-12));
        }

        [Test]
        public void What_is_behind_a_surface_does_not_meet_it()
        {
            var floor = new HeightFieldShape(new double[3, 3], 1, 1);
            var features = new List<ContactFeature>();
            foreach (Shape shape in new Shape[] { new SphereShape(0.3), new CapsuleShape(0.1, 0.2), new BoxShape(new Double3(0.2)) })
            {
                PairHarness.Collide(shape, new Pose(new Double3(1, -0.5, 1)), floor, Pose.Identity, 1, features);
                Assert.That(features, Is.Empty);
            }
        }

        [Test]
        public void A_bullet_does_not_pass_a_surface()
        {
            var floor = new HeightFieldShape(new double[9, 9], 0.25, 0.25);
            var colliders = new[] { new Collider(0, floor, Pose.Identity), new Collider(1, new BoxShape(new Double3(0.02)), Pose.Identity) };
            var detector = new CollisionDetector(colliders, new[] { false, true });
            var motions = new[]
            {
                new BodyMotion(Pose.Identity),
                new BodyMotion(new Pose(new Double3(0.6, 1, 0.7)), new Double3(30, -300, 20), new Double3(5, 3, 1), 1.0 / 60),
            };
            detector.Detect(motions, 0.001);
            Assert.That(detector.Pairs.Length, Is.EqualTo(1));
            double fall = (1 - 0.02 * Math.Sqrt(3)) / 300 * 60;
            ContactGeometry g = PairHarness.Evaluate(detector.Features[0], floor, Pose.Identity, colliders[1].Shape, motions[1].At(fall));
            Assert.That(g.Normal.Y, Is.EqualTo(1).Within(1e-12));
            Assert.That(Math.Abs(g.Gap), Is.LessThan(0.03), "near the surface when it gets there");
        }

        [Test]
        public void Steady_contact_with_a_surface_allocates_nothing()
        {
            var colliders = new[]
            {
                new Collider(0, FlatMesh(new Random(1)), Pose.Identity), new Collider(1, new BoxShape(new Double3(0.7, 0.1, 0.6)), Pose.Identity),
                new Collider(2, new CapsuleShape(0.1, 0.5), Pose.Identity),
            };
            var detector = new CollisionDetector(colliders, new[] { false, true, true });
            var motions = new[] { new BodyMotion(Pose.Identity), new BodyMotion(new Pose(new Double3(0, 0.1, 0))), new BodyMotion(new Pose(new Double3(0, 0.6, 0.5))) };
            detector.Detect(motions, 0.01);
            long before = GC.GetAllocatedBytesForCurrentThread();
            detector.Detect(motions, 0.01);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            Assert.That(detector.Pairs.Length, Is.EqualTo(3));
        }

        private static void AssertAlike(Shape shape, Pose pose, Pose meshPose, bool sameKinds)
        {
            SurfaceShape mesh = BoxMesh(Solid.HalfExtents);
            var onBox = new List<ContactFeature>();
            var onMesh = new List<ContactFeature>();
            double distance = PairHarness.Collide(shape, pose, Solid, meshPose, 5, onBox);
            if (distance < -0.1)
            {
                return; // deep inside a surface there is no telling the way out
            }

            double gap = PairHarness.Collide(shape, pose, mesh, meshPose, 5, onMesh);
            double nearestOnBox = Nearest(onBox, shape, pose, Solid, meshPose, out ContactFeature a);
            double nearestOnMesh = Nearest(onMesh, shape, pose, mesh, meshPose, out ContactFeature b);
            Assert.That(nearestOnMesh, Is.EqualTo(nearestOnBox).Within(1e-3));
            Assert.That(gap, Is.LessThanOrEqualTo(nearestOnMesh + 1e-9));
            if (sameKinds)
            {
                Assert.That(b.Kind, Is.EqualTo(a.Kind));
                Assert.That(onMesh, Has.Count.EqualTo(1));
            }
        }

        private static double Nearest(List<ContactFeature> features, Shape shape, Pose pose, Shape ground, Pose groundPose, out ContactFeature nearest)
        {
            double smallest = double.PositiveInfinity;
            nearest = default;
            foreach (ContactFeature feature in features)
            {
                double gap = PairHarness.Evaluate(feature, shape, pose, ground, groundPose).Gap;
                if (gap < smallest)
                {
                    smallest = gap;
                    nearest = feature;
                }
            }

            return smallest;
        }

        private static HullShape Cube(double half)
        {
            var points = new List<Double3>();
            for (int i = 0; i < 8; i++)
            {
                points.Add(half * new Double3((i & 1) * 2 - 1, (i & 2) - 1, (i & 4) / 2 - 1));
            }

            return new HullShape(points);
        }

        private static TriangleMeshShape BoxMesh(Double3 half)
        {
            Polyhedron cube = new BoxShape(Double3.One).Polyhedron;
            var vertices = new List<Double3>();
            foreach (Double3 v in cube.Vertices)
            {
                vertices.Add(v * half);
            }

            var triangles = new List<int>();
            for (int f = 0; f < cube.FaceCount; f++)
            {
                int s = cube.FaceStart[f];
                triangles.AddRange(new[] { cube.Origin[s], cube.Origin[s + 1], cube.Origin[s + 2], cube.Origin[s], cube.Origin[s + 2], cube.Origin[s + 3] });
            }

            return new TriangleMeshShape(vertices, triangles);
        }

        // Nine by nine points, those inside moved about in the plane.
        private static TriangleMeshShape FlatMesh(Random random)
        {
            const int n = 9;
            var vertices = new List<Double3>();
            var triangles = new List<int>();
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    vertices.Add(new Double3(0.5 * i - 2 + 0.1 * random.NextDouble(), 0, 0.5 * j - 2 + 0.1 * random.NextDouble()));
                    if (i + 1 < n && j + 1 < n)
                    {
                        int v = i * n + j;
                        triangles.AddRange(new[] { v, v + 1, v + n, v + 1, v + n + 1, v + n });
                    }
                }
            }

            return new TriangleMeshShape(vertices, triangles);
        }
    }
}
