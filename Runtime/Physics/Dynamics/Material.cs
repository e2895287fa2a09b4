using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>How the values of two materials make the value of their contact.</summary>
    public enum CombineRule
    {
        /// <summary>The larger of the two.</summary>
        Maximum,

        /// <summary>The smaller of the two.</summary>
        Minimum,

        /// <summary>The product.</summary>
        Multiply,

        /// <summary>The mean.</summary>
        Average,

        /// <summary>The square root of the product.</summary>
        GeometricMean,
    }

    /// <summary>The combination rules of a world.</summary>
    internal readonly struct MaterialRules
    {
        public readonly CombineRule Friction, Restitution, Resistance;

        public MaterialRules(CombineRule friction, CombineRule restitution, CombineRule resistance)
        {
            Friction = friction;
            Restitution = restitution;
            Resistance = resistance;
        }
    }

    internal static class CombineRules
    {
        public static Real Combine(this CombineRule rule, Real a, Real b)
        {
            switch (rule)
            {
                case CombineRule.Maximum: return Real.Max(a, b);
                case CombineRule.Minimum: return Real.Min(a, b);
                case CombineRule.Multiply: return a * b;
                case CombineRule.Average: return (a + b) * 0.5;
                case CombineRule.GeometricMean: return GeometricMean(a, b);
                default: throw new ArgumentOutOfRangeException(nameof(rule), rule, "Unknown combination rule.");
            }
        }

        // sqrt(a b), whose derivatives are infinite where one of the numbers is 0: there they count as 0, forward and backward alike. Where both are 0, it is the
        // mean that has the same value and, of two numbers that are one material's, the same derivative to the right: (1/2, 1/2) is a supergradient.
        private static Real GeometricMean(Real a, Real b)
        {
            Bool meets = a * b > 0;
            return Real.Select(meets, Real.Sqrt(Real.Select(meets, a * b, 1)), Real.Select(a + b > 0, 0, (a + b) * 0.5));
        }
    }
}
