namespace DiffPhysics.Autodiff
{
    // Elementwise functions. Slopes at special points follow PyTorch.
    public readonly unsafe partial struct Tensor
    {
        /// <summary>Absolute value; slope 0 at 0.</summary>
        public static Tensor Abs(Tensor x) => TensorTape.Unary(TensorOp.Abs, x);

        /// <summary>x².</summary>
        public static Tensor Square(Tensor x) => TensorTape.Unary(TensorOp.Square, x);

        /// <summary>Square root; the slope at 0 is infinite.</summary>
        public static Tensor Sqrt(Tensor x) => TensorTape.Unary(TensorOp.Sqrt, x);

        /// <summary>e to the x.</summary>
        public static Tensor Exp(Tensor x) => TensorTape.Unary(TensorOp.Exp, x);

        /// <summary>e to the x, minus 1, exact near 0.</summary>
        public static Tensor Expm1(Tensor x) => TensorTape.Unary(TensorOp.Expm1, x);

        /// <summary>Natural logarithm.</summary>
        public static Tensor Log(Tensor x) => TensorTape.Unary(TensorOp.Log, x);

        /// <summary>ln(1 + x), exact near 0.</summary>
        public static Tensor Log1p(Tensor x) => TensorTape.Unary(TensorOp.Log1p, x);

        /// <summary>Sine, x in radians.</summary>
        public static Tensor Sin(Tensor x) => TensorTape.Unary(TensorOp.Sin, x);

        /// <summary>Cosine, x in radians.</summary>
        public static Tensor Cos(Tensor x) => TensorTape.Unary(TensorOp.Cos, x);

        /// <summary>Tangent, x in radians.</summary>
        public static Tensor Tan(Tensor x) => TensorTape.Unary(TensorOp.Tan, x);

        /// <summary>Arc sine in radians.</summary>
        public static Tensor Asin(Tensor x) => TensorTape.Unary(TensorOp.Asin, x);

        /// <summary>Arc cosine in radians.</summary>
        public static Tensor Acos(Tensor x) => TensorTape.Unary(TensorOp.Acos, x);

        /// <summary>Arc tangent in radians.</summary>
        public static Tensor Atan(Tensor x) => TensorTape.Unary(TensorOp.Atan, x);

        /// <summary>Hyperbolic sine.</summary>
        public static Tensor Sinh(Tensor x) => TensorTape.Unary(TensorOp.Sinh, x);

        /// <summary>Hyperbolic cosine.</summary>
        public static Tensor Cosh(Tensor x) => TensorTape.Unary(TensorOp.Cosh, x);

        /// <summary>Hyperbolic tangent.</summary>
        public static Tensor Tanh(Tensor x) => TensorTape.Unary(TensorOp.Tanh, x);

        /// <summary>1 / (1 + e to the -x).</summary>
        public static Tensor Sigmoid(Tensor x) => TensorTape.Unary(TensorOp.Sigmoid, x);

        /// <summary>ln(1 + e to the x).</summary>
        public static Tensor Softplus(Tensor x) => TensorTape.Unary(TensorOp.Softplus, x);

        /// <summary>max(x, 0); slope 0 at 0.</summary>
        public static Tensor Relu(Tensor x) => TensorTape.Unary(TensorOp.Relu, x);

        /// <summary>-1, 0 or 1; slope 0.</summary>
        public static Tensor Sign(Tensor x) => TensorTape.Unary(TensorOp.Sign, x);

        /// <summary>Largest integer not above x; slope 0.</summary>
        public static Tensor Floor(Tensor x) => TensorTape.Unary(TensorOp.Floor, x);

        /// <summary>Smallest integer not below x; slope 0.</summary>
        public static Tensor Ceiling(Tensor x) => TensorTape.Unary(TensorOp.Ceiling, x);

        /// <summary>Nearest integer, halves to even; slope 0.</summary>
        public static Tensor Round(Tensor x) => TensorTape.Unary(TensorOp.Round, x);

        /// <summary>x to the power y. 0 to the 0 is 1, with slope 0 in both.</summary>
        public static Tensor Pow(Tensor x, Tensor y) => TensorTape.Binary(TensorOp.Pow, x, y);

        /// <summary>The angle of the point (x, y) in radians; gradient 0 at the origin.</summary>
        public static Tensor Atan2(Tensor y, Tensor x) => TensorTape.Binary(TensorOp.Atan2, y, x);

        /// <summary>sqrt(x² + y²) without overflow; gradient 0 at the origin.</summary>
        public static Tensor Hypot(Tensor x, Tensor y) => TensorTape.Binary(TensorOp.Hypot, x, y);

        /// <summary>The larger of two, elementwise; a tie shares the gradient half and half.</summary>
        public static Tensor Max(Tensor x, Tensor y) => TensorTape.Binary(TensorOp.Max, x, y);

        /// <summary>The smaller of two, elementwise; a tie shares the gradient half and half.</summary>
        public static Tensor Min(Tensor x, Tensor y) => TensorTape.Binary(TensorOp.Min, x, y);

        /// <summary>1 where equal, else 0. Piecewise constant: requires no gradient.</summary>
        public static Tensor Equal(Tensor x, Tensor y) => TensorTape.Binary(TensorOp.Equal, x, y);

        /// <summary>x held within bounds; slope 1 inside and at the bounds, 0 outside.</summary>
        public static Tensor Clamp(Tensor x, double lower, double upper) => TensorTape.Clamp(x, lower, upper);

        /// <summary>
        /// a where the mask is not 0, else b, broadcasting. The branch not taken contributes exactly 0 to the gradient, even
        /// where its own slope is infinite or not a number.
        /// </summary>
        public static Tensor Where(Tensor mask, Tensor a, Tensor b)
        {
            TensorTape tape = TensorTape.Of(mask, a.IsLiteral ? b : a, "Where");
            int m = tape.Enter(mask, "Where");
            int x = tape.Enter(a, "Where");
            return tape.Where(m, x, tape.Enter(b, "Where"));
        }
    }
}
