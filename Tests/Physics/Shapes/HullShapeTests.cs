using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    public sealed class HullShapeTests
    {
        [Test]
        public void The_hull_of_a_box_with_points_all_over_it_is_the_box()
        {
            var half = new Double3(0.5, 0.3, 0.8);
            var points = new List<Double3>();
            for (int i = 0; i < 125; i++)
            {
                points.Add(half * new Double3(i % 5 / 2.0 - 1, i / 5 % 5 / 2.0 - 1, i / 25 / 2.0 - 1));
            }

            var hull = new HullShape(points);
            Assert.That(hull.Vertices, Has.Count.EqualTo(8));
            Assert.That(hull.FaceCount, Is.EqualTo(6));
            MassProperties expected = new BoxShape(half).MassProperties(2);
            MassProperties actual = hull.MassProperties(2);
            Assert.That(actual.Volume, Is.EqualTo(expected.Volume).Within(1e-14));
            Assert.That(actual.CentreOfMass.Length, Is.LessThan(1e-15));
            AssertEqual(actual.Inertia, expected.Inertia, 1e-14);
        }

        [Test]
        public void Mass_properties_of_a_moved_and_scaled_hull_are_those_of_the_moved_and_scaled_body([Range(0, 9)] int seed)
        {
            var random = new Random(seed);
            Pose pose = RandomGeometry.Pose(random, 3);
            var half = new Double3(0.5, 0.3, 0.8);
            var points = new List<Double3>();
            for (int i = 0; i < 8; i++)
            {
                points.Add(pose.TransformPoint(half * new Double3((i & 1) * 2 - 1, (i & 2) - 1, (i & 4) / 2 - 1)));
            }

            MassProperties expected = new BoxShape(half * 2).MassProperties(1).Transformed(new Pose(pose.Position * 2, pose.Rotation));
            MassProperties actual = new HullShape(points).WithSize(new ShapeSize(new Double3(2), 0)).MassProperties(1);
            Assert.That(actual.Mass, Is.EqualTo(expected.Mass).Within(1e-12));
            Assert.That(Double3.Distance(actual.CentreOfMass, expected.CentreOfMass), Is.LessThan(1e-12));
            AssertEqual(actual.Inertia, expected.Inertia, 1e-11);
        }

        [Test]
        public void Every_point_lies_inside_and_Euler_counts_right([Range(0, 19)] int seed)
        {
            var random = new Random(seed);
            var points = new List<Double3>();
            for (int i = 0; i < 4 + 15 * seed; i++)
            {
                // Directions give hulls with all points on them, grid points flat faces and lines of points.
                Double3 v = seed % 2 == 0 ? RandomGeometry.Direction(random) : RandomGeometry.Vector(random, 3);
                points.Add(seed % 4 == 1 ? new Double3(Math.Round(v.X), Math.Round(v.Y), Math.Round(v.Z)) : v);
            }

            Polyhedron p = new HullShape(points).Polyhedron;
            for (int f = 0; f < p.FaceCount; f++)
            {
                foreach (Double3 point in points)
                {
                    Assert.That(Double3.Dot(p.Normals[f], point - p.FacePoint(f)), Is.LessThan(1e-6));
                }
            }

            Assert.That(p.Vertices.Length - p.Edges.Length + p.FaceCount, Is.EqualTo(2));
            for (int h = 0; h < p.Origin.Length; h++)
            {
                Assert.That(p.Twin[p.Twin[h]], Is.EqualTo(h));
                Assert.That(p.Origin[p.Twin[h]], Is.EqualTo(p.Origin[p.Next(h)]));
            }

            if (seed % 2 == 0)
            {
                Assert.That(p.Vertices, Has.Length.EqualTo(points.Count), "all points on a sphere are corners");
            }
        }

        [Test]
        public void The_hull_of_many_points_on_a_sphere_has_nearly_its_mass()
        {
            var random = new Random(2);
            var points = new List<Double3>();
            for (int i = 0; i < 1000; i++)
            {
                points.Add(RandomGeometry.Direction(random) * 0.7);
            }

            MassProperties ball = new SphereShape(0.7).MassProperties(1);
            MassProperties hull = new HullShape(points).MassProperties(1);
            Assert.That(hull.Volume, Is.EqualTo(ball.Volume).Within(2).Percent);
            Assert.That(hull.Volume, Is.LessThan(ball.Volume));
            Assert.That(hull.Inertia[0, 0], Is.EqualTo(ball.Inertia[0, 0]).Within(3).Percent);
        }

        [Test]
        public void Points_without_a_volume_are_refused_with_the_rule()
        {
            Double3[] On(Func<double, double, Double3> surface)
            {
                var random = new Random(1);
                var points = new Double3[20];
                for (int i = 0; i < points.Length; i++)
                {
                    points[i] = surface(random.NextDouble(), random.NextDouble());
                }

                return points;
            }

            Assert.That(() => new HullShape(new Double3[3]), Throws.ArgumentException.With.Message.Contains("at least 4 points"));
            Assert.That(() => new HullShape(null), Throws.ArgumentException.With.Message.Contains("at least 4 points"));
            Assert.That(() => new HullShape(new Double3[4]), Throws.ArgumentException.With.Message.Contains("all points coincide"));
            Assert.That(() => new HullShape(On((u, v) => new Double3(u, 2 * u, 3 * u))), Throws.ArgumentException.With.Message.Contains("one line"));
            Assert.That(() => new HullShape(On((u, v) => new Double3(u, v, u + v))), Throws.ArgumentException.With.Message.Contains("one plane"));
            Assert.That(
                () => new HullShape(new[] { Double3.Zero, Double3.UnitX, Double3.UnitY, new Double3(0, double.NaN, 1) }),
                Throws.ArgumentException.With.Message.Contains("point 3"));
            var tetrahedron = new HullShape(new[] { Double3.Zero, Double3.UnitX, Double3.UnitY, Double3.UnitZ });
            Assert.That(() => tetrahedron.WithSize(new ShapeSize(new Double3(1, 2, 1), 0)), Throws.ArgumentException.With.Message.Contains("alike"));
            Assert.That(() => tetrahedron.WithSize(new ShapeSize(Double3.Zero, 0)), Throws.ArgumentException.With.Message.Contains("Hull scale"));
        }

        private static void AssertEqual(Double3x3 actual, Double3x3 expected, double tolerance)
        {
            Double3x3 d = actual - expected;
            Assert.That(d.X.Length + d.Y.Length + d.Z.Length, Is.LessThan(tolerance));
        }
    }
}
