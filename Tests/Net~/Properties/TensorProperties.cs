using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Net.Tests;

/// <summary>
/// Random programs of elementwise operations with shared parts: whole vectors at once, vectors fused into kernels, and one
/// scalar after another must agree in value, gradient and Hessian-vector product.
/// </summary>
public sealed class TensorProperties
{
    const int Width = 3;

    /// <summary>Each step: an operation and two earlier values by position from the end.</summary>
    static readonly Gen<(int Op, int A, int B)[]> Programs =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 5], Gen.Int[0, 5]).Array[1, 14];

    /// <summary>Exact zeros and ties among them, but nothing so near a kink that second derivatives have no digits.</summary>
    static readonly Gen<double[]> Points = Gen.Int[-16, 16].Select(k => k / 8.0).Array[2 * Width];

    static Tensor Run((int Op, int A, int B)[] program, Tensor x, Tensor y)
    {
        var values = new List<Tensor> { x, y };
        foreach ((int op, int first, int second) in program)
        {
            Tensor a = values[Math.Max(0, values.Count - 1 - first)];
            Tensor b = values[Math.Max(0, values.Count - 1 - second)];
            values.Add(op switch
            {
                0 => a + b,
                1 => a - b,
                2 => Tensor.Tanh(a) * b,
                3 => Tensor.Sin(a),
                4 => Tensor.Exp(-Tensor.Square(a)),
                5 => Tensor.Where(a > b, a * 0.5, Tensor.Cos(b)),
                6 => a / (1.5 + Tensor.Square(b)),
                7 => Tensor.Softplus(a) - b * 0.25,
                8 => Tensor.Hypot(a, b) + Tensor.Sqrt(1.0 + Tensor.Square(a)),
                _ => Tensor.Max(a, b) + Tensor.Abs(a),
            });
        }
        return values[^1];
    }

    /// <summary>Loss, gradient by all inputs, and the gradient of their sum (a Hessian-vector product with ones).</summary>
    static double[] Vectors((int Op, int A, int B)[] program, double[] point, int fuseFrom)
    {
        var tape = new TensorTape { FuseFrom = fuseFrom };
        Tensor x = tape.Vector(point[..Width], requiresGrad: true);
        Tensor y = tape.Vector(point[Width..], requiresGrad: true);
        Tensor loss = Run(program, x, y).Sum();
        if (!loss.RequiresGrad)
            return [loss.Item()];
        Tensor[] numeric = Autograd.Gradient(loss, [x, y], retainGraph: true, allowUnused: true);
        Tensor[] recorded = Autograd.Gradient(loss, [x, y], createGraph: true, allowUnused: true);
        Tensor sum = recorded[0].Sum() + recorded[1].Sum();
        Tensor[] second = sum.RequiresGrad ? Autograd.Gradient(sum, [x, y], allowUnused: true) : [0.0 * x, 0.0 * y];
        return [loss.Item(), .. numeric.Concat(recorded).Concat(second).SelectMany(t => t.ToArray())];
    }

    static double[] Scalars((int Op, int A, int B)[] program, double[] point)
    {
        var parts = new double[Width][];
        for (int i = 0; i < Width; i++)
        {
            var tape = new TensorTape();
            Tensor x = tape.Scalar(point[i], requiresGrad: true);
            Tensor y = tape.Scalar(point[Width + i], requiresGrad: true);
            Tensor loss = Run(program, x, y);
            Tensor[] numeric = Autograd.Gradient(loss, [x, y], retainGraph: true, allowUnused: true);
            Tensor[] recorded = Autograd.Gradient(loss, [x, y], createGraph: true, allowUnused: true);
            Tensor sum = recorded[0] + recorded[1];
            Tensor[] second = sum.RequiresGrad ? Autograd.Gradient(sum, [x, y], allowUnused: true) : [0.0 * x, 0.0 * y];
            parts[i] = [loss.Item(), .. numeric.Concat(recorded).Concat(second).Select(t => t.Item())];
        }
        return [parts.Sum(p => p[0]), .. Enumerable.Range(1, parts[0].Length - 1).SelectMany(k => parts.Select(p => p[k]))];
    }

    static bool Agree(double[] a, double[] b) => a.Length == b.Length
        && a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-9 * Math.Max(1, Math.Abs(pair.First)));

    [Test]
    public void Vectors_and_scalars_agree() =>
        Gen.Select(Programs, Points).Sample((program, point) => Agree(Vectors(program, point, int.MaxValue), Scalars(program, point)), iter: 1000);

    [Test]
    public void Fused_and_eager_vectors_agree() =>
        Gen.Select(Programs, Points).Sample((program, point) => Agree(Vectors(program, point, 1), Vectors(program, point, int.MaxValue)), iter: 60, threads: 1);
}
