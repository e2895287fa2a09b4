using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Structural operations: what they compute, and their adjoints against central differences.</summary>
    public class MatrixOperationTests
    {
        const int N = 4, Columns = 3, Worlds = 2;

        static readonly Kernel Weigh = Kernel.Define("weigh", k =>
        {
            Real[] x = k.Lane("x", Columns), w = k.Lane("w", Columns);
            Real sum = 0;
            for (int c = 0; c < Columns; c++) sum += w[c] * x[c] * x[c] + x[c];
            k.Sum("loss", sum);
        });

        static readonly Kernel Lower = Kernel.Define("weigh square", k =>
        {
            Real[] x = k.Lane("x", N), w = k.Lane("w", N);
            Real sum = 0;
            for (int c = 0; c < N; c++) sum += w[c] * x[c] * x[c] + x[c];
            k.Sum("loss", sum);
        });

        static readonly string[] Names = { nameof(MatrixProduct), nameof(LinearSolve), nameof(CholeskySolve), nameof(CholeskyFactor) };

        [Test]
        public void AdjointEqualsCentralDifferences([ValueSource(nameof(Names))] string name, [Values(1, Worlds)] int matrixWorlds, [Values(long.MaxValue, 0L)] long budget)
        {
            bool isFactor = name == nameof(CholeskyFactor);
            using Buffer a = Matrix("A", N, N, matrixWorlds, 1), b = Matrix("B", N, Columns, Worlds, 2), x = Matrix("X", N, isFactor ? N : Columns, isFactor ? matrixWorlds : Worlds, 3);
            using Buffer weights = Matrix("weights", N, x.Components, 1, 4), loss = new Buffer("loss", 1, 1, Precision.Double, x.Worlds);
            using var tape = new FrameTape(Executor.CreateDefault(), new TapeOptions { MemoryBudget = budget, Check = true });
            for (int w = 0; w < matrixWorlds; w++)
                for (int i = 0; i < N; i++) a[i, i, w] += N;
            TapeOperation operation = Make(name, a, b, x);
            Launch weigh = new Launch(isFactor ? Lower : Weigh, N).Bind("x", x).Bind("w", weights).Bind("loss", loss);

            double Loss()
            {
                loss.Clear();
                tape.BeginFrame();
                tape.Run(operation);
                tape.Run(weigh);
                tape.EndFrame();
                double sum = 0;
                for (int w = 0; w < loss.Worlds; w++) sum += loss[0, 0, w];
                return sum;
            }

            Loss();
            tape.Backward(loss);
            var gradients = new List<(Buffer, double[])> { (a, Numbers(tape.Gradient(a))) };
            if (!isFactor) gradients.Add((b, Numbers(tape.Gradient(b))));
            tape.IsRecording = false;
            foreach ((Buffer parameter, double[] gradient) in gradients)
            {
                int k = 0;
                for (int e = 0; e < parameter.Elements; e++)
                    for (int c = 0; c < parameter.Components; c++)
                        for (int w = 0; w < parameter.Worlds; w++)
                        {
                            const double h = 1e-5;
                            double at = parameter[e, c, w];
                            parameter[e, c, w] = at + h;
                            double up = Loss();
                            parameter[e, c, w] = at - h;
                            double difference = (up - Loss()) / (2 * h);
                            parameter[e, c, w] = at;
                            Assert.That(gradient[k++], Is.EqualTo(difference).Within(1e-7 + 1e-7 * Math.Abs(difference)), $"{parameter.Name} {e} {c} {w}");
                        }
            }
        }

        [Test]
        public void TangentAgreesWithAdjoint([ValueSource(nameof(Names))] string name, [Values(1, Worlds)] int matrixWorlds)
        {
            bool isFactor = name == nameof(CholeskyFactor);
            using Buffer a = Matrix("A", N, N, matrixWorlds, 1), b = Matrix("B", N, Columns, Worlds, 2), x = Matrix("X", N, isFactor ? N : Columns, isFactor ? matrixWorlds : Worlds, 3);
            using Buffer aDot = Matrix("A dot", N, N, matrixWorlds, 4), bDot = Matrix("B dot", N, Columns, Worlds, 5), xBar = Matrix("X bar", N, x.Components, x.Worlds, 6);
            using var tape = new FrameTape(Executor.CreateDefault());
            for (int w = 0; w < matrixWorlds; w++)
                for (int i = 0; i < N; i++) a[i, i, w] += N;
            tape.BeginFrame();
            tape.Run(Make(name, a, b, x));
            tape.EndFrame();
            tape.SeedTangent(a).CopyFrom(aDot);
            if (!isFactor) tape.SeedTangent(b).CopyFrom(bDot);
            tape.Forward();
            tape.Seed(x).CopyFrom(xBar);
            double forward = Dot(tape.Tangent(x), xBar);
            tape.Backward(false);
            double backward = Dot(tape.Gradient(a), aDot) + (isFactor ? 0 : Dot(tape.Gradient(b), bDot));
            Assert.That(backward, Is.EqualTo(forward).Within(1e-13), "<J v, w> = <v, J' w>");
            Assert.That(Math.Abs(forward), Is.GreaterThan(1e-3));
        }

        [Test]
        public void HessianProductsEqualDifferencesOfTheGradient([ValueSource(nameof(Names))] string name, [Values(1, Worlds)] int matrixWorlds, [Values(long.MaxValue, 0L)] long budget)
        {
            bool isFactor = name == nameof(CholeskyFactor);
            using Buffer a = Matrix("A", N, N, matrixWorlds, 1), b = Matrix("B", N, Columns, Worlds, 2), x = Matrix("X", N, isFactor ? N : Columns, isFactor ? matrixWorlds : Worlds, 3);
            using Buffer weights = Matrix("weights", N, x.Components, 1, 4), loss = new Buffer("loss", 1, 1, Precision.Double, x.Worlds);
            for (int w = 0; w < matrixWorlds; w++)
                for (int i = 0; i < N; i++) a[i, i, w] += N;
            Launch weigh = new Launch(isFactor ? Lower : Weigh, N).Bind("x", x).Bind("w", weights).Bind("loss", loss);
            AssertHessian(budget, isFactor ? new[] { a } : new[] { a, b }, loss, tape =>
            {
                tape.Run(Make(name, a, b, x));
                tape.Run(weigh);
            });
        }

        [Test]
        public void HessianProductsGoThroughChainsOfOperations([Values(1, Worlds)] int matrixWorlds)
        {
            using Buffer a = Matrix("A", N, N, matrixWorlds, 1), b = Matrix("B", N, Columns, Worlds, 2), c = Matrix("C", N, N, matrixWorlds, 3), l = Matrix("L", N, N, matrixWorlds, 3);
            using Buffer x = Matrix("X", N, Columns, Worlds, 3), y = Matrix("Y", N, Columns, Worlds, 3), z = Matrix("Z", N, Columns, Worlds, 3);
            using Buffer weights = Matrix("weights", N, Columns, 1, 4), loss = new Buffer("loss", 1, 1, Precision.Double, Worlds);
            for (int w = 0; w < matrixWorlds; w++)
                for (int i = 0; i < N; i++) a[i, i, w] += 2;
            Launch weigh = new Launch(Weigh, N).Bind("x", z).Bind("w", weights).Bind("loss", loss);
            TapeOperation[] operations = { new CholeskyFactor(a, l), new MatrixProduct(l, a, c), new LinearSolve(c, b, x), new CholeskySolve(a, x, y), new MatrixProduct(c, y, z) };
            AssertHessian(long.MaxValue, new[] { a, b }, loss, tape =>
            {
                foreach (TapeOperation operation in operations) tape.Run(operation);
                tape.Run(weigh);
                tape.Run(operations[2]); // overwritten again, so that saved numbers are put back on the way
                tape.Run(weigh);
            });
        }

        // H v against central differences of the gradient, and <H v, w> = <v, H w>.
        static void AssertHessian(long budget, Buffer[] parameters, Buffer loss, Action<FrameTape> step)
        {
            using var tape = new FrameTape(Executor.CreateDefault(), new TapeOptions { MemoryBudget = budget });
            double[] Gradient(double[][] direction = null)
            {
                tape.Clear();
                tape.ZeroGradients();
                loss.Clear();
                tape.BeginFrame();
                step(tape);
                tape.EndFrame();
                var all = new List<double>();
                if (direction == null) tape.Backward(loss);
                else
                {
                    for (int k = 0; k < parameters.Length; k++) Set(tape.SeedTangent(parameters[k]), direction[k]);
                    tape.HessianSweep(loss);
                }
                foreach (Buffer parameter in parameters) all.AddRange(Numbers(direction == null ? tape.Gradient(parameter) : tape.HessianProduct(parameter)));
                return all.ToArray();
            }

            double[][] v = Directions(parameters, 11), u = Directions(parameters, 12);
            double[] hv = Gradient(v), hu = Gradient(u);
            double[][] start = Array.ConvertAll(parameters, Numbers);
            double[] Moved(double by)
            {
                for (int k = 0; k < parameters.Length; k++)
                {
                    var numbers = new double[start[k].Length];
                    for (int n = 0; n < numbers.Length; n++) numbers[n] = start[k][n] + by * v[k][n];
                    Set(parameters[k], numbers);
                }
                return Gradient();
            }

            const double h = 1e-5;
            double[] up = Moved(h), down = Moved(-h);
            double largest = 0, vHu = 0, uHv = 0;
            for (int k = 0; k < hv.Length; k++) largest = Math.Max(largest, Math.Abs(hv[k]));
            for (int k = 0; k < hv.Length; k++) Assert.That(hv[k], Is.EqualTo((up[k] - down[k]) / (2 * h)).Within(1e-7 * largest), $"number {k}");
            Assert.That(largest, Is.GreaterThan(1e-3));
            int at = 0;
            for (int k = 0; k < parameters.Length; k++)
                for (int n = 0; n < v[k].Length; n++, at++) (vHu, uHv) = (vHu + v[k][n] * hu[at], uHv + u[k][n] * hv[at]);
            Assert.That(uHv, Is.EqualTo(vHu).Within(1e-12 * (1 + largest)), "a Hessian is symmetric");
        }

        static double[][] Directions(Buffer[] parameters, int seed) => Array.ConvertAll(parameters, p =>
        {
            using Buffer direction = Matrix("direction", p.Elements, p.Components, p.Worlds, seed++);
            return Numbers(direction);
        });

        static void Set(Buffer buffer, double[] numbers)
        {
            int k = 0;
            for (int e = 0; e < buffer.Elements; e++)
                for (int c = 0; c < buffer.Components; c++)
                    for (int w = 0; w < buffer.Worlds; w++) buffer[e, c, w] = numbers[k++];
        }

        [Test]
        public void ResultsSatisfyTheirEquations([Values] Precision precision)
        {
            double tolerance = precision == Precision.Double ? 1e-12 : 1e-5;
            using Buffer a = Matrix("A", N, N, Worlds, 1, precision), b = Matrix("B", N, Columns, Worlds, 2, precision), x = Matrix("X", N, Columns, Worlds, 3, precision);
            using Buffer product = Matrix("AX", N, Columns, Worlds, 4, precision), l = Matrix("L", N, N, Worlds, 5, precision);
            for (int w = 0; w < Worlds; w++)
                for (int i = 0; i < N; i++)
                    for (int j = 0; j <= i; j++) a[i, j, w] = a[j, i, w] = a[i, j, w] + (i == j ? N : 0);
            var product1 = new MatrixProduct(a, x, product);
            foreach (TapeOperation solve in new TapeOperation[] { new LinearSolve(a, b, x), new CholeskySolve(a, b, x) })
            {
                x.Clear();
                solve.Forward();
                product1.Forward();
                Assert.That(Numbers(product), Is.EqualTo(Numbers(b)).Within(tolerance), solve.Name);
            }
            new CholeskyFactor(a, l).Forward();
            for (int w = 0; w < Worlds; w++)
                for (int i = 0; i < N; i++)
                    for (int j = 0; j < N; j++)
                    {
                        double sum = 0;
                        for (int k = 0; k < N; k++) sum += l[i, k, w] * l[j, k, w];
                        Assert.That(sum, Is.EqualTo(a[i, j, w]).Within(tolerance));
                        if (j > i) Assert.That(l[i, j, w], Is.Zero);
                    }
        }

        [Test]
        public void FailuresNameTheMatrixAndTheRule()
        {
            using Buffer a = Matrix("A", N, N, Worlds, 1), b = Matrix("B", N, Columns, Worlds, 2), x = Matrix("X", N, Columns, Worlds, 3), l = Matrix("L", N, N, Worlds, 3);
            for (int i = 0; i < N; i++)
                for (int j = 0; j < N; j++) (a[i, j, 0], a[i, j, 1]) = (i == j ? 1 : 0, i == j && i != 2 ? 1 : 0);
            using var tape = new FrameTape(Executor.CreateDefault());
            tape.BeginFrame();
            Assert.That(() => tape.Run(new LinearSolve(a, b, x)), Throws.TypeOf<TapeException>().With.Message.Contains("'A' 'X' = 'B'").And.Message.Contains("frame 0").And.Message.Contains("'A' is singular in world 1"));
            Assert.That(() => tape.Run(new CholeskySolve(a, b, x)), Throws.TypeOf<TapeException>().With.Message.Contains("'A' is not positive definite in world 1: its leading minor of order 3"));
            Assert.That(() => new LinearSolve(b, a, x), Throws.ArgumentException.With.Message.Contains("'B' must be square"));
            Assert.That(() => new LinearSolve(a, b, b), Throws.ArgumentException.With.Message.Contains("'B' is read and overwritten"));
            Assert.That(() => new MatrixProduct(a, b, l), Throws.ArgumentException.With.Message.Contains("4 x 4 times 4 x 3 is not 4 x 4"));
            using Buffer other = Matrix("other", N, Columns, 5, 3);
            Assert.That(() => new LinearSolve(a, b, other), Throws.ArgumentException.With.Message.Contains("'other' is 4 elements x 3 components x 5 worlds"));
        }

        [Test]
        public void GatherAndScatterAddAreEachOthersAdjoint()
        {
            using var tape = new FrameTape(Executor.CreateDefault());
            using Buffer source = Matrix("source", 5, 2, 1, 1), gathered = Matrix("gathered", 7, 2, 1, 2), seed = Matrix("seed", 7, 2, 1, 3), summed = new Buffer("summed", 5, 2, Precision.Double);
            using var index = new IndexBuffer("index", new[] { 4, 0, 0, 2, 4, 1, 4 });
            tape.BeginFrame();
            tape.Run(new Launch(IndexKernels.Gather(2), 7).Bind("source", source).Bind("target", gathered).BindIndex("index", index));
            tape.EndFrame();
            Assert.That(gathered[4, 1], Is.EqualTo(source[4, 1]));
            tape.Seed(gathered).CopyFrom(seed);
            tape.Backward(false);
            new Launch(IndexKernels.ScatterAdd(2), 7).Bind("source", seed).Bind("target", summed).BindIndex("index", index).Run(tape.Executor);
            Assert.That(summed[4, 1], Is.EqualTo(seed[0, 1] + seed[4, 1] + seed[6, 1]).Within(1e-15), "the sum of segment 4");
            Assert.That(Numbers(tape.Gradient(source)), Is.EqualTo(Numbers(summed)));
        }

        static TapeOperation Make(string name, Buffer a, Buffer b, Buffer x) => name switch
        {
            nameof(MatrixProduct) => new MatrixProduct(a, b, x),
            nameof(LinearSolve) => new LinearSolve(a, b, x),
            nameof(CholeskySolve) => new CholeskySolve(a, b, x),
            _ => new CholeskyFactor(a, x),
        };

        static Buffer Matrix(string name, int rows, int columns, int worlds, int seed, Precision precision = Precision.Double)
        {
            var random = new Random(seed);
            var buffer = new Buffer(name, rows, columns, precision, worlds);
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                    for (int w = 0; w < worlds; w++) buffer[i, j, w] = random.NextDouble() - 0.5;
            return buffer;
        }

        static double Dot(Buffer a, Buffer b)
        {
            double[] p = Numbers(a), q = Numbers(b);
            double sum = 0;
            for (int k = 0; k < p.Length; k++) sum += p[k] * q[k];
            return sum;
        }

        static double[] Numbers(Buffer buffer)
        {
            var all = new List<double>();
            for (int e = 0; e < buffer.Elements; e++)
                for (int c = 0; c < buffer.Components; c++)
                    for (int w = 0; w < buffer.Worlds; w++) all.Add(buffer[e, c, w]);
            return all.ToArray();
        }
    }
}
