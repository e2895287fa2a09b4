using System;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Benchmarks
{
    /// <summary>A spring-damper force per element and its adjoint: 15 inputs, 3 outputs, 15 cotangents that are added to.</summary>
    static class SpringKernel
    {
        static readonly string[] Names = { "a", "b", "u", "v", "k", "c", "l0" };

        public static readonly Kernel Forward = Kernel.Define("spring", k =>
        {
            Real3 a = k.Lane3("a"), b = k.Lane3("b"), u = k.Lane3("u"), v = k.Lane3("v");
            k.Store("f", Force(a, b, u, v, k.Lane("k"), k.Lane("c"), k.Lane("l0")));
        }, KernelRounding.FuseMultiplyAdd);

        public static readonly Kernel Adjoint = Kernel.Define("spring adjoint", k =>
        {
            TracedFunction force = TracedFunction.Trace(15, x =>
            {
                Real3 f = Force(new Real3(x, 0), new Real3(x, 3), new Real3(x, 6), new Real3(x, 9), x[12], x[13], x[14]);
                return new[] { f.X, f.Y, f.Z };
            });
            TracedFunction adjoint = Derivatives.Adjoint(force);
            var inputs = new Real[18];
            for (int s = 0, at = 0; s < Names.Length; s++)
                foreach (Real component in k.Lane(Names[s], s < 4 ? 3 : 1)) inputs[at++] = component;
            k.Lane("g", 3).CopyTo(inputs, 15);
            Real[] cotangents = adjoint.Apply(inputs);
            for (int s = 0, at = 0; s < Names.Length; at += s < 4 ? 3 : 1, s++)
                k.Accumulate(Names[s] + " cotangent", cotangents[at..(at + (s < 4 ? 3 : 1))]);
        }, KernelRounding.FuseMultiplyAdd);

        public static Launch Launch(Kernel kernel, int elements, Precision precision)
        {
            var launch = new Launch(kernel, elements);
            var random = new Random(1);
            foreach (KernelSlot slot in kernel.Slots)
            {
                var buffer = new Buffer(slot.Name, elements, slot.Components, precision);
                for (int c = 0; c < slot.Components && slot.Reads; c++)
                    for (int e = 0; e < elements; e++) buffer[e, c] = random.NextDouble() + 0.1 * c;
                launch.Bind(slot.Name, buffer);
            }
            return launch;
        }

        // f = s n with n = (b - a) / |b - a| and s = k (|b - a| - l0) + c (v - u).n
        static Real3 Force(Real3 a, Real3 b, Real3 u, Real3 v, Real k, Real c, Real l0)
        {
            Real3 d = b - a;
            Real length = Real.Sqrt(Real3.Dot(d, d));
            Real3 n = d * (1 / length);
            return n * (k * (length - l0) + c * Real3.Dot(v - u, n));
        }
    }
}
