using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>The executors under test, and how their results are compared.</summary>
    static class TestExecutors
    {
        public static IEnumerable<Executor> Fast()
        {
            yield return new LoopExecutor();
#if NET10_0_OR_GREATER && !TESTS_NETSTANDARD
            yield return new JitExecutor(128);
            yield return new JitExecutor(256);
            if (JitExecutor.WidestVector == 512) yield return new JitExecutor(512); // emulated, it takes long: AnyWidth has them
#endif
        }

        /// <summary>As <see cref="Fast"/>, with the widest vectors even where the processor has none.</summary>
        public static IEnumerable<Executor> AnyWidth()
        {
            foreach (Executor executor in Fast()) yield return executor;
#if NET10_0_OR_GREATER && !TESTS_NETSTANDARD
            if (JitExecutor.WidestVector < 512) yield return new JitExecutor(512);
#endif
        }

        /// <summary>The fastest whose code is ready when it first runs, so that nothing changes under a measurement.</summary>
        public static Executor Prompt()
        {
#if NET10_0_OR_GREATER && !TESTS_NETSTANDARD
            return new JitExecutor();
#else
            return new LoopExecutor();
#endif
        }

        /// <summary>Equal bits, where any NaN equals any other: IEEE 754 leaves its payload open.</summary>
        public static bool SameBits(double[] a, double[] b)
        {
            if (a.Length != b.Length) return false;
            for (int k = 0; k < a.Length; k++)
                if (BitConverter.DoubleToInt64Bits(a[k]) != BitConverter.DoubleToInt64Bits(b[k]) && !(double.IsNaN(a[k]) && double.IsNaN(b[k]))) return false;
            return true;
        }
    }
}
