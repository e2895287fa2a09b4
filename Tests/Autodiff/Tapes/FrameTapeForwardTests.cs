using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Forward mode through a recording, and second order: against the adjoint and against differences.</summary>
    public class FrameTapeForwardTests
    {
        const int Particles = 9, Frames = 15;

        [Test]
        public void TangentsAndCotangentsAgree([Values(1, 3)] int worlds, [Values(long.MaxValue, 0L)] long budget)
        {
            using SpringChain chain = Chain(worlds, budget);
            chain.Simulate(Frames);
            double[] state = chain.State();
            Buffer[] outputs = { chain.Position, chain.Velocity, chain.Loss };
            var random = new Random(3);
            foreach (Buffer buffer in chain.Parameters) Fill(chain.Tape.SeedTangent(buffer), random);
            double[][] v = Array.ConvertAll(chain.Parameters, p => SpringChain.Numbers(chain.Tape.SeedTangent(p)));
            chain.Tape.Forward();
            Assert.That(TestExecutors.SameBits(chain.State(), state), Is.True, "values are what they were");
            double forward = 0, scale = 0, backward = 0;
            foreach (Buffer buffer in outputs)
            {
                Buffer w = chain.Tape.Seed(buffer);
                Fill(w, random);
                forward += Dot(SpringChain.Numbers(chain.Tape.Tangent(buffer)), SpringChain.Numbers(w), ref scale);
            }
            chain.Tape.Backward(false);
            double ignored = 0;
            for (int k = 0; k < v.Length; k++) backward += Dot(v[k], SpringChain.Numbers(chain.Tape.Gradient(chain.Parameters[k])), ref ignored);
            Assert.That(backward, Is.EqualTo(forward).Within(1e-12 * scale), "<J v, w> = <v, J' w>");
        }

        [Test]
        public void TangentsEqualCentralDifferences([Values(1, 3)] int worlds)
        {
            using SpringChain chain = Chain(worlds, long.MaxValue);
            chain.Simulate(Frames);
            double[][] direction = Directions(chain);
            for (int k = 0; k < direction.Length; k++) Set(chain.Tape.SeedTangent(chain.Parameters[k]), direction[k]);
            chain.Tape.Forward();
            const double h = 1e-6;
            double[] up = Moved(worlds, direction, h).State(), down = Moved(worlds, direction, -h).State();
            var tangents = new List<double>();
            foreach (Buffer buffer in new[] { chain.Position, chain.Velocity, chain.Loss }) tangents.AddRange(SpringChain.Numbers(chain.Tape.Tangent(buffer)));
            for (int k = 0; k < up.Length; k++)
            {
                double difference = (up[k] - down[k]) / (2 * h);
                Assert.That(tangents[k], Is.EqualTo(difference).Within(1e-6 * (1 + Math.Abs(difference))));
            }
        }

        [Test]
        public void HessianProductsEqualDifferencesOfTheGradient([Values(1, 3)] int worlds, [Values(long.MaxValue, 0L)] long budget)
        {
            using SpringChain chain = Chain(worlds, budget);
            chain.Simulate(Frames);
            double[] state = chain.State();
            double[][] direction = Directions(chain);
            for (int k = 0; k < direction.Length; k++) Set(chain.Tape.SeedTangent(chain.Parameters[k]), direction[k]);
            chain.Tape.HessianSweep(chain.Loss);
            Assert.That(TestExecutors.SameBits(chain.State(), state), Is.True, "values are what they were");
            var product = new List<double>();
            foreach (Buffer parameter in chain.Parameters) product.AddRange(SpringChain.Numbers(chain.Tape.HessianProduct(parameter)));

            const double h = 1e-6;
            double[] up = Gradient(Moved(worlds, direction, h)), down = Gradient(Moved(worlds, direction, -h));
            double largest = 0;
            for (int k = 0; k < up.Length; k++) largest = Math.Max(largest, Math.Abs(product[k]));
            for (int k = 0; k < up.Length; k++)
                Assert.That(product[k], Is.EqualTo((up[k] - down[k]) / (2 * h)).Within(1e-6 * largest), $"number {k}");
            Assert.That(largest, Is.GreaterThan(1e-3));

            chain.Tape.Backward(chain.Loss);
            Assert.That(chain.AllGradients(), Is.EqualTo(Gradient(Moved(worlds, direction, 0))), "the recording is as it was");
        }

        [Test]
        public void WhatDoesNotDependHasNoTangent()
        {
            using SpringChain chain = Chain(1, long.MaxValue);
            chain.Simulate(2);
            Assert.That(() => chain.Tape.Forward(), Throws.TypeOf<TapeException>().With.Message.Contains("SeedTangent"));
            chain.Tape.SeedTangent(chain.Damping)[0] = 1;
            chain.Tape.Forward();
            Assert.That(() => chain.Tape.Tangent(chain.Stiffness), Throws.TypeOf<TapeException>().With.Message.Contains("'stiffness' does not depend on what was seeded"));
            Assert.That(() => chain.Tape.HessianProduct(chain.Damping), Throws.TypeOf<TapeException>().With.Message.Contains("no HessianSweep"));
        }

        [Test]
        public void WhatHasNoTangentIsNamed()
        {
            using var tape = new FrameTape(Executor.CreateDefault());
            using Buffer a = new Buffer("a", 2, 2, Precision.Double), b = new Buffer("b", 2, 1, Precision.Double), x = new Buffer("x", 2, 1, Precision.Double), y = new Buffer("y", 2, 1, Precision.Double);
            (a[0, 0], a[1, 1]) = (2, 4);
            tape.BeginFrame();
            using (tape.Scope("solver"))
                tape.Run(new LinearSolve(a, b, x));
            tape.EndFrame();
            tape.SeedTangent(b)[1] = 1;
            tape.Forward();
            Assert.That(tape.Tangent(x)[1], Is.EqualTo(0.25));
            tape.BeginFrame();
            tape.Run(new NoSecond(x, y));
            tape.EndFrame();
            tape.SeedTangent(b)[1] = 1;
            tape.Forward();
            Assert.That(tape.Tangent(y)[1], Is.EqualTo(0.25));
            tape.SeedTangent(b)[1] = 1;
            Assert.That(() => tape.HessianSweep(y), Throws.TypeOf<NotSupportedException>().With.Message.Contains("operation 'once' has no second derivative; override TapeOperation.TangentBackward"));
            tape.BeginFrame();
            tape.Run(new NoTangent(x, y));
            tape.EndFrame();
            tape.SeedTangent(b)[1] = 1;
            Assert.That(() => tape.Forward(), Throws.TypeOf<NotSupportedException>().With.Message.Contains("operation 'silent' has no tangent; override TapeOperation.Tangent"));
        }

        sealed class NoSecond : NoTangent
        {
            public NoSecond(Buffer from, Buffer to) : base(from, to)
            {
            }

            public override string Name => "once";

            public override void Tangent(Func<Buffer, Buffer> tangentOf) => tangentOf(Writes[0]).CopyFrom(tangentOf(Reads[0]));
        }

        class NoTangent : TapeOperation
        {
            public NoTangent(Buffer from, Buffer to) => (Reads, Writes) = (new[] { from }, new[] { to });

            public override string Name => "silent";

            public override IReadOnlyList<Buffer> Reads { get; }

            public override IReadOnlyList<Buffer> Writes { get; }

            public override void Forward() => Writes[0].CopyFrom(Reads[0]);

            public override void Backward(Func<Buffer, Buffer> adjointOf)
            {
            }
        }

        [Test]
        public void GivenNumbersCarryNoTangent()
        {
            using SpringChain chain = Chain(1, long.MaxValue);
            chain.Tape.BeginFrame();
            chain.Tape.Write(chain.Damping, 0, new[] { 0.7 });
            chain.Tape.EndFrame();
            chain.Simulate(3);
            chain.Tape.SeedTangent(chain.Damping)[0] = 1;
            chain.Tape.SeedTangent(chain.Stiffness)[2] = 1;
            chain.Tape.Forward();
            Assert.That(() => chain.Tape.Tangent(chain.Damping), Throws.TypeOf<TapeException>(), "what stood there was overwritten");
            chain.Tape.SeedTangent(chain.Stiffness)[2] = 1;
            double rate = chain.Tape.Tangent(chain.Loss)[0];
            chain.Tape.Backward(chain.Loss);
            Assert.That(rate, Is.EqualTo(chain.Tape.Gradient(chain.Stiffness)[2]).Within(1e-10).Percent);
        }

        static SpringChain Chain(int worlds, long budget) =>
            new SpringChain(Precision.Double, Particles, worlds, Executor.CreateDefault(), new TapeOptions { MemoryBudget = budget });

        static SpringChain Moved(int worlds, double[][] direction, double by)
        {
            SpringChain chain = Chain(worlds, long.MaxValue);
            for (int k = 0; k < direction.Length; k++)
            {
                double[] numbers = SpringChain.Numbers(chain.Parameters[k]);
                for (int n = 0; n < numbers.Length; n++) numbers[n] += by * direction[k][n];
                Set(chain.Parameters[k], numbers);
            }
            chain.Simulate(Frames);
            return chain;
        }

        static double[] Gradient(SpringChain chain)
        {
            chain.Tape.Backward(chain.Loss);
            return chain.AllGradients();
        }

        static double[][] Directions(SpringChain chain)
        {
            var random = new Random(5);
            return Array.ConvertAll(chain.Parameters, p =>
            {
                using var direction = new Buffer("direction", p.Elements, p.Components, p.Precision, p.Worlds);
                Fill(direction, random);
                return SpringChain.Numbers(direction);
            });
        }

        static void Fill(Buffer buffer, Random random)
        {
            double[] numbers = SpringChain.Numbers(buffer);
            for (int n = 0; n < numbers.Length; n++) numbers[n] = random.NextDouble() - 0.5;
            Set(buffer, numbers);
        }

        static void Set(Buffer buffer, double[] numbers)
        {
            int n = 0;
            for (int c = 0; c < buffer.Components; c++)
                for (int e = 0; e < buffer.Elements; e++)
                    for (int w = 0; w < buffer.Worlds; w++) buffer[e, c, w] = numbers[n++];
        }

        static double Dot(double[] a, double[] b, ref double scale)
        {
            double sum = 0;
            for (int k = 0; k < a.Length; k++)
            {
                sum += a[k] * b[k];
                scale += Math.Abs(a[k] * b[k]);
            }
            return sum;
        }
    }
}
