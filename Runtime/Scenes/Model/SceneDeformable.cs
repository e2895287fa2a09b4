using System;
using System.Collections.Generic;
using System.Linq;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// Particles and what holds them together: springs, a cloth, a rope or a soft body. Which values count depends on its type. Numbers of its
    /// material are named by words; <see cref="NumbersOf"/> lists them.
    /// </summary>
    public sealed class SceneDeformable
    {
        private readonly Dictionary<string, double[]> _numbers = new Dictionary<string, double[]>();

        /// <summary>Types of deformables.</summary>
        public static IReadOnlyList<string> Types { get; } = new[] { "springs", "cloth", "rope", "soft" };

        /// <summary>Name that paths and losses refer to.</summary>
        public string Name { get; set; }

        /// <summary><c>springs</c>, <c>cloth</c>, <c>rope</c> or <c>soft</c>.</summary>
        public string Type { get; set; } = "cloth";

        /// <summary>Rest shape of a cloth or soft body.</summary>
        public SceneMesh Mesh { get; set; }

        /// <summary>Positions of particles joined by springs, or of a rope's particles in order, in m, in its own frame; null for a straight rope.</summary>
        public double[][] Points { get; set; }

        /// <summary>Pairs of particles that springs join.</summary>
        public int[][] Springs { get; set; } = Array.Empty<int[]>();

        /// <summary>Where a straight rope begins, in m.</summary>
        public double[] From { get; set; } = { 0, 0, 0 };

        /// <summary>Where a straight rope ends, in m.</summary>
        public double[] To { get; set; } = { 1, 0, 0 };

        /// <summary>Segments of a straight rope.</summary>
        public int Segments { get; set; } = 10;

        /// <summary>Where its own frame is put, in m.</summary>
        public double[] Position { get; set; } = { 0, 0, 0 };

        /// <summary>Rotation from its own frame to the world, quaternion x y z w of unit length.</summary>
        public double[] Rotation { get; set; } = { 0, 0, 0, 1 };

        /// <summary>First velocity of all particles, in m/s; pinned ones keep it.</summary>
        public double[] Velocity { get; set; } = { 0, 0, 0 };

        /// <summary>First angular velocity about the origin of its frame, in rad/s, world frame.</summary>
        public double[] AngularVelocity { get; set; } = { 0, 0, 0 };

        /// <summary>What each particle's first velocity is beyond that, in m/s; null for nothing.</summary>
        public double[][] Velocities { get; set; }

        /// <summary>Particles that keep their first velocity, whatever pulls at them.</summary>
        public int[] Pins { get; set; } = Array.Empty<int>();

        /// <summary>Ties to bodies.</summary>
        public List<SceneAttachment> Attachments { get; set; } = new List<SceneAttachment>();

        /// <summary>A number of its material: one for all, or one for each element; null where the document gives none.</summary>
        /// <param name="word">One of <see cref="NumbersOf"/>.</param>
        public double[] this[string word]
        {
            get => _numbers.TryGetValue(word, out double[] values) ? values : null;
            set
            {
                if (value == null) _numbers.Remove(word);
                else _numbers[word] = value;
            }
        }

        /// <summary>Words of all numbers that are given.</summary>
        public IEnumerable<string> Given => _numbers.Keys;

        /// <summary>Sets a number, one for all or one for each element, for use in a row.</summary>
        /// <param name="word">One of <see cref="NumbersOf"/>.</param>
        /// <param name="values">Its value or values.</param>
        public SceneDeformable With(string word, params double[] values)
        {
            this[word] = values;
            return this;
        }

        /// <summary>Words of the numbers that a type has.</summary>
        /// <param name="type">One of <see cref="Types"/>.</param>
        public static IReadOnlyList<string> NumbersOf(string type) => DeformableNumber.Of(type).Select(n => n.Word).ToArray();

        /// <summary>A number as it is given or, where it is not, as it is by default; null for one that has no default.</summary>
        /// <param name="word">One of <see cref="NumbersOf"/>.</param>
        internal double[] Effective(string word) => this[word] ?? DeformableNumber.Of(Type).First(n => n.Word == word).Default;
    }

    /// <summary>A rest shape, made by a generator or listed; which values count depends on its type.</summary>
    public sealed class SceneMesh
    {
        /// <summary><c>sheet</c>, <c>ball</c> or <c>triangles</c> of a cloth; <c>box</c>, <c>ball</c> or <c>tetrahedra</c> of a soft body.</summary>
        public string Type { get; set; } = "sheet";

        /// <summary>Vertices of a sheet along x.</summary>
        public int Columns { get; set; } = 2;

        /// <summary>Vertices of a sheet along z.</summary>
        public int Rows { get; set; } = 2;

        /// <summary>Extents in m: of a sheet along x and z, of a box along all axes.</summary>
        public double[] Size { get; set; } = { 1, 1 };

        /// <summary>Cells of a box along the axes.</summary>
        public int[] Cells { get; set; } = { 1, 1, 1 };

        /// <summary>Radius of a ball in m.</summary>
        public double Radius { get; set; } = 0.5;

        /// <summary>How fine a ball is: of a cloth, how often the triangles of an icosahedron are cut; of a soft body, cells across.</summary>
        public int Fineness { get; set; } = 2;

        /// <summary>Vertices in m.</summary>
        public double[][] Vertices { get; set; }

        /// <summary>Three vertices of each triangle, or four of each tetrahedron.</summary>
        public int[][] Corners { get; set; }
    }

    /// <summary>A damped spring without length between a particle and the point of a body at which it starts.</summary>
    public sealed class SceneAttachment
    {
        /// <summary>The particle.</summary>
        public int Particle { get; set; }

        /// <summary>Name of the body.</summary>
        public string Body { get; set; }

        /// <summary>Stiffness in N/m.</summary>
        public double Stiffness { get; set; }

        /// <summary>Damping in N s/m.</summary>
        public double Damping { get; set; }
    }
}
