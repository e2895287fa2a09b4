#if NET10_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DiffPhysics.Autodiff
{
    /// <summary>Vector reads that take more than one instruction; called from emitted code.</summary>
    static unsafe class VectorMemory
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<float> Gather128F(float* source, int* index, long stride) => Vector128.Create(
            source[index[0] * stride], source[index[1] * stride], source[index[2] * stride], source[index[3] * stride]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<double> Gather128D(double* source, int* index, long stride) => Vector128.Create(
            source[index[0] * stride], source[index[1] * stride]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Gather256F(float* source, int* index, long stride) => Vector256.Create(
            source[index[0] * stride], source[index[1] * stride], source[index[2] * stride], source[index[3] * stride], source[index[4] * stride], source[index[5] * stride], source[index[6] * stride], source[index[7] * stride]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Gather256D(double* source, int* index, long stride) => Vector256.Create(
            source[index[0] * stride], source[index[1] * stride], source[index[2] * stride], source[index[3] * stride]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Gather512F(float* source, int* index, long stride) => Vector512.Create(
            source[index[0] * stride], source[index[1] * stride], source[index[2] * stride], source[index[3] * stride], source[index[4] * stride], source[index[5] * stride], source[index[6] * stride], source[index[7] * stride], source[index[8] * stride], source[index[9] * stride], source[index[10] * stride], source[index[11] * stride], source[index[12] * stride], source[index[13] * stride], source[index[14] * stride], source[index[15] * stride]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Gather512D(double* source, int* index, long stride) => Vector512.Create(
            source[index[0] * stride], source[index[1] * stride], source[index[2] * stride], source[index[3] * stride], source[index[4] * stride], source[index[5] * stride], source[index[6] * stride], source[index[7] * stride]);

    }
}
#endif
