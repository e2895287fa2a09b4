using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The adjoint of every operation as operations on tensors: each line is a vector-Jacobian product. The recorded sweep
    /// uses them all, so gradients of gradients come from the same lines; the numeric sweep uses those it has no loop for.
    /// Products with a cotangent go through Gate, which is zero wherever the cotangent is, even against an infinite slope.
    /// Sources: Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation (2008);
    /// Murray, Differentiation of the Cholesky decomposition (arXiv:1602.07527).
    /// </summary>
    internal readonly unsafe struct TensorRules
    {
        private readonly TensorTape tape;
        private readonly bool recordsSweep;

        internal TensorRules(TensorTape tape, bool recordsSweep)
        {
            this.tape = tape;
            this.recordsSweep = recordsSweep;
        }

        /// <summary>Adds to the adjoints of the operands of record <paramref name="i"/>, whose own adjoint is <paramref name="g"/>.</summary>
        internal void Apply(int i, Tensor g)
        {
            TensorOp op = tape.Nodes[i].Op;
            if (TensorOps.IsUnary(op))
                Unary(i, op, g);
            else if (TensorOps.IsBinary(op))
                Binary(i, op, g);
            else
                Structure(i, op, g);
        }

        private void Unary(int i, TensorOp op, Tensor g)
        {
            int a = tape.Nodes[i].A;
            Tensor x = tape.At(a);
            Tensor z = tape.At(i);
            switch (op)
            {
                case TensorOp.Negate: Contribute(a, -g); break;
                case TensorOp.Abs: Contribute(a, Gate(g, Tensor.Sign(x))); break;
                case TensorOp.Square: Contribute(a, Gate(g, 2.0 * x)); break;
                case TensorOp.Sqrt: Contribute(a, Gate(g, 0.5 / z)); break;
                case TensorOp.Exp: Contribute(a, Gate(g, z)); break;
                case TensorOp.Expm1: Contribute(a, Gate(g, z + 1.0)); break;
                case TensorOp.Log: Contribute(a, Gate(g, 1.0 / x)); break;
                case TensorOp.Log1p: Contribute(a, Gate(g, 1.0 / (1.0 + x))); break;
                case TensorOp.Sin: Contribute(a, Gate(g, Tensor.Cos(x))); break;
                case TensorOp.Cos: Contribute(a, Gate(g, -Tensor.Sin(x))); break;
                case TensorOp.Tan: Contribute(a, Gate(g, 1.0 + Tensor.Square(z))); break;
                case TensorOp.Asin: Contribute(a, Gate(g, 1.0 / Tensor.Sqrt((1.0 - x) * (1.0 + x)))); break;
                case TensorOp.Acos: Contribute(a, Gate(g, -1.0 / Tensor.Sqrt((1.0 - x) * (1.0 + x)))); break;
                case TensorOp.Atan: Contribute(a, Gate(g, 1.0 / (1.0 + Tensor.Square(x)))); break;
                case TensorOp.Sinh: Contribute(a, Gate(g, Tensor.Cosh(x))); break;
                case TensorOp.Cosh: Contribute(a, Gate(g, Tensor.Sinh(x))); break;
                case TensorOp.Tanh: Contribute(a, Gate(g, 1.0 - Tensor.Square(z))); break;
                case TensorOp.Sigmoid: Contribute(a, Gate(g, z * (1.0 - z))); break;
                case TensorOp.Softplus: Contribute(a, Gate(g, Tensor.Sigmoid(x))); break;
                case TensorOp.Relu: Contribute(a, Gate(g, x > 0.0)); break;
                case TensorOp.Clamp: Contribute(a, Gate(g, Tensor.Equal(x, z))); break;
            }
        }

        private void Binary(int i, TensorOp op, Tensor g)
        {
            int a = tape.Nodes[i].A;
            int b = tape.Nodes[i].B;
            Tensor x = tape.At(a);
            Tensor y = tape.At(b);
            Tensor z = tape.At(i);
            bool needA = tape.Requires(a);
            bool needB = tape.Requires(b);
            switch (op)
            {
                case TensorOp.Add:
                    Contribute(a, g);
                    Contribute(b, g);
                    break;
                case TensorOp.Subtract:
                    Contribute(a, g);
                    if (needB)
                        Contribute(b, -g);
                    break;
                case TensorOp.Multiply:
                    if (needA)
                        Contribute(a, Gate(g, y));
                    if (needB)
                        Contribute(b, Gate(g, x));
                    break;
                case TensorOp.Gate:
                    // A closed gate passes nothing on to the slope, even where the cotangent is not finite.
                    if (needA)
                        Contribute(a, Gate(g, y));
                    if (needB)
                        Contribute(b, Tensor.Where(Tensor.Equal(x, 0.0), 0.0, Gate(g, x)));
                    break;
                case TensorOp.Divide:
                    if (needA)
                        Contribute(a, Gate(g, 1.0 / y));
                    if (needB)
                        Contribute(b, Gate(g, -(z / y)));
                    break;
                case TensorOp.Pow:
                    if (needA)
                        Contribute(a, Gate(g, Tensor.Where(Tensor.Equal(y, 0.0), 0.0, y * Tensor.Pow(x, y - 1.0))));
                    if (needB)
                        Contribute(b, Gate(g, Tensor.Where(Tensor.Equal(x, 0.0) * (y >= 0.0), 0.0, z * Tensor.Log(x))));
                    break;
                case TensorOp.Atan2:
                    Tensor r = Tensor.Hypot(x, y);
                    Tensor origin = Tensor.Equal(r, 0.0);
                    if (needA)
                        Contribute(a, Gate(g, Tensor.Where(origin, 0.0, y / r / r)));
                    if (needB)
                        Contribute(b, Gate(g, Tensor.Where(origin, 0.0, -(x / r / r))));
                    break;
                case TensorOp.Hypot:
                    Tensor zero = Tensor.Equal(z, 0.0);
                    if (needA)
                        Contribute(a, Gate(g, Tensor.Where(zero, 0.0, x / z)));
                    if (needB)
                        Contribute(b, Gate(g, Tensor.Where(zero, 0.0, y / z)));
                    break;
                case TensorOp.Max:
                    ContributeShares(a, b, g, x > y, Tensor.Equal(x, y));
                    break;
                case TensorOp.Min:
                    ContributeShares(a, b, g, x < y, Tensor.Equal(x, y));
                    break;
                case TensorOp.TakeFirst:
                    Contribute(a, g);
                    break;
                case TensorOp.TakeSecond:
                    Contribute(b, g);
                    break;
            }
        }

        /// <summary>The chosen operand takes all; at a tie both take half.</summary>
        private void ContributeShares(int a, int b, Tensor g, Tensor first, Tensor tie)
        {
            Tensor share = first + 0.5 * tie;
            if (tape.Requires(a))
                Contribute(a, Gate(g, share));
            if (tape.Requires(b))
                Contribute(b, Gate(g, 1.0 - share));
        }

        private void Structure(int i, TensorOp op, Tensor g)
        {
            TensorNode n = tape.Nodes[i];
            int a = n.A;
            TensorShape shape = tape.ShapeOf(a);
            int p = n.B;
            switch (op)
            {
                case TensorOp.Where:
                    Tensor mask = tape.At(tape.Operand(i, 2));
                    int other = tape.Operand(i, 1);
                    if (tape.Requires(a))
                        Contribute(a, Tensor.Where(mask, g, 0.0));
                    if (tape.Requires(other))
                        Contribute(other, Tensor.Where(mask, 0.0, g));
                    break;
                case TensorOp.Expand:
                    Contribute(a, g);
                    break;
                case TensorOp.Reshape:
                    Contribute(a, tape.ReshapeTo(g.node, tape.Nodes[a].Shape));
                    break;
                case TensorOp.Transpose:
                    Span<int> inverse = stackalloc int[shape.Rank];
                    tape.InversePermutation(i, inverse);
                    Contribute(a, tape.Transpose(g.node, inverse));
                    break;
                case TensorOp.Sum:
                    Contribute(a, Spread(g, i));
                    break;
                case TensorOp.Slice:
                    Contribute(a, tape.Pad(g.node, tape.IntegerAt(p), tape.IntegerAt(p + 1), tape.IntegerAt(p + 2), tape.Nodes[a].Shape));
                    break;
                case TensorOp.Pad:
                    Contribute(a, tape.Slice(g.node, tape.IntegerAt(p), tape.IntegerAt(p + 1), tape.IntegerAt(p + 2), tape.Nodes[a].Shape));
                    break;
                case TensorOp.Take:
                    Contribute(a, tape.ScatterAdd(g.node, tape.IntegerAt(p), tape.IndicesOf(i).ToArray(), tape.Nodes[a].Shape));
                    break;
                case TensorOp.ScatterAdd:
                    Contribute(a, tape.Take(g.node, tape.IntegerAt(p), tape.IndicesOf(i).ToArray(), tape.Nodes[a].Shape));
                    break;
                case TensorOp.Concat:
                    Concat(i, g);
                    break;
                case TensorOp.Triangle:
                    Contribute(a, tape.Triangle(g.node, tape.IntegerAt(p) == 1, tape.IntegerAt(p + 1) == 1));
                    break;
                case TensorOp.Prod:
                    Prod(i, g);
                    break;
                case TensorOp.MaxReduce:
                case TensorOp.MinReduce:
                    // Ties share evenly.
                    Tensor chosen = Tensor.Equal(tape.At(a), Spread(tape.At(i).Detach(), i));
                    Tensor ties = tape.IntegerAt(p) == TensorTape.AllAxes ? chosen.Sum() : chosen.Sum(tape.IntegerAt(p), keepDims: true);
                    Contribute(a, Gate(Spread(g, i), chosen / ties));
                    break;
                case TensorOp.MatMul:
                    if (tape.Requires(a))
                        Contribute(a, Tensor.MatMul(g, tape.At(p).Transpose(-2, -1)));
                    if (tape.Requires(p))
                        Contribute(p, Tensor.MatMul(tape.At(a).Transpose(-2, -1), g));
                    break;
                case TensorOp.Solve:
                    Solve(i, g);
                    break;
                case TensorOp.TriangularSolve:
                    TriangularSolve(i, g);
                    break;
                case TensorOp.Cholesky:
                    Cholesky(i, g);
                    break;
                case TensorOp.Custom:
                    Custom(i, g);
                    break;
                default:
                    throw new InvalidOperationException($"{TensorOps.Name(op)} has no adjoint rule.");
            }
        }

        private void Concat(int i, Tensor g)
        {
            int axis = tape.IntegerAt(tape.Nodes[i].B);
            int count = tape.OperandCount(i);
            int start = 0;
            for (int k = 0; k < count; k++)
            {
                int operand = tape.Operand(i, k);
                int length = tape.ShapeOf(operand).Dims[axis];
                if (tape.Requires(operand))
                    Contribute(operand, tape.Slice(g.node, axis, start, length, tape.Nodes[operand].Shape));
                start += length;
            }
        }

        /// <summary>
        /// d prod / d x_k is the product of the others: an n x n repetition of the run with its diagonal replaced by ones,
        /// multiplied up. Quotients prod / x_k would fail at zeros.
        /// </summary>
        private void Prod(int i, Tensor g)
        {
            int a = tape.Nodes[i].A;
            int axis = tape.IntegerAt(tape.Nodes[i].B);
            TensorShape shape = tape.ShapeOf(a);
            int outer = 1, length = shape.Count, inner = 1;
            if (axis != TensorTape.AllAxes)
                shape.Split(axis, out outer, out length, out inner);
            if (length == 0)
                return;
            Tensor rows = tape.At(a).Reshape(outer, 1, length, inner);
            Tensor diagonal = tape.Full(0.0, stackalloc int[] { 1, length, length, 1 });
            Span<double> eye = tape.ValuesOf(diagonal.node);
            for (int k = 0; k < length; k++)
                eye[k * length + k] = 1;
            Tensor others = Tensor.Where(diagonal, 1.0, rows).Prod(2);
            Tensor cotangent = g.Reshape(outer, 1, inner);
            Contribute(a, tape.ReshapeTo(Gate(cotangent, others).node, tape.Nodes[a].Shape));
        }

        private void Solve(int i, Tensor g)
        {
            int a = tape.Nodes[i].A;
            int b = tape.Operand(i, 1);
            Tensor lambda = Tensor.Solve(tape.At(a).Transpose(), g);
            Contribute(b, lambda);
            if (tape.Requires(a))
                Contribute(a, -Outer(lambda, tape.At(i)));
        }

        private void TriangularSolve(int i, Tensor g)
        {
            int a = tape.Nodes[i].A;
            int b = tape.Operand(i, 1);
            bool upper = tape.IntegerAt(tape.Nodes[i].B + 1) == 1;
            bool transposed = tape.IntegerAt(tape.Nodes[i].B + 2) == 1;
            Tensor lambda = Tensor.TriangularSolve(tape.At(a), g, upper, !transposed);
            Contribute(b, lambda);
            if (!tape.Requires(a))
                return;
            Tensor product = transposed ? Outer(tape.At(i), lambda) : Outer(lambda, tape.At(i));
            Contribute(a, -tape.Triangle(product.node, upper, false));
        }

        /// <summary>A' = L^-T Phi(L^T L') L^-1, symmetrised, where Phi keeps the lower triangle and halves the diagonal (Murray, eq. 10).</summary>
        private void Cholesky(int i, Tensor g)
        {
            Tensor l = tape.At(i);
            Tensor phi = tape.Triangle(Tensor.MatMul(l.Transpose(), g).node, false, true);
            Tensor left = Tensor.TriangularSolve(l, phi, false, true);
            Tensor both = Tensor.TriangularSolve(l, left.Transpose(), false, true);
            Contribute(tape.Nodes[i].A, 0.5 * (both + both.Transpose()));
        }

        private void Custom(int i, Tensor g)
        {
            int count = tape.OperandCount(i);
            var function = (TensorFunction)tape.ObjectAt(tape.IntegerAt(tape.Nodes[i].B));
            var inputs = new Tensor[count];
            for (int k = 0; k < count; k++)
                inputs[k] = tape.At(tape.Operand(i, k));
            Tensor[] gradients = function.RunBackward(inputs, tape.At(i), g);
            for (int k = 0; k < count; k++)
            {
                if (gradients[k].IsDefined && inputs[k].RequiresGrad)
                    Contribute(inputs[k].node, gradients[k]);
            }
        }

        /// <summary>A cotangent of a reduction, repeated along what was reduced.</summary>
        private Tensor Spread(Tensor g, int i)
        {
            int a = tape.Nodes[i].A;
            int axis = tape.IntegerAt(tape.Nodes[i].B);
            if (axis != TensorTape.AllAxes)
                g = tape.ReshapeTo(g.node, tape.ReducedShape(tape.ShapeOf(a), axis, keepDims: true));
            int shape = tape.Nodes[a].Shape;
            return tape.Nodes[g.node].Shape == shape ? g : tape.At(tape.Expand(g.node, shape));
        }

        /// <summary>u v^T, for vectors or matrices of columns.</summary>
        private static Tensor Outer(Tensor u, Tensor v) =>
            u.Rank == 1 ? Tensor.MatMul(u.Reshape(-1, 1), v.Reshape(1, -1)) : Tensor.MatMul(u, v.Transpose());

        private static Tensor Gate(Tensor g, Tensor slope) => TensorTape.Binary(TensorOp.Gate, g, slope);

        private void Contribute(int operand, Tensor contribution)
        {
            if (!tape.Requires(operand))
                return;
            int node = tape.SumTo(tape.Enter(contribution, "adjoint"), tape.Nodes[operand].Shape);
            if (recordsSweep)
                tape.AddCotangent(operand, node);
            else
                tape.AddAdjoint(operand, node);
        }
    }
}
