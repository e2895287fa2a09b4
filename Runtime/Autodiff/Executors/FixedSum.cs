#if NET10_0_OR_GREATER
using System.Runtime.Intrinsics;
#endif

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The order in which a sum over elements is taken, whatever the executor, vector width, number of threads or worlds: within a
    /// chunk of 256 elements, element e goes to partial sum e mod 16; the 16 are added as a tree (k with k + 8, + 4, + 2, + 1);
    /// chunks go in turn to 16 sums of their own, added as the same tree. The result is added to the target last.
    /// </summary>
    /// <remarks>The error grows with n / 4096 instead of n, and both loops vectorise.</remarks>
    static unsafe class FixedSum
    {
        public const int Chunk = 256, Partials = 16;

        /// <summary>The sum of up to one chunk.</summary>
        public static float OfChunk(float* values, int count)
        {
            float* partial = stackalloc float[Partials];
            int whole = 0;
#if NET10_0_OR_GREATER
            Vector512<float> sum = Vector512<float>.Zero;
            for (; whole + Partials <= count; whole += Partials) sum += Vector512.Load(values + whole);
            if (whole == count) return Tree(sum);
            sum.Store(partial);
#else
            for (int k = 0; k < Partials; k++) partial[k] = 0;
#endif
            for (int e = whole; e < count; e++) partial[e % Partials] += values[e];
            return Tree(partial);
        }

        /// <inheritdoc cref="OfChunk(float*, int)"/>
        public static double OfChunk(double* values, int count)
        {
            double* partial = stackalloc double[Partials];
            int whole = 0;
#if NET10_0_OR_GREATER
            Vector512<double> low = Vector512<double>.Zero, high = low;
            for (; whole + Partials <= count; whole += Partials)
            {
                low += Vector512.Load(values + whole);
                high += Vector512.Load(values + whole + Partials / 2);
            }
            low.Store(partial);
            high.Store(partial + Partials / 2);
#else
            for (int k = 0; k < Partials; k++) partial[k] = 0;
#endif
            for (int e = whole; e < count; e++) partial[e % Partials] += values[e];
            return Tree(partial);
        }

        /// <summary>Adds the sum of any number of values to a target.</summary>
        public static void AddTo(byte* target, byte* values, int count, Precision precision)
        {
            float* floats = stackalloc float[Partials];
            double* doubles = stackalloc double[Partials];
            for (int k = 0; k < Partials; k++) floats[k] = 0;
            for (int k = 0; k < Partials; k++) doubles[k] = 0;
            for (int start = 0; start < count; start += Chunk)
            {
                int turn = start / Chunk % Partials, length = System.Math.Min(Chunk, count - start);
                if (precision == Precision.Float) floats[turn] += OfChunk((float*)values + start, length);
                else doubles[turn] += OfChunk((double*)values + start, length);
            }
            if (precision == Precision.Float) *(float*)target += Tree(floats);
            else *(double*)target += Tree(doubles);
        }

#if NET10_0_OR_GREATER
        static float Tree(Vector512<float> partial)
        {
            Vector256<float> eight = partial.GetLower() + partial.GetUpper();
            Vector128<float> four = eight.GetLower() + eight.GetUpper();
            return four[0] + four[2] + (four[1] + four[3]);
        }
#endif

        /// <summary>The 16 partial sums as one; they are overwritten.</summary>
        public static float Tree(float* partial)
        {
            for (int half = Partials / 2; half > 0; half /= 2)
                for (int k = 0; k < half; k++) partial[k] += partial[k + half];
            return partial[0];
        }

        /// <inheritdoc cref="Tree(float*)"/>
        public static double Tree(double* partial)
        {
            for (int half = Partials / 2; half > 0; half /= 2)
                for (int k = 0; k < half; k++) partial[k] += partial[k + half];
            return partial[0];
        }

        /// <summary>The tree over 16 rows of lanes; the first row is the result.</summary>
        public static void Tree(byte* rows, int lanes, long rowBytes, Precision precision)
        {
            for (int half = Partials / 2; half > 0; half /= 2)
                for (int k = 0; k < half; k++) Rows.Add(rows + k * rowBytes, rows + (k + half) * rowBytes, lanes, precision);
        }
    }
}
