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

        /// <summary>target[index[i] stride] += source[i], in ascending order of i.</summary>
        public static void ScatterAdd(byte* target, long stride, int* index, byte* source, int count, Precision precision)
        {
            if (precision == Precision.Float)
            {
                float* t = (float*)target, s = (float*)source;
                for (int i = 0; i < count; i++) t[index[i] * stride] += s[i];
            }
            else
            {
                double* t = (double*)target, s = (double*)source;
                for (int i = 0; i < count; i++) t[index[i] * stride] += s[i];
            }
        }

        /// <summary>target[index[i] stride] = source[i].</summary>
        public static void Scatter(byte* target, long stride, int* index, byte* source, int count, Precision precision)
        {
            if (precision == Precision.Float)
            {
                float* t = (float*)target, s = (float*)source;
                for (int i = 0; i < count; i++) t[index[i] * stride] = s[i];
            }
            else
            {
                double* t = (double*)target, s = (double*)source;
                for (int i = 0; i < count; i++) t[index[i] * stride] = s[i];
            }
        }
    }
}
