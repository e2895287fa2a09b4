using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Generated meshes and what is found on them.</summary>
    public class MeshTests
    {
        [Test]
        public void ASheetHasItsAreaAndHinges()
        {
            TriangleMesh sheet = TriangleMesh.Sheet(5, 4, 2, 1.5);
            double area = 0;
            for (int t = 0; t < sheet.Triangles.Count; t++) area += sheet.AreaOf(t);
            Assert.That(area, Is.EqualTo(3).Within(1e-12));
            Assert.That(sheet.Triangles, Has.Count.EqualTo(24));
            Assert.That(sheet.Hinges(), Has.Length.EqualTo((3 * 24 - 2 * (4 + 3)) / 2));
            foreach (int[] t in sheet.Triangles)
                Assert.That(Double3.Cross(sheet.Vertices[t[1]] - sheet.Vertices[t[0]], sheet.Vertices[t[2]] - sheet.Vertices[t[0]]).Y, Is.GreaterThan(0), "front side up");
        }

        [Test]
        public void ASphereIsClosedAndRound()
        {
            TriangleMesh sphere = TriangleMesh.Sphere(2, 3);
            Assert.That(sphere.Triangles, Has.Count.EqualTo(20 * 64));
            Assert.That(sphere.Hinges(), Has.Length.EqualTo(20 * 64 * 3 / 2));
            double area = 0;
            for (int t = 0; t < sphere.Triangles.Count; t++) area += sphere.AreaOf(t);
            Assert.That(area, Is.EqualTo(16 * Math.PI).Within(0.01 * 16 * Math.PI));
            foreach (Double3 v in sphere.Vertices) Assert.That(v.Length, Is.EqualTo(2).Within(1e-12));
        }

        [Test]
        public void SolidsHaveTheirVolumeAndAClosedSurface()
        {
            AssertSolid(TetrahedralMesh.Box(2, 3, 4, new Double3(1, 2, 3)), 6, 1e-12);
            AssertSolid(TetrahedralMesh.Sphere(8, 1), 4 * Math.PI / 3, 0.05);
        }

        [Test]
        public void WrongMeshesAreNamed()
        {
            Double3[] corners = { Double3.Zero, Double3.UnitX, Double3.UnitY, Double3.UnitZ, new Double3(2, 0, 0) };
            Assert.That(() => new TriangleMesh(corners, new[] { new[] { 0, 1, 7 } }), Throws.ArgumentException.With.Message.Contains("triangle 0 names vertex 7; there are 5"));
            Assert.That(() => new TriangleMesh(corners, new[] { new[] { 0, 1, 4 } }), Throws.ArgumentException.With.Message.Contains("Triangle 0 has no area"));
            Assert.That(() => new TriangleMesh(corners, new[] { new[] { 0, 1 } }), Throws.ArgumentException.With.Message.Contains("number 0 has 2"));
            Assert.That(() => new TetrahedralMesh(corners, new[] { new[] { 0, 2, 1, 3 } }), Throws.ArgumentException.With.Message.Contains("must be positive"));
            Assert.That(() => new TetrahedralMesh(corners, new[] { new[] { 0, 1, 1, 3 } }), Throws.ArgumentException.With.Message.Contains("twice"));
            Assert.That(() => TriangleMesh.Sheet(1, 4, 1, 1), Throws.ArgumentException.With.Message.Contains("2 x 2"));
            Assert.That(() => TetrahedralMesh.Box(0, 1, 1, Double3.One), Throws.ArgumentException.With.Message.Contains("one cell"));
            using var world = new ParticleWorld();
            Assert.That(() => world.AddSoftBody(TetrahedralMesh.Box(1, 1, 1, Double3.One), SoftMaterial.Elastic(1e4, 0.5), name: "jelly"), Throws.ArgumentException.With.Message.Contains("Poisson's ratio of 'jelly' must be below 0.5"));
            Assert.That(() => world.AddRope(new[] { Double3.Zero, Double3.Zero }, name: "cord"), Throws.ArgumentException.With.Message.Contains("Points 0 and 1 of rope 'cord'"));
        }

        private static void AssertSolid(TetrahedralMesh mesh, double volume, double within)
        {
            double inside = 0, bySurface = 0;
            for (int t = 0; t < mesh.Tetrahedra.Count; t++) inside += mesh.VolumeOf(t);
            var edges = new HashSet<(int, int)>();
            foreach (int[] t in mesh.Surface())
            {
                bySurface += Double3.Dot(Double3.Cross(mesh.Vertices[t[0]], mesh.Vertices[t[1]]), mesh.Vertices[t[2]]) / 6;
                for (int k = 0; k < 3; k++) Assert.That(edges.Add((t[k], t[(k + 1) % 3])), "each directed edge once");
            }

            foreach ((int a, int b) in edges) Assert.That(edges.Contains((b, a)), "the other direction too");
            Assert.That(inside, Is.EqualTo(volume).Within(within * volume));
            Assert.That(bySurface, Is.EqualTo(inside).Within(1e-12 * volume));
        }
    }
}
