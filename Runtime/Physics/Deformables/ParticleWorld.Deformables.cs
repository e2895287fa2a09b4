using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    // Cloth, ropes and soft bodies: particles and elements put together.
    public sealed partial class ParticleWorld
    {
        /// <summary>Adds a cloth.</summary>
        /// <param name="mesh">Its rest shape, and where it starts.</param>
        /// <param name="material">What it is made of; null for a light fabric.</param>
        /// <param name="pose">Where the mesh's frame is put; null for the origin.</param>
        /// <param name="name">What error messages call it.</param>
        public Cloth AddCloth(TriangleMesh mesh, ClothMaterial material = null, Pose? pose = null, string name = null)
        {
            material ??= new ClothMaterial();
            name ??= "cloth " + sets.Count;
            ClothMeshRules.Check(mesh ?? throw new ArgumentNullException(nameof(mesh), "A cloth needs a mesh."), name);
            Pose at = pose ?? Pose.Identity;
            int first = AddVertices(mesh.Vertices, at);
            int[][] triangles = Shifted(mesh.Triangles, first);
            this.triangles.AddRange(triangles);
            ElementSet membrane = AddElements(new MembraneKind(!material.Damping.IsZero, !material.AreaStiffness.IsZero), triangles, new Dictionary<string, ElementValues>
            {
                ["density"] = material.Density, ["warp stiffness"] = material.WarpStiffness, ["weft stiffness"] = material.WeftStiffness,
                ["shear stiffness"] = material.ShearStiffness, ["area stiffness"] = material.AreaStiffness, ["damping"] = material.Damping,
                ["warp"] = at.TransformDirection(material.Warp),
            }, name);
            int[][] hinges = mesh.Hinges();
            ElementSet bending = material.BendingStiffness.IsZero || hinges.Length == 0 ? null
                : AddElements(new HingeKind(!material.BendingDamping.IsZero), Shifted(hinges, first), new Dictionary<string, ElementValues>
                {
                    ["bending stiffness"] = material.BendingStiffness, ["bending damping"] = material.BendingDamping,
                }, name + " hinges");
            ElementSet air = material.Drag.IsZero && material.Lift.IsZero ? null : AddElements(new AirKind(), triangles, new Dictionary<string, ElementValues>
            {
                ["drag"] = material.Drag, ["lift"] = material.Lift, ["air density"] = material.AirDensity, ["wind"] = material.Wind,
            }, name + " air");
            return new Cloth(first, mesh, membrane, bending, air);
        }

        /// <summary>
        /// Keeps the particles of a cloth from getting farther from where it is pinned than along its mesh at rest, so that large cloths do not stretch where they hang. By soft
        /// constraints only.
        /// </summary>
        /// <param name="cloth">The cloth; pins count that are set until the world is built.</param>
        /// <param name="slack">The part of the way by which it may be longer.</param>
        public Tethers AddTethers(Cloth cloth, double slack = 0.02)
        {
            RequireOpen("A tether");
            if (options.Integrator != ParticleIntegrator.SoftConstraints) throw new InvalidOperationException($"Tethers are soft constraints, but the integrator is {options.Integrator}.");
            if (!(slack >= 0) || double.IsInfinity(slack)) throw new ArgumentException($"The slack of tethers must be finite and not negative, but is {slack}.", nameof(slack));
            var added = new Tethers(cloth ?? throw new ArgumentNullException(nameof(cloth), "Tethers need a cloth."), slack);
            tethers.Add(added);
            return added;
        }

        /// <summary>Adds a rope.</summary>
        /// <param name="points">Its points in order, at least two; it is at rest straight, with the distances between them.</param>
        /// <param name="material">What it is made of; null for a cord.</param>
        /// <param name="name">What error messages call it.</param>
        public Rope AddRope(IReadOnlyList<Double3> points, RopeMaterial material = null, string name = null)
        {
            if (points.Count < 2) throw new ArgumentException($"A rope needs at least two points, not {points.Count}.", nameof(points));
            material ??= new RopeMaterial();
            name ??= "rope " + sets.Count;
            for (int p = 1; p < points.Count; p++)
                if (points[p] == points[p - 1]) throw new ArgumentException($"Points {p - 1} and {p} of rope '{name}' are the same.", nameof(points));
            int first = AddVertices(points, Pose.Identity);
            bool isDamped = material.Damping != 0;
            ElementSet segments = AddElements(new RopeSegmentKind(isDamped), Runs(points.Count, 2, first), new Dictionary<string, ElementValues>
            {
                ["density"] = material.Density, ["stretch stiffness"] = material.StretchStiffness, ["damping"] = material.Damping,
            }, name);
            ElementSet bends = material.BendingStiffness.IsZero || points.Count < 3 ? null
                : AddElements(new RopeBendKind(isDamped), Runs(points.Count, 3, first), new Dictionary<string, ElementValues>
                {
                    ["bending stiffness"] = material.BendingStiffness, ["damping"] = material.Damping,
                }, name + " bends");
            return new Rope(first, points.Count, segments, bends);
        }

        /// <summary>Adds a straight rope.</summary>
        /// <param name="from">Where it begins, in metres.</param>
        /// <param name="to">Where it ends, in metres.</param>
        /// <param name="segments">Number of its segments.</param>
        /// <param name="material">What it is made of; null for a cord.</param>
        /// <param name="name">What error messages call it.</param>
        public Rope AddRope(Double3 from, Double3 to, int segments, RopeMaterial material = null, string name = null)
        {
            if (segments < 1) throw new ArgumentException($"A rope needs at least one segment, not {segments}.", nameof(segments));
            var points = new Double3[segments + 1];
            for (int p = 0; p <= segments; p++) points[p] = Double3.Lerp(from, to, p / (double)segments);
            return AddRope(points, material, name);
        }

        /// <summary>Adds a soft body.</summary>
        /// <param name="mesh">Its rest shape, and where it starts.</param>
        /// <param name="material">What it is made of.</param>
        /// <param name="pose">Where the mesh's frame is put; null for the origin.</param>
        /// <param name="name">What error messages call it.</param>
        public SoftBody AddSoftBody(TetrahedralMesh mesh, SoftMaterial material, Pose? pose = null, string name = null)
        {
            if (mesh == null) throw new ArgumentNullException(nameof(mesh), "A soft body needs a mesh.");
            if (material == null) throw new ArgumentNullException(nameof(material), "A soft body needs a material.");
            name ??= "soft body " + sets.Count;
            foreach (double stiffness in material.First.Numbers)
                if (!(stiffness > 0)) throw new ArgumentException($"{(material.ByYoung ? "Young's modulus" : "Lame's mu")} of '{name}' must be positive, but is {stiffness}.", nameof(material));
            if (material.ByYoung)
                foreach (double poisson in material.Second.Numbers)
                    if (!(poisson < 0.5)) throw new ArgumentException($"Poisson's ratio of '{name}' must be below 0.5, but is {poisson}.", nameof(material));
            int first = AddVertices(mesh.Vertices, pose ?? Pose.Identity);
            triangles.AddRange(Shifted(mesh.Surface(), first));
            var kind = new TetrahedronKind(material.ByYoung, !material.Viscosity.IsZero, !material.Activation.IsEmpty);
            return new SoftBody(first, mesh, AddElements(kind, Shifted(mesh.Tetrahedra, first), new Dictionary<string, ElementValues>
            {
                ["density"] = material.Density, [material.ByYoung ? "young" : "mu"] = material.First, [material.ByYoung ? "poisson" : "lambda"] = material.Second,
                ["viscosity"] = material.Viscosity.IsEmpty ? 0 : material.Viscosity, ["activation"] = material.Activation.IsEmpty ? 0 : material.Activation, ["fibre"] = material.Fibre,
            }, name));
        }

        private int AddVertices(IReadOnlyList<Double3> vertices, Pose pose)
        {
            int first = Count;
            foreach (Double3 vertex in vertices) AddParticle(pose.TransformPoint(vertex), mass: 0);
            return first;
        }

        private static int[][] Shifted(IReadOnlyList<int[]> cells, int first)
        {
            var shifted = new int[cells.Count][];
            for (int c = 0; c < shifted.Length; c++) shifted[c] = Array.ConvertAll(cells[c], vertex => first + vertex);
            return shifted;
        }

        // The runs of so many neighbours in a row of points.
        private static int[][] Runs(int points, int length, int first)
        {
            var runs = new int[points - length + 1][];
            for (int r = 0; r < runs.Length; r++)
            {
                runs[r] = new int[length];
                for (int p = 0; p < length; p++) runs[r][p] = first + r + p;
            }

            return runs;
        }
    }
}
