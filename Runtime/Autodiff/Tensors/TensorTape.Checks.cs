using System;
using System.Globalization;

namespace DiffPhysics.Autodiff
{
    // Check mode, and the names of records in messages.
    public sealed unsafe partial class TensorTape
    {
        private bool checkFinite;
        private readonly NodeMap<string> sites = new NodeMap<string>();

        /// <summary>
        /// Check mode: every value and every adjoint is tested as it appears, and the first NaN or infinity is an error that
        /// names the operation, the element and the line that recorded it. Slow: a stack trace is kept for every record.
        /// </summary>
        public bool CheckFinite
        {
            get => checkFinite;
            set
            {
                checkFinite = value;
                FastLimit = value ? 0 : capacity;
            }
        }

        /// <summary>In check mode: notes where the record was made, and throws if its value is not finite.</summary>
        private void Guard(int node)
        {
            if (!checkFinite)
                return;
            sites[node] = Environment.StackTrace;
            ReadOnlySpan<double> data = ValuesOf(node);
            for (int i = 0; i < data.Length; i++)
            {
                if (!IsFinite(data[i]))
                    throw TensorErrors.NotFinite(this, node, i, data[i]);
            }
        }

        private void GuardAdjoint(int node, int operand)
        {
            if (!Requires(operand))
                return;
            ReadOnlySpan<double> data = AdjointsOf(operand);
            for (int i = 0; i < data.Length; i++)
            {
                if (!IsFinite(data[i]))
                    throw TensorErrors.AdjointNotFinite(this, node, operand, i, data[i]);
            }
        }

        private static bool IsFinite(double x) => !double.IsNaN(x) && !double.IsInfinity(x);

        /// <summary>A record as messages name it.</summary>
        internal string Describe(int node)
        {
            ref TensorNode n = ref Nodes[node];
            string what = n.Op == TensorOp.Leaf ? "the leaf" : n.Op == TensorOp.Constant ? "the constant" : $"the result of {TensorOps.Name(n.Op)}";
            return $"{what} of shape {shapes[n.Shape]} (record {node} of tape '{Name}')";
        }

        /// <summary>An element as messages name it.</summary>
        internal string Element(int node, int element)
        {
            TensorShape shape = ShapeOf(node);
            if (shape.Rank == 0)
                return "the scalar";
            var index = new int[shape.Rank];
            for (int axis = 0; axis < shape.Rank; axis++)
                index[axis] = element / shape.Strides[axis] % shape.Dims[axis];
            return $"element {TensorShape.Text(index)}";
        }

        /// <summary>The operands that an elementwise operation had at an element.</summary>
        internal string OperandText(int node, int element)
        {
            TensorNode n = Nodes[node];
            if (!TensorOps.IsElementwise(n.Op))
                return "";
            string x = Number(Nodes[n.A].Shape == 0 ? Nodes[n.A].Value : ValuesOf(n.A)[element]);
            if (TensorOps.IsUnary(n.Op))
                return $", with operand {x}";
            return $", with operands {x} and {Number(Nodes[n.B].Shape == 0 ? Nodes[n.B].Value : ValuesOf(n.B)[element])}";
        }

        /// <summary>Where a record was made; known in check mode only.</summary>
        internal string Site(int node) => sites.TryGet(node, out string trace)
            ? Environment.NewLine + "It was recorded here:" + Environment.NewLine + trace
            : " Set CheckFinite before recording to see where it was recorded.";

        private static string Number(double x) => x.ToString("R", CultureInfo.InvariantCulture);
    }
}
