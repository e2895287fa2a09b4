using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>The shape of a deformable, made from what the document says: its particles and the elements between them.</summary>
    public sealed class DeformableShape
    {
        private DeformableShape(IReadOnlyList<Double3> points, TriangleMesh triangles = null, TetrahedralMesh tetrahedra = null)
        {
            Points = points;
            Triangles = triangles;
            Tetrahedra = tetrahedra;
        }

        /// <summary>Particles in the deformable's own frame, in m.</summary>
        public IReadOnlyList<Double3> Points { get; }

        internal TriangleMesh Triangles { get; }

        internal TetrahedralMesh Tetrahedra { get; }

        /// <summary>Makes the shape of a deformable.</summary>
        /// <param name="deformable">The deformable.</param>
        /// <exception cref="ArgumentException">Its mesh or points are not right; the message says why.</exception>
        public static DeformableShape Of(SceneDeformable deformable)
        {
            switch (deformable.Type)
            {
                case "springs": return new DeformableShape(Vectors(deformable.Points));
                case "rope": return new DeformableShape(deformable.Points != null ? Vectors(deformable.Points) : Straight(deformable));
                case "cloth":
                    TriangleMesh cloth = ClothMesh(deformable.Mesh);
                    return new DeformableShape(cloth.Vertices, cloth);
                default:
                    TetrahedralMesh soft = SoftMesh(deformable.Mesh);
                    return new DeformableShape(soft.Vertices, null, soft);
            }
        }

        /// <summary>Pairs of particles to draw lines between: springs, edges of triangles, segments, edges of a soft body's outside.</summary>
        /// <param name="deformable">The deformable whose shape this is.</param>
        public IReadOnlyList<int[]> Edges(SceneDeformable deformable)
        {
            if (deformable.Type == "springs") return deformable.Springs;
            if (deformable.Type == "rope") return Enumerable.Range(0, Points.Count - 1).Select(p => new[] { p, p + 1 }).ToArray();
            IEnumerable<int[]> faces = Triangles != null ? Triangles.Triangles : Tetrahedra.Surface();
            return faces.SelectMany(f => Enumerable.Range(0, 3).Select(k => (Math.Min(f[k], f[(k + 1) % 3]), Math.Max(f[k], f[(k + 1) % 3]))))
                .Distinct().Select(e => new[] { e.Item1, e.Item2 }).ToArray();
        }

        internal int Count(DeformableElement element, SceneDeformable deformable)
        {
            switch (element)
            {
                case DeformableElement.Particle: return Points.Count;
                case DeformableElement.Spring: return deformable.Springs.Length;
                case DeformableElement.Triangle: return Triangles.Triangles.Count;
                case DeformableElement.Hinge: return Triangles.Hinges().Length;
                case DeformableElement.Segment: return Points.Count - 1;
                case DeformableElement.Bend: return Points.Count - 2;
                case DeformableElement.Tetrahedron: return Tetrahedra.Tetrahedra.Count;
                default: return 1;
            }
        }

        private static TriangleMesh ClothMesh(SceneMesh mesh)
        {
            switch (mesh.Type)
            {
                case "sheet": return TriangleMesh.Sheet(mesh.Columns, mesh.Rows, mesh.Size[0], mesh.Size[1]);
                case "ball": return TriangleMesh.Sphere(mesh.Radius, mesh.Fineness);
                default: return new TriangleMesh(Vectors(mesh.Vertices), mesh.Corners);
            }
        }

        private static TetrahedralMesh SoftMesh(SceneMesh mesh)
        {
            switch (mesh.Type)
            {
                case "box": return TetrahedralMesh.Box(mesh.Cells[0], mesh.Cells[1], mesh.Cells[2], new Double3(mesh.Size[0], mesh.Size[1], mesh.Size[2]));
                case "ball": return TetrahedralMesh.Sphere(mesh.Fineness, mesh.Radius);
                default: return new TetrahedralMesh(Vectors(mesh.Vertices), mesh.Corners);
            }
        }

        private static Double3[] Straight(SceneDeformable rope)
        {
            Double3 from = new Double3(rope.From[0], rope.From[1], rope.From[2]), to = new Double3(rope.To[0], rope.To[1], rope.To[2]);
            return Enumerable.Range(0, rope.Segments + 1).Select(p => Double3.Lerp(from, to, p / (double)rope.Segments)).ToArray();
        }

        private static Double3[] Vectors(double[][] rows) => rows.Select(r => new Double3(r[0], r[1], r[2])).ToArray();
    }
}
