#if NET10_0_OR_GREATER
using System.Numerics;
using System.Runtime.Intrinsics;
#endif

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Indices that rise by one from lane to lane, as those of grids, ropes and sorted meshes do for long stretches: what they name is
    /// contiguous, and is moved by vectors.
    /// </summary>
    static unsafe class IndexRuns
    {
        const int Least = 4; // shorter ones are not worth their own way

        /// <summary>The number of lanes ahead that are all one run, or that have no run worth a way of its own.</summary>
        public static int Stretch(int* index, int count, out bool isRun)
        {
            int n = Length(index, count);
            isRun = n >= Least;
            if (isRun) return n;
            for (n = Least; n < count; n += Least)
                if (n + Least <= count && index[n + 1] == index[n] + 1 && index[n + 2] == index[n] + 2 && index[n + 3] == index[n] + 3) return n;
            return count;
        }

        // The largest n, at least 1, with index[k] = index[0] + k for all k below n.
        static int Length(int* index, int count)
        {
            int n = 1;
            if (count < 2 || index[1] != index[0] + 1) return n;
#if NET10_0_OR_GREATER
            for (n = 0; n + 8 <= count; n += 8)
            {
                uint equal = Vector256.Equals(Vector256.Load(index + n),
                    Vector256.CreateSequence(index[0] + n, 1)).ExtractMostSignificantBits();
                if (equal != 0xFF) return n + BitOperations.TrailingZeroCount(~equal);
            }
#endif
            while (n < count && index[n] == index[0] + n) n++;
            return n;
        }
    }
}
