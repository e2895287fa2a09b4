using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>Operations of tensors as operations on traced numbers.</summary>
    internal static class FusedOperations
    {
        internal static Real Apply(TensorOp op, Real[] operands)
        {
            Real a = operands[0];
            Real b = operands.Length > 1 ? operands[1] : 0.0;
            Real c = operands.Length > 2 ? operands[2] : 0.0;
            switch (op)
            {
                case TensorOp.Negate: return -a;
                case TensorOp.Abs: return Real.Abs(a);
                case TensorOp.Square: return a * a;
                case TensorOp.Sqrt: return Real.Sqrt(a);
                case TensorOp.Exp: return Real.Exp(a);
                case TensorOp.Expm1: return Real.Expm1(a);
                case TensorOp.Log: return Real.Log(a);
                case TensorOp.Log1p: return Real.Log1p(a);
                case TensorOp.Sin: return Real.Sin(a);
                case TensorOp.Cos: return Real.Cos(a);
                case TensorOp.Tan: return Real.Tan(a);
                case TensorOp.Asin: return Real.Asin(a);
                case TensorOp.Acos: return Real.Acos(a);
                case TensorOp.Atan: return Real.Atan(a);
                case TensorOp.Sinh: return Real.Sinh(a);
                case TensorOp.Cosh: return Real.Cosh(a);
                case TensorOp.Tanh: return Real.Tanh(a);
                case TensorOp.Sigmoid: return Real.Sigmoid(a);
                case TensorOp.Softplus: return Real.Softplus(a);
                case TensorOp.Relu: return Real.Select(a <= 0.0, 0.0, a);
                case TensorOp.Sign: return Real.Sign(a);
                case TensorOp.Floor: return Real.Floor(a);
                case TensorOp.Ceiling: return -Real.Floor(-a);
                case TensorOp.Clamp: return Real.Clamp(a, b, c);
                case TensorOp.Add: return a + b;
                case TensorOp.Subtract: return a - b;
                case TensorOp.Multiply: return a * b;
                case TensorOp.Gate: return Real.Select(a == 0.0, 0.0, a * b);
                case TensorOp.Divide: return a / b;
                case TensorOp.Pow: return Real.Pow(a, b);
                case TensorOp.Atan2: return Real.Atan2(a, b);
                case TensorOp.Hypot: return Real.Hypot(a, b);
                case TensorOp.Max: return Real.Max(a, b);
                case TensorOp.Min: return Real.Min(a, b);
                case TensorOp.Less: return (a < b).ToReal();
                case TensorOp.LessOrEqual: return (a <= b).ToReal();
                case TensorOp.Equal: return (a == b).ToReal();
                case TensorOp.Where: return Real.Select(c != 0.0, a, b);
                default: throw new ArgumentOutOfRangeException(nameof(op), $"{op} is not an operation that can be fused.");
            }
        }
    }
}
