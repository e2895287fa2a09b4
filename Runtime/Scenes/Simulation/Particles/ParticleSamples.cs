using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Scenes
{
    /// <summary>Copies of the particles' states, and of the centres of mass of deformables, after every frame.</summary>
    internal sealed class ParticleSamples : IDisposable
    {
        private const int Size = Trajectories.ParticleSize;
        private readonly int _bodies;
        private readonly int _worlds;
        private readonly Buffer[] _particles;
        private readonly Buffer[] _centres;
        private readonly Buffer _totals;
        private readonly IndexBuffer _owner;
        private readonly Launch[][] _copies;

        public ParticleSamples(Scene scene, SceneThings things, ParticleWorld world, int worlds)
        {
            _bodies = scene.Bodies.Count;
            _worlds = worlds;
            int deformables = scene.Deformables.Count, samples = scene.Simulation.FrameCount + 1;
            _particles = Enumerable.Range(0, samples).Select(_ => new Buffer("sampled particles", things.Particles, Size, Precision.Double, worlds)).ToArray();
            _centres = Enumerable.Range(0, samples).Select(_ => new Buffer("sampled centres of mass", deformables, Size, Precision.Double, worlds)).ToArray();
            _totals = new Buffer("mass and momenta", deformables, Size + 1, Precision.Double, worlds);
            _owner = new IndexBuffer("deformable", Enumerable.Range(0, deformables).SelectMany(d => Enumerable.Repeat(d, things.Shapes[d].Points.Count)).ToArray());
            Kernel copy = Kernel.Define("sample particles", k => k.Store("sample", k.Lane("state", Size)));
            Kernel clear = Kernel.Define("no mass", k => k.Store("totals", Enumerable.Repeat((Real)0, Size + 1).ToArray()));
            // Sums of m x, m v and m; their quotients are the centre's position and velocity.
            Kernel add = Kernel.Define("mass and momenta", k =>
            {
                Real mass = k.Lane("mass");
                k.AccumulateAt("totals", "deformable", k.Lane("state", Size).Select(c => c * mass).Append(mass).ToArray());
            });
            Kernel divide = Kernel.Define("centres of mass", k =>
            {
                Real[] totals = k.Lane("totals", Size + 1);
                k.Store("centre", totals.Take(Size).Select(c => c / totals[Size]).ToArray());
            });
            _copies = Enumerable.Range(0, samples).Select(s => new[]
            {
                new Launch(copy, things.Particles).Bind("state", world.State).Bind("sample", _particles[s]),
                new Launch(clear, deformables).Bind("totals", _totals),
                new Launch(add, things.Particles).Bind("state", world.State).Bind("mass", world.Mass).Bind("totals", _totals).BindIndex("deformable", _owner),
                new Launch(divide, deformables).Bind("totals", _totals).Bind("centre", _centres[s]),
            }).ToArray();
        }

        public Launch[] Copies(int sample) => _copies[sample];

        public void Read(int world, int sample, Trajectories motion, int to)
        {
            Read(_particles[sample], _centres[sample], world, sample, motion, to);
            for (int d = 0; d < _centres[sample].Elements; d++) motion.State(to, sample, _bodies + d)[6] = 1;
        }

        public void ReadTangent(FrameTape tape, int world, int sample, Trajectories tangents, int to)
        {
            if (tape.HasTangent(_particles[sample])) Read(tape.Tangent(_particles[sample]), tape.Tangent(_centres[sample]), world, sample, tangents, to);
        }

        private void Read(Buffer particles, Buffer centres, int world, int sample, Trajectories motion, int to)
        {
            for (int p = 0; p < motion.Particles; p++)
            {
                Span<double> state = motion.Particle(to, sample, p);
                for (int c = 0; c < Size; c++) state[c] = particles[p, c, world];
            }
            for (int d = 0; d < centres.Elements; d++)
            {
                Span<double> state = motion.State(to, sample, _bodies + d);
                for (int c = 0; c < Size; c++) state[c < 3 ? c : c + 4] = centres[d, c, world];
            }
        }

        public bool Seed(FrameTape tape, Trajectories cotangents, int first)
        {
            bool any = false;
            for (int sample = 0; sample < _particles.Length; sample++)
            {
                for (int w = 0; w < _worlds; w++)
                {
                    for (int p = 0; p < cotangents.Particles; p++) any |= Seed(tape, _particles[sample], p, w, cotangents.Particle(first + w, sample, p), 3);
                    for (int d = 0; d < _centres[sample].Elements; d++) any |= Seed(tape, _centres[sample], d, w, cotangents.State(first + w, sample, _bodies + d), 7);
                }
            }
            return any;
        }

        public void Dispose()
        {
            foreach (IDisposable item in _particles.Concat(_centres).Append(_totals).Cast<IDisposable>().Append(_owner)) item.Dispose();
        }

        // velocity: where in the cotangent velocities stand.
        private static bool Seed(FrameTape tape, Buffer sample, int element, int world, Span<double> cotangent, int velocity)
        {
            bool any = false;
            for (int c = 0; c < Size; c++)
            {
                double value = cotangent[c < 3 ? c : c - 3 + velocity];
                if (value == 0) continue;
                tape.Seed(sample)[element, c, world] = value;
                any = true;
            }
            return any;
        }
    }
}
