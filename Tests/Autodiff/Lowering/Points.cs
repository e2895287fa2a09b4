using System;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Points at which lowered operations are compared with their reference; the same ones in every run.</summary>
    static class Points
    {
        /// <summary>Uniform in [from, to], with both ends.</summary>
        public static double[] Uniform(double from, double to, int count)
        {
            var random = new Random(count);
            return Fill(count, k => k == 0 ? from : k == 1 ? to : from + (to - from) * random.NextDouble());
        }

        /// <summary>sign 2^u with u uniform in [from, to].</summary>
        public static double[] PowersOfTwo(double from, double to, int count)
        {
            var random = new Random(count + 1);
            return Fill(count, _ => Math.Pow(2, from + (to - from) * random.NextDouble()) * (random.Next(2) * 2 - 1));
        }

        /// <summary>All finite magnitudes, subnormal ones included, and both signs.</summary>
        public static double[] AllMagnitudes(Precision precision, int count) =>
            precision == Precision.Float ? PowersOfTwo(-149, 127.999, count) : PowersOfTwo(-1074, 1023.999, count);

        /// <summary>All finite magnitudes, positive.</summary>
        public static double[] Positive(Precision precision, int count) =>
            Array.ConvertAll(AllMagnitudes(precision, count), Math.Abs);

        /// <summary>Numbers within some powers of two of those of <see cref="AllMagnitudes"/>, in the same order.</summary>
        public static double[] Neighbours(Precision precision, int count)
        {
            var random = new Random(count + 2);
            return Array.ConvertAll(AllMagnitudes(precision, count), x => x * Math.Pow(2, -20 * random.NextDouble()));
        }

        /// <summary>A number and its neighbours in the precision, <paramref name="reach"/> to each side; x must not be 0.</summary>
        public static double[] Around(double x, Precision precision, int reach) => Fill(2 * reach + 1, k => precision == Precision.Float
            ? BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits((float)x) + k - reach)
            : BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) + k - reach));

        static double[] Fill(int count, Func<int, double> value)
        {
            var points = new double[count];
            for (int k = 0; k < count; k++) points[k] = value(k);
            return points;
        }
    }
}
