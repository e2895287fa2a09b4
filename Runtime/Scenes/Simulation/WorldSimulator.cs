using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>Simulates any scene with the rigid-body world, one world after the other, and sweeps back over its tape. Double precision.</summary>
    public sealed class WorldSimulator : ISceneSimulator
    {
        // A body whose velocity changes by more than this in a frame, in m/s, beyond what gravity does, was hit.
        private const double HitSpeed = 0.25;
        private readonly Scene _scene;
        private readonly Executor _executor;
        private readonly WorldKernels _kernels;
        private readonly List<WorldScene> _worlds = new List<WorldScene>();
        private readonly List<WorldScene> _recorded = new List<WorldScene>();
        private readonly int _durationTarget;

        /// <inheritdoc/>
        public int Samples => _scene.Simulation.FrameCount + 1;

        /// <summary>Prepares a scene.</summary>
        /// <param name="scene">The scene.</param>
        /// <param name="targets">Paths of the values that differ between worlds.</param>
        /// <param name="executor">Runs the kernels.</param>
        public WorldSimulator(Scene scene, IReadOnlyList<string> targets, Executor executor)
        {
            _scene = scene;
            _executor = executor;
            _kernels = new WorldKernels(scene, targets);
            _durationTarget = targets.ToList().IndexOf("simulation.duration");
        }

        /// <inheritdoc/>
        public void Simulate(double[][] targets, Trajectories motion, bool record)
        {
            _recorded.Clear();
            for (int w = 0; w < targets.Length; w++)
            {
                motion.Durations[w] = _durationTarget < 0 ? _scene.Simulation.Duration : targets[w][_durationTarget];
                // One world runs what is not recorded; a world that has been run so does not yet record to the same bits afterwards.
                int place = record ? w + 1 : 0;
                WorldScene world = Take(place, targets[w]);
                try
                {
                    world.Run(targets[w], record);
                    for (int sample = 0; sample < Samples; sample++)
                    {
                        for (int b = 0; b < _scene.Bodies.Count; b++) world.Read(sample, b, motion.State(w, sample, b));
                    }
                    CountHits(motion, w);
                }
                catch (InvalidOperationException)
                {
                    // It diverged: there is no motion, and the loss is no number.
                    for (int sample = 0; sample < Samples; sample++)
                    {
                        for (int b = 0; b < _scene.Bodies.Count; b++) motion.State(w, sample, b).Fill(double.NaN);
                    }
                    Drop(place);
                    world = null;
                }
                if (record) _recorded.Add(world);
            }
        }

        /// <inheritdoc/>
        public void Pullback(Trajectories cotangents, double[][] gradients)
        {
            for (int w = 0; w < _recorded.Count; w++)
            {
                int world = w;
                if (_recorded[w] == null) new Span<double>(gradients[w]).Fill(double.NaN);
                else _recorded[w].Pullback((sample, body) => SeedOf(cotangents, world, sample, body), gradients[w]);
            }
            _recorded.Clear();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            for (int place = 0; place < _worlds.Count; place++) Drop(place);
        }

        // A world is built once for each that is recorded at a time, and used again while its shapes stay as they are.
        private WorldScene Take(int place, double[] targets)
        {
            while (_worlds.Count <= place) _worlds.Add(null);
            if (!_kernels.IsSizeFixed) Drop(place);
            return _worlds[place] = _worlds[place] ?? new WorldScene(_scene, _kernels, targets, _executor);
        }

        private void Drop(int place)
        {
            _worlds[place]?.Dispose();
            _worlds[place] = null;
        }

        private void CountHits(Trajectories motion, int w)
        {
            double frame = motion.Durations[w] / (Samples - 1);
            for (int sample = 1; sample < Samples; sample++)
            {
                for (int b = 0; b < _scene.Bodies.Count; b++)
                {
                    if (!_scene.Bodies[b].IsDynamic) continue;
                    Span<double> before = motion.State(w, sample - 1, b).Slice(7, 3);
                    Span<double> after = motion.State(w, sample, b).Slice(7, 3);
                    double change = 0;
                    for (int c = 0; c < 3; c++) change += Math.Pow(after[c] - before[c] - _scene.Gravity[c] * frame, 2);
                    if (!(change > HitSpeed * HitSpeed)) continue;
                    motion.Events[w]++;
                    motion.LastEvent[w] = frame * (sample - 0.5);
                }
            }
        }

        private static double[] SeedOf(Trajectories cotangents, int world, int sample, int body)
        {
            Span<double> state = cotangents.State(world, sample, body);
            foreach (double value in state)
            {
                if (value != 0) return state.ToArray();
            }
            return null;
        }
    }
}
