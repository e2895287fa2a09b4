using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    public sealed class GeometryTests
    {
        [Test]
        public void A_quarter_turn_about_y_takes_z_to_x()
        {
            DoubleQuaternion q = DoubleQuaternion.FromAxisAngle(Double3.UnitY, Math.PI / 2);
            Assert.That(Double3.Distance(q.Rotate(Double3.UnitZ), Double3.UnitX), Is.LessThan(1e-15));
        }

        [Test]
        public void Rotation_by_a_product_is_rotation_by_the_factors_in_turn([Range(0, 9)] int seed)
        {
            var random = new Random(seed);
            DoubleQuaternion a = RandomGeometry.Rotation(random);
            DoubleQuaternion b = RandomGeometry.Rotation(random);
            Double3 v = RandomGeometry.Vector(random, 2);
            Assert.That(Double3.Distance((a * b).Rotate(v), a.Rotate(b.Rotate(v))), Is.LessThan(1e-14));
            Assert.That(Double3.Distance(a.InverseRotate(a.Rotate(v)), v), Is.LessThan(1e-14));
            Assert.That(a.Rotate(v).Length, Is.EqualTo(v.Length).Within(1e-14));
            Assert.That(Double3.Dot(a.Rotate(v), a.Rotate(a.Vector)), Is.EqualTo(Double3.Dot(v, a.Vector)).Within(1e-14));
        }

        [Test]
        public void Axes_of_a_rotation_give_it_back([Range(0, 19)] int seed)
        {
            DoubleQuaternion q = RandomGeometry.Rotation(new Random(seed));
            DoubleQuaternion p = DoubleQuaternion.FromAxes(q.Rotate(Double3.UnitX), q.Rotate(Double3.UnitY), q.Rotate(Double3.UnitZ));
            double dot = p.X * q.X + p.Y * q.Y + p.Z * q.Z + p.W * q.W;
            Assert.That(Math.Abs(dot), Is.EqualTo(1).Within(1e-14));
        }

        [Test]
        public void Poses_compose_and_invert([Range(0, 9)] int seed)
        {
            var random = new Random(seed);
            Pose a = RandomGeometry.Pose(random, 3);
            Pose b = RandomGeometry.Pose(random, 3);
            Double3 p = RandomGeometry.Vector(random, 2);
            Assert.That(Double3.Distance((a * b).TransformPoint(p), a.TransformPoint(b.TransformPoint(p))), Is.LessThan(1e-13));
            Assert.That(Double3.Distance((a.Inverse * a).TransformPoint(p), p), Is.LessThan(1e-13));
            Assert.That(Double3.Distance(a.InverseTransformPoint(p), a.Inverse.TransformPoint(p)), Is.LessThan(1e-13));
        }

        [Test]
        public void A_symmetric_matrix_is_rebuilt_from_its_eigenvalues([Range(0, 19)] int seed)
        {
            var random = new Random(seed);
            Double3 u = RandomGeometry.Vector(random, 1);
            Double3 v = RandomGeometry.Vector(random, 1);
            Double3x3 a = Double3x3.Outer(u, u) + Double3x3.Outer(v, v) + Double3x3.Diagonal(RandomGeometry.Vector(random, 1));
            DoubleQuaternion r = Double3x3.DiagonaliseSymmetric(a, out Double3 values);
            Double3x3 difference = Double3x3.Rotate(r, Double3x3.Diagonal(values)) - a;
            Assert.That(difference.X.Length + difference.Y.Length + difference.Z.Length, Is.LessThan(1e-13));
        }

        [Test]
        public void A_matrix_times_its_inverse_is_the_unit_matrix([Range(0, 9)] int seed)
        {
            var random = new Random(seed);
            var a = new Double3x3(RandomGeometry.Vector(random, 1), RandomGeometry.Vector(random, 1), RandomGeometry.Vector(random, 1));
            Double3x3 difference = a * a.Inverse - Double3x3.Identity;
            Assert.That(difference.X.Length + difference.Y.Length + difference.Z.Length, Is.LessThan(1e-11));
        }
    }
}
