using System;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// Seeded random numbers that repeat everywhere: xoshiro256** (Blackman and Vigna 2018), seeded through splitmix64.
    /// </summary>
    public sealed class RandomSource
    {
        private ulong _a;
        private ulong _b;
        private ulong _c;
        private ulong _d;

        /// <summary>Creates a source.</summary>
        /// <param name="seed">Equal seeds give equal numbers.</param>
        public RandomSource(ulong seed)
        {
            _a = SplitMix(ref seed);
            _b = SplitMix(ref seed);
            _c = SplitMix(ref seed);
            _d = SplitMix(ref seed);
        }

        /// <summary>A number in [0, 1), uniformly, with 53 random bits.</summary>
        public double NextUniform()
        {
            return (NextBits() >> 11) * (1.0 / (1UL << 53));
        }

        /// <summary>A standard normal number (polar method, Marsaglia and Bray 1964).</summary>
        public double NextNormal()
        {
            while (true)
            {
                double u = 2 * NextUniform() - 1;
                double v = 2 * NextUniform() - 1;
                double s = u * u + v * v;
                if (s > 0 && s < 1) return u * Math.Sqrt(-2 * Math.Log(s) / s);
            }
        }

        internal void Exchange(string name, OptimiserState state)
        {
            state.Exchange(name + ".a", ref _a);
            state.Exchange(name + ".b", ref _b);
            state.Exchange(name + ".c", ref _c);
            state.Exchange(name + ".d", ref _d);
        }

        private ulong NextBits()
        {
            ulong result = RotateLeft(_b * 5, 7) * 9;
            ulong t = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= t;
            _d = RotateLeft(_d, 45);
            return result;
        }

        private static ulong RotateLeft(ulong value, int count)
        {
            return (value << count) | (value >> (64 - count));
        }

        private static ulong SplitMix(ref ulong state)
        {
            ulong z = state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
