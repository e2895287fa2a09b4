using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// Simulates scenes with a world of bodies, of particles or both, all values of the targets as worlds together, and sweeps back over its tape. Particles
    /// beside bodies run one world after another. Double precision. A world that diverges has no motion and its failure says why; the others are as they are without it.
    /// </summary>
    public sealed class WorldSimulator : ISceneSimulator
    {
        // A body whose velocity changes by more than this in a frame, in m/s, beyond what gravity does, was hit. Of bodies on joints, under forces or beside particles nobody knows.
        private const double HitSpeed = 0.25;
        private const int MostWorlds = 64;
        // Numbers of sampled states that worlds which run together may take.
        private const long MostNumbers = 1 << 24;
        private readonly Scene _scene;
        private readonly Executor _executor;
        private readonly WorldKernels _kernels;
        private readonly SceneThings _things;
        private readonly int _together;
        private readonly List<ISceneWorlds> _made = new List<ISceneWorlds>();
        private readonly List<(ISceneWorlds Worlds, int First)> _runs = new List<(ISceneWorlds, int)>();
        private readonly int _durationTarget;
        private readonly bool[] _isPushed;

        /// <inheritdoc/>
        public int Samples => _scene.Simulation.FrameCount + 1;

        /// <summary>Prepares a scene.</summary>
        /// <param name="scene">The scene.</param>
        /// <param name="targets">Paths of the values that differ between worlds.</param>
        /// <param name="executor">Runs the kernels.</param>
        public WorldSimulator(Scene scene, IReadOnlyList<string> targets, Executor executor)
        {
            _scene = scene;
            _things = new SceneThings(scene);
            long numbers = Math.Max(1, (long)_things.Particles * Trajectories.ParticleSize * Samples);
            _together = scene.Deformables.Count > 0 && (!ParticleScene.Fits(scene) || scene.Simulation.ParticlesTouchOneAnother) ? 1 : (int)Math.Max(1, Math.Min(MostWorlds, MostNumbers / numbers));
            _isPushed = scene.Bodies.Select(b => scene.Forces.Count > 0 || scene.Simulation.ParticlesTouchBodies || scene.Deformables.Exists(d => d.Attachments.Exists(a => a.Body == b.Name)) || scene.Joints.Exists(j => j.A == b.Name || j.B == b.Name) || scene.Controls.Select(c => c.Target).Concat(scene.Controllers.SelectMany(c => c.Outputs)).Any(path => path.StartsWith("bodies." + b.Name + ".", StringComparison.Ordinal))).ToArray();
            _executor = executor;
            _kernels = new WorldKernels(scene, targets);
            _durationTarget = targets.ToList().IndexOf("simulation.duration");
        }

        /// <inheritdoc/>
        public void Simulate(double[][] targets, Trajectories motion, bool record)
        {
            _runs.Clear();
            Array.Clear(motion.Failures, 0, motion.Failures.Length);
            for (int first = 0; first < targets.Length; first += _together) Simulate(targets, motion, record, first, Math.Min(_together, targets.Length - first));
            for (int w = 0; w < targets.Length; w++)
            {
                motion.Durations[w] = _durationTarget < 0 ? _scene.Simulation.Duration : targets[w][_durationTarget];
                CountHits(motion, w);
            }
        }

        /// <inheritdoc/>
        public void Pullback(Trajectories cotangents, double[][] gradients)
        {
            foreach (double[] gradient in gradients) new Span<double>(gradient).Fill(double.NaN);
            foreach ((ISceneWorlds worlds, int first) in _runs) worlds.Pullback(cotangents, gradients, first);
            _runs.Clear();
        }

        /// <inheritdoc/>
        public void Pushforward(double[][] directions, Trajectories tangents)
        {
            for (int w = 0; w < directions.Length; w++) tangents.Fill(w, double.NaN);
            foreach ((ISceneWorlds worlds, int first) in _runs) worlds.Pushforward(directions, tangents, first);
            _runs.Clear();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            foreach (ISceneWorlds worlds in _made) worlds.Dispose();
            _made.Clear();
        }

        private void Simulate(double[][] targets, Trajectories motion, bool record, int first, int count)
        {
            var own = new double[count][];
            Array.Copy(targets, first, own, 0, count);
            ISceneWorlds worlds;
            while (!TryRun(own, motion, record, first, out worlds))
            {
                // The others run again, beside copies of one of them, to the same bits.
                int sound = Array.FindIndex(motion.Failures, first, count, f => f == null);
                if (sound < 0) return;
                for (int w = 0; w < count; w++)
                {
                    if (motion.Failures[first + w] != null) own[w] = targets[sound];
                }
            }
            if (record) _runs.Add((worlds, first));
            for (int w = 0; w < count; w++)
            {
                if (motion.Failures[first + w] != null) continue;
                for (int sample = 0; sample < Samples; sample++) worlds.Read(w, sample, motion, first + w);
                // Worlds of particles go on with numbers that are none.
                (int at, int thing) = motion.FindNotFinite(first + w);
                if (at >= 0) Fail(motion, first + w, $"The simulation diverged in frame {Math.Max(0, at - 1)}: {_things.NameOf(thing)} has no numbers for a state; shorten the time step, or soften what is stiff.");
            }
        }

        // Whether no world diverged; one that did is marked.
        private bool TryRun(double[][] targets, Trajectories motion, bool record, int first, out ISceneWorlds worlds)
        {
            worlds = Take(targets.Length, targets[0]);
            try
            {
                worlds.Run(targets, 0, record);
                return true;
            }
            catch (DivergenceException e)
            {
                Drop(worlds);
                // Where it was a copy, what it is a copy of diverged.
                int world = first + e.World;
                if (motion.Failures[world] != null) world = Array.FindIndex(motion.Failures, first, f => f == null);
                Fail(motion, world, $"The simulation diverged in frame {e.Frame}: body '{e.Body}' {e.Cause}.");
                // So will all that are like it.
                double[] same = targets[world - first];
                for (int w = 0; w < targets.Length; w++)
                {
                    if (motion.Failures[first + w] == null && targets[w].AsSpan().SequenceEqual(same)) Fail(motion, first + w, motion.Failures[world]);
                }
                return false;
            }
        }

        private static void Fail(Trajectories motion, int world, string why)
        {
            motion.Failures[world] = why;
            motion.Fill(world, double.NaN);
        }

        // Worlds are built once for as many as run together, and used again when their run has been swept or is not wanted any more.
        private ISceneWorlds Take(int count, double[] targets)
        {
            ISceneWorlds free = _made.Find(worlds => worlds.Worlds == count && !_runs.Exists(run => run.Worlds == worlds));
            if (free == null) _made.Add(free = ParticleScene.Fits(_scene) ? new ParticleScene(_scene, _kernels.Targets, count, _executor) : (ISceneWorlds)new WorldScene(_scene, _kernels, count, targets, _executor));
            return free;
        }

        private void Drop(ISceneWorlds worlds)
        {
            worlds.Dispose();
            _made.Remove(worlds);
        }

        private void CountHits(Trajectories motion, int w)
        {
            double frame = motion.Durations[w] / (Samples - 1);
            for (int sample = 1; sample < Samples; sample++)
            {
                for (int b = 0; b < _scene.Bodies.Count; b++)
                {
                    if (!_scene.Bodies[b].IsDynamic || _isPushed[b]) continue;
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
    }
}
