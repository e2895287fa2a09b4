using System;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Forces in joints and their derivatives against closed forms.</summary>
    public class JointForceTests
    {
        private const double G = 9.81;

        [Test]
        public void PendulumRodCarriesWeightAndCentripetalForce()
        {
            // Tension m g cos(theta) + m l w^2 in the middle of the last step, and its derivatives by m, g, the first speed, the length and the
            // first angle.
            const double Time = 0.2, Angle = 0.7;
            double Tension(double[] p, double time)
            {
                double[] y = Reference.Integrate(new[] { p[4], p[2] / p[3] }, time, 2000, s => new[] { s[1], -p[1] / p[3] * Math.Sin(s[0]) });
                return p[0] * p[1] * Math.Cos(y[0]) + p[0] * p[3] * y[1] * y[1];
            }

            double Error(double h, int which)
            {
                int steps = (int)Math.Round(Time / h);
                double[] at = { 2, G, 1.5, 1, Angle };
                double sine = Math.Sin(Angle), cosine = Math.Cos(Angle), v = at[2];
                using World world = JointClosedFormTests.Empty(h);
                Body still = world.AddStatic(), bob = JointClosedFormTests.Point(world, at[0], 0.02).At(sine, -cosine, 0).Moving(v * cosine, v * sine, 0);
                Joint rod = world.AddDistance(still, bob, Double3.Zero, bob.Pose.Position);
                world.Record();
                world.Step(steps);
                double time = (steps - 0.5) * h;
                if (which < 0) return Math.Abs(-rod.Force - Tension(at, time));
                Buffer seed = world.Tape.Seed(world.JointImpulses);
                seed.Clear();
                seed[0, 0] = -1 / h;
                world.Tape.Backward(retain: false);
                Buffer state = world.Tape.Gradient(world.State);
                double slope = which switch
                {
                    0 => world.Tape.Gradient(world.Mass)[1, 0],
                    1 => -world.Tape.Gradient(world.Environment)[0, 1],
                    2 => state[1, 7] * cosine + state[1, 8] * sine,
                    3 => world.Tape.Gradient(world.JointNumbers)[0, (int)JointNumber.Rest] + state[1, 0] * sine - state[1, 1] * cosine,
                    _ => state[1, 0] * cosine + state[1, 1] * sine + v * (state[1, 8] * cosine - state[1, 7] * sine),
                };
                double[] above = (double[])at.Clone(), below = (double[])at.Clone();
                above[which] += 1e-4;
                below[which] -= 1e-4;
                return Math.Abs(slope - (Tension(above, time) - Tension(below, time)) / 2e-4);
            }

            for (int which = -1; which < 5; which++)
            {
                int k = which;
                JointClosedFormTests.AssertSecondOrder(h => Error(h, k), 1.0 / 120, 2e-3);
            }
        }

        [Test]
        public void AtwoodMachineEqualsTheClosedForm()
        {
            // Speed (m2 - m1) g t / (m1 + m2) and impulse of the rope 2 m1 m2 g h / (m1 + m2).
            new Rollout(() =>
            {
                World world = JointClosedFormTests.Empty(1.0 / 60);
                Body a = JointClosedFormTests.Point(world, 1.5, 0.1).At(0, -2, 0), b = JointClosedFormTests.Point(world, 2.5, 0.1).At(1, -1, 0);
                world.AddPulley(a, b, a.Pose.Position, b.Pose.Position, Double3.Zero, Double3.UnitX);
                return world;
            }, 30).AssertEqualsClosedForm(
                new[] { Entry.State(0, 8), Entry.State(1, 1), new Entry(w => w.JointImpulses, 0, 0) }, new[] { Entry.Mass(0), Entry.Mass(1), Entry.Gravity(1) },
                p =>
                {
                    double a = (p[1] - p[0]) * p[2] / (p[0] + p[1]);
                    return new[] { a * 0.5, -1 - a * 0.125, -2 * p[0] * p[1] * p[2] / (p[0] + p[1]) / 60 };
                }, new[] { 1.5, 2.5, G }, new[] { 1.0, 1, -1 });
        }

        [Test]
        public void HangingSpringStretchesByWeightOverStiffness()
        {
            new Rollout(() =>
            {
                World world = JointClosedFormTests.Empty(1.0 / 60);
                Body still = world.AddStatic(), load = JointClosedFormTests.Point(world, 2, 0.1).At(0, -1, 0);
                world.AddDistance(still, load, Double3.Zero, load.Pose.Position).Sprung(100, 28, 0.8);
                return world;
            }, 240).AssertEqualsClosedForm(
                new[] { Entry.State(1, 1) },
                new[] { Entry.Mass(1), Entry.Gravity(1), new Entry(w => w.JointNumbers, 0, (int)JointNumber.Stiffness), new Entry(w => w.JointNumbers, 0, (int)JointNumber.Rest) },
                p => new[] { -p[3] - p[0] * p[1] / p[2] }, new[] { 2, G, 100, 0.8 }, new[] { 1.0, -1, 1, 1 });
        }

        [Test]
        public void FreeSymmetricTopPrecessesAboutItsAngularMomentum()
        {
            // The axis turns about L at the rate |L| / I1.
            const double I1 = 0.3, I3 = 0.1;
            var spin = new Double3(2, 15, 1); // y is the axis
            double Error(double h)
            {
                using World world = JointClosedFormTests.Empty(h);
                world.Gravity = Double3.Zero;
                Body top = world.AddBody().Weighing(1).WithInertia(I1, I3, I1).Spinning(spin);
                world.Step((int)Math.Round(1 / h));
                var momentum = new Double3(I1 * spin.X, I3 * spin.Y, I1 * spin.Z);
                Double3 axis = DoubleQuaternion.FromVector(momentum / I1).Rotate(Double3.UnitY);
                return (top.Pose.Rotation.Rotate(Double3.UnitY) - axis).Length;
            }

            JointClosedFormTests.AssertSecondOrder(Error, 1.0 / 60, 1e-3);
        }

        [Test]
        public void BallJointChainSwingsAsTheFineIntegrationDoes()
        {
            // Two bodies in space. The reference solves the accelerations with the joints' forces as unknowns and integrates them finely.
            double Error(double h)
            {
                using World world = JointClosedFormTests.Empty(h);
                Body still = world.AddStatic();
                Body a = world.AddBody().Weighing(1.2).WithInertia(0.05, 0.07, 0.04).At(0.5, 0, 0).Spinning(0, 0, 0);
                Body b = world.AddBody().Weighing(0.8).WithInertia(0.03, 0.02, 0.04).At(1, 0.1, 0.4);
                world.AddBall(still, a, Double3.Zero);
                world.AddBall(a, b, new Double3(1, 0, 0));
                world.Step((int)Math.Round(0.5 / h));
                (Double3 x, Double3 y) = SpatialChain.Integrate(0.5, 4000);
                return (a.Pose.Position - x).Length + (b.Pose.Position - y).Length;
            }

            JointClosedFormTests.AssertSecondOrder(Error, 1.0 / 60, 1e-3);
        }
    }
}
