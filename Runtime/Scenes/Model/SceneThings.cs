using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// Where things stand in the <see cref="Trajectories"/> of a scene: its bodies, then its deformables (as bodies at their centres of mass that do not
    /// turn), then the particles of all deformables, in the order of the document.
    /// </summary>
    public sealed class SceneThings
    {
        private readonly Scene _scene;
        private readonly int[] _first;

        /// <summary>Looks at a scene.</summary>
        /// <param name="scene">A valid scene.</param>
        public SceneThings(Scene scene)
        {
            _scene = scene;
            Shapes = scene.Deformables.Select(DeformableShape.Of).ToArray();
            _first = new int[Shapes.Count + 1];
            for (int d = 0; d < Shapes.Count; d++) _first[d + 1] = _first[d] + Shapes[d].Points.Count;
        }

        /// <summary>Shapes of the deformables.</summary>
        public IReadOnlyList<DeformableShape> Shapes { get; }

        /// <summary>Bodies and deformables.</summary>
        public int Bodies => _scene.Bodies.Count + _scene.Deformables.Count;

        /// <summary>Particles of all deformables.</summary>
        public int Particles => _first[Shapes.Count];

        /// <summary>The first particle of a deformable.</summary>
        /// <param name="deformable">Its number.</param>
        public int FirstParticle(int deformable) => _first[deformable];

        /// <summary>Trajectories with room for all things of the scene.</summary>
        /// <param name="worlds">Number of worlds.</param>
        /// <param name="samples">Number of samples.</param>
        public Trajectories Room(int worlds, int samples) => new Trajectories(worlds, samples, Bodies, Particles);

        /// <summary>What messages call a thing: a body or deformable with its name, or a particle of one.</summary>
        /// <param name="thing">Its number.</param>
        public string NameOf(int thing)
        {
            if (thing < _scene.Bodies.Count) return $"body '{_scene.Bodies[thing].Name}'";
            if (thing < Bodies) return $"deformable '{_scene.Deformables[thing - _scene.Bodies.Count].Name}'";
            int deformable = Shapes.Count - 1;
            while (_first[deformable] > thing - Bodies) deformable--;
            return $"particle {thing - Bodies - _first[deformable]} of '{_scene.Deformables[deformable].Name}'";
        }

        /// <summary>The number of a thing: a body, a deformable's centre of mass, or one particle of it. Negative if there is none of the name.</summary>
        /// <param name="name">Name of a body or deformable.</param>
        /// <param name="particle">Which particle of a deformable; negative for its centre of mass.</param>
        public int Find(string name, int particle = -1)
        {
            int body = _scene.Bodies.FindIndex(b => b.Name == name);
            if (body >= 0) return body;
            int deformable = _scene.Deformables.FindIndex(d => d.Name == name);
            if (deformable < 0) return -1;
            return particle < 0 ? _scene.Bodies.Count + deformable : Bodies + _first[deformable] + particle;
        }
    }
}
