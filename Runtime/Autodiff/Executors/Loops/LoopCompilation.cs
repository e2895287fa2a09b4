using System.Runtime.CompilerServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>How the runtime compiles loops.</summary>
    static class LoopCompilation
    {
        /// <summary>
        /// In full at the first call, not after some time in use: <c>MethodImplOptions.AggressiveOptimization</c>, which netstandard2.1 has
        /// no name for. Loops stand in until machine code is ready, and would be slow for just that time.
        /// </summary>
        public const MethodImplOptions InFull = (MethodImplOptions)512;
    }
}
