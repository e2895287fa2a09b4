using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>A scene whose only moving things are deformables, as some worlds of a <see cref="ParticleWorld"/> that differ in the values of the targets.</summary>
    internal sealed class ParticleScene : ISceneWorlds
    {
        private readonly Scene _scene;
        private readonly ParticleWorld _world;
        private readonly SceneParticles _particles;
        private readonly double[][] _values;
        private readonly Dictionary<(int Body, int Axis), int> _placed = new Dictionary<(int, int), int>();

        public ParticleScene(Scene scene, IReadOnlyList<SceneValue> targets, int worlds, Executor executor)
        {
            _scene = scene;
            _values = new double[worlds][];
            ParticleOptions options = SceneParticles.Options(scene);
            options.Worlds = worlds;
            options.ParametersPerWorld = true;
            options.Executor = executor;
            _world = new ParticleWorld(options) { Gravity = new Double3(scene.Gravity[0], scene.Gravity[1], scene.Gravity[2]) };
            _particles = new SceneParticles(scene, _world, null, targets, worlds);
            _world.Build();
            _particles.Wire();
            for (int t = 0; t < targets.Count; t++)
            {
                if (targets[t].Kind == SceneValueKind.Position) _placed[(targets[t].Owner, targets[t].Axis)] = t;
            }
        }

        // Whether nothing but deformables moves.
        public static bool Fits(Scene scene) => scene.Deformables.Count > 0 && !scene.Simulation.ParticlesTouchBodies && !scene.Bodies.Exists(b => b.IsDynamic) && scene.Deformables.TrueForAll(d => d.Attachments.Count == 0);

        public int Worlds => _values.Length;

        public void Run(double[][] targets, int first, bool record)
        {
            for (int w = 0; w < Worlds; w++) _particles.Write(w, _values[w] = targets[first + w]);
            _world.Reset();
            _world.Record();
            _world.Tape.IsRecording = record;
            _particles.Begin();
            _particles.Copy(0);
            for (int frame = 1; frame <= _scene.Simulation.FrameCount; frame++)
            {
                _world.Step();
                _particles.Copy(frame);
            }
        }

        public void Read(int world, int sample, Trajectories motion, int to)
        {
            for (int b = 0; b < _scene.Bodies.Count; b++)
            {
                Span<double> state = motion.State(to, sample, b);
                for (int c = 0; c < 3; c++) state[c] = _placed.TryGetValue((b, c), out int target) ? _values[world][target] : _scene.Bodies[b].Position[c];
                _scene.Bodies[b].Rotation.CopyTo(state.Slice(3));
            }
            _particles.Read(world, sample, motion, to);
            if (sample == _scene.Simulation.FrameCount) motion.Choices[to] = _particles.Choices(world);
        }

        public void Pushforward(double[][] directions, Trajectories tangents, int first)
        {
            bool any = _particles.SeedTangent(directions, first);
            if (any) _world.Tape.Forward();
            for (int w = 0; w < Worlds; w++)
            {
                tangents.Fill(first + w, 0);
                for (int sample = 0; sample < tangents.Samples; sample++)
                {
                    if (any) _particles.ReadTangent(w, sample, tangents, first + w);
                    foreach (KeyValuePair<(int Body, int Axis), int> placed in _placed) tangents.State(first + w, sample, placed.Key.Body)[placed.Key.Axis] = directions[first + w][placed.Value];
                }
            }
        }

        public void Pullback(Trajectories cotangents, double[][] gradients, int first)
        {
            _world.Tape.ZeroGradients();
            bool any = _particles.Seed(cotangents, first);
            if (any) _world.Tape.Backward(false);
            for (int w = 0; w < Worlds; w++)
            {
                new Span<double>(gradients[first + w]).Clear();
                if (any) _particles.AddGradient(w, gradients[first + w]);
                // What losses see of bodies that stand still.
                foreach (KeyValuePair<(int Body, int Axis), int> placed in _placed)
                {
                    for (int sample = 0; sample < cotangents.Samples; sample++) gradients[first + w][placed.Value] += cotangents.State(first + w, sample, placed.Key.Body)[placed.Key.Axis];
                }
            }
        }

        public void Dispose()
        {
            _particles.Dispose();
            _world.Dispose();
        }
    }
}
