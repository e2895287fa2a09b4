using System;
using BenchmarkDotNet.Attributes;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Benchmarks.Tensors;

/// <summary>Cost of one scalar operation on the eager tape, record and sweep, in a loop recorded again and again.</summary>
[MemoryDiagnoser, MinColumn]
public class ScalarTape
{
    const int Operations = 8000;

    readonly TensorTape tape = new();
    Tensor x, y;

    [GlobalSetup]
    public void Setup()
    {
        x = tape.Scalar(0.5, requiresGrad: true);
        y = tape.Scalar(0.25, requiresGrad: true);
    }

    Tensor Chain()
    {
        Tensor s = x;
        for (int i = 0; i < Operations / 4; i++)
        {
            s = s * y;
            s = s + x;
            s = s - y;
            s = s * x;
        }
        return s;
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public double Record()
    {
        using (tape.Recording())
            return Chain().Item();
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public double RecordAndSweep()
    {
        using (tape.Recording())
        {
            Tensor s = Chain();
            s.Backward();
            return s.Item();
        }
    }
}

/// <summary>A sum of 100,000 products and its gradient: as scalars, and as one dot product of tensors.</summary>
[MemoryDiagnoser, MinColumn]
public class SumOfProducts
{
    const int Count = 100_000;

    readonly TensorTape tape = new(), vectors = new();
    readonly Tensor[] a = new Tensor[Count], b = new Tensor[Count];
    Tensor u, v;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var left = new double[Count];
        var right = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            a[i] = tape.Scalar(left[i] = random.NextDouble(), requiresGrad: true);
            b[i] = tape.Scalar(right[i] = random.NextDouble(), requiresGrad: true);
        }
        u = vectors.Vector(left, requiresGrad: true);
        v = vectors.Vector(right, requiresGrad: true);
    }

    [Benchmark]
    public double Scalars()
    {
        using (tape.Recording())
        {
            Tensor sum = a[0] * b[0];
            for (int i = 1; i < Count; i++)
                sum = sum + a[i] * b[i];
            sum.Backward();
            return sum.Item();
        }
    }

    [Benchmark]
    public double Vectors()
    {
        using (vectors.Recording())
        {
            Tensor sum = (u * v).Sum();
            sum.Backward();
            return sum.Item();
        }
    }
}

/// <summary>A 200 x 200 linear solve, alone and with its gradient.</summary>
[MemoryDiagnoser, MinColumn]
public class DenseSolve
{
    const int Size = 200;

    readonly TensorTape tape = new();
    Tensor matrix, right;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(2);
        var elements = new double[Size, Size];
        var column = new double[Size];
        for (int i = 0; i < Size; i++)
        {
            column[i] = random.NextDouble();
            for (int j = 0; j < Size; j++)
                elements[i, j] = random.NextDouble() + (i == j ? Size / 10.0 : 0);
        }
        matrix = tape.Matrix(elements, requiresGrad: true);
        right = tape.Vector(column, requiresGrad: true);
    }

    [Benchmark(Baseline = true)]
    public double Forward()
    {
        using (tape.Recording())
            return Tensor.Solve(matrix, right).Data[0];
    }

    [Benchmark]
    public double Gradient()
    {
        using (tape.Recording())
        {
            Tensor loss = Tensor.Square(Tensor.Solve(matrix, right)).Sum();
            loss.Backward();
            return loss.Item();
        }
    }
}

/// <summary>A chain of 12 elementwise operations over a million elements: one kernel, or one pass of memory for each operation.</summary>
[MemoryDiagnoser, MinColumn]
public class ElementwiseChain
{
    TensorTape tape;
    Tensor x, a;

    [Params(1_000, 8_192, 1_000_000)]
    public int Count { get; set; }

    [Params(true, false)]
    public bool Fused { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        tape = new TensorTape { FuseFrom = Fused ? 1 : int.MaxValue };
        var data = new double[Count];
        for (int i = 0; i < Count; i++)
            data[i] = -2 + 4.0 * i / Count;
        x = tape.Vector(data, requiresGrad: true);
        a = tape.Scalar(1.7, requiresGrad: true);
    }

    Tensor Chain()
    {
        Tensor s = x * a + 0.5;
        Tensor t = s * s / (1.0 + Tensor.Abs(x));
        return Tensor.Exp(-t) * x + Tensor.Sqrt(t + 1.0);
    }

    [Benchmark(Baseline = true)]
    public double Forward()
    {
        using (tape.Recording())
        using (tape.NoGrad())
            return Chain().Data[0];
    }

    [Benchmark]
    public double Gradient()
    {
        using (tape.Recording())
        {
            Chain().Sum().Backward();
            return x.Grad.Data[0];
        }
    }
}
