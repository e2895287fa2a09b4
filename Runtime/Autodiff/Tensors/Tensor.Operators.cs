using System.Runtime.CompilerServices;

namespace DiffPhysics.Autodiff
{
    // Operators. Two live scalars of one tape take the short way; everything else (broadcasting, checks, errors) is in TensorTape.
    public readonly partial struct Tensor
    {
        /// <summary>Elementwise sum, broadcasting.</summary>
        public static Tensor operator +(Tensor a, Tensor b) => AreScalars(a, b)
            ? a.tape.PushScalar(TensorOp.Add, a.node, b.node, a.tape.Nodes[a.node].Value + a.tape.Nodes[b.node].Value)
            : TensorTape.Binary(TensorOp.Add, a, b);

        /// <summary>Elementwise difference, broadcasting.</summary>
        public static Tensor operator -(Tensor a, Tensor b) => AreScalars(a, b)
            ? a.tape.PushScalar(TensorOp.Subtract, a.node, b.node, a.tape.Nodes[a.node].Value - a.tape.Nodes[b.node].Value)
            : TensorTape.Binary(TensorOp.Subtract, a, b);

        /// <summary>Elementwise product, broadcasting.</summary>
        public static Tensor operator *(Tensor a, Tensor b) => AreScalars(a, b)
            ? a.tape.PushScalar(TensorOp.Multiply, a.node, b.node, a.tape.Nodes[a.node].Value * a.tape.Nodes[b.node].Value)
            : TensorTape.Binary(TensorOp.Multiply, a, b);

        /// <summary>Elementwise quotient, broadcasting.</summary>
        public static Tensor operator /(Tensor a, Tensor b) => AreScalars(a, b)
            ? a.tape.PushScalar(TensorOp.Divide, a.node, b.node, a.tape.Nodes[a.node].Value / a.tape.Nodes[b.node].Value)
            : TensorTape.Binary(TensorOp.Divide, a, b);

        /// <summary>Elementwise negation.</summary>
        public static Tensor operator -(Tensor a) => AreScalars(a, a)
            ? a.tape.PushScalar(TensorOp.Negate, a.node, a.node, -a.tape.Nodes[a.node].Value)
            : TensorTape.Unary(TensorOp.Negate, a);

        /// <summary>1 where a &lt; b, else 0. Piecewise constant: requires no gradient.</summary>
        public static Tensor operator <(Tensor a, Tensor b) => TensorTape.Binary(TensorOp.Less, a, b);

        /// <summary>1 where a &gt; b, else 0. Piecewise constant: requires no gradient.</summary>
        public static Tensor operator >(Tensor a, Tensor b) => TensorTape.Binary(TensorOp.Less, b, a);

        /// <summary>1 where a &lt;= b, else 0. Piecewise constant: requires no gradient.</summary>
        public static Tensor operator <=(Tensor a, Tensor b) => TensorTape.Binary(TensorOp.LessOrEqual, a, b);

        /// <summary>1 where a &gt;= b, else 0. Piecewise constant: requires no gradient.</summary>
        public static Tensor operator >=(Tensor a, Tensor b) => TensorTape.Binary(TensorOp.LessOrEqual, b, a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool AreScalars(Tensor a, Tensor b)
        {
            TensorTape t = a.tape;
            return t != null && t == b.tape && t.IsLiveScalar(a.node, a.stamp) && t.IsLiveScalar(b.node, b.stamp);
        }
    }
}
