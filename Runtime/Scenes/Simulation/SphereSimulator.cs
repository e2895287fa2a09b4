using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Tuning;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// Simulates scenes of a few balls and static planes, all worlds in lanes of one kernel per substep. It keeps the state
    /// after every substep and sweeps back with the kernel's adjoint. Double precision.
    /// </summary>
    public sealed class SphereSimulator : ISceneSimulator
    {
        /// <summary>Most balls of a scene: every pair of them is part of one formula.</summary>
        public const int MaxBalls = 4;

        private const int State = Trajectories.StateSize;
        private readonly Scene _scene;
        private readonly Executor _executor;
        private readonly SphereStep _step;
        private readonly int _targetCount;
        private readonly int _durationTarget;
        private readonly int _steps;
        private readonly Kernel _begin;
        private readonly Kernel _advance;
        private readonly Kernel _beginAdjoint;
        private readonly Kernel _advanceAdjoint;
        private readonly List<Buffer> _owned = new List<Buffer>();
        private Buffer[] _states;
        private Buffer[] _impacts;
        private Buffer _targets;
        private Buffer _targetCotangent;
        private Buffer[] _cotangents;
        private int _worlds;

        /// <inheritdoc/>
        public int Samples => _scene.Simulation.FrameCount + 1;

        /// <summary>Prepares a scene.</summary>
        /// <param name="scene">Balls and static planes only.</param>
        /// <param name="targets">Paths of the values that differ between worlds.</param>
        /// <param name="executor">Runs the kernels.</param>
        /// <exception cref="SceneException">The scene has other bodies, or too many.</exception>
        public SphereSimulator(Scene scene, IReadOnlyList<string> targets, Executor executor)
        {
            string problem = WhyNot(scene);
            if (problem != null) throw new SceneException(scene.File, 0, "bodies", problem);
            _scene = scene;
            _executor = executor;
            _targetCount = targets.Count;
            _durationTarget = targets.ToList().IndexOf("simulation.duration");
            _steps = scene.Simulation.FrameCount * scene.Simulation.Substeps;
            _step = new SphereStep(scene, targets);
            int size = _step.StateSize;
            _begin = Kernel.Define("begin", k => k.Store("state", _step.Initial(Targets(k))));
            _advance = Kernel.Define("advance", k =>
            {
                Real[] next = _step.Advance(k.Lane("state", size), Targets(k), out Real impacts);
                k.Store("next", next);
                k.Store("impacts", impacts);
            });
            _beginAdjoint = Kernel.Define("begin adjoint", k =>
            {
                Real[] values = Targets(k);
                Real product = Dot(_step.Initial(values), k.Lane("cotangent", size));
                k.Accumulate("targetCotangent", Derivatives.Gradient(product, values));
            });
            _advanceAdjoint = Kernel.Define("advance adjoint", k =>
            {
                Real[] state = k.Lane("state", size);
                Real[] values = Targets(k);
                Real product = Dot(_step.Advance(state, values, out _), k.Lane("nextCotangent", size));
                Real[] gradient = Derivatives.Gradient(product, state.Concat(values).ToArray());
                k.Accumulate("cotangent", gradient.Take(size).ToArray());
                k.Accumulate("targetCotangent", gradient.Skip(size).ToArray());
            });
        }

        /// <summary>Why this simulator cannot run a scene, or null when it can.</summary>
        /// <param name="scene">The scene.</param>
        public static string WhyNot(Scene scene)
        {
            foreach (SceneBody body in scene.Bodies)
            {
                bool fits = body.CentreOfMass == null && body.IsDynamic ? body.Shape.Type == "sphere" : body.Shape.Type == "plane";
                if (!fits) return $"found the {body.Motion} {body.Shape.Type} '{body.Name}', expected moving spheres and static planes only";
            }
            int balls = scene.Bodies.Count(b => b.IsDynamic);
            return balls >= 1 && balls <= MaxBalls ? null : $"found {balls} moving spheres, expected 1 to {MaxBalls}";
        }

        /// <inheritdoc/>
        public void Simulate(double[][] targets, Trajectories motion, bool record)
        {
            Prepare(targets.Length);
            for (int w = 0; w < _worlds; w++)
            {
                for (int t = 0; t < _targetCount; t++) _targets[0, t, w] = targets[w][t];
            }
            new Launch(_begin, 1).BindAll(_begin, ("targets", _targets), ("state", _states[0])).Run(_executor);
            for (int s = 0; s < _steps; s++)
            {
                new Launch(_advance, 1).BindAll(_advance, ("targets", _targets), ("state", _states[s]), ("next", _states[s + 1]), ("impacts", _impacts[s])).Run(_executor);
            }
            Read(motion, targets);
        }

        /// <inheritdoc/>
        public void Pullback(Trajectories cotangents, double[][] gradients)
        {
            _targetCotangent.Clear();
            _cotangents[_steps % 2].Clear();
            for (int s = _steps; s >= 0; s--)
            {
                if (s % _scene.Simulation.Substeps == 0) AddSample(cotangents, s / _scene.Simulation.Substeps, _cotangents[s % 2]);
                if (s == 0) break;
                Buffer before = _cotangents[(s - 1) % 2];
                before.Clear();
                new Launch(_advanceAdjoint, 1).BindAll(_advanceAdjoint, ("targets", _targets), ("state", _states[s - 1]), ("nextCotangent", _cotangents[s % 2]), ("cotangent", before), ("targetCotangent", _targetCotangent)).Run(_executor);
            }
            new Launch(_beginAdjoint, 1).BindAll(_beginAdjoint, ("targets", _targets), ("cotangent", _cotangents[0]), ("targetCotangent", _targetCotangent)).Run(_executor);
            for (int w = 0; w < _worlds; w++)
            {
                for (int t = 0; t < _targetCount; t++) gradients[w][t] = _targetCotangent[0, t, w];
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            foreach (Buffer buffer in _owned) buffer.Dispose();
            _owned.Clear();
        }

        // A scene without parameters has one target that nothing reads.
        private Real[] Targets(KernelBuilder k) => k.Lane("targets", Math.Max(1, _targetCount));

        private static Real Dot(Real[] a, Real[] b)
        {
            Real sum = 0;
            for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
            return sum;
        }

        private void Prepare(int worlds)
        {
            if (_worlds == worlds) return;
            Dispose();
            _worlds = worlds;
            _states = Enumerable.Range(0, _steps + 1).Select(_ => Own("state", _step.StateSize)).ToArray();
            _impacts = Enumerable.Range(0, _steps).Select(_ => Own("impacts", 1)).ToArray();
            _targets = Own("targets", Math.Max(1, _targetCount));
            _targetCotangent = Own("targetCotangent", Math.Max(1, _targetCount));
            _cotangents = new[] { Own("cotangent", _step.StateSize), Own("cotangent", _step.StateSize) };
        }

        private Buffer Own(string name, int components)
        {
            var buffer = new Buffer(name, 1, components, Precision.Double, _worlds);
            _owned.Add(buffer);
            return buffer;
        }

        private void Read(Trajectories motion, double[][] targets)
        {
            int substeps = _scene.Simulation.Substeps;
            for (int w = 0; w < _worlds; w++)
            {
                for (int sample = 0; sample < Samples; sample++)
                {
                    for (int b = 0; b < _scene.Bodies.Count; b++) ReadRest(motion.State(w, sample, b), _scene.Bodies[b]);
                    for (int i = 0; i < _step.Balls.Count; i++)
                    {
                        Span<double> state = motion.State(w, sample, _step.Balls[i]);
                        for (int c = 0; c < State; c++) state[c] = _states[sample * substeps][0, i * State + c, w];
                    }
                }
                motion.Durations[w] = _durationTarget < 0 ? _scene.Simulation.Duration : targets[w][_durationTarget];
                motion.Events[w] = 0;
                motion.LastEvent[w] = double.NaN;
                for (int s = 0; s < _steps; s++)
                {
                    int impacts = (int)_impacts[s][0, 0, w];
                    motion.Events[w] += impacts;
                    if (impacts > 0) motion.LastEvent[w] = motion.Durations[w] * (s + 0.5) / _steps;
                }
            }
        }

        private static void ReadRest(Span<double> state, SceneBody body)
        {
            body.Position.CopyTo(state);
            body.Rotation.CopyTo(state.Slice(3));
        }

        private void AddSample(Trajectories cotangents, int sample, Buffer cotangent)
        {
            for (int i = 0; i < _step.Balls.Count; i++)
            {
                for (int w = 0; w < _worlds; w++)
                {
                    Span<double> state = cotangents.State(w, sample, _step.Balls[i]);
                    for (int c = 0; c < State; c++) cotangent[0, i * State + c, w] += state[c];
                }
            }
        }
    }
}
