#if NET10_0_OR_GREATER
using System.Runtime.Intrinsics;
#endif

namespace DiffPhysics.Autodiff
{
    /// <summary>Arithmetic on rows of numbers outside kernels.</summary>
    static unsafe class Rows
    {
        /// <summary>target[i] += source[i].</summary>
        public static void Add(byte* target, byte* source, int count, Precision precision)
        {
            if (precision == Precision.Float)
            {
                float* t = (float*)target, s = (float*)source;
                int i = 0;
#if NET10_0_OR_GREATER
                for (int width = System.Numerics.Vector<float>.Count; i + width <= count; i += width)
                    System.Numerics.Vector.Store(System.Numerics.Vector.Load(t + i) + System.Numerics.Vector.Load(s + i), t + i);
#endif
                for (; i < count; i++) t[i] += s[i];
            }
            else
            {
                double* t = (double*)target, s = (double*)source;
                int i = 0;
#if NET10_0_OR_GREATER
                for (int width = System.Numerics.Vector<double>.Count; i + width <= count; i += width)
                    System.Numerics.Vector.Store(System.Numerics.Vector.Load(t + i) + System.Numerics.Vector.Load(s + i), t + i);
#endif
                for (; i < count; i++) t[i] += s[i];
            }
        }

        /// <summary>
        /// targets[k][index[i] stride] += sources[k][i] for each k, in ascending order of i. Runs of the index (<see cref="IndexRuns"/>) name no
        /// element twice, so they are added by vectors. Targets do not overlap; i goes from (included) to (excluded).
        /// </summary>
        public static void ScatterAdd(byte** targets, long stride, int* index, byte** sources, int components, long from, long to, Precision precision)
        {
            bool isRun = false;
            for (long i = from, lanes; i < to; i += lanes)
            {
                lanes = stride == 1 ? IndexRuns.Stretch(index + i, (int)(to - i), out isRun) : to - i;
                long at = index[i] * stride;
                for (int k = 0; k < components; k++)
                {
                    if (precision == Precision.Float)
                    {
                        float* t = (float*)targets[k], s = (float*)sources[k] + i;
                        if (isRun) AddRun(t + at, s, (int)lanes);
                        else for (int j = 0; j < lanes; j++) t[index[i + j] * stride] += s[j];
                    }
                    else
                    {
                        double* t = (double*)targets[k], s = (double*)sources[k] + i;
                        if (isRun) AddRun(t + at, s, (int)lanes);
                        else for (int j = 0; j < lanes; j++) t[index[i + j] * stride] += s[j];
                    }
                }
            }
        }

        /// <summary>target[i] += source[i], where the last vector may cover what is beyond too and leave it as it is: all rows are padded by as much.</summary>
        public static void AddRun(byte* target, byte* source, int count, Precision precision)
        {
            if (precision == Precision.Float) AddRun((float*)target, (float*)source, count);
            else AddRun((double*)target, (double*)source, count);
        }

        static void AddRun(float* t, float* s, int count)
        {
            int i = 0;
#if NET10_0_OR_GREATER
            if (Vector512.IsHardwareAccelerated)
            {
                for (; i + 16 <= count; i += 16) (Vector512.Load(t + i) + Vector512.Load(s + i)).Store(t + i);
                if (i == count) return;
                Vector512<float> there = Vector512.Load(t + i), isOfRun = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count - i)).AsSingle();
                Vector512.ConditionalSelect(isOfRun, there + Vector512.Load(s + i), there).Store(t + i);
                return;
            }
            for (; i + 8 <= count; i += 8) (Vector256.Load(t + i) + Vector256.Load(s + i)).Store(t + i);
            if (i + 4 <= count)
            {
                (Vector128.Load(t + i) + Vector128.Load(s + i)).Store(t + i);
                i += 4;
            }
#endif
            for (; i < count; i++) t[i] += s[i];
        }

        static void AddRun(double* t, double* s, int count)
        {
            int i = 0;
#if NET10_0_OR_GREATER
            if (Vector512.IsHardwareAccelerated)
            {
                for (; i + 8 <= count; i += 8) (Vector512.Load(t + i) + Vector512.Load(s + i)).Store(t + i);
                if (i == count) return;
                Vector512<double> there = Vector512.Load(t + i), isOfRun = Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)(count - i))).AsDouble();
                Vector512.ConditionalSelect(isOfRun, there + Vector512.Load(s + i), there).Store(t + i);
                return;
            }
            for (; i + 4 <= count; i += 4) (Vector256.Load(t + i) + Vector256.Load(s + i)).Store(t + i);
#endif
            for (; i < count; i++) t[i] += s[i];
        }

        /// <summary>target[index[i] stride] = source[i]; runs of the index are copied as they lie.</summary>
        public static void Scatter(byte* target, long stride, int* index, byte* source, int count, Precision precision)
        {
            int size = precision.Size();
            for (int i = 0, lanes; i < count; i += lanes)
            {
                bool isRun = false;
                lanes = stride == 1 ? IndexRuns.Stretch(index + i, count - i, out isRun) : count - i;
                if (isRun) System.Buffer.MemoryCopy(source + (long)i * size, target + (long)index[i] * size, (long)lanes * size, (long)lanes * size);
                else if (precision == Precision.Float) ScatterEach((float*)target, stride, index, (float*)source, i, i + lanes);
                else ScatterEach((double*)target, stride, index, (double*)source, i, i + lanes);
            }
        }

        static void ScatterEach(float* target, long stride, int* index, float* source, int from, int to)
        {
            for (int i = from; i < to; i++) target[index[i] * stride] = source[i];
        }

        static void ScatterEach(double* target, long stride, int* index, double* source, int from, int to)
        {
            for (int i = from; i < to; i++) target[index[i] * stride] = source[i];
        }
    }
}
