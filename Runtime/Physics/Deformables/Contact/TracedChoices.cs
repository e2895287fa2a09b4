using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// What contact of a particle has chosen inside kernels, as a number that is carried along: of what happens, an integer code c takes the number s to
    /// <code>s' = (s K + c) mod M</code>
    /// in integers that the precision holds exactly. All of it is rounded down, so it has no derivative.
    /// </summary>
    internal struct TracedChoices
    {
        /// <summary>Numbers of a particle: the sum, and the substep.</summary>
        public const int Size = 2;

        /// <summary>What is less than this, in metres or metres per second, is rounding, and decides nothing.</summary>
        public const double Nothing = 1e-9;

        private const double DoubleModulus = 67108859, FloatModulus = 4093; // primes below 2^26 and 2^12
        private readonly double modulus, factor;
        private readonly Real substep;
        private Real sum;

        public TracedChoices(Real[] numbers, Precision precision)
        {
            (sum, substep) = (numbers[0], numbers[1]);
            (modulus, factor) = precision == Precision.Double ? (DoubleModulus, 69621) : (FloatModulus, 1373);
        }

        /// <summary>Those of the lane's particle; none where they are not kept.</summary>
        public static TracedChoices Of(KernelBuilder k, ParticleBuffers particles, ParticleOptions options) =>
            particles.Choices == null ? default : new TracedChoices(k.Lane("choices", Size), options.Precision);

        /// <summary>The numbers as they now are.</summary>
        public Real[] Numbers => new[] { sum, substep };

        /// <summary>Stores those of the lane's particle at the end of a substep.</summary>
        public void Store(KernelBuilder k)
        {
            if (modulus > 0) k.Store("choices", sum, Real.Floor(substep + 1));
        }

        /// <summary>An impact, which is the same one in whatever substep it falls.</summary>
        public void Add(Bool happens, Real number, Bool sticks) => sum = Real.Select(happens, Mixed(sum, Code(number, sticks, false)), sum);

        /// <summary>A lasting contact.</summary>
        public void AddLasting(Bool happens, Real number, Bool sticks, Bool stops) =>
            sum = Real.Select(happens, Mixed(Mixed(sum, Code(number, sticks, stops)), substep), sum);

        private static Real Code(Real number, Bool sticks, Bool stops) => 1 + 4 * number + Real.Select(sticks, 1, 0) + Real.Select(stops, 2, 0);

        private Real Mixed(Real s, Real code)
        {
            Real x = s * factor + code;
            return Real.Floor(x - modulus * Real.Floor(x * (1 / modulus)));
        }
    }
}
