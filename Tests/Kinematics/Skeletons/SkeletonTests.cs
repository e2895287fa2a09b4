using System;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Kinematics.Tests
{
    public sealed class SkeletonTests
    {
        static readonly Joint Root = Joint.Hinge("root", null, Frame.Identity, Vector3d.UnitY);

        [Test]
        public void Joints_may_come_in_any_order()
        {
            var skeleton = new Skeleton("s", new[]
            {
                Joint.Fixed("tip", "arm", Frame.At(1, 0, 0)), Joint.Hinge("arm", "root", Frame.At(0, 1, 0), Vector3d.UnitX), Root,
            });
            Assert.That(skeleton.IndexOf("root"), Is.EqualTo(0));
            Assert.That(skeleton.ParentOf(skeleton.IndexOf("tip")), Is.EqualTo(skeleton.IndexOf("arm")));
            Assert.That(skeleton.CoordinateCount, Is.EqualTo(2));
        }

        [Test]
        public void A_circle_names_its_joints()
        {
            SkeletonException error = Fails(
                Joint.Hinge("a", "c", Frame.Identity, Vector3d.UnitX), Joint.Hinge("b", "a", Frame.Identity, Vector3d.UnitX), Joint.Hinge("c", "b", Frame.Identity, Vector3d.UnitX));
            Assert.That(error.Message, Does.Contain("circle").And.Contain("a <- c <- b <- a"));
        }

        [Test]
        public void A_reversed_limit_names_its_joint() =>
            AssertNames(Fails(Joint.Hinge("elbow", null, Frame.Identity, Vector3d.UnitX, new Limit(2, 1))), "elbow", "reversed");

        [Test]
        public void A_limit_that_is_NaN_names_its_joint() =>
            AssertNames(Fails(Joint.Slider("lift", null, Frame.Identity, Vector3d.UnitX, new Limit(double.NaN, 1))), "lift", "NaN");

        [Test]
        public void An_axis_of_no_length_names_its_joint() =>
            AssertNames(Fails(Joint.Hinge("elbow", null, Frame.Identity, default)), "elbow", "axis");

        [Test]
        public void A_swing_axis_along_the_twist_names_its_joint() => AssertNames(Fails(
            Joint.Ball("hip", null, Frame.Identity, Vector3d.UnitX, Vector3d.UnitX, Limit.Symmetric(1), Limit.Symmetric(1), Limit.Symmetric(1))), "hip", "perpendicular");

        [Test]
        public void A_swing_beyond_a_half_turn_names_its_joint() => AssertNames(Fails(
            Joint.Ball("hip", null, Frame.Identity, Vector3d.UnitX, Vector3d.UnitY, Limit.Symmetric(4), Limit.Symmetric(1), Limit.Symmetric(1))), "hip", "(-pi, pi)");

        [Test]
        public void Two_joints_of_one_name_are_refused() => AssertNames(Fails(Root, Root), "root", "Two joints");

        [Test]
        public void An_unknown_parent_names_both() =>
            AssertNames(Fails(Root, Joint.Fixed("tip", "nowhere", Frame.Identity)), "tip", "nowhere");

        [Test]
        public void A_rest_outside_the_limits_names_its_joint() =>
            AssertNames(Fails(Joint.Hinge("knee", null, Frame.Identity, Vector3d.UnitX, new Limit(0, 1)).WithRest(1.5)), "knee", "rests");

        [Test]
        public void A_goal_for_an_unknown_joint_names_goal_and_joint()
        {
            var skeleton = new Skeleton("s", new[] { Root });
            Assert.That(() => new IkSolver(skeleton, new Goal[] { new PositionGoal("hand") }, Shared.Executor),
                Throws.TypeOf<SkeletonException>().With.Message.Contains("position of hand").And.Message.Contains("'hand'"));
        }

        [Test]
        public void A_target_that_is_NaN_names_its_goal()
        {
            var goal = new PositionGoal("panda_flange") { Target = new Vector3d(0, double.NaN, 0) };
            using var solver = new IkSolver(StandardSkeletons.Panda(), new Goal[] { goal }, Shared.Executor);
            double[] before = solver.Pose.ToArray();
            Assert.That(() => solver.Solve(), Throws.ArgumentException.With.Message.Contains("position of panda_flange"));
            Assert.That(solver.Pose.ToArray(), Is.EqualTo(before));
        }

        [Test]
        public void A_pose_that_is_NaN_names_its_joint()
        {
            using var solver = new IkSolver(StandardSkeletons.Panda(), new Goal[] { new PositionGoal("panda_flange") }, Shared.Executor);
            var pose = new double[7];
            pose[2] = double.NaN;
            Assert.That(() => solver.Continue(pose), Throws.ArgumentException.With.Message.Contains("panda_joint3"));
        }

        [Test]
        public void A_target_beyond_all_numbers_leaves_a_finite_pose([Values(1e9, 1e160, 1e300)] double far)
        {
            var goal = new PositionGoal("panda_flange") { Target = new Vector3d(far, -far, far) };
            using var solver = new IkSolver(StandardSkeletons.Panda(), new Goal[] { goal }, Shared.Executor);
            Assert.That(solver.Solve().Status, Is.Not.EqualTo(IkStatus.Reached));
            foreach (double q in solver.Pose.ToArray()) Assert.That(double.IsNaN(q), Is.False);
        }

        static SkeletonException Fails(params Joint[] joints)
        {
            SkeletonException caught = null;
            try
            {
                _ = new Skeleton("s", joints);
            }
            catch (SkeletonException e)
            {
                caught = e;
            }
            Assert.That(caught, Is.Not.Null, "the skeleton was accepted");
            return caught;
        }

        static void AssertNames(SkeletonException error, string joint, string rule)
        {
            Assert.That(error.Joint, Is.EqualTo(joint));
            Assert.That(error.Message, Does.Contain($"'{joint}'").And.Contain(rule));
        }
    }
}
