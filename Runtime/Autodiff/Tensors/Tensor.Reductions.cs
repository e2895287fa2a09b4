using System;

namespace DiffPhysics.Autodiff
{
    // Reductions, over all elements or along an axis (negative axes count from the end).
    public readonly unsafe partial struct Tensor
    {
        /// <summary>Sum of all elements (pairwise, so that rounding stays small).</summary>
        public Tensor Sum() => Live("Sum").ReduceAll(TensorOp.Sum, node);

        /// <summary>Sum along an axis.</summary>
        /// <param name="axis">The axis to sum over.</param>
        /// <param name="keepDims">True to keep the axis with extent 1.</param>
        public Tensor Sum(int axis, bool keepDims = false) => Live("Sum").ReduceAxis(TensorOp.Sum, node, axis, keepDims);

        /// <summary>Mean of all elements.</summary>
        public Tensor Mean() => Sum() * (1.0 / Count);

        /// <summary>Mean along an axis.</summary>
        /// <param name="axis">The axis to average over.</param>
        /// <param name="keepDims">True to keep the axis with extent 1.</param>
        public Tensor Mean(int axis, bool keepDims = false) => Sum(axis, keepDims) * (1.0 / Shape[Live("Mean").ShapeOf(node).Axis(axis, "Mean")]);

        /// <summary>Product of all elements. The gradient is right at zeros too.</summary>
        public Tensor Prod() => Live("Prod").ReduceAll(TensorOp.Prod, node);

        /// <summary>Product along an axis.</summary>
        /// <param name="axis">The axis to multiply over.</param>
        /// <param name="keepDims">True to keep the axis with extent 1.</param>
        public Tensor Prod(int axis, bool keepDims = false) => Live("Prod").ReduceAxis(TensorOp.Prod, node, axis, keepDims);

        /// <summary>Largest element; ties share the gradient evenly.</summary>
        public Tensor Max() => Live("Max").ReduceAll(TensorOp.MaxReduce, node);

        /// <summary>Largest element along an axis; ties share the gradient evenly.</summary>
        /// <param name="axis">The axis to search.</param>
        /// <param name="keepDims">True to keep the axis with extent 1.</param>
        public Tensor Max(int axis, bool keepDims = false) => Live("Max").ReduceAxis(TensorOp.MaxReduce, node, axis, keepDims);

        /// <summary>Smallest element; ties share the gradient evenly.</summary>
        public Tensor Min() => Live("Min").ReduceAll(TensorOp.MinReduce, node);

        /// <summary>Smallest element along an axis; ties share the gradient evenly.</summary>
        /// <param name="axis">The axis to search.</param>
        /// <param name="keepDims">True to keep the axis with extent 1.</param>
        public Tensor Min(int axis, bool keepDims = false) => Live("Min").ReduceAxis(TensorOp.MinReduce, node, axis, keepDims);

        /// <summary>Euclidean norm of all elements; gradient 0 where the norm is 0.</summary>
        public Tensor Norm() => SafeSqrt(Square(this).Sum());

        /// <summary>Euclidean norm along an axis; gradient 0 where the norm is 0.</summary>
        /// <param name="axis">The axis to measure along.</param>
        /// <param name="keepDims">True to keep the axis with extent 1.</param>
        public Tensor Norm(int axis, bool keepDims = false) => SafeSqrt(Square(this).Sum(axis, keepDims));

        private static Tensor SafeSqrt(Tensor square) => Where(Equal(square, 0.0), 0.0, Sqrt(square));

        /// <summary>ln of the sum of exponentials of all elements, without overflow.</summary>
        public Tensor LogSumExp()
        {
            Tensor top = FiniteOrZero(Max().Detach());
            return Log(Exp(this - top).Sum()) + top;
        }

        /// <summary>ln of the sum of exponentials along an axis, without overflow.</summary>
        /// <param name="axis">The axis to sum over.</param>
        /// <param name="keepDims">True to keep the axis with extent 1.</param>
        public Tensor LogSumExp(int axis, bool keepDims = false)
        {
            Tensor top = FiniteOrZero(Max(axis, keepDims: true).Detach());
            Tensor result = Log(Exp(this - top).Sum(axis, keepDims: true)) + top;
            return keepDims ? result : result.Squeeze(axis);
        }

        /// <summary>Exponentials along an axis, scaled to sum to 1.</summary>
        /// <param name="axis">The axis that sums to 1.</param>
        public Tensor Softmax(int axis = -1)
        {
            Tensor e = Exp(this - Max(axis, keepDims: true).Detach());
            return e / e.Sum(axis, keepDims: true);
        }

        /// <summary>Logarithm of <see cref="Softmax"/>, without underflow.</summary>
        /// <param name="axis">The axis that is normalised.</param>
        public Tensor LogSoftmax(int axis = -1) => this - LogSumExp(axis, keepDims: true);

        private static Tensor FiniteOrZero(Tensor x) => Where(Equal(Abs(x), double.PositiveInfinity), 0.0, x);
    }
}
