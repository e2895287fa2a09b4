using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Tethers: how far from its pins a cloth can be.</summary>
    public class TetherTests
    {
        // A heavy, soft cloth falls into its two pins in long substeps: without tethers it stretches to several lengths.
        [Test]
        public void TheyKeepAClothFromStretchingWhereItHangs()
        {
            (double most, double beyond) Run(bool isTethered)
            {
                const int side = 20;
                using var world = new ParticleWorld(new ParticleOptions { Integrator = ParticleIntegrator.SoftConstraints, Substeps = 2, Executor = ParticleRollout.Executor });
                TriangleMesh sheet = TriangleMesh.Sheet(side, side, 1, 1);
                Cloth cloth = world.AddCloth(sheet, new ClothMaterial { Density = 1 });
                world.Pin(cloth.Particle(0));
                world.Pin(cloth.Particle(side - 1));
                Tethers tethers = isTethered ? world.AddTethers(cloth, 0.05) : null;
                double most = 0, beyond = 0;
                for (int frame = 0; frame < 90; frame++)
                {
                    world.Step();
                    most = Math.Max(most, Double3.Distance(world.Position(side * side - 1), world.Position(side - 1)));
                    for (int p = 1; p < world.Count && isTethered; p++)
                        if (p != side - 1) beyond = Math.Max(beyond, Double3.Distance(world.Position(p), world.Position(0)) / tethers.Lengths[0][p < side ? p - 1 : p - 2] - 1);
                }

                return (most, beyond);
            }

            (double loose, _) = Run(false);
            (double most, double beyond) = Run(true);
            TestContext.Out.WriteLine($"the side that hangs is at most {loose:F3} m long, {most:F3} with tethers");
            Assert.That(loose, Is.GreaterThan(1.5));
            Assert.That(most, Is.LessThan(1.05 + 1e-5));
            Assert.That(beyond, Is.LessThan(0.03), "the other pin's tethers pull after those of the first");
        }

        // Distances go along edges and across pairs of triangles, from the nearest particle of a patch.
        [Test]
        public void TheirLengthsAreThoseOfTheMesh()
        {
            using var world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.SoftConstraints));
            Cloth cloth = world.AddCloth(TriangleMesh.Sheet(5, 5, 1, 1));
            for (int k = 0; k < 5; k++) world.Pin(cloth.Particle(k));
            Tethers tethers = world.AddTethers(cloth, 0.1);
            world.Build();
            Assert.That(tethers.Lengths.Count, Is.EqualTo(1), "an edge is one patch");
            for (int p = 5; p < 25; p++) Assert.That(tethers.Lengths[0][p - 5], Is.EqualTo(0.25 * (p / 5) * 1.1).Within(1e-12));
        }

        [Test]
        public void TheyHaveGradients()
        {
            var made = new Dictionary<ParticleWorld, Tethers>();
            var rollout = new ParticleRollout(() =>
            {
                ParticleWorld world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.SoftConstraints, 2));
                Cloth cloth = world.AddCloth(TriangleMesh.Sheet(3, 3, 0.4, 0.5), new ClothMaterial { Density = 2, WarpStiffness = 20, WeftStiffness = 20, ShearStiffness = 10, BendingStiffness = 0.01, Damping = 0.01 });
                world.Pin(cloth.Particle(0));
                made[world] = world.AddTethers(cloth, 0.01);
                world.Build();
                for (int p = 1; p < 9; p++) (world.State[p, 3], world.State[p, 5]) = (1 + 0.1 * p, 0.5 - 0.07 * p);
                return world;
            }, 8);
            rollout.AssertGradients(w => w.State, w => made[w].Lengths[0], w => w.Elements[0]["warp stiffness"]);
        }

        [Test]
        public void WrongUseIsNamed()
        {
            using var world = new ParticleWorld();
            Cloth cloth = world.AddCloth(TriangleMesh.Sheet(3, 3, 1, 1));
            Assert.That(() => world.AddTethers(cloth), Throws.InvalidOperationException.With.Message.Contains("soft constraints"));
            using var soft = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.SoftConstraints));
            cloth = soft.AddCloth(TriangleMesh.Sheet(3, 3, 1, 1));
            Assert.That(() => soft.AddTethers(cloth, -1), Throws.ArgumentException.With.Message.Contains("slack of tethers"));
            soft.AddTethers(cloth);
            Assert.That(() => soft.Build(), Throws.ArgumentException.With.Message.Contains("needs a pinned particle"));
        }
    }
}
