using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>The recordings of a scene, each read once when it is first asked for.</summary>
    public sealed class SceneRecordings
    {
        private readonly Scene _scene;
        private readonly Func<SceneRecording, IReadOnlyList<Recording>> _read;
        private readonly Dictionary<string, Recording> _known = new Dictionary<string, Recording>();
        private readonly Dictionary<string, IReadOnlyList<Recording>> _particles = new Dictionary<string, IReadOnlyList<Recording>>();

        /// <summary>Makes the recordings of a scene available.</summary>
        /// <param name="scene">The scene.</param>
        /// <param name="read">Reads what stands in files, the first of several; null when there is none.</param>
        public SceneRecordings(Scene scene, Func<SceneRecording, IReadOnlyList<Recording>> read = null)
        {
            _scene = scene;
            _read = read;
        }

        /// <summary>The recording of a name.</summary>
        /// <param name="name">A name that the scene declares.</param>
        /// <exception cref="SceneException">It cannot be read.</exception>
        public Recording Find(string name)
        {
            if (_known.TryGetValue(name, out Recording known)) return known;
            SceneRecording recording = _scene.Recordings.First(r => r.Name == name);
            return _known[name] = Read(recording);
        }

        /// <summary>The recording of particles of a name: that of each particle, null where nothing was recorded of one.</summary>
        /// <param name="name">A name that the scene declares, of a recording of particles.</param>
        /// <exception cref="SceneException">It cannot be read, or is of more particles than the deformables that follow it have.</exception>
        public IReadOnlyList<Recording> FindParticles(string name)
        {
            if (_particles.TryGetValue(name, out IReadOnlyList<Recording> known)) return known;
            SceneRecording recording = _scene.Recordings.First(r => r.Name == name);
            if (recording.Samples == null && _read == null) throw new SceneException(_scene.File, 0, "recordings." + name, $"the file '{recording.Path}' cannot be read here");
            IReadOnlyList<Recording> read = recording.Samples != null ? ParticleSamples(recording.Samples) : _read(recording);
            foreach (SceneLoss loss in _scene.Losses.Where(l => l.Type == "particles" && l.Recording == name))
            {
                int count = DeformableShape.Of(_scene.Deformables.Find(d => d.Name == loss.Body)).Points.Count;
                if (read.Count > count) throw new SceneException(_scene.File, 0, "recordings." + name, $"found samples of particle {read.Count - 1}, but '{loss.Body}' has the particles 0 to {count - 1}");
            }
            return _particles[name] = read;
        }

        // Rows of t, particle, x, y, z, by particle. Times of one particle rise.
        internal static IReadOnlyList<Recording> ParticleSamples(IReadOnlyList<double[]> rows)
        {
            int count = 1 + (int)rows.Max(r => r[1]);
            var all = new Recording[count];
            foreach (IGrouping<int, double[]> own in rows.GroupBy(r => (int)r[1])) all[own.Key] = new Recording(own.Select(r => r[0]).ToArray(), own.SelectMany(r => r.Skip(2).Take(3)).ToArray());
            return all;
        }

        /// <summary>Gives bodies that start from a recording the state of its first sample.</summary>
        /// <exception cref="SceneException">The first sample has gaps.</exception>
        public void SetStarts()
        {
            foreach (SceneBody body in _scene.Bodies.Where(b => b.StartFrom != null))
            {
                Recording recording = Find(body.StartFrom);
                if (body.StartFlight > 0)
                {
                    Apply(FlightStart.Fit(recording, body.StartFlight), body);
                    continue;
                }
                bool starts = IsWhole(recording, 0);
                if (!starts) throw new SceneException(_scene.File, 0, $"bodies.{body.Name}.startFrom", $"the first sample of the recording '{body.StartFrom}' has gaps, expected all of it");
                Array.Copy(recording.Positions, body.Position, 3);
                if (recording.Rotations != null) Array.Copy(recording.Rotations, body.Rotation, 4);
                if (recording.Velocities != null) Array.Copy(recording.Velocities, body.Velocity, 3);
                if (recording.AngularVelocities != null) Array.Copy(recording.AngularVelocities, body.AngularVelocity, 3);
            }
        }

        private static void Apply(FlightStart start, SceneBody body)
        {
            start.Position.CopyTo(body.Position, 0);
            start.Velocity.CopyTo(body.Velocity, 0);
            start.Rotation?.CopyTo(body.Rotation, 0);
            start.AngularVelocity?.CopyTo(body.AngularVelocity, 0);
        }

        private Recording Read(SceneRecording recording)
        {
            if (recording.Samples != null)
            {
                return new Recording(recording.Samples.Select(s => s[0]).ToArray(), recording.Samples.SelectMany(s => s.Skip(1)).ToArray());
            }
            if (_read == null) throw new SceneException(_scene.File, 0, "recordings." + recording.Name, $"the file '{recording.Path}' cannot be read here");
            return _read(recording)[0];
        }

        private static bool IsWhole(Recording recording, int index)
        {
            return Recording.HasSample(recording.Positions, 3, index)
                && (recording.Rotations == null || Recording.HasSample(recording.Rotations, 4, index))
                && (recording.Velocities == null || Recording.HasSample(recording.Velocities, 3, index))
                && (recording.AngularVelocities == null || Recording.HasSample(recording.AngularVelocities, 3, index));
        }
    }
}
