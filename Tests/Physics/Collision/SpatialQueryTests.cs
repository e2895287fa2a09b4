using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    public sealed class SpatialQueryTests
    {
        [Test]
        public void A_ray_enters_a_shape_where_marching_along_it_first_gets_inside([Range(0, 79)] int seed)
        {
            var random = new Random(seed);
            Shape[] shapes = { new SphereShape(0.5), new CapsuleShape(0.2, 0.6), new BoxShape(new Double3(0.3, 0.6, 0.4)), Hull(random) };
            Shape shape = shapes[seed % 4];
            Pose pose = RandomGeometry.Pose(random, 0.5);
            Double3 from = RandomGeometry.Direction(random) * 3;
            var ray = new Ray(from, pose.Position + RandomGeometry.Vector(random, 0.6) - from);
            SpatialQueries queries = Queries(shape, pose);
            bool hit = queries.RayCast(ray, 10, out RayHit found);
            double expected = March(shape, pose, ray);
            Assert.That(hit, Is.EqualTo(expected < 10));
            if (hit)
            {
                Assert.That(found.Distance, Is.EqualTo(expected).Within(1e-6));
                Assert.That(Double3.Distance(found.Point, ray.At(expected)), Is.LessThan(1e-6));
                Assert.That(Double3.Dot(found.Normal, ray.Direction), Is.LessThan(0));
                Assert.That(found.Normal.Length, Is.EqualTo(1).Within(1e-12));
                Assert.That(Inside(shape, pose, found.Point - found.Normal * 1e-7), Is.True, "the normal leads out");
                Assert.That(Inside(shape, pose, found.Point + found.Normal * 1e-7), Is.False, "the normal leads out");
                Assert.That(queries.RayCast(ray, expected - 1e-3, out _), Is.False, "too far");
                var beyond = new Ray(found.Point - found.Normal * 1e-3, ray.Direction);
                Assert.That(queries.RayCast(beyond, 10, out _), Is.False, "starts inside");
            }
        }

        [Test]
        public void A_ray_hits_the_nearest_of_many_as_testing_each_alone_finds([Range(0, 9)] int seed)
        {
            var scene = new RandomScene(seed, 60);
            var poses = new Pose[60];
            for (int step = 0; step < 2; step++)
            {
                for (int i = 0; i < poses.Length; i++)
                {
                    poses[i] = scene.Motions[i].Start;
                }

                var all = new SpatialQueries(scene.Colliders);
                all.Update(RandomPoses(seed));
                all.Update(poses);
                var random = new Random(seed);
                for (int r = 0; r < 20; r++)
                {
                    var ray = new Ray(RandomGeometry.Vector(random, 4), RandomGeometry.Direction(random));
                    double nearest = double.PositiveInfinity;
                    int which = -1;
                    for (int i = 0; i < poses.Length; i++)
                    {
                        var one = new SpatialQueries(new[] { scene.Colliders[i] });
                        one.Update(poses);
                        if (one.RayCast(ray, 20, out RayHit single) && single.Distance < nearest)
                        {
                            nearest = single.Distance;
                            which = i;
                        }
                    }

                    Assert.That(all.RayCast(ray, 20, out RayHit hit), Is.EqualTo(which >= 0));
                    if (which >= 0)
                    {
                        Assert.That(hit.Collider, Is.EqualTo(which));
                        Assert.That(hit.Body, Is.EqualTo(scene.Colliders[which].Body));
                        Assert.That(hit.Distance, Is.EqualTo(nearest));
                    }
                }

                scene.Advance();
            }
        }

        [Test]
        public void A_ray_hits_planes_and_surfaces_from_outside_only()
        {
            var down = new Ray(new Double3(0.3, 2, 0.4), new Double3(0, -3, 0));
            var up = new Ray(new Double3(0.3, -2, 0.4), Double3.UnitY);
            var field = new HeightFieldShape(new double[,] { { 0, 0 }, { 1, 1 } }, 1, 1);
            foreach (Shape ground in new Shape[] { new PlaneShape(), field })
            {
                SpatialQueries queries = Queries(ground, Pose.Identity);
                double height = ground is PlaneShape ? 0 : 0.3;
                Assert.That(queries.RayCast(down, double.PositiveInfinity, out RayHit hit), Is.True);
                Assert.That(hit.Distance, Is.EqualTo(2 - height).Within(1e-14));
                Assert.That(hit.Triangle, Is.EqualTo(ground is PlaneShape ? -1 : 0));
                Assert.That(Double3.Distance(hit.Normal, ground is PlaneShape ? Double3.UnitY : new Double3(-1, 1, 0) / Math.Sqrt(2)), Is.LessThan(1e-14));
                Assert.That(queries.RayCast(up, 10, out _), Is.False);
            }
        }

        [Test]
        public void No_ray_slips_through_the_seams_of_a_surface()
        {
            SpatialQueries queries = Queries(new HeightFieldShape(new double[7, 7], 0.3, 0.7), Pose.Identity);
            for (int i = 1; i < 60; i++)
            {
                double s = 1.8 * i / 60;
                Assert.That(queries.RayCast(new Ray(new Double3(s, 1, s / 0.3 * 0.7), -Double3.UnitY), 2, out RayHit hit), Is.True, "along the diagonals");
                Assert.That(hit.Distance, Is.EqualTo(1).Within(1e-12));
                Assert.That(queries.RayCast(new Ray(new Double3(0.9, 1, 2 * s), -Double3.UnitY), 2, out _), Is.True, "along the grid");
            }
        }

        [Test]
        public void Overlaps_are_those_of_shapes_that_are_not_apart([Range(0, 9)] int seed)
        {
            var scene = new RandomScene(seed, 80);
            var poses = new Pose[80];
            for (int i = 0; i < poses.Length; i++)
            {
                poses[i] = scene.Motions[i].Start;
            }

            var queries = new SpatialQueries(scene.Colliders);
            queries.Update(poses);
            var random = new Random(seed);
            var overlapping = new List<int>();
            Shape[] shapes = { new SphereShape(0.4), new BoxShape(new Double3(0.4, 0.2, 0.3)), Hull(random) };
            int total = 0;
            for (int q = 0; q < 9; q++)
            {
                Shape shape = shapes[q % 3];
                Pose pose = RandomGeometry.Pose(random, 1);
                queries.Overlap(shape, pose, overlapping);
                var expected = new List<int>();
                for (int i = 0; i < poses.Length; i++)
                {
                    Collider c = scene.Colliders[i];
                    Pose at = poses[i] * c.BodyFromShape;
                    double distance = c.Shape is PlaneShape
                        ? -ReferenceDistance.Support(shape, at.Inverse * pose, -Double3.UnitY)
                        : ReferenceDistance.Between(shape, pose, c.Shape, at, out _);
                    if (distance <= 0)
                    {
                        expected.Add(i);
                    }
                }

                Assert.That(overlapping, Is.EqualTo(expected));
                total += expected.Count;
            }

            Assert.That(total, Is.GreaterThan(0));
        }

        [Test]
        public void Layers_and_triggers_can_be_left_out()
        {
            var ball = new SphereShape(1);
            var queries = new SpatialQueries(new[] { new Collider(0, ball, Pose.Identity, 3), new Collider(1, ball, Pose.Identity, 4, isTrigger: true) });
            queries.Update(new[] { new Pose(new Double3(2, 0, 0)), new Pose(new Double3(5, 0, 0)) });
            var ray = new Ray(Double3.Zero, Double3.UnitX);
            var overlapping = new List<int>();
            Assert.That(queries.RayCast(ray, 10, out RayHit hit) && hit.Body == 0, Is.True);
            Assert.That(queries.RayCast(ray, 10, out _, ~(1u << 3)), Is.False, "only the trigger is left");
            Assert.That(queries.RayCast(ray, 10, out hit, ~(1u << 3), true) && hit.Body == 1, Is.True);
            queries.Overlap(new SphereShape(10), Pose.Identity, overlapping);
            Assert.That(overlapping, Is.EqualTo(new[] { 0 }));
            queries.Overlap(new SphereShape(10), Pose.Identity, overlapping, triggers: true);
            Assert.That(overlapping, Is.EqualTo(new[] { 0, 1 }));
            queries.Overlap(new SphereShape(10), Pose.Identity, overlapping, 1u << 4);
            Assert.That(overlapping, Is.Empty);
        }

        [Test]
        public void What_cannot_be_asked_is_refused()
        {
            var queries = new SpatialQueries(new[] { new Collider(2, new SphereShape(1), Pose.Identity) });
            Assert.That(() => queries.RayCast(new Ray(Double3.Zero, Double3.UnitX), 1, out _), Throws.InvalidOperationException.With.Message.Contains("Update"));
            Assert.That(() => queries.Update(new Pose[2]), Throws.ArgumentException.With.Message.Contains("body 2"));
            Assert.That(() => new Ray(Double3.Zero, Double3.Zero), Throws.ArgumentException.With.Message.Contains("not zero"));
            queries.Update(new[] { Pose.Identity, Pose.Identity, Pose.Identity });
            Assert.That(() => queries.Overlap(new PlaneShape(), Pose.Identity, new List<int>()), Throws.ArgumentException.With.Message.Contains("Plane"));
        }

        private static SpatialQueries Queries(Shape shape, Pose pose)
        {
            var queries = new SpatialQueries(new[] { new Collider(0, shape, Pose.Identity) });
            queries.Update(new[] { pose });
            return queries;
        }

        private static bool Inside(Shape shape, Pose pose, Double3 p) =>
            Double3.Distance(ReferenceDistance.Project(shape, pose, p), p) <= shape.Size.Radius + 1e-13;

        // Steps of distance never overshoot a convex shape.
        private static double March(Shape shape, Pose pose, Ray ray)
        {
            double t = 0;
            for (int i = 0; i < 20000 && t < 10; i++)
            {
                double apart = Double3.Distance(ReferenceDistance.Project(shape, pose, ray.At(t)), ray.At(t)) - shape.Size.Radius;
                if (apart < 1e-9)
                {
                    return t;
                }

                t += apart;
            }

            return t;
        }

        private static Pose[] RandomPoses(int seed)
        {
            var random = new Random(seed + 100);
            var poses = new Pose[60];
            for (int i = 0; i < poses.Length; i++)
            {
                poses[i] = RandomGeometry.Pose(random, 3);
            }

            return poses;
        }

        private static HullShape Hull(Random random)
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
