using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Kinematics.Tests
{
    public sealed class ForwardKinematicsTests
    {
        const double Quarter = Math.PI / 4;

        static IEnumerable<Skeleton> Skeletons()
        {
            yield return StandardSkeletons.Panda();
            yield return StandardSkeletons.Ur5();
            yield return StandardSkeletons.Humanoid();
            yield return RandomSkeletons.OneOfEach();
        }

        // Published flange poses of the makers' tables.
        [Test]
        public void Panda_flange_matches_the_makers_table()
        {
            using ForwardKinematics kinematics = Evaluate(StandardSkeletons.Panda(), new double[7]);
            Frame flange = kinematics.FrameOf("panda_flange");
            AssertNear(flange.Position, new Vector3d(0.088, 0, 0.926), 1e-12);
            Assert.That(Rotation.Angle(flange.Orientation, Rotation.FromQuaternion(1, 0, 0, 0)), Is.LessThan(1e-12));

            kinematics.SetPose(new[] { 0, -Quarter, 0, -3 * Quarter, 0, 2 * Quarter, Quarter });
            kinematics.Evaluate();
            AssertNear(kinematics.FrameOf("panda_flange").Position, new Vector3d(0.306891, 0, 0.590282), 1e-6);
        }

        [Test]
        public void Ur5_tool_matches_the_makers_table()
        {
            using ForwardKinematics kinematics = Evaluate(StandardSkeletons.Ur5(), new[] { 0.3, -1.1, 0.7, -0.4, 1.2, 0.5 });
            AssertNear(kinematics.FrameOf("wrist_3_joint").Position, new Vector3d(-0.604169, -0.332361, 0.609754), 1e-6);
        }

        [Test]
        public void Frames_equal_a_product_of_plain_transforms([Values(1, 2, 3)] int seed)
        {
            Skeleton skeleton = RandomSkeletons.OneOfEach();
            double[] pose = RandomSkeletons.Pose(skeleton, seed);
            using ForwardKinematics kinematics = Evaluate(skeleton, pose);
            for (int j = 0; j < skeleton.Joints.Count; j++)
            {
                Frame expected = PlainKinematics.FrameOf(skeleton, pose, j), actual = kinematics.FrameOf(j);
                AssertNear(actual.Position, expected.Position, 1e-13);
                Assert.That(Rotation.Angle(actual.Orientation, expected.Orientation), Is.LessThan(1e-13), skeleton.Joints[j].Name);
            }
        }

        [TestCaseSource(nameof(Skeletons))]
        public void Jacobian_equals_finite_differences(Skeleton skeleton)
        {
            var names = new List<string>();
            foreach (Joint joint in skeleton.Joints) names.Add(joint.Name);
            double[] pose = RandomSkeletons.Pose(skeleton, 5);
            using ForwardKinematics kinematics = Evaluate(skeleton, pose, names);
            for (int i = 0; i < pose.Length; i++)
                for (int j = 0; j < names.Count; j++)
                {
                    const double h = 1e-5;
                    Frame ahead = Moved(h), behind = Moved(-h);
                    Vector3d velocity = 1 / (2 * h) * (ahead.Position - behind.Position);
                    Rotation turn = ahead.Orientation * behind.Orientation.Inverse;
                    Vector3d spin = Math.Sign(turn.W) / h * new Vector3d(turn.X, turn.Y, turn.Z);
                    for (int row = 0; row < 6; row++)
                        Assert.That(kinematics.Jacobian(j, row, i), Is.EqualTo(row < 3 ? velocity[row] : spin[row - 3]).Within(1e-6), $"{names[j]}, row {row}, coordinate {i}");

                    Frame Moved(double by)
                    {
                        var moved = (double[])pose.Clone();
                        moved[i] += by;
                        return PlainKinematics.FrameOf(skeleton, moved, j);
                    }
                }
        }

        // A rotation vector's series and its closed form meet at 0.1 rad; both sides and zero itself are tried.
        [Test]
        public void Rotation_vectors_are_exact_at_every_size([Values(0, 1e-9, 0.05, 0.0999999, 0.1000001, 1, 3, 4.5)] double size)
        {
            var skeleton = new Skeleton("one", new[] { Joint.Free("root") });
            Vector3d axis = Vector3d.Normalise(new Vector3d(1, -2, 0.5));
            double[] pose = { 1, 2, 3, size * axis.X, size * axis.Y, size * axis.Z };
            using ForwardKinematics kinematics = Evaluate(skeleton, pose, new[] { "root" });
            Frame root = kinematics.FrameOf("root");
            AssertNear(root.Position, new Vector3d(1, 2, 3), 1e-15);
            Assert.That(Rotation.Angle(root.Orientation, Rotation.AxisAngle(axis, size)), Is.LessThan(1e-14));
            for (int row = 0; row < 3; row++) // along its own direction a rotation vector turns about that direction
            {
                double rate = 0;
                for (int k = 0; k < 3; k++) rate += kinematics.Jacobian(0, 3 + row, 3 + k) * axis[k];
                Assert.That(rate, Is.EqualTo(axis[row]).Within(1e-14));
            }
        }

        [Test]
        public void Centre_of_mass_weighs_every_bone()
        {
            Skeleton skeleton = StandardSkeletons.Humanoid();
            double[] pose = RandomSkeletons.Pose(skeleton, 9);
            using ForwardKinematics kinematics = Evaluate(skeleton, pose);
            Vector3d sum = default;
            for (int j = 0; j < skeleton.Joints.Count; j++)
            {
                Frame frame = PlainKinematics.FrameOf(skeleton, pose, j);
                sum += skeleton.Joints[j].Mass * (frame.Position + frame.Orientation.Rotate(skeleton.Joints[j].CentreOfMass));
            }
            AssertNear(kinematics.CentreOfMass(), 1 / skeleton.Mass * sum, 1e-13);
        }

        static ForwardKinematics Evaluate(Skeleton skeleton, double[] pose, IReadOnlyList<string> jacobiansOf = null)
        {
            var kinematics = new ForwardKinematics(skeleton, Shared.Executor, 1, jacobiansOf);
            kinematics.SetPose(pose);
            kinematics.Evaluate();
            return kinematics;
        }

        static void AssertNear(Vector3d actual, Vector3d expected, double tolerance) =>
            Assert.That((actual - expected).Length, Is.LessThan(tolerance), $"{actual} is not {expected}");
    }
}
