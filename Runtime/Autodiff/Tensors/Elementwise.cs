using System;
using System.Runtime.CompilerServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Values and partial derivatives of the elementwise operations. Special points follow PyTorch: |x|' = 0 at 0, ties of
    /// max and min share half and half, clamp has slope 1 at its bounds, atan2(0, 0) and hypot(0, 0) have gradient 0,
    /// pow(0, 0) = 1 with gradient 0, relu' = 0 at 0, round, floor and sign have slope 0.
    /// </summary>
    internal static class Elementwise
    {
        internal static double Value(TensorOp op, double x, double y)
        {
            switch (op)
            {
                case TensorOp.Negate: return -x;
                case TensorOp.Abs: return Math.Abs(x);
                case TensorOp.Square: return x * x;
                case TensorOp.Sqrt: return Math.Sqrt(x);
                case TensorOp.Exp: return Math.Exp(x);
                case TensorOp.Expm1: return Expm1(x);
                case TensorOp.Log: return Math.Log(x);
                case TensorOp.Log1p: return Log1p(x);
                case TensorOp.Sin: return Math.Sin(x);
                case TensorOp.Cos: return Math.Cos(x);
                case TensorOp.Tan: return Math.Tan(x);
                case TensorOp.Asin: return Math.Asin(x);
                case TensorOp.Acos: return Math.Acos(x);
                case TensorOp.Atan: return Math.Atan(x);
                case TensorOp.Sinh: return Math.Sinh(x);
                case TensorOp.Cosh: return Math.Cosh(x);
                case TensorOp.Tanh: return Math.Tanh(x);
                case TensorOp.Sigmoid: return Sigmoid(x);
                case TensorOp.Softplus: return Softplus(x);
                case TensorOp.Relu: return x > 0 || double.IsNaN(x) ? x : 0;
                case TensorOp.Sign: return x > 0 ? 1 : x < 0 ? -1 : double.IsNaN(x) ? x : 0;
                case TensorOp.Floor: return Math.Floor(x);
                case TensorOp.Ceiling: return Math.Ceiling(x);
                case TensorOp.Round: return Math.Round(x);
                case TensorOp.Add: return x + y;
                case TensorOp.Subtract: return x - y;
                case TensorOp.Multiply: return x * y;
                case TensorOp.Gate: return x == 0 ? 0 : x * y;
                case TensorOp.Divide: return x / y;
                case TensorOp.Pow: return Math.Pow(x, y);
                case TensorOp.Atan2: return Math.Atan2(x, y);
                case TensorOp.Hypot: return Hypot(x, y);
                case TensorOp.Max: return Math.Max(x, y);
                case TensorOp.Min: return Math.Min(x, y);
                case TensorOp.TakeFirst: return x;
                case TensorOp.TakeSecond: return y;
                case TensorOp.Less: return x < y ? 1 : 0;
                case TensorOp.LessOrEqual: return x <= y ? 1 : 0;
                case TensorOp.Equal: return x == y ? 1 : 0;
                default: throw new ArgumentOutOfRangeException(nameof(op), $"{op} is not an elementwise operation.");
            }
        }

        /// <summary>
        /// Partial derivatives of z = op(x, y). Whoever calls it multiplies them by a cotangent that is not zero, so that an
        /// infinite slope behind a branch not taken never turns into NaN. Where dy is not wanted (needY false) a power with a
        /// constant exponent needs no logarithm.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void Partials(TensorOp op, double x, double y, double z, bool needY, out double dx, out double dy)
        {
            dy = 0;
            switch (op)
            {
                case TensorOp.Add: dx = 1; dy = 1; return;
                case TensorOp.Subtract: dx = 1; dy = -1; return;
                case TensorOp.Multiply:
                case TensorOp.Gate: dx = y; dy = x; return;
                case TensorOp.Divide: dx = 1 / y; dy = -z * dx; return;
                case TensorOp.Negate: dx = -1; return;
                case TensorOp.Square: dx = x + x; return;
                case TensorOp.Sqrt: dx = 0.5 / z; return;
                case TensorOp.Exp: dx = z; return;
                case TensorOp.Log: dx = 1 / x; return;
                case TensorOp.Sin: dx = Math.Cos(x); return;
                case TensorOp.Cos: dx = -Math.Sin(x); return;
                case TensorOp.Tanh: dx = 1 - z * z; return;
                default: RarePartials(op, x, y, z, needY, out dx, out dy); return;
            }
        }

        private static void RarePartials(TensorOp op, double x, double y, double z, bool needY, out double dx, out double dy)
        {
            dx = 0;
            dy = 0;
            switch (op)
            {
                case TensorOp.Abs: dx = x > 0 ? 1 : x < 0 ? -1 : 0; break;
                case TensorOp.Expm1: dx = z + 1; break;
                case TensorOp.Log1p: dx = 1 / (1 + x); break;
                case TensorOp.Tan: dx = 1 + z * z; break;
                case TensorOp.Asin: dx = 1 / Math.Sqrt((1 - x) * (1 + x)); break;
                case TensorOp.Acos: dx = -1 / Math.Sqrt((1 - x) * (1 + x)); break;
                case TensorOp.Atan: dx = 1 / (1 + x * x); break;
                case TensorOp.Sinh: dx = Math.Cosh(x); break;
                case TensorOp.Cosh: dx = Math.Sinh(x); break;
                case TensorOp.Sigmoid: dx = z * (1 - z); break;
                case TensorOp.Softplus: dx = Sigmoid(x); break;
                case TensorOp.Relu: dx = x > 0 ? 1 : 0; break;
                case TensorOp.Clamp: dx = x == z ? 1 : 0; break;
                case TensorOp.TakeFirst: dx = 1; break;
                case TensorOp.TakeSecond: dy = 1; break;
                case TensorOp.Max:
                    dx = x > y ? 1 : x == y ? 0.5 : 0;
                    dy = 1 - dx;
                    break;
                case TensorOp.Min:
                    dx = x < y ? 1 : x == y ? 0.5 : 0;
                    dy = 1 - dx;
                    break;
                case TensorOp.Hypot:
                    if (z != 0)
                    {
                        dx = x / z;
                        dy = y / z;
                    }
                    break;
                case TensorOp.Atan2:
                    // d atan2(y, x) = (x dy - y dx) / (x^2 + y^2); the operands here are (x, y) = (ordinate, abscissa).
                    double r = Hypot(x, y);
                    if (r != 0)
                    {
                        dx = y / r / r;
                        dy = -x / r / r;
                    }
                    break;
                case TensorOp.Pow:
                    dx = y == 0 ? 0 : y * Math.Pow(x, y - 1);
                    if (needY)
                        dy = x == 0 && y >= 0 ? 0 : z * Math.Log(x);
                    break;
            }
        }

        internal static double Sigmoid(double x)
        {
            if (x >= 0)
                return 1 / (1 + Math.Exp(-x));
            double e = Math.Exp(x);
            return e / (1 + e);
        }

        /// <summary>ln(1 + e^x), without overflow.</summary>
        internal static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

        /// <summary>ln(1 + x): the rounding of 1 + x is undone by the quotient (Kahan, HP-15C Advanced Functions Handbook, 1982).</summary>
        internal static double Log1p(double x)
        {
            double u = 1 + x;
            if (u == 1)
                return x;
            return double.IsInfinity(u) ? u : Math.Log(u) * x / (u - 1);
        }

        /// <summary>e^x - 1 (Kahan, as for <see cref="Log1p"/>).</summary>
        internal static double Expm1(double x)
        {
            double u = Math.Exp(x);
            if (u == 1)
                return x;
            double um1 = u - 1;
            if (um1 == -1)
                return -1;
            return double.IsInfinity(u) ? u : um1 * x / Math.Log(u);
        }

        /// <summary>sqrt(x^2 + y^2), scaled by the larger so that squares neither overflow nor vanish.</summary>
        internal static double Hypot(double x, double y)
        {
            x = Math.Abs(x);
            y = Math.Abs(y);
            double large = Math.Max(x, y);
            double small = Math.Min(x, y);
            if (large == 0 || double.IsInfinity(large))
                return large;
            double ratio = small / large;
            return large * Math.Sqrt(1 + ratio * ratio);
        }
    }
}
