using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    public sealed class CompositeShapeTests
    {
        [Test]
        public void A_box_of_two_nested_halves_has_the_mass_of_the_box()
        {
            var quarter = new BoxShape(new Double3(0.25, 1, 1));
            var half = new CompoundShape(new[] { new CompoundPart(quarter, new Pose(new Double3(-0.25, 0, 0))), new CompoundPart(quarter, new Pose(new Double3(0.25, 0, 0))) });
            var whole = new CompoundShape(new[] { new CompoundPart(half, new Pose(new Double3(-0.5, 0, 0))), new CompoundPart(half, new Pose(new Double3(0.5, 0, 0))) });
            MassProperties expected = new BoxShape(Double3.One).MassProperties(3);
            MassProperties actual = whole.MassProperties(3);
            Assert.That(actual.Mass, Is.EqualTo(expected.Mass).Within(1e-13));
            Assert.That(actual.CentreOfMass.Length, Is.LessThan(1e-15));
            Assert.That(actual.Inertia[1, 1], Is.EqualTo(expected.Inertia[1, 1]).Within(1e-13));
            Assert.That(whole.OuterRadius, Is.GreaterThanOrEqualTo(Math.Sqrt(3)));
            Assert.That(whole.BoundsAt(Pose.Identity), Is.EqualTo(new Bounds3(-Double3.One, Double3.One)));
        }

        [Test]
        public void Every_part_becomes_a_collider_where_it_is()
        {
            Pose bodyFromCompound = RandomGeometry.Pose(new Random(1), 1);
            Pose first = RandomGeometry.Pose(new Random(2), 1);
            Pose second = RandomGeometry.Pose(new Random(3), 1);
            var ball = new SphereShape(1);
            var inner = new CompoundShape(new[] { new CompoundPart(ball, second) });
            var outer = new CompoundShape(new[] { new CompoundPart(inner, first), new CompoundPart(ball, Pose.Identity) });
            var colliders = new List<Collider>();
            outer.AddParts(4, bodyFromCompound, colliders, layer: 2);
            Assert.That(colliders, Has.Count.EqualTo(2));
            Assert.That(colliders[0].BodyFromShape, Is.EqualTo(bodyFromCompound * first * second));
            Assert.That(colliders[1].BodyFromShape, Is.EqualTo(bodyFromCompound));
            Assert.That(colliders[0].Body, Is.EqualTo(4));
            Assert.That(colliders[0].Layer, Is.EqualTo(2));
            Assert.That(() => new Collider(0, outer, Pose.Identity), Throws.ArgumentException.With.Message.Contains("compound"));
        }

        [Test]
        public void A_height_field_has_its_heights_at_its_points()
        {
            var heights = new double[,] { { 1, 2, 3 }, { 4, 5, 6 } };
            var field = new HeightFieldShape(heights, 2, 0.5);
            Assert.That(field.TriangleCount, Is.EqualTo(4));
            var seen = new HashSet<Double3>();
            for (int t = 0; t < field.TriangleCount; t++)
            {
                field.GetTriangle(t, out Double3 a, out Double3 b, out Double3 c);
                Assert.That(Double3.Cross(b - a, c - a).Y, Is.GreaterThan(0), "looks up");
                seen.UnionWith(new[] { a, b, c });
            }

            Assert.That(seen, Has.Count.EqualTo(6));
            foreach (Double3 p in seen)
            {
                Assert.That(p.Y, Is.EqualTo(heights[(int)(p.X / 2), (int)(p.Z / 0.5)]));
            }

            Assert.That(field.BoundsAt(Pose.Identity), Is.EqualTo(new Bounds3(new Double3(0, 1, 0), new Double3(2, 6, 1))));
        }

        [Test]
        public void Bad_grounds_and_compounds_are_refused_with_the_rule()
        {
            var square = new[] { Double3.Zero, Double3.UnitX, Double3.UnitZ, 2 * Double3.UnitX };
            Assert.That(() => new TriangleMeshShape(square, new int[0]), Throws.ArgumentException.With.Message.Contains("three indices"));
            Assert.That(() => new TriangleMeshShape(square, new[] { 0, 2 }), Throws.ArgumentException.With.Message.Contains("three indices"));
            Assert.That(() => new TriangleMeshShape(square, new[] { 0, 2, 7 }), Throws.ArgumentException.With.Message.Contains("vertex 7"));
            Assert.That(() => new TriangleMeshShape(square, new[] { 0, 2, 1, 0, 1, 3 }), Throws.ArgumentException.With.Message.Contains("triangle 1 has none"));
            Assert.That(
                () => new HeightFieldShape(new double[,] { { 0, double.NaN }, { 0, 0 } }, 1, 1), Throws.ArgumentException.With.Message.Contains("must be finite"));
            Assert.That(() => new HeightFieldShape(new double[1, 5], 1, 1), Throws.ArgumentException.With.Message.Contains("2 by 2"));
            Assert.That(() => new HeightFieldShape(new double[2, 2], 1, 0), Throws.ArgumentException.With.Message.Contains("cell size z"));
            Assert.That(() => new CompoundShape(new CompoundPart[0]), Throws.ArgumentException.With.Message.Contains("at least one part"));
            Assert.That(() => new CompoundShape(new CompoundPart[1]), Throws.ArgumentException.With.Message.Contains("Part 0"));
            Assert.That(
                () => new CompoundShape(new[] { new CompoundPart(new SphereShape(1), default) }), Throws.ArgumentException.With.Message.Contains("unit quaternion"));
            Assert.That(
                () => new CompoundShape(new[] { new CompoundPart(new PlaneShape(), Pose.Identity) }).MassProperties(1), Throws.InvalidOperationException);
        }
    }
}
