using System;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Particles against the closed forms of the same discrete steps.</summary>
    public class ClosedFormTests
    {
        [Test]
        public void FlightInGravityIsExact()
        {
            using var world = new ParticleWorld(ParticleRollout.Double(substeps: 2));
            world.AddParticle(new Double3(1, 2, 3), 0.3, new Double3(4, 5, 6));
            world.Step(30);
            Assert.That(world.Position(0).Y, Is.EqualTo(2 + 5 * 0.5 - 9.81 * 0.125).Within(1e-12));
            Assert.That(world.Position(0).X, Is.EqualTo(1 + 4 * 0.5).Within(1e-12));
            Assert.That(world.Velocity(0).Y, Is.EqualTo(5 - 9.81 * 0.5).Within(1e-12));
        }

        [Test]
        public void SymplecticFlightIsItsSum()
        {
            const int n = 40;
            const double h = 1.0 / 60;
            using var world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.Symplectic));
            world.AddParticle(Double3.Zero, 1, new Double3(0, 3, 0));
            world.Record();
            world.Step(n);
            world.Tape.Seed(world.State)[0, 1] = 1;
            world.Tape.Backward(retain: false);
            Assert.That(world.Position(0).Y, Is.EqualTo(3 * n * h - 9.81 * h * h * n * (n + 1) / 2).Within(1e-12));
            Assert.That(world.Tape.Gradient(world.State)[0, 4], Is.EqualTo(n * h).Within(1e-12));
            Assert.That(world.Tape.Gradient(world.Environment)[0, 1], Is.EqualTo(h * h * n * (n + 1) / 2).Within(1e-12));
            Assert.That(world.Tape.Gradient(world.Environment)[0, 3], Is.EqualTo(3 * n - 9.81 * h * n * (n + 1)).Within(1e-9));
        }

        // v_n = v_0 (1 - h c / m)^n
        [Test]
        public void LinearDragIsAGeometricSequence()
        {
            const int n = 50;
            const double h = 1.0 / 60, m = 0.4, c = 0.7, q = 1 - h * c / m;
            using var world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.Symplectic)) { Gravity = Double3.Zero };
            world.AddParticle(Double3.Zero, m, new Double3(2, 0, 0));
            world.Drag[0] = c;
            world.Record();
            world.Step(n);
            world.Tape.Seed(world.State)[0, 0] = 1;
            world.Tape.Backward(retain: false);
            double v = 2 * Math.Pow(q, n), x = 2 * h * q * (1 - Math.Pow(q, n)) / (1 - q);
            double dx = 2 * h * ((1 - (n + 1) * Math.Pow(q, n)) * (1 - q) + q * (1 - Math.Pow(q, n))) / ((1 - q) * (1 - q));
            Assert.That(world.Velocity(0).X, Is.EqualTo(v).Within(1e-12));
            Assert.That(world.Position(0).X, Is.EqualTo(x).Within(1e-12));
            Assert.That(world.Tape.Gradient(world.Drag)[0], Is.EqualTo(dx * -h / m).Within(1e-9));
            Assert.That(world.Tape.Gradient(world.PointMass)[0], Is.EqualTo(dx * h * c / (m * m)).Within(1e-9));
        }

        // Symplectic Euler turns (x, v) by a matrix of determinant 1 and trace 2 - h^2 k / m: with 2 cos a its trace,
        // x_n = x_0 (cos n a - (h^2 k / 2 m) sin n a / sin a) for a start at rest.
        [Test]
        public void SpringFollowsTheDiscreteOscillation()
        {
            const int n = 100;
            const double h = 1.0 / 60, m = 0.5, k = 80, x0 = 0.2;
            double X(double stiffness)
            {
                double s = h * h * stiffness / m, a = Math.Acos(1 - s / 2);
                return x0 * (Math.Cos(n * a) - 0.5 * s * Math.Sin(n * a) / Math.Sin(a));
            }

            using var world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.Symplectic)) { Gravity = Double3.Zero };
            world.AddParticle(new Double3(-1, 0, 0));
            world.AddParticle(new Double3(x0, 0, 0), m);
            world.Pin(0);
            Springs spring = world.AddSprings(new[] { (0, 1) }, k, restLength: 1);
            world.Record();
            world.Step(n);
            world.Tape.Seed(world.State)[1, 0] = 1;
            world.Tape.Backward(retain: false);
            Assert.That(world.Position(1).X, Is.EqualTo(X(k)).Within(1e-9));
            double d = 1e-3, slope = (8 * (X(k + d) - X(k - d)) - (X(k + 2 * d) - X(k - 2 * d))) / (12 * d);
            Assert.That(world.Tape.Gradient(spring.Stiffness)[0], Is.EqualTo(slope).Within(1e-9));
        }

        // The ballistic flight kicks when gravity has just acted for half a substep, so a damper there finds a weight at rest moving at h g / 2:
        // k u + d h g / 2 = m g.
        [TestCase(ParticleIntegrator.Symplectic, 0)]
        [TestCase(ParticleIntegrator.Ballistic, 1)]
        [TestCase(ParticleIntegrator.SoftConstraints, 0)]
        public void HangingSpringStretchesByWeightOverStiffness(ParticleIntegrator integrator, double seen)
        {
            const double m = 0.5, k = 200, g = 9.81, d = 10, h = 1.0 / 240;
            using var world = new ParticleWorld(ParticleRollout.Double(integrator, 4));
            world.AddParticle(Double3.Zero);
            world.AddParticle(new Double3(0, -1, 0), m);
            world.Pin(0);
            Springs spring = world.AddSprings(new[] { (0, 1) }, k, d);
            world.Record();
            world.Step(600);
            world.Tape.Seed(world.State)[1, 1] = 1;
            world.Tape.Backward(retain: false);
            double u = (m * g - seen * d * h * g / 2) / k;
            Assert.That(world.Position(1).Y, Is.EqualTo(-1 - u).Within(1e-9));
            Assert.That(world.Tape.Gradient(spring.Stiffness)[0], Is.EqualTo(u / k).Within(1e-9));
            Assert.That(world.Tape.Gradient(spring.RestLength)[0], Is.EqualTo(-1).Within(1e-9));
            Assert.That(world.Tape.Gradient(world.PointMass)[1], Is.EqualTo(-g / k).Within(1e-9));
        }
    }
}
