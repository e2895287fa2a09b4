using System.Collections.Generic;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>A person of 15 bodies and 14 joints with limits, about 1.8 m tall and 70 kg, whose parts do not collide with one another.</summary>
    internal sealed class RagdollScene
    {
        private readonly World world;

        public RagdollScene(World world, Double3 at, double stiffness = 0, double damping = 1, double friction = 1)
        {
            this.world = world;
            Body pelvis = Part("pelvis", new BoxShape(new Double3(0.15, 0.1, 0.1)), at, 11);
            Body chest = Part("chest", new BoxShape(new Double3(0.17, 0.2, 0.11)), at + new Double3(0, 0.32, 0), 25);
            Body head = Part("head", new SphereShape(0.12), at + new Double3(0, 0.68, 0), 5);
            Ball(pelvis, chest, at + new Double3(0, 0.11, 0), Double3.UnitY, 0.4, 0.5);
            Ball(chest, head, at + new Double3(0, 0.55, 0), Double3.UnitY, 0.7, 0.5);
            for (int side = -1; side <= 1; side += 2)
            {
                Double3 shoulder = at + new Double3(0.22 * side, 0.45, 0), elbow = shoulder + new Double3(0.3 * side, 0, 0), wrist = elbow + new Double3(0.26 * side, 0, 0);
                Body upper = Limb("upper arm", shoulder, elbow, 0.05, 2.2), lower = Limb("lower arm", elbow, wrist, 0.04, 1.4);
                Body hand = Part("hand", new SphereShape(0.05), wrist + new Double3(0.05 * side, 0, 0), 0.6);
                Ball(chest, upper, shoulder, Double3.UnitX * side, 0.6, 1.2);
                Hinge(upper, lower, elbow, Double3.UnitY * -side, 0, 2.3);
                Ball(lower, hand, wrist, Double3.UnitX * side, 0.3, 0.6);

                Double3 hip = at + new Double3(0.1 * side, -0.08, 0), knee = hip + new Double3(0, -0.42, 0), ankle = knee + new Double3(0, -0.4, 0);
                Body thigh = Limb("thigh", hip, knee, 0.07, 7), shin = Limb("shin", knee, ankle, 0.05, 4);
                Body foot = Part("foot", new BoxShape(new Double3(0.05, 0.03, 0.12)), ankle + new Double3(0, -0.05, 0.05), 1.1);
                Ball(pelvis, thigh, hip, Double3.UnitY, 0.5, 0.9);
                Hinge(thigh, shin, knee, Double3.UnitX, 0, 2.2);
                Ball(shin, foot, ankle, Double3.UnitY, 0.2, 0.5);
            }

            foreach (Joint joint in Joints)
                foreach (JointAxis axis in joint.Axes)
                    if (!axis.IsLocked) axis.Sprung(stiffness, damping).Rubbing(friction);
        }

        public List<Body> Parts { get; } = new List<Body>();

        public List<Joint> Joints { get; } = new List<Joint>();

        private Body Part(string name, Shape shape, Double3 at, double mass)
        {
            Body body = world.AddBody(shape, name).At(at.X, at.Y, at.Z).Weighing(mass).MadeOf(0.7, 0).OnLayer(1, ~2u);
            Parts.Add(body);
            return body;
        }

        private Body Limb(string name, Double3 from, Double3 to, double radius, double mass)
        {
            Double3 along = to - from, middle = (from + to) * 0.5;
            Body body = Part(name, new CapsuleShape(radius, along.Length / 2 - radius), middle, mass);
            if (System.Math.Abs(along.Y) < 0.5 * along.Length) body.Turned(DoubleQuaternion.FromAxisAngle(Double3.UnitZ, System.Math.PI / 2));
            return body;
        }

        private void Ball(Body a, Body b, Double3 at, Double3 axis, double twist, double swing)
        {
            Joint joint = world.AddBall(a, b, at, axis);
            joint.Axes[3].Limited(-twist, twist);
            joint.Axes[4].Limited(-swing, swing);
            joint.Axes[5].Limited(-swing, swing);
            Joints.Add(joint);
        }

        private void Hinge(Body a, Body b, Double3 at, Double3 axis, double lower, double upper) => Joints.Add(world.AddHinge(a, b, at, axis).Limited(lower, upper));
    }
}
