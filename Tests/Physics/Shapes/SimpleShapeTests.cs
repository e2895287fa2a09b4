using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    public sealed class SimpleShapeTests
    {
        private static readonly Shape[] Solids = { new SphereShape(0.7), new CapsuleShape(0.3, 0.8), new BoxShape(new Double3(0.2, 0.5, 0.9)) };

        [TestCaseSource(nameof(Solids))]
        public void Mass_properties_agree_with_integration_over_slices_and_cells(Shape shape)
        {
            // Midpoint rule over cells of the bounding box; inside is decided by the definition of the shape.
            const int n = 120;
            Bounds3 bounds = shape.BoundsAt(Pose.Identity);
            Double3 cell = (bounds.Max - bounds.Min) / n;
            double cellVolume = cell.X * cell.Y * cell.Z;
            double volume = 0;
            Double3 diagonal = Double3.Zero;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    for (int k = 0; k < n; k++)
                    {
                        Double3 p = bounds.Min + cell * new Double3(i + 0.5, j + 0.5, k + 0.5);
                        if (IsInside(shape, p))
                        {
                            Double3 s = p * p;
                            volume += cellVolume;
                            diagonal += new Double3(s.Y + s.Z, s.Z + s.X, s.X + s.Y) * cellVolume;
                        }
                    }
                }
            }

            MassProperties mass = shape.MassProperties(3);
            Assert.That(mass.Volume, Is.EqualTo(volume).Within(0.2).Percent);
            Assert.That(mass.Mass, Is.EqualTo(3 * volume).Within(0.2).Percent);
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.That(mass.Inertia[axis, axis], Is.EqualTo(3 * diagonal[axis]).Within(0.3).Percent);
            }
        }

        [TestCaseSource(nameof(Solids))]
        public void Bounds_are_the_supports_along_the_axes(Shape shape)
        {
            Pose pose = RandomGeometry.Pose(new Random(5), 2);
            Bounds3 bounds = shape.BoundsAt(pose);
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.That(bounds.Max[axis], Is.EqualTo(ReferenceDistance.Support(shape, pose, Double3.Axis(axis))).Within(1e-13));
                Assert.That(bounds.Min[axis], Is.EqualTo(-ReferenceDistance.Support(shape, pose, -Double3.Axis(axis))).Within(1e-13));
            }
        }

        [TestCaseSource(nameof(Solids))]
        public void A_shape_is_rebuilt_from_its_size(Shape shape)
        {
            Shape copy = shape.WithSize(shape.Size);
            Assert.That(copy.Size, Is.EqualTo(shape.Size));
            Assert.That(copy.Kind, Is.EqualTo(shape.Kind));
        }

        [Test]
        public void Parts_combine_to_the_whole()
        {
            MassProperties half = new BoxShape(new Double3(0.5, 1, 1)).MassProperties(2);
            MassProperties left = half.Transformed(new Pose(new Double3(-0.5, 0, 0)));
            MassProperties right = half.Transformed(new Pose(new Double3(0.5, 0, 0), DoubleQuaternion.FromAxisAngle(Double3.UnitX, Math.PI / 2)));
            MassProperties both = MassProperties.Combine(left, right);
            MassProperties whole = new BoxShape(Double3.One).MassProperties(2);
            Assert.That(both.Mass, Is.EqualTo(whole.Mass).Within(1e-14));
            Assert.That(both.CentreOfMass.Length, Is.LessThan(1e-15));
            Double3x3 difference = both.Inertia - whole.Inertia;
            Assert.That(difference.X.Length + difference.Y.Length + difference.Z.Length, Is.LessThan(1e-14));
        }

        [TestCase(0)]
        [TestCase(-1)]
        [TestCase(double.NaN)]
        [TestCase(double.PositiveInfinity)]
        public void Sizes_that_are_not_positive_and_finite_are_refused_by_name(double bad)
        {
            Assert.That(() => new SphereShape(bad), Throws.ArgumentException.With.Message.Contains("Sphere radius must be positive"));
            Assert.That(() => new CapsuleShape(1, bad), Throws.ArgumentException.With.Message.Contains("Capsule half length must be positive"));
            Assert.That(() => new CapsuleShape(bad, 1), Throws.ArgumentException.With.Message.Contains("Capsule radius must be positive"));
            Assert.That(() => new BoxShape(new Double3(1, bad, 1)), Throws.ArgumentException.With.Message.Contains("Box half extent y must be positive"));
            Assert.That(() => new SphereShape(1).MassProperties(bad), Throws.ArgumentException.With.Message.Contains("Density must be positive"));
        }

        [Test]
        public void A_plane_has_no_mass()
        {
            Assert.That(() => new PlaneShape().MassProperties(1), Throws.InvalidOperationException.With.Message.Contains("static or kinematic"));
        }

        private static bool IsInside(Shape shape, Double3 p)
        {
            switch (shape)
            {
                case SphereShape sphere: return p.Length <= sphere.Radius;
                case CapsuleShape capsule:
                    double y = Math.Max(-capsule.HalfLength, Math.Min(capsule.HalfLength, p.Y));
                    return Double3.Distance(p, new Double3(0, y, 0)) <= capsule.Radius;
                default: return true;
            }
        }
    }
}
