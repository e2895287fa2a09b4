using System;
using System.Runtime.CompilerServices;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

// Runs the force of a damped spring and its adjoint by the default executor, compares every bit with the reference
// executor, and says on its last line what it ran on. Exit code 1 if a bit differs or code could have been made.
Executor executor = Executor.CreateDefault();
Console.WriteLine($"dynamic code {RuntimeFeature.IsDynamicCodeSupported}, compiled {RuntimeFeature.IsDynamicCodeCompiled}, {executor.GetType().Name}");

int different = 0;
Kernel force = Kernel.Define("spring", Spring);
Kernel adjoint = Kernel.Define("spring adjoint", SpringAdjoint);
foreach (Precision precision in new[] { Precision.Float, Precision.Double })
{
    foreach (Kernel kernel in new[] { force, adjoint })
    {
        different += Differences(kernel, precision, elements: 1003);
    }
}

bool portable = !RuntimeFeature.IsDynamicCodeSupported && executor is LoopExecutor;
Console.WriteLine($"{(portable ? "portable" : "not portable")}, {different} numbers differ");
return portable && different == 0 ? 0 : 1;

// f = -(k (|d| - r) + c d'v / |d|) d / |d| between two particles that an index names.
static Real[] Force(Real[] d, Real[] v, Real stiffness, Real damping, Real rest)
{
    Real length = Real.Sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
    Real closing = (d[0] * v[0] + d[1] * v[1] + d[2] * v[2]) / length;
    Real magnitude = (stiffness * (length - rest) + damping * closing) / length;
    Real tension = Real.Select(length < rest, 0, magnitude);
    return [-(tension * d[0]), -(tension * d[1]), -(tension * d[2])];
}

static (Real[] d, Real[] v, Real stiffness, Real damping, Real rest) Inputs(KernelBuilder k)
{
    Real[] a = k.Gather("positionA", "a", 3), b = k.Gather("positionB", "b", 3);
    return ([a[0] - b[0], a[1] - b[1], a[2] - b[2]], k.Lane("velocity", 3), k.Shared("stiffness"), k.Shared("damping"), k.Lane("rest"));
}

static void Spring(KernelBuilder k)
{
    var (d, v, stiffness, damping, rest) = Inputs(k);
    k.AccumulateAt("force", "a", Force(d, v, stiffness, damping, rest));
}

static void SpringAdjoint(KernelBuilder k)
{
    var (d, v, stiffness, damping, rest) = Inputs(k);
    Real[] f = Force(d, v, stiffness, damping, rest);
    Real[] w = k.Gather("cotangent", "a", 3);
    Real power = f[0] * w[0] + f[1] * w[1] + f[2] * w[2];
    Real[] gradient = Derivatives.Gradient(power, d[0], d[1], d[2], rest, stiffness);
    k.AccumulateAt("positionCotangent", "b", gradient[0], gradient[1], gradient[2]);
    k.Store("restCotangent", gradient[3]);
    k.Sum("stiffnessCotangent", gradient[4]);
}

static int Differences(Kernel kernel, Precision precision, int elements)
{
    using var actual = new RandomLaunch(kernel, precision, elements);
    using var expected = new RandomLaunch(kernel, precision, elements);
    actual.Launch.Run(Executor.CreateDefault());
    expected.Launch.Run(new ReferenceExecutor());

    int different = 0, written = 0;
    for (int slot = 0; slot < kernel.Slots.Count; slot++)
    {
        Buffer a = actual.Launch.BufferOf(slot), b = expected.Launch.BufferOf(slot);
        for (int component = 0; component < a.Components; component++)
        {
            for (int element = 0; element < a.Elements; element++)
            {
                long bits = BitConverter.DoubleToInt64Bits(a[element, component]);
                different += bits == BitConverter.DoubleToInt64Bits(b[element, component]) ? 0 : 1;
                written += kernel.Slots[slot].Writes != Writing.None && a[element, component] != 0 ? 1 : 0;
            }
        }
    }

    Console.WriteLine($"{kernel.Name}, {precision}: {different} numbers differ, {written} written");
    return written > 0 ? different : 1;
}

/// <summary>A launch over buffers of numbers that are the same every time.</summary>
sealed class RandomLaunch : IDisposable
{
    public RandomLaunch(Kernel kernel, Precision precision, int elements)
    {
        var random = new Random(20);
        Launch = new Launch(kernel, elements);
        for (int slot = 0; slot < kernel.Slots.Count; slot++)
        {
            KernelSlot wanted = kernel.Slots[slot];
            var buffer = new Buffer(wanted.Name, wanted.Addressing == Addressing.Shared ? 1 : elements, wanted.Components, precision);
            for (int component = 0; component < buffer.Components; component++)
            {
                for (int element = 0; element < buffer.Elements; element++)
                {
                    buffer[element, component] = wanted.Reads ? random.NextDouble() + 0.25 : 0;
                }
            }

            Launch.Bind(slot, buffer);
        }

        for (int k = 0; k < kernel.Indices.Count; k++)
        {
            var index = new IndexBuffer(kernel.Indices[k], elements);
            for (int element = 0; element < elements; element++)
            {
                index.Indices[element] = random.Next(elements);
            }

            Launch.BindIndex(k, index);
        }
    }

    public Launch Launch { get; }

    public void Dispose()
    {
        for (int slot = 0; slot < Launch.Kernel.Slots.Count; slot++)
        {
            Launch.BufferOf(slot).Dispose();
        }

        for (int k = 0; k < Launch.Kernel.Indices.Count; k++)
        {
            Launch.IndexOf(k).Dispose();
        }
    }
}
