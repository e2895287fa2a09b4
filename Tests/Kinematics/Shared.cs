using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics.Tests
{
    /// <summary>What tests share.</summary>
    internal static class Shared
    {
        /// <summary>One for all, so that kernels that skeletons have in common are compiled once.</summary>
        public static readonly Executor Executor = Executor.CreateDefault();
    }
}
