using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// What a kernel, its adjoint and its tangent may round otherwise than operation by operation, to be faster. The bits are the same in every
    /// executor all the same, because it is the formula that changes.
    /// </summary>
    [Flags]
    public enum KernelRounding
    {
        /// <summary>Every operation is rounded by itself.</summary>
        EachOperation = 0,

        /// <summary>
        /// Products that feed one sum are rounded together with it: faster where the processor has the instruction, slower where it is
        /// emulated (netstandard2.1).
        /// </summary>
        FuseMultiplyAdd = 1,

        /// <summary>
        /// What is divided by the same number more than once is multiplied by its reciprocal: quotients are within 1.5 units in the last place, not
        /// half a one, and infinite where the divisor is subnormal.
        /// </summary>
        ShareDivisions = 2,
    }
}
