using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// A function with the user's own adjoint, like a custom autograd function of PyTorch: <see cref="Forward"/> computes a
    /// result without recording how, <see cref="Backward"/> gives the vector-Jacobian product. Write Backward with tensor
    /// operations and it can be differentiated again.
    /// </summary>
    public abstract class TensorFunction
    {
        /// <summary>Computes the result from the inputs. Nothing inside is recorded for gradients.</summary>
        /// <param name="inputs">The tensors given to <see cref="Apply"/>.</param>
        protected abstract Tensor Forward(Tensor[] inputs);

        /// <summary>
        /// One gradient per input, of that input's shape: the cotangent times the Jacobian. Leave default where an input gets none.
        /// </summary>
        /// <param name="inputs">The tensors given to <see cref="Apply"/>.</param>
        /// <param name="output">What <see cref="Forward"/> returned.</param>
        /// <param name="gradient">The cotangent, of the output's shape.</param>
        protected abstract Tensor[] Backward(Tensor[] inputs, Tensor output, Tensor gradient);

        /// <summary>Runs the function and records it as one operation.</summary>
        /// <param name="inputs">At least one tensor, all of one tape.</param>
        public Tensor Apply(params Tensor[] inputs)
        {
            if (inputs == null || inputs.Length == 0)
                throw new ArgumentException($"{GetType().Name}: a custom function needs at least one input.", nameof(inputs));
            TensorTape tape = inputs[0].tape;
            foreach (Tensor input in inputs)
                tape = TensorTape.Of(input, inputs[0], GetType().Name) ?? tape;
            return tape.Custom(this, inputs);
        }

        internal Tensor RunForward(Tensor[] inputs) => Forward(inputs);

        internal Tensor[] RunBackward(Tensor[] inputs, Tensor output, Tensor gradient)
        {
            Tensor[] gradients = Backward(inputs, output, gradient);
            if (gradients == null || gradients.Length != inputs.Length)
                throw new InvalidOperationException($"{GetType().Name}.Backward must return one gradient per input: {inputs.Length} are expected, {gradients?.Length ?? 0} came.");
            for (int k = 0; k < inputs.Length; k++)
            {
                if (gradients[k].IsDefined && gradients[k].Rank != 0 && !gradients[k].Shape.SequenceEqual(inputs[k].Shape))
                    throw new InvalidOperationException($"{GetType().Name}.Backward: the gradient of input {k} has shape {TensorShape.Text(gradients[k].Shape)}, but the input has shape {TensorShape.Text(inputs[k].Shape)}.");
            }
            return gradients;
        }
    }

    public sealed unsafe partial class TensorTape
    {
        /// <summary>Records a user's function. Integers: function, count, inputs.</summary>
        internal Tensor Custom(TensorFunction function, Tensor[] inputs)
        {
            string name = function.GetType().Name;
            Span<int> operands = stackalloc int[inputs.Length];
            bool requires = false;
            for (int k = 0; k < inputs.Length; k++)
            {
                operands[k] = Enter(inputs[k], name);
                requires |= Requires(operands[k]);
            }
            int result;
            using (NoGrad())
                result = Enter(function.RunForward(inputs), name);
            int at = NewIndices(NewObject(function), operands);
            int node = NewNode(TensorOp.Custom, Nodes[result].Shape, operands[0], at, requires);
            ValuesOf(result).CopyTo(ValuesOf(node));
            return Done(node);
        }
    }
}
