using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Cloth, ropes and soft bodies: gradients by every parameter, by rest shape, state and force, in each integrator.</summary>
    public class ElementTests
    {
        private static readonly ParticleIntegrator[] Integrators = { ParticleIntegrator.Ballistic, ParticleIntegrator.SoftConstraints };

        [TestCaseSource(nameof(Integrators))]
        public void ClothHasGradients(ParticleIntegrator integrator)
        {
            var rollout = new ParticleRollout(() => Cloth(Options(integrator)), 8);
            rollout.AssertGradients(
                w => w.State, w => w.Force, w => w.RestPosition, w => w.Environment,
                w => w.Elements[0]["density"], w => w.Elements[0]["warp stiffness"], w => w.Elements[0]["weft stiffness"], w => w.Elements[0]["shear stiffness"],
                w => w.Elements[0]["area stiffness"], w => w.Elements[0]["damping"], w => w.Elements[0]["warp"],
                w => w.Elements[1]["bending stiffness"], w => w.Elements[1]["bending damping"],
                w => w.Elements[2]["drag"], w => w.Elements[2]["lift"], w => w.Elements[2]["air density"], w => w.Elements[2]["wind"]);
        }

        [TestCaseSource(nameof(Integrators))]
        public void RopeHasGradients(ParticleIntegrator integrator)
        {
            var rollout = new ParticleRollout(() => Rope(Options(integrator)), 10);
            rollout.AssertGradients(
                w => w.State, w => w.RestPosition, w => w.Elements[0]["density"], w => w.Elements[0]["stretch stiffness"], w => w.Elements[0]["damping"],
                w => w.Elements[1]["bending stiffness"], w => w.Elements[1]["damping"]);
        }

        [TestCase(ParticleIntegrator.Ballistic, false)]
        [TestCase(ParticleIntegrator.SoftConstraints, false)]
        [TestCase(ParticleIntegrator.Ballistic, true)]
        [TestCase(ParticleIntegrator.SoftConstraints, true)]
        public void SoftBodyHasGradients(ParticleIntegrator integrator, bool byYoung)
        {
            var rollout = new ParticleRollout(() => SoftBody(Options(integrator), byYoung), 6);
            rollout.AssertGradients(
                w => w.State, w => w.Force, w => w.RestPosition, w => w.Elements[0]["density"],
                w => w.Elements[0][byYoung ? "young" : "mu"], w => w.Elements[0][byYoung ? "poisson" : "lambda"], w => w.Elements[0]["viscosity"],
                w => w.Elements[0]["activation"], w => w.Elements[0]["fibre"]);
        }

        // Whatever the element: forces of internal energy and dissipation add up to nothing, and have no moment.
        [Test]
        public void ElementsKeepMomentum([Values] ParticleIntegrator integrator, [Values(0, 1, 2)] int kind)
        {
            ParticleOptions options = Options(integrator);
            using ParticleWorld world = kind == 0 ? Cloth(options, air: false) : kind == 1 ? Rope(options) : SoftBody(options, false);
            world.Gravity = Double3.Zero;
            for (int p = 0; p < world.Count; p++)
                for (int c = 0; c < 3; c++) world.Force[p, c] = 0;
            (Double3 momentum, Double3 angular) = Momenta(world);
            world.Step(20);
            (Double3 momentumAfter, Double3 angularAfter) = Momenta(world);
            Assert.That(Double3.Distance(momentum, momentumAfter), Is.LessThan(1e-12));
            if (integrator == ParticleIntegrator.SoftConstraints) return; // implicit Euler brakes rotation
            Assert.That(Double3.Distance(angular, angularAfter), Is.LessThan(1e-12));
        }

        // Undamped, out of shape and in free flight: explicit steps swing about the energy at the start, soft constraints only lose.
        [Test]
        public void EnergyBehavesAsEachIntegratorPromises([Values] ParticleIntegrator integrator, [Values(0, 1, 2)] int kind)
        {
            ParticleOptions options = ParticleRollout.Double(integrator, 16, 1.0 / 120);
            using ParticleWorld world = kind == 0 ? Cloth(options, air: false, damped: false) : kind == 1 ? Rope(options, damped: false) : SoftBody(options, false, damped: false);
            world.Gravity = Double3.Zero;
            for (int p = 0; p < world.Count; p++)
                for (int c = 0; c < 3; c++) world.Force[p, c] = 0;
            double Energy() => world.MeasureElasticEnergy()[0] + world.KineticEnergy();
            double start = Energy(), elastic = world.MeasureElasticEnergy()[0], last = start, least = start, most = start, late = 0;
            for (int frame = 0; frame < 240; frame++)
            {
                world.Step();
                double now = Energy();
                if (integrator == ParticleIntegrator.SoftConstraints) Assert.That(now, Is.LessThan(last + 1e-9 * start), $"frame {frame}");
                (last, least, most) = (now, Math.Min(least, now), Math.Max(most, now));
                if (frame >= 120) late += now / 120;
            }

            TestContext.Out.WriteLine($"{integrator}, {kind}: {start:G4} J at the start, {elastic:G4} J of it elastic, between {least:G4} and {most:G4} in 2 s, {late:G4} in the mean of the second half");
            if (integrator == ParticleIntegrator.SoftConstraints) return;
            Assert.That(most - least, Is.LessThan(0.1 * start));
            Assert.That(late, Is.EqualTo(start).Within(0.05 * start));
        }

        private static (Double3, Double3) Momenta(ParticleWorld world)
        {
            Double3 momentum = Double3.Zero, angular = Double3.Zero;
            world.KineticEnergy(); // makes the masses
            for (int p = 0; p < world.Count; p++)
            {
                Double3 mv = world.Velocity(p) * world.Mass[p];
                momentum += mv;
                angular += Double3.Cross(world.Position(p), mv);
            }

            return (momentum, angular);
        }

        private static ParticleOptions Options(ParticleIntegrator integrator) => ParticleRollout.Double(integrator, 2, 1.0 / 120);

        internal static ParticleWorld Cloth(ParticleOptions options, bool air = true, bool damped = true)
        {
            var world = new ParticleWorld(options);
            TriangleMesh sheet = TriangleMesh.Sheet(3, 3, 0.4, 0.5);
            world.AddCloth(sheet, new ClothMaterial
            {
                Density = Each(8, 0.3), WarpStiffness = Each(8, 60), WeftStiffness = Each(8, 50), ShearStiffness = 20, AreaStiffness = Each(8, 30), Damping = damped ? 0.01 : 0,
                BendingStiffness = Each(8, 0.01), BendingDamping = damped ? 0.02 : 0, Drag = air ? 1.2 : 0, Lift = air ? 0.7 : 0, Wind = new Double3(2, 1, -1), Warp = new Double3(1, 0, 0.3),
            });
            Shake(world, 0.06);
            return world;
        }

        internal static ParticleWorld Rope(ParticleOptions options, bool damped = true)
        {
            var world = new ParticleWorld(options);
            world.AddRope(Double3.Zero, new Double3(1, 0.2, 0), 5, new RopeMaterial { Density = Each(5, 0.3), StretchStiffness = Each(5, 80), BendingStiffness = Each(4, 0.05), Damping = damped ? 0.01 : 0 });
            Shake(world, 0.05);
            return world;
        }

        internal static ParticleWorld SoftBody(ParticleOptions options, bool byYoung, bool damped = true)
        {
            var world = new ParticleWorld(options);
            SoftMaterial material = byYoung ? SoftMaterial.Elastic(Each(6, 2e4), 0.35) : SoftMaterial.Lame(Each(6, 8e3), Each(6, 1.2e4));
            material.Density = Each(6, 900);
            material.Viscosity = damped ? 30 : 0;
            material.Activation = Each(6, 500);
            material.Fibre = new Double3(0.6, 0.8, 0);
            world.AddSoftBody(TetrahedralMesh.Box(1, 1, 1, new Double3(0.3, 0.2, 0.25)), material);
            Shake(world, 0.02, 2);
            return world;
        }

        // Out of shape, moving and pulled at.
        private static void Shake(ParticleWorld world, double size, double force = 0.1)
        {
            var random = new Random(5);
            world.Build();
            for (int p = 0; p < world.Count; p++)
                for (int c = 0; c < 3; c++)
                {
                    world.State[p, c] += size * (random.NextDouble() - 0.5);
                    world.State[p, 3 + c] = random.NextDouble() - 0.5;
                    world.Force[p, c] = force * (random.NextDouble() - 0.5);
                }
        }

        private static double[] Each(int count, double mean)
        {
            var numbers = new double[count];
            for (int k = 0; k < count; k++) numbers[k] = mean * (1 + 0.2 * Math.Sin(1 + k));
            return numbers;
        }
    }
}
