using System;
using NUnit.Framework;

namespace DiffPhysics.Kinematics.Tests
{
    public sealed class UrdfReaderTests
    {
        const string Arm = @"<?xml version='1.0'?>
<robot name='arm'>
  <link name='base'/>
  <link name='upper'><inertial><origin xyz='0 0 0.2'/><mass value='2.5'/></inertial></link>
  <link name='lower'/>
  <link name='tip'/>
  <joint name='lift' type='prismatic'>
    <parent link='upper'/><child link='lower'/>
    <origin xyz='0.5 0 0'/>
    <axis xyz='0 0 2'/>
    <limit lower='-0.1' upper='0.4' effort='1' velocity='1'/>
  </joint>
  <joint name='turn' type='revolute'>
    <parent link='base'/><child link='upper'/>
    <origin xyz='0 0 1' rpy='0.1 -0.2 1.5'/>
    <axis xyz='0 1 0'/>
    <limit lower='-1' upper='2' effort='1' velocity='1'/>
  </joint>
  <joint name='end' type='fixed'>
    <parent link='lower'/><child link='tip'/>
    <origin xyz='0 0 0.3'/>
  </joint>
</robot>";

        [Test]
        public void A_tree_is_read()
        {
            Skeleton arm = UrdfReader.Read(Arm);
            Assert.That(arm.Name, Is.EqualTo("arm"));
            Assert.That(arm.CoordinateCount, Is.EqualTo(2));
            Assert.That(arm.ParentOf(arm.IndexOf("end")), Is.EqualTo(arm.IndexOf("lift")));
            Assert.That(arm.Joints[arm.IndexOf("turn")].Limits[0], Is.EqualTo(new Limit(-1, 2)));
            Assert.That(arm.Mass, Is.EqualTo(2.5));

            // worldFromEnd = T(0,0,1) R(rpy) Ry(q0) T(0.5,0,0) T(0,0,q1) T(0,0,0.3), with R = Rz Ry Rx.
            double[] pose = { 0.7, 0.25 };
            Rotation turn = Rotation.AxisAngle(Vector3d.UnitZ, 1.5) * Rotation.AxisAngle(Vector3d.UnitY, -0.2)
                * Rotation.AxisAngle(Vector3d.UnitX, 0.1) * Rotation.AxisAngle(Vector3d.UnitY, 0.7);
            Vector3d expected = Vector3d.UnitZ + turn.Rotate(new Vector3d(0.5, 0, 0.55));
            Assert.That((PlainKinematics.FrameOf(arm, pose, arm.IndexOf("end")).Position - expected).Length, Is.LessThan(1e-14));
        }

        [TestCase("<limit lower='-1' upper='2'", "<limit lower='3' upper='2'", 14, "turn", "reversed")]
        [TestCase("<limit lower='-1'", "<limit lower='-1x'", 18, "turn", "-1x")]
        [TestCase("<axis xyz='0 1 0'/>", "<axis xyz='0 0 0'/>", 14, "turn", "axis")]
        [TestCase("<axis xyz='0 1 0'/>", "<axis xyz='0 1'/>", 17, "turn", "three numbers")]
        [TestCase("type='revolute'", "type='magic'", 14, "turn", "magic")]
        [TestCase("<parent link='lower'/>", "<parent link='nowhere'/>", 20, "end", "nowhere")]
        [TestCase("<child link='tip'/>", "", 20, "end", "<child>")]
        [TestCase("<child link='tip'/>", "<child link='upper'/>", 20, "end", "tree")]
        [TestCase("name='end'", "name='turn'", 20, "turn", "Two joints")]
        [TestCase("<parent link='base'/>", "<parent link='tip'/>", 8, "lift", "itself")]
        public void Errors_name_line_and_joint(string text, string replacement, int line, string joint, string rule)
        {
            string broken = Arm.Replace(text, replacement);
            Assert.That(broken, Is.Not.EqualTo(Arm));
            SkeletonException error = Fails(broken);
            Assert.That(error.Message, Does.StartWith("Line ").And.Contain($"'{joint}'").And.Contain(rule));
            Assert.That(error.Joint, Is.EqualTo(joint));
            Assert.That(error.Line, Is.InRange(line - 1, line), error.Message);
        }

        [TestCase("</robot>", "</robo>")]
        [TestCase("<link name='base'/>", "<link name='base'>")]
        public void Malformed_xml_names_the_line(string text, string replacement)
        {
            SkeletonException error = Fails(Arm.Replace(text, replacement));
            Assert.That(error.Line, Is.EqualTo(Array.FindIndex(Arm.Split('\n'), l => l.Contains("</robot>")) + 1), error.Message);
        }

        [Test]
        public void Another_document_is_refused() => Assert.That(Fails("<sdf/>").Message, Does.Contain("<sdf>"));

        static SkeletonException Fails(string urdf)
        {
            SkeletonException caught = null;
            try
            {
                UrdfReader.Read(urdf);
            }
            catch (SkeletonException e)
            {
                caught = e;
            }
            Assert.That(caught, Is.Not.Null, "the text was accepted");
            return caught;
        }
    }
}
