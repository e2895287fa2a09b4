using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The functional face of tensors: gradients, vector-Jacobian and Jacobian-vector products, Jacobians and Hessians, like
    /// torch.autograd.grad and torch.autograd.functional. Nothing here touches <see cref="Tensor.Grad"/>. The forms that take
    /// tensors leave their work on the tape until its recording closes; the forms that take arrays use a tape of their own.
    /// </summary>
    public static class Autograd
    {
        /// <summary>Gradients of an output with respect to inputs, which may be any values that the output was computed from.</summary>
        /// <param name="output">A scalar, or any shape with a seed.</param>
        /// <param name="inputs">Tensors that require gradients.</param>
        /// <param name="seed">The cotangent of the output; left out for a scalar.</param>
        /// <param name="retainGraph">True to keep the graph for another sweep.</param>
        /// <param name="createGraph">True to record the sweep, so that the results can be differentiated.</param>
        /// <param name="allowUnused">True to return zeros for inputs that the output does not depend on; otherwise they are an error.</param>
        public static Tensor[] Gradient(Tensor output, Tensor[] inputs, Tensor seed = default, bool retainGraph = false, bool createGraph = false, bool allowUnused = false)
        {
            if (inputs == null)
                throw new ArgumentNullException(nameof(inputs));
            TensorTape tape = output.Tape;
            var nodes = new int[inputs.Length];
            for (int k = 0; k < inputs.Length; k++)
            {
                nodes[k] = tape.Enter(inputs[k], "Gradient");
                if (!tape.Requires(nodes[k]))
                    throw TensorErrors.GradNotRequired(tape, nodes[k]);
            }
            var results = new Tensor[inputs.Length];
            try
            {
                foreach (int node in nodes)
                    tape.Capture(node);
                tape.Backward(output.node, seed, retainGraph, createGraph, toLeaves: false);
                for (int k = 0; k < nodes.Length; k++)
                {
                    int captured = tape.Captured(nodes[k]);
                    if (captured < 0 && !allowUnused)
                        throw TensorErrors.Unused(tape, nodes[k], k, output.node);
                    results[k] = captured >= 0 ? tape.At(captured) : tape.Full(0.0, inputs[k].Shape);
                }
            }
            finally
            {
                foreach (int node in nodes)
                    tape.EndCapture(node);
            }
            return results;
        }

        /// <summary>Gradient of an output with respect to one input; see the form with several.</summary>
        /// <param name="output">A scalar, or any shape with a seed.</param>
        /// <param name="input">A tensor that requires a gradient.</param>
        /// <param name="seed">The cotangent of the output; left out for a scalar.</param>
        /// <param name="retainGraph">True to keep the graph for another sweep.</param>
        /// <param name="createGraph">True to record the sweep, so that the result can be differentiated.</param>
        /// <param name="allowUnused">True to return zeros where the output does not depend on the input.</param>
        public static Tensor Gradient(Tensor output, Tensor input, Tensor seed = default, bool retainGraph = false, bool createGraph = false, bool allowUnused = false) =>
            Gradient(output, new[] { input }, seed, retainGraph, createGraph, allowUnused)[0];

        /// <summary>Gradient of a scalar function at x, of x's shape. Nested in another function it is differentiable itself.</summary>
        public static Tensor Gradient(Func<Tensor, Tensor> function, Tensor x)
        {
            Tensor input = Input(x);
            return GradientOrZero(Call(function, input), input, default, createGraph: x.RequiresGrad);
        }

        /// <summary>The value of a function and a vector-Jacobian product: cotangent^T J, of x's shape.</summary>
        /// <param name="function">The function.</param>
        /// <param name="x">Where.</param>
        /// <param name="cotangent">Of the output's shape.</param>
        public static (Tensor Output, Tensor Product) Vjp(Func<Tensor, Tensor> function, Tensor x, Tensor cotangent)
        {
            Tensor input = Input(x);
            Tensor output = Call(function, input);
            return (output, GradientOrZero(output, input, cotangent, createGraph: x.RequiresGrad));
        }

        /// <summary>
        /// The value of a function and a Jacobian-vector product: J tangent, of the output's shape. A vector-Jacobian product
        /// is linear in its cotangent u, so differentiating it with respect to u gives J v.
        /// </summary>
        /// <param name="function">The function.</param>
        /// <param name="x">Where.</param>
        /// <param name="tangent">Of x's shape.</param>
        public static (Tensor Output, Tensor Product) Jvp(Func<Tensor, Tensor> function, Tensor x, Tensor tangent)
        {
            Tensor input = Input(x);
            Tensor output = Call(function, input);
            RequireShape(tangent, x, "Jvp: the tangent");
            Tensor u = x.Tape.Full(0.0, output.Shape, requiresGrad: true);
            Tensor product = GradientOrZero(output, input, u, createGraph: true);
            return (output, GradientOrZero(product, u, tangent, createGraph: x.RequiresGrad));
        }

        /// <summary>All derivatives of all outputs: the shape is the output's followed by x's. One sweep per output element.</summary>
        public static Tensor Jacobian(Func<Tensor, Tensor> function, Tensor x)
        {
            Tensor input = Input(x);
            return Rows(Call(function, input), input);
        }

        /// <summary>All second derivatives of a scalar function: the shape is x's twice.</summary>
        public static Tensor Hessian(Func<Tensor, Tensor> function, Tensor x)
        {
            Tensor input = Input(x);
            return Rows(GradientOrZero(Call(function, input), input, default, createGraph: true), input);
        }

        /// <summary>Hessian times a vector, by differentiating the gradient's projection on it: costs a few evaluations, not n.</summary>
        /// <param name="function">A scalar function.</param>
        /// <param name="x">Where.</param>
        /// <param name="vector">Of x's shape.</param>
        public static Tensor HessianVectorProduct(Func<Tensor, Tensor> function, Tensor x, Tensor vector)
        {
            Tensor input = Input(x);
            RequireShape(vector, x, "HessianVectorProduct: the vector");
            Tensor gradient = GradientOrZero(Call(function, input), input, default, createGraph: true);
            return GradientOrZero(gradient, input, vector, createGraph: x.RequiresGrad);
        }

        /// <summary>Gradient of a scalar function of a vector.</summary>
        public static double[] Gradient(Func<Tensor, Tensor> function, double[] x) =>
            Gradient(function, new TensorTape().Vector(x)).ToArray();

        /// <summary>Jacobian of a function of a vector: a row per output element.</summary>
        public static double[,] Jacobian(Func<Tensor, Tensor> function, double[] x) =>
            Matrix(Jacobian(function, new TensorTape().Vector(x)), x.Length);

        /// <summary>Hessian of a scalar function of a vector.</summary>
        public static double[,] Hessian(Func<Tensor, Tensor> function, double[] x) =>
            Matrix(Hessian(function, new TensorTape().Vector(x)), x.Length);

        private static Tensor Input(Tensor x) =>
            x.RequiresGrad ? x : x.Tape.LeafLike(x.node);

        private static Tensor Call(Func<Tensor, Tensor> function, Tensor input)
        {
            if (function == null)
                throw new ArgumentNullException(nameof(function));
            Tensor output = function(input);
            input.Tape.Enter(output, "the function's result");
            return output;
        }

        private static Tensor GradientOrZero(Tensor output, Tensor input, Tensor seed, bool createGraph) => output.RequiresGrad
            ? Gradient(output, input, seed, retainGraph: true, createGraph, allowUnused: true)
            : output.Tape.Full(0.0, input.Shape);

        private static Tensor Rows(Tensor output, Tensor input)
        {
            TensorTape tape = input.Tape;
            var shape = new int[output.Rank + input.Rank];
            output.Shape.CopyTo(shape);
            input.Shape.CopyTo(shape.AsSpan(output.Rank));
            Tensor result = tape.Full(0.0, shape);
            if (!output.RequiresGrad)
                return result;
            int columns = input.Count;
            Tensor seed = tape.Full(0.0, output.Shape);
            for (int row = 0; row < output.Count; row++)
            {
                using (tape.Recording())
                {
                    tape.ValuesOf(seed.node)[row] = 1;
                    Tensor gradient = Gradient(output, input, seed, retainGraph: true, allowUnused: true);
                    gradient.Data.CopyTo(tape.ValuesOf(result.node).Slice(row * columns, columns));
                    tape.ValuesOf(seed.node)[row] = 0;
                }
            }
            return result;
        }

        private static void RequireShape(Tensor given, Tensor x, string what)
        {
            if (!given.Shape.SequenceEqual(x.Shape))
                throw new ArgumentException($"{what} has shape {TensorShape.Text(given.Shape)}, but x has shape {TensorShape.Text(x.Shape)}: they must be equal.");
        }

        private static double[,] Matrix(Tensor rows, int columns)
        {
            ReadOnlySpan<double> data = rows.Data;
            var matrix = new double[columns == 0 ? 0 : data.Length / columns, columns];
            for (int i = 0; i < data.Length; i++)
                matrix[i / columns, i % columns] = data[i];
            return matrix;
        }
    }
}
