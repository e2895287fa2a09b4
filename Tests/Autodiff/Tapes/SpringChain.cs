using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>
    /// A chain of damped springs, pulled through four launches a frame: gathers and scatters, a cleared accumulator, an update in
    /// place, and a sum.
    /// </summary>
    sealed class SpringChain : IDisposable
    {
        static readonly Kernel ClearForce = Kernel.Define("clear force", k => k.Store("force", 0, 0));

        static readonly Kernel SpringForce = Kernel.Define("spring force", k =>
        {
            Real[] xa = k.Gather("xa", "a", 2), xb = k.Gather("xb", "b", 2), va = k.Gather("va", "a", 2), vb = k.Gather("vb", "b", 2);
            Real stiffness = k.Lane("stiffness"), damping = k.Shared("damping");
            Real dx = xb[0] - xa[0], dy = xb[1] - xa[1], length = Real.Sqrt(dx * dx + dy * dy);
            Real nx = dx / length, ny = dy / length;
            Real f = stiffness * (length - 0.5) + damping * ((vb[0] - va[0]) * nx + (vb[1] - va[1]) * ny);
            k.AccumulateAt("fa", "a", f * nx, f * ny);
            k.AccumulateAt("fb", "b", -f * nx, -f * ny);
        });

        static readonly Kernel Move = Kernel.Define("move", k =>
        {
            Real[] x = k.Lane("x", 2), v = k.Lane("v", 2), f = k.Lane("f", 2);
            const double h = 0.02;
            Real vx = v[0] + h * f[0], vy = v[1] + h * (f[1] - 9.81);
            k.Store("v", vx, vy);
            k.Store("x", x[0] + h * vx, x[1] + h * vy * (1 + 0.1 * x[0])); // bent, so that the adjoint reads what is overwritten
        });

        static readonly Kernel Measure = Kernel.Define("measure", k =>
        {
            Real[] x = k.Lane("x", 2);
            k.Sum("loss", x[0] * x[0] + x[1] * x[1] * x[1]);
        });

        readonly IndexBuffer first, second;
        readonly Launch[] step;
        readonly int worlds;

        public SpringChain(Precision precision, int particles, int worlds, Executor executor, TapeOptions options)
        {
            this.worlds = worlds;
            Tape = new FrameTape(executor, options);
            Position = new Buffer("position", particles, 2, precision, worlds);
            Velocity = new Buffer("velocity", particles, 2, precision, worlds);
            Force = new Buffer("force", particles, 2, precision, worlds);
            Stiffness = new Buffer("stiffness", particles - 1, 1, precision);
            Damping = new Buffer("damping", 1, 1, precision, worlds);
            Loss = new Buffer("loss", 1, 1, precision, worlds);
            first = new IndexBuffer("first", particles - 1);
            second = new IndexBuffer("second", particles - 1);
            for (int s = 0; s < particles - 1; s++) (first.Indices[s], second.Indices[s]) = (s, s + 1);
            for (int s = 0; s < particles - 1; s++) Stiffness[s] = 30 + s % 7;
            for (int w = 0; w < worlds; w++) Damping[0, 0, w] = 0.2 + 0.1 * w;
            step = new[]
            {
                new Launch(ClearForce, particles).Bind("force", Force),
                new Launch(SpringForce, particles - 1).Bind("xa", Position).Bind("xb", Position).Bind("va", Velocity).Bind("vb", Velocity)
                    .Bind("stiffness", Stiffness).Bind("damping", Damping).Bind("fa", Force).Bind("fb", Force).BindIndex("a", first).BindIndex("b", second),
                new Launch(Move, particles).Bind("x", Position).Bind("v", Velocity).Bind("f", Force),
                new Launch(Measure, particles).Bind("x", Position).Bind("loss", Loss),
            };
            Start();
        }

        public FrameTape Tape { get; }

        public Buffer Position { get; }

        public Buffer Velocity { get; }

        public Buffer Force { get; }

        public Buffer Stiffness { get; }

        public Buffer Damping { get; }

        public Buffer Loss { get; }

        public Buffer[] Parameters => new[] { Position, Velocity, Stiffness, Damping };

        public void Restart()
        {
            Tape.Clear();
            Start();
        }

        public void Simulate(int frames)
        {
            for (int f = 0; f < frames; f++)
            {
                Tape.BeginFrame();
                foreach (Launch launch in step) Tape.Run(launch);
                Tape.EndFrame();
            }
        }

        /// <summary>The central difference of the sum of the worlds' losses, without the tape's help.</summary>
        public double Difference(Buffer parameter, int element, int component, int world, int frames)
        {
            const double step = 1e-5;
            double sum = 0;
            bool wasRecording = Tape.IsRecording;
            foreach (int sign in new[] { 1, -1 })
            {
                using var other = new SpringChain(Precision.Double, Position.Elements, worlds, Tape.Executor, new TapeOptions());
                other.Tape.IsRecording = false;
                Buffer same = parameter == Position ? other.Position : parameter == Velocity ? other.Velocity : parameter == Stiffness ? other.Stiffness : other.Damping;
                same[element, component, world] += sign * step;
                other.Simulate(frames);
                for (int w = 0; w < worlds; w++) sum += sign * other.Loss[0, 0, w];
            }
            Tape.IsRecording = wasRecording;
            return sum / (2 * step);
        }

        public double[] AllGradients()
        {
            var all = new List<double>();
            foreach (Buffer buffer in Parameters) Append(all, Tape.Gradient(buffer));
            return all.ToArray();
        }

        public double[] State()
        {
            var all = new List<double>();
            foreach (Buffer buffer in new[] { Position, Velocity, Loss }) Append(all, buffer);
            return all.ToArray();
        }

        public void Dispose()
        {
            Tape.Dispose();
            foreach (Buffer buffer in new[] { Position, Velocity, Force, Stiffness, Damping, Loss }) buffer.Dispose();
            first.Dispose();
            second.Dispose();
        }

        void Start()
        {
            Loss.Clear();
            for (int p = 0; p < Position.Elements; p++)
                for (int w = 0; w < worlds; w++)
                {
                    Position[p, 0, w] = 0.4 * p + 0.01 * w;
                    Position[p, 1, w] = 0.3 * Math.Sin(p + w);
                    Velocity[p, 0, w] = Math.Cos(2 * p);
                    Velocity[p, 1, w] = 0.1 * p;
                }
        }

        /// <summary>All numbers, component by component, worlds innermost.</summary>
        public static double[] Numbers(Buffer buffer)
        {
            var all = new List<double>();
            Append(all, buffer);
            return all.ToArray();
        }

        static void Append(List<double> all, Buffer buffer)
        {
            for (int c = 0; c < buffer.Components; c++)
                for (int e = 0; e < buffer.Elements; e++)
                    for (int w = 0; w < buffer.Worlds; w++) all.Add(buffer[e, c, w]);
        }
    }
}
