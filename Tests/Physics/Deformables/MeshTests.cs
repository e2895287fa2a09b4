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
            Assert.That(() => new TriangleMesh(new[] { Double3.Zero, Double3.UnitX, new Double3(0.5, 1e-12, 0) }, new[] { new[] { 0, 1, 2 } }), Throws.ArgumentException.With.Message.Contains("Triangle 0 has no area"));
            Assert.That(() => new TetrahedralMesh(new[] { Double3.Zero, Double3.UnitX, Double3.UnitY, new Double3(0.2, 0.2, 1e-12) }, new[] { new[] { 0, 1, 2, 3 } }), Throws.ArgumentException.With.Message.Contains("must be positive"));
            using var world = new ParticleWorld();
            Assert.That(() => world.AddSoftBody(TetrahedralMesh.Box(1, 1, 1, Double3.One), SoftMaterial.Lame(0, 0), name: "jelly"), Throws.ArgumentException.With.Message.Contains("Lame's mu of 'jelly' must be positive"));
            Assert.That(() => world.AddSoftBody(TetrahedralMesh.Box(1, 1, 1, Double3.One), SoftMaterial.Elastic(1e4, 0.5), name: "jelly"), Throws.ArgumentException.With.Message.Contains("Poisson's ratio of 'jelly' must be below 0.5"));
            Assert.That(() => world.AddRope(new[] { Double3.Zero, Double3.Zero }, name: "cord"), Throws.ArgumentException.With.Message.Contains("Points 0 and 1 of rope 'cord'"));
        }

        // Two squares side by side, the second of which may be cut at the middle of the edge that they share, or have vertices of its own there.
        [Test]
        public void ClothsThatWouldComeApartAreNamed()
        {
            Double3[] points = { new Double3(0, 0, 0), new Double3(1, 0, 0), new Double3(1, 0, 1), new Double3(0, 0, 1), new Double3(2, 0, 0), new Double3(2, 0, 1), new Double3(1, 0, 0.5), new Double3(1, 0, 0), new Double3(1, 0, 1) };
            int[][] left = { new[] { 0, 2, 1 }, new[] { 0, 3, 2 } };
            Assert.That(Error(7, new[] { 1, 6, 4 }, new[] { 6, 5, 4 }, new[] { 6, 2, 5 }), Does.Contain("Vertex 6 of cloth 'flag' lies on the edge from 2 to 1 of triangle 0").And.Contain("cut the triangle"));
            Assert.That(Error(9, new[] { 7, 8, 4 }, new[] { 8, 5, 4 }), Does.Contain("Vertex 6 of cloth 'flag' is in no triangle"));
            points[6] = new Double3(3, 0, 0);
            Assert.That(Error(9, new[] { 7, 8, 4 }, new[] { 8, 5, 4 }, new[] { 4, 5, 6 }), Does.Contain("Vertices 1 and 7 of cloth 'flag' are at the same place").And.Contain("Welded"));
            Assert.That(Error(4, new[] { 2, 1, 0 }), Does.Contain("Triangles 0 and 2 of cloth 'flag' have the same vertices"));

            TriangleMesh welded = Mesh(9, new[] { 7, 8, 4 }, new[] { 8, 5, 4 }, new[] { 4, 5, 6 }).Welded();
            Assert.That(welded.Vertices, Has.Count.EqualTo(7));
            Assert.That(welded.Hinges(), Has.Length.EqualTo(4));
            using var world = new ParticleWorld();
            Assert.That(world.AddCloth(welded).Hinges.Count, Is.EqualTo(4));
            Assert.That(() => welded.Welded(-1), Throws.ArgumentException.With.Message.Contains("distance within which vertices are joined"));

            TriangleMesh Mesh(int vertices, params int[][] more)
            {
                var triangles = new List<int[]>(left);
                triangles.AddRange(more);
                return new TriangleMesh(points[..vertices], triangles);
            }

            string Error(int vertices, params int[][] more)
            {
                using var world = new ParticleWorld();
                try
                {
                    world.AddCloth(Mesh(vertices, more), name: "flag");
                    return "no error";
                }
                catch (System.ArgumentException e)
                {
                    return e.Message;
                }
            }
        }

        // Three sheets that share an edge, a fan around a point, a strip twisted into a Moebius band, uneven triangles: all are cloth, and hold together.
        [Test]
        public void ClothIsMadeOfAnyMesh([Values(0, 1, 2, 3)] int kind)
        {
            TriangleMesh mesh = Odd(kind);
            using var world = new ParticleWorld(ParticleRollout.Double(ParticleIntegrator.SoftConstraints, 8));
            Cloth cloth = world.AddCloth(mesh, new ClothMaterial { Damping = 0.01, BendingStiffness = 1e-3 });
            world.Pin(0);
            world.Step(90);
            foreach (int[] t in mesh.Triangles)
                for (int k = 0; k < 3; k++)
                {
                    double now = Double3.Distance(world.Position(t[k]), world.Position(t[(k + 1) % 3])), then = Double3.Distance(mesh.Vertices[t[k]], mesh.Vertices[t[(k + 1) % 3]]);
                    Assert.That(now / then, Is.EqualTo(1).Within(0.2), $"edge from {t[k]} to {t[(k + 1) % 3]}");
                }
        }

        private static TriangleMesh Odd(int kind)
        {
            var points = new List<Double3>();
            var triangles = new List<int[]>();
            if (kind == 0)
            {
                points.AddRange(new[] { Double3.Zero, new Double3(0, 0, 0.3), new Double3(0.3, 0, 0.1), new Double3(-0.2, 0.2, 0.1), new Double3(-0.2, -0.2, 0.2) });
                for (int k = 2; k < 5; k++) triangles.Add(new[] { 0, 1, k });
            }
            else if (kind == 1)
            {
                points.Add(Double3.Zero);
                for (int k = 0; k < 7; k++) points.Add(new Double3(0.3 * System.Math.Cos(k), 0.02 * k, 0.3 * System.Math.Sin(k)));
                for (int k = 1; k < 7; k++) triangles.Add(k % 2 == 0 ? new[] { 0, k, k + 1 } : new[] { 0, k + 1, k }); // front and back by turns
            }
            else if (kind == 2)
            {
                const int n = 12;
                for (int k = 0; k < n; k++)
                {
                    double a = 2 * System.Math.PI * k / n;
                    var outward = new Double3(System.Math.Cos(a), 0, System.Math.Sin(a));
                    Double3 across = outward * (0.1 * System.Math.Cos(a / 2)) + Double3.UnitY * (0.1 * System.Math.Sin(a / 2));
                    points.AddRange(new[] { outward * 0.4 + across, outward * 0.4 - across });
                }

                for (int k = 0; k < n; k++)
                {
                    (int a, int b) = (2 * k, 2 * k + 1);
                    (int c, int d) = k + 1 < n ? (a + 2, b + 2) : (1, 0); // it closes with the other side
                    triangles.AddRange(new[] { new[] { a, b, c }, new[] { b, d, c } });
                }
            }
            else
            {
                points.AddRange(new[] { Double3.Zero, new Double3(0.5, 0, 0), new Double3(0.02, 0, 0.1), new Double3(0.4, 0, 0.3), new Double3(0.45, 0, -0.05) });
                triangles.AddRange(new[] { new[] { 0, 2, 1 }, new[] { 1, 2, 3 }, new[] { 0, 1, 4 } });
            }

            return new TriangleMesh(points, triangles);
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
