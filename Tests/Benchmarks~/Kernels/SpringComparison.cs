using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Benchmarks
{
    /// <summary>
    /// The spring kernel beside hand-written C++, by turns in one process, so that both meet the same machine. The C++ is a shared library
    /// that exports <c>void forward(int, R* const*, R* const*)</c> and <c>adjoint</c> of the same form, compiled for float or double.
    /// </summary>
    static unsafe class SpringComparison
    {
        const int Inputs = 18, Outputs = 15, Rounds = 301;

        /// <summary>Prints medians and ratios; the arguments are the libraries for float and for double.</summary>
        public static void Run(string floatLibrary, string doubleLibrary)
        {
            Console.WriteLine($"{"",-30}{"C++",10}{"ours",10}{"ratio",10}   ns per element, medians of {Rounds} rounds by turns");
            foreach (Precision precision in new[] { Precision.Float, Precision.Double })
            {
                IntPtr library = NativeLibrary.Load(precision == Precision.Float ? floatLibrary : doubleLibrary);
                string mangled = precision == Precision.Float ? "f" : "d";
                foreach (int elements in new[] { 512, 2048, 8192 })
                {
                    Compare(precision, elements, "forward", NativeLibrary.GetExport(library, $"_Z7forwardiPKP{mangled}S1_"), SpringKernel.Forward);
                    Compare(precision, elements, "adjoint", NativeLibrary.GetExport(library, $"_Z7adjointiPKP{mangled}S1_"), SpringKernel.Adjoint);
                }
            }
        }

        static void Compare(Precision precision, int elements, string name, IntPtr export, Kernel kernel)
        {
            var native = (delegate* unmanaged[SuppressGCTransition]<int, byte**, byte**, void>)export;
            byte** inputs = Arrays(Inputs, elements, precision, true), outputs = Arrays(Outputs, elements, precision, false);
            var executor = new JitExecutor();
            Launch launch = SpringKernel.Launch(kernel, elements, precision).Prepare(executor);
            int repeat = Math.Max(1, 20000 / elements);
            var times = new[] { new List<double>(), new List<double>(), new List<double>() };
            WarmUp(launch, executor);
            for (int round = -30; round < Rounds; round++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int k = 0; k < repeat; k++) native(elements, inputs, outputs);
                long between = Stopwatch.GetTimestamp();
                for (int k = 0; k < repeat; k++) launch.Run(executor);
                long end = Stopwatch.GetTimestamp();
                if (round < 0) continue; // warm up
                double perElement = 1e9 / Stopwatch.Frequency / repeat / elements;
                times[0].Add((between - start) * perElement);
                times[1].Add((end - between) * perElement);
                times[2].Add((double)(end - between) / (between - start));
            }
            foreach (List<double> each in times) each.Sort();
            Console.WriteLine($"{precision + " " + elements + " " + name,-30}{times[0][Rounds / 2],10:F3}{times[1][Rounds / 2],10:F3}{times[2][Rounds / 2],10:F2}");
        }

        // The runtime compiles what is called often once more, in the background, after a pause.
        static void WarmUp(Launch launch, Executor executor)
        {
            for (int k = 0; k < 6; k++)
            {
                for (int run = 0; run < 2000; run++) launch.Run(executor);
                System.Threading.Thread.Sleep(120);
            }
        }

        static byte** Arrays(int count, int elements, Precision precision, bool random)
        {
            var arrays = (byte**)NativeMemory.Alloc((nuint)(count * sizeof(byte*)));
            var numbers = new Random(1);
            for (int k = 0; k < count; k++)
            {
                arrays[k] = (byte*)NativeMemory.AlignedAlloc((nuint)(elements * precision.Size()), 64);
                for (int e = 0; e < elements; e++)
                {
                    double value = random ? numbers.NextDouble() + 0.1 * k : 0;
                    if (precision == Precision.Float) ((float*)arrays[k])[e] = (float)value;
                    else ((double*)arrays[k])[e] = value;
                }
            }
            return arrays;
        }
    }
}
