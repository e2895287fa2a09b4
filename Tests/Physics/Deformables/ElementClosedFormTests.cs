using System;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Air, bends, area and muscles against their formulas.</summary>
    public class ElementClosedFormTests
    {
        private const double H = 1e-4;

        // Drag r A C_D |u . n| |u| / 2 against u, and lift r A C_L (u . n) |n x u| / 2 across it, of a flat sheet that flies at an angle to its normal.
        [TestCase(0)]
        [TestCase(0.6)]
        [TestCase(1.2)]
        public void AirBrakesAndLifts(double angle)
        {
            const double drag = 1.3, lift = 0.9, density = 1.2, area = 0.4 * 0.5, v = 5;
            var wind = new Double3(1, -0.5, 0.3);
            using ParticleWorld world = World();
            world.AddCloth(TriangleMesh.Sheet(3, 3, 0.4, 0.5), new ClothMaterial { Drag = drag, Lift = lift, AirDensity = density, Wind = wind });
            world.Build();
            var u = new Double3(Math.Sin(angle), Math.Cos(angle), 0) * v;
            for (int p = 0; p < world.Count; p++)
                for (int c = 0; c < 3; c++) world.State[p, 3 + c] = u[c] + wind[c];
            Double3 force = Force(world, u + wind);
            Double3 along = Double3.Normalise(u), across = new Double3(-Math.Cos(angle), Math.Sin(angle), 0);
            Assert.That(Double3.Dot(force, along), Is.EqualTo(-0.5 * density * area * drag * v * Math.Cos(angle) * v).Within(1e-9));
            // n |u| - u (u . n) / |u| points across u, towards n, and is |u| sin long.
            Assert.That(Double3.Dot(force, across), Is.EqualTo(-0.5 * density * area * lift * v * Math.Cos(angle) * v * Math.Sin(angle)).Within(1e-9));
            Assert.That(force.Z, Is.EqualTo(0).Within(1e-9));
        }

        // A rope turned by an angle t at a point stores B (2 tan(t / 2))^2 / (2 l), with l half the length of both segments.
        [TestCase(0.3)]
        [TestCase(1.5)]
        public void ABentRopeStoresItsEnergy(double turn)
        {
            const double rigidity = 0.02;
            using ParticleWorld world = World();
            world.AddRope(new[] { Double3.Zero, new Double3(0.2, 0, 0), new Double3(0.5, 0, 0) }, new RopeMaterial { BendingStiffness = rigidity, Damping = 0 });
            world.Build();
            world.State[2, 0] = 0.2 + 0.3 * Math.Cos(turn);
            world.State[2, 2] = 0.3 * Math.Sin(turn);
            double curvature = 2 * Math.Tan(turn / 2);
            Assert.That(world.MeasureElasticEnergy()[0], Is.EqualTo(0.5 * rigidity / 0.25 * curvature * curvature).Within(1e-12));
        }

        [Test]
        public void ClothResistsChangeOfArea()
        {
            const double stiffness = 70, s = 1.2;
            using ParticleWorld world = World();
            Cloth cloth = world.AddCloth(TriangleMesh.Sheet(3, 3, 0.4, 0.5), new ClothMaterial { WarpStiffness = 0, WeftStiffness = 0, ShearStiffness = 0, AreaStiffness = stiffness, BendingStiffness = 0 });
            world.Build();
            for (int p = 0; p < world.Count; p++)
                for (int c = 0; c < 3; c++) world.State[p, c] = s * cloth.Mesh.Vertices[p][c];
            Assert.That(world.MeasureElasticEnergy()[0], Is.EqualTo(0.5 * stiffness * 0.2 * (s * s - 1) * (s * s - 1)).Within(1e-12));
        }

        // A block whose muscles along x are active with the tension s pulls its ends together with s times its section; element by element.
        [Test]
        public void AMusclePullsItsEndsTogether()
        {
            var size = new Double3(0.3, 0.2, 0.1);
            using ParticleWorld world = World();
            SoftMaterial material = SoftMaterial.Elastic(1e4, 0.3);
            material.Activation = 800;
            material.Fibre = Double3.UnitX;
            SoftBody body = world.AddSoftBody(TetrahedralMesh.Box(3, 2, 2, size), material);
            world.Step();
            double end = 0;
            for (int p = 0; p < world.Count; p++)
                if (body.Mesh.Vertices[p].X > 0.49 * size.X) end += world.Velocity(p).X * world.Mass[p] / H;
            Assert.That(end, Is.EqualTo(-800 * size.Y * size.Z).Within(1e-8));
        }

        private static ParticleWorld World() => new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.Symplectic, step: H)) { Gravity = Double3.Zero };

        // From the change of momentum in one step of symplectic Euler.
        private static Double3 Force(ParticleWorld world, Double3 velocity)
        {
            world.Step();
            Double3 force = Double3.Zero;
            for (int p = 0; p < world.Count; p++) force += (world.Velocity(p) - velocity) * (world.Mass[p] / H);
            return force;
        }
    }
}
