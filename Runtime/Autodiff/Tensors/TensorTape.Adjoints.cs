using System;

namespace DiffPhysics.Autodiff
{
    // Adjoints in numbers of the operations that move, sum and multiply: g is the result's adjoint.
    public sealed unsafe partial class TensorTape
    {
        /// <summary>False for an operation that has only a rule on tensors.</summary>
        private bool SweepStructure(int i)
        {
            TensorNode n = Nodes[i];
            switch (n.Op)
            {
                case TensorOp.Where:
                    SweepWhere(i);
                    return true;
                case TensorOp.Concat:
                    SweepConcat(i);
                    return true;
                case TensorOp.MatMul:
                    SweepMatMul(i);
                    return true;
                case TensorOp.Solve:
                    SweepSolve(i);
                    return true;
            }
            if (n.Op < TensorOp.Expand || n.Op > TensorOp.Triangle)
                return false;
            Touch(n.A);
            Span<double> a = AdjointsOf(n.A);
            ReadOnlySpan<double> g = AdjointsOf(i);
            TensorShape shape = ShapeOf(n.A);
            int p = n.B;
            switch (n.Op)
            {
                case TensorOp.Expand:
                    Broadcasting.Gather(g, ShapeOf(i), a, shape);
                    return true;
                case TensorOp.Reshape:
                    Regions.AddTo(a, g);
                    return true;
                case TensorOp.Transpose:
                    Span<int> inverse = stackalloc int[shape.Rank];
                    InversePermutation(i, inverse);
                    Broadcasting.Permute(g, ShapeOf(i), inverse, a, add: true);
                    return true;
                case TensorOp.Sum:
                    SpreadSum(g, shape, integers[p], a);
                    return true;
                case TensorOp.Slice:
                    Regions.Add(g, shape, integers[p], integers[p + 1], integers[p + 2], a);
                    return true;
                case TensorOp.Pad:
                    Regions.Read(g, ShapeOf(i), integers[p], integers[p + 1], integers[p + 2], a, add: true);
                    return true;
                case TensorOp.Take:
                    Regions.Scatter(g, shape, integers[p], IndicesOf(i), a);
                    return true;
                case TensorOp.ScatterAdd:
                    Regions.Gather(g, ShapeOf(i), integers[p], IndicesOf(i), a, add: true);
                    return true;
                case TensorOp.Triangle:
                    Regions.Triangle(g, shape, integers[p] == 1, integers[p + 1] == 1, a, add: true);
                    return true;
                default:
                    return false;
            }
        }

        internal void InversePermutation(int node, Span<int> inverse)
        {
            for (int k = 0; k < inverse.Length; k++)
                inverse[integers[Nodes[node].B + k]] = k;
        }

        private static void SpreadSum(ReadOnlySpan<double> g, TensorShape shape, int axis, Span<double> a)
        {
            int outer = 1, length = shape.Count, inner = 1;
            if (axis != AllAxes)
                shape.Split(axis, out outer, out length, out inner);
            if (inner == 1)
            {
                for (int o = 0; o < outer; o++)
                    Regions.AddTo(a.Slice(o * length, length), g[o]);
                return;
            }
            for (int o = 0; o < outer; o++)
            {
                for (int k = 0; k < length; k++)
                {
                    Span<double> run = a.Slice((o * length + k) * inner, inner);
                    Regions.AddTo(run, g.Slice(o * inner, inner));
                }
            }
        }

        private void SweepWhere(int i)
        {
            TensorNode n = Nodes[i];
            int mask = integers[n.B];
            int b = integers[n.B + 1];
            bool needA = Touch(n.A);
            bool needB = Touch(b);
            ReadOnlySpan<double> g = AdjointsOf(i), m = ValuesOf(mask);
            Span<double> da = needA ? AdjointsOf(n.A) : default;
            Span<double> db = needB ? AdjointsOf(b) : default;
            int sm = Step(mask), sa = Step(n.A), sb = Step(b);
            for (int k = 0; k < g.Length; k++)
            {
                if (m[k * sm] != 0)
                {
                    if (needA)
                        da[k * sa] += g[k];
                }
                else if (needB)
                    db[k * sb] += g[k];
            }
        }

        private void SweepConcat(int i)
        {
            int axis = integers[Nodes[i].B];
            int start = 0;
            int count = OperandCount(i);
            for (int k = 0; k < count; k++)
            {
                int operand = Operand(i, k);
                int length = ShapeOf(operand).Dims[axis];
                if (Touch(operand))
                    Regions.Read(AdjointsOf(i), ShapeOf(i), axis, start, length, AdjointsOf(operand), add: true);
                start += length;
            }
        }

        /// <summary>C = A B: A' += C' B^T and B' += A^T C' (Giles, Collected matrix derivative results, 2008).</summary>
        private void SweepMatMul(int i)
        {
            TensorNode n = Nodes[i];
            bool needA = Touch(n.A);
            bool needB = Touch(n.B);
            Dense.Batch(ShapeOf(n.A), ShapeOf(n.B), out int batch, out int rows, out int middle, out int columns);
            for (int q = 0; q < batch; q++)
            {
                ReadOnlySpan<double> g = AdjointsOf(i).Slice(q * rows * columns);
                if (needA)
                    Dense.AddProductTransposedRight(g, ValuesOf(n.B).Slice(q * middle * columns), AdjointsOf(n.A).Slice(q * rows * middle), rows, columns, middle);
                if (needB)
                    Dense.AddProductTransposedLeft(ValuesOf(n.A).Slice(q * rows * middle), g, AdjointsOf(n.B).Slice(q * middle * columns), rows, middle, columns);
            }
        }

        /// <summary>A X = B: B' += A^-T X' and A' -= (A^-T X') X^T (Giles 2008), with the factors of the forward solve.</summary>
        private void SweepSolve(int i)
        {
            TensorNode n = Nodes[i];
            int b = integers[n.B];
            int size = ShapeOf(n.A).Dims[0];
            int columns = Columns(b);
            bool needA = Touch(n.A);
            bool needB = Touch(b);
            Mark(out int nodes, out int valuesAt, out int integersAt, out int objectsAt);
            int scratch = NewScratch(size * columns);
            Span<double> lambda = ScratchAt(scratch, size * columns);
            AdjointsOf(i).CopyTo(lambda);
            Dense.SolveFactoredTransposed(ScratchAt(integers[n.B + 1], size * size), IntegersAt(n.B + 2, size), size, lambda, columns);
            if (needB)
                Regions.AddTo(AdjointsOf(b), lambda);
            if (needA)
            {
                for (int k = 0; k < lambda.Length; k++)
                    lambda[k] = -lambda[k];
                if (columns == 1)
                    Dense.AddProduct(lambda, ValuesOf(i), AdjointsOf(n.A), size, 1, size);
                else
                    Dense.AddProductTransposedRight(lambda, ValuesOf(i), AdjointsOf(n.A), size, columns, size);
            }
            valueCount = valuesAt;
        }

        /// <summary>How many operands a record has.</summary>
        internal int OperandCount(int i)
        {
            TensorNode n = Nodes[i];
            switch (n.Op)
            {
                case TensorOp.Constant:
                case TensorOp.Leaf:
                    return 0;
                case TensorOp.Where:
                    return 3;
                case TensorOp.MatMul:
                case TensorOp.Solve:
                case TensorOp.TriangularSolve:
                    return 2;
                case TensorOp.Concat:
                case TensorOp.Custom:
                    return integers[n.B + 1];
                case TensorOp.Clamp:
                    return (n.Flags & (NodeFlags.Pending | NodeFlags.Fused)) != 0 ? 3 : 1;
                default:
                    return TensorOps.IsBinary(n.Op) ? 2 : 1;
            }
        }

        /// <summary>An operand of a record; for Where the order is a, b, mask.</summary>
        internal int Operand(int i, int position)
        {
            TensorNode n = Nodes[i];
            switch (n.Op)
            {
                case TensorOp.Where:
                    return position == 0 ? n.A : position == 1 ? integers[n.B + 1] : integers[n.B];
                case TensorOp.Solve:
                case TensorOp.TriangularSolve:
                    return position == 0 ? n.A : integers[n.B];
                case TensorOp.Concat:
                case TensorOp.Custom:
                    return integers[n.B + 2 + position];
                case TensorOp.Clamp:
                    return position == 0 ? n.A : i - 3 + position;
                default:
                    return position == 0 ? n.A : n.B;
            }
        }
    }
}
