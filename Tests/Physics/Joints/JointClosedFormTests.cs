using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Joints against closed forms and fine reference integrations, in double; errors fall with the square of the step.</summary>
    public class JointClosedFormTests
    {
        private const double G = 9.81;

        internal static World Empty(double timeStep, int substeps = 1)
        {
            WorldOptions options = Rollout.Double(substeps);
            options.TimeStep = timeStep;
            return new World(options);
        }

        /// <summary>A body without shape.</summary>
        internal static Body Point(World world, double mass, double inertia, string name = null) =>
            world.AddBody(name: name).Weighing(mass).WithInertia(inertia, inertia, inertia);

        /// <summary>Error against a reference at 3 step lengths, each half of the one before: it falls by 4 each time, and ends small.</summary>
        internal static void AssertSecondOrder(Func<double, double> error, double step, double lastBelow)
        {
            double e1 = error(step), e2 = error(step / 2), e3 = error(step / 4);
            TestContext.WriteLine($"errors {e1:e3} {e2:e3} {e3:e3}, ratios {e1 / e2:f2} {e2 / e3:f2}");
            Assert.That(e3, Is.LessThan(lastBelow));
            if (e3 > 1e-5) Assert.That(e2 / e3, Is.GreaterThan(3.4), $"errors {e1:e3} {e2:e3} {e3:e3}"); // below, errors of both signs cancel
        }

        private const double I = 0.02;

        [Test]
        public void PendulumSwingsAsTheFineIntegrationDoes([Values(JointKind.Distance, JointKind.Hinge, JointKind.Ball, JointKind.Universal)] JointKind kind)
        {
            double Error(double h)
            {
                using World world = Empty(h);
                Body anchor = world.AddStatic(), bob = Point(world, 2, I).At(Math.Sin(1.0), -Math.Cos(1.0), 0);
                Double3 at = bob.Pose.Position;
                if (kind == JointKind.Distance) world.AddDistance(anchor, bob, Double3.Zero, at);
                else if (kind == JointKind.Hinge) world.AddHinge(anchor, bob, Double3.Zero, Double3.UnitZ);
                else if (kind == JointKind.Ball) world.AddBall(anchor, bob, Double3.Zero);
                else world.AddUniversal(anchor, bob, Double3.Zero, Double3.UnitX, Double3.UnitZ);
                int steps = (int)Math.Round(1 / h);
                world.Step(steps);
                double angle = Math.Atan2(bob.Pose.Position.X, -bob.Pose.Position.Y);
                double inertia = kind == JointKind.Distance ? 2 : 2 + I;
                double[] y = Reference.Integrate(new[] { 1.0, 0 }, 1, 4000, s => new[] { s[1], -2 * G / inertia * Math.Sin(s[0]) });
                Assert.That(Math.Abs(bob.Pose.Position.Length - 1), Is.LessThan(1e-7));
                return Math.Abs(angle - y[0]);
            }

            AssertSecondOrder(Error, 1.0 / 60, 1e-4);
        }

        [Test]
        public void HingedBodyWithLittleInertiaFarFromItsAxisStaysTogether()
        {
            using World world = Empty(1.0 / 60);
            Body anchor = world.AddStatic(), bob = Point(world, 2, 1e-9).At(1, 0, 0);
            world.AddHinge(anchor, bob, Double3.Zero, Double3.UnitZ);
            world.Build();
            double energy = world.KineticEnergy + world.PotentialEnergy;
            world.Step(300);
            Assert.That(bob.Pose.Position.Length, Is.EqualTo(1).Within(1e-3));
            Assert.That(world.KineticEnergy + world.PotentialEnergy, Is.LessThan(energy + 0.1));
        }

        [Test]
        public void HeavyTopPrecessesAsTheEulerEquationsSay()
        {
            // Symmetric top about its fixed point: I1 = 0.3 + m l^2, I3 = 0.1, spinning fast.
            const double M = 1, L = 0.5, A = 0.3, C = 0.1, Spin = 40;
            double Error(double h)
            {
                using World world = Empty(h);
                var tilt = DoubleQuaternion.FromAxisAngle(Double3.UnitZ, -0.6); // the body's y axis is that of the top
                Body anchor = world.AddStatic(), top = world.AddBody().Weighing(M).WithInertia(A, C, A)
                    .At(new Pose(tilt.Rotate(new Double3(0, L, 0)), tilt)).Spinning(tilt.Rotate(new Double3(0, Spin, 0)));
                world.AddBall(anchor, top, Double3.Zero);
                world.Step((int)Math.Round(0.5 / h));
                double[] y = Reference.Integrate(new[] { 0, 0, Math.Sin(-0.3), Math.Cos(0.3), 0, Spin, 0 }, 0.5, 20000, TopRate);
                var q = new DoubleQuaternion(y[0], y[1], y[2], y[3]).Normalised();
                return (top.Pose.Position - q.Rotate(new Double3(0, L, 0))).Length;
            }

            // Rotation q and angular velocity w in the body: dq/dt = q w / 2, J dw/dt = torque - w x J w.
            double[] TopRate(double[] y)
            {
                var q = new DoubleQuaternion(y[0], y[1], y[2], y[3]);
                var w = new Double3(y[4], y[5], y[6]);
                Double3 torque = Double3.Cross(new Double3(0, L, 0), q.Normalised().InverseRotate(new Double3(0, -M * G, 0)));
                var j = new Double3(A + M * L * L, C, A + M * L * L);
                Double3 rate = torque - Double3.Cross(w, j * w);
                DoubleQuaternion dq = q * new DoubleQuaternion(w.X, w.Y, w.Z, 0);
                return new[] { dq.X / 2, dq.Y / 2, dq.Z / 2, dq.W / 2, rate.X / j.X, rate.Y / j.Y, rate.Z / j.Z };
            }

            AssertSecondOrder(Error, 1.0 / 240, 1e-4);
        }

        [Test]
        public void TwoLinkChainSwingsAsTheFineIntegrationDoes()
        {
            // Point masses with rotor inertia I on links of length 1, held at the outer ends: the double pendulum.
            const double M = 1;
            double Error(double h)
            {
                using World world = Empty(h);
                Body anchor = world.AddStatic(), first = Point(world, M, I).At(1, 0, 0), second = Point(world, M, I).At(2, 0, 0);
                world.AddHinge(anchor, first, Double3.Zero, Double3.UnitZ);
                world.AddHinge(first, second, new Double3(1, 0, 0), Double3.UnitZ);
                world.Step((int)Math.Round(0.8 / h));
                double[] y = Reference.Integrate(new[] { Math.PI / 2, Math.PI / 2, 0, 0 }, 0.8, 20000, Rate);
                Double3 p = first.Pose.Position, q = second.Pose.Position;
                return Math.Abs(p.X - Math.Sin(y[0])) + Math.Abs(p.Y + Math.Cos(y[0])) + Math.Abs(q.X - Math.Sin(y[0]) - Math.Sin(y[1])) + Math.Abs(q.Y + Math.Cos(y[0]) + Math.Cos(y[1]));
            }

            double[] Rate(double[] s)
            {
                double c = Math.Cos(s[0] - s[1]), sine = Math.Sin(s[0] - s[1]);
                double m11 = 2 * M + I, m12 = M * c, m22 = M + I;
                double f1 = -M * s[3] * s[3] * sine - 2 * M * G * Math.Sin(s[0]), f2 = M * s[2] * s[2] * sine - M * G * Math.Sin(s[1]);
                double det = m11 * m22 - m12 * m12;
                return new[] { s[2], s[3], (m22 * f1 - m12 * f2) / det, (m11 * f2 - m12 * f1) / det };
            }

            AssertSecondOrder(Error, 1.0 / 120, 1e-3);
        }

        [Test]
        public void SpringDamperSliderAndHingeEqualTheDampedOscillation([Values] bool slider)
        {
            const double K = 40, C = 1.5, M = 2;
            double inertia = slider ? M : I + M * 0.25;
            double Error(double h)
            {
                using World world = Empty(h);
                world.Gravity = Double3.Zero;
                Body anchor = world.AddStatic(), load = Point(world, M, I).At(0.5, 0, 0);
                Joint joint = slider ? world.AddSlider(anchor, load, load.Pose.Position, Double3.UnitX) : world.AddHinge(anchor, load, Double3.Zero, Double3.UnitZ);
                joint.Sprung(K, C, rest: 0.3);
                world.Step((int)Math.Round(1 / h));
                double w = Math.Sqrt(K / inertia), zeta = C / (2 * Math.Sqrt(K * inertia)), wd = w * Math.Sqrt(1 - zeta * zeta);
                double q = 0.3 - 0.3 * Math.Exp(-zeta * w) * (Math.Cos(wd) + zeta * w / wd * Math.Sin(wd));
                return Math.Abs(joint.Position - q);
            }

            AssertSecondOrder(Error, 1.0 / 60, 1e-3);
        }

        [Test]
        public void ArmDrivenByASinusoidalTorqueFollowsTheFineIntegration()
        {
            double Error(double h)
            {
                using World world = Empty(h);
                Body anchor = world.AddStatic(), arm = Point(world, 2, I).At(0, -0.5, 0);
                Joint joint = world.AddHinge(anchor, arm, Double3.Zero, Double3.UnitZ).Pushed(0);
                int steps = (int)Math.Round(1 / h), torque = joint.Axes[3].Component(JointNumber.DriveForce);
                for (int k = 0; k < steps; k++)
                {
                    world.JointNumbers[joint.Index, torque] = 6 * Math.Sin(9 * (k + 0.5) * h);
                    world.Step();
                }

                double[] y = Reference.Integrate(new[] { 0.0, 0 }, 1, 4000, (t, s) => new[] { s[1], (6 * Math.Sin(9 * t) - G * Math.Sin(s[0])) / (0.5 + I) });
                return Math.Abs(joint.Position - y[0]);
            }

            AssertSecondOrder(Error, 1.0 / 60, 1e-3);
        }
    }
}
