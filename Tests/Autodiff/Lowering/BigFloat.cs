using System;
using System.Numerics;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>A binary floating-point number of 256 bits without limits to its exponent; finite. Every result is truncated to 256 bits.</summary>
    public readonly struct BigFloat
    {
        const int Bits = 256;

        readonly BigInteger mantissa;
        readonly int exponent;

        BigFloat(BigInteger mantissa, int exponent)
        {
            int excess = Length(mantissa) - Bits;
            this.mantissa = excess > 0 ? mantissa >> excess : mantissa;
            this.exponent = mantissa.IsZero ? 0 : excess > 0 ? exponent + excess : exponent;
        }

        public int Sign => mantissa.Sign;

        /// <summary>floor(log2 |this|); the number must not be 0.</summary>
        public int Exponent => exponent + Length(mantissa) - 1;

        public static implicit operator BigFloat(int value) => new BigFloat(value, 0);

        /// <summary>The exact value of a finite double.</summary>
        public static BigFloat From(double value)
        {
            long bits = BitConverter.DoubleToInt64Bits(value), fraction = bits & 0xFFFFFFFFFFFFF;
            int biased = (int)(bits >> 52 & 0x7FF);
            if (biased == 0x7FF) throw new ArgumentOutOfRangeException(nameof(value), value, "Only finite numbers have an exact value.");
            if (biased == 0) biased = 1;
            else fraction |= 1L << 52;
            return new BigFloat(bits < 0 ? -fraction : fraction, biased - 1075);
        }

        /// <summary>This number times 2^n.</summary>
        public BigFloat Scale(int n) => new BigFloat(mantissa, exponent + n);

        public static BigFloat operator -(BigFloat a) => new BigFloat(-a.mantissa, a.exponent);

        public static BigFloat operator +(BigFloat a, BigFloat b)
        {
            if (a.Sign == 0) return b;
            if (b.Sign == 0) return a;
            if (a.exponent < b.exponent) (a, b) = (b, a);
            int shift = a.exponent - b.exponent;
            if (shift > 3 * Bits) return a.Exponent > b.Exponent + 2 * Bits ? a : b;
            return new BigFloat((a.mantissa << shift) + b.mantissa, b.exponent);
        }

        public static BigFloat operator -(BigFloat a, BigFloat b) => a + -b;

        public static BigFloat operator *(BigFloat a, BigFloat b) => new BigFloat(a.mantissa * b.mantissa, a.exponent + b.exponent);

        public static BigFloat operator /(BigFloat a, BigFloat b)
        {
            int shift = Bits + Length(b.mantissa);
            return new BigFloat((a.mantissa << shift) / b.mantissa, a.exponent - shift - b.exponent);
        }

        public static bool operator <(BigFloat a, BigFloat b) => (a - b).Sign < 0;

        public static bool operator >(BigFloat a, BigFloat b) => b < a;

        public BigFloat Abs() => Sign < 0 ? -this : this;

        public BigFloat Sqrt()
        {
            if (Sign == 0) return this;
            int shift = 2 * Bits - Length(mantissa);
            if ((exponent - shift & 1) != 0) shift++;
            BigInteger square = mantissa << shift;
            // Newton's iteration from above descends to the integer root.
            BigInteger root = BigInteger.One << (Length(square) + 1) / 2;
            for (; ; )
            {
                BigInteger next = (root + square / root) >> 1;
                if (next >= root) return new BigFloat(root, (exponent - shift) / 2);
                root = next;
            }
        }

        /// <summary>The nearest integer, for magnitudes below 2^62.</summary>
        public long Round()
        {
            if (Sign == 0) return 0;
            BigInteger twice = exponent + 1 >= 0 ? mantissa << exponent + 1 : mantissa >> -(exponent + 1);
            return (long)((twice + 1) >> 1);
        }

        /// <summary>A double near this number (truncated to 53 bits), for magnitudes in the normal range; 0 below it.</summary>
        public double ToDouble()
        {
            if (Sign == 0 || Exponent < -1022) return 0;
            int excess = Length(mantissa) - 53;
            long digits = (long)(excess > 0 ? mantissa >> excess : mantissa << -excess);
            return Math.ScaleB((double)digits, exponent + excess);
        }

        static int Length(BigInteger value)
        {
            value = BigInteger.Abs(value);
            byte[] bytes = value.ToByteArray();
            int top = bytes.Length - 1;
            while (top > 0 && bytes[top] == 0) top--;
            int bits = top * 8;
            for (int b = bytes[top]; b != 0; b >>= 1) bits++;
            return bits;
        }
    }
}
