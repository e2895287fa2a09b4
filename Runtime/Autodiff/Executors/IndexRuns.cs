using System.Threading;
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
        /// <summary>
        /// Numbers that stand before the first index of every array of indices, from there on: how many were looked at, how many are in stretches; two
        /// for the digest, and of how many indices it is.
        /// </summary>
        public const int Header = 16;

        const int Vector = 16; // lanes of the widest
        const int Least = 4; // shorter ones are not worth their own way

        /// <summary>Notes that the indices have changed.</summary>
        public static void Forget(int* index) => index[-1] = index[-2] = index[-5] = 0;

        /// <summary>A number by which to tell whether indices are still the same.</summary>
        public static ulong Digest(int* index, int count)
        {
            if (index[-5] != count)
            {
                ulong state = (ulong)count;
                for (int k = 0; k < count; k++) state = (state ^ (uint)index[k]) * 0x9E3779B97F4A7C15ul ^ state >> 29;
                (index[-3], index[-4]) = ((int)(state >> 32), (int)state);
                Volatile.Write(ref index[-5], count);
            }
            return (ulong)(uint)index[-3] << 32 | (uint)index[-4];
        }

        /// <summary>
        /// Whether each vector of 16 lanes (and so of 8, 4 or 2) is one run or two. Its lanes i below the jump then name index[0] + i, and the others
        /// index[15] - 15 + i, so that two vectors and a choice between them fetch what they name.
        /// </summary>
        public static bool AreStretches(int* index, int count)
        {
            if (count > index[-1])
            {
                int lane = 0;
                while (lane < count && HasOneJump(index + lane, System.Math.Min(Vector, count - lane))) lane += Vector;
                (index[-1], index[-2]) = (count, System.Math.Min(lane, count));
            }
            return count <= index[-2];
        }

        static bool HasOneJump(int* index, int count)
        {
            int jumps = 0;
            for (int k = 1; k < count; k++) jumps += index[k] == index[k - 1] + 1 ? 0 : 1;
            return jumps <= 1;
        }

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

        /// <summary>The largest n, at least 1, with index[k] = index[0] + k for all k below n.</summary>
        public static int Length(int* index, int count)
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
