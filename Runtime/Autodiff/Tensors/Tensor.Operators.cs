using System.Runtime.CompilerServices;

namespace DiffPhysics.Autodiff
{
    // Operators. Live scalars of one tape take the short way; everything else (broadcasting, checks, errors) is in TensorTape.
    public readonly unsafe partial struct Tensor
    {
        /// <summary>Elementwise sum, broadcasting.</summary>
        public static Tensor operator +(Tensor a, Tensor b) => AreScalars(a, b, out TensorNode* x, out TensorNode* y)
            ? a.tape.PushFast(TensorOp.Add, a.node, b.node, x->Head | y->Head, x->Value + y->Value)
            : TensorTape.Binary(TensorOp.Add, a, b);

        /// <summary>Elementwise sum with a number.</summary>
        public static Tensor operator +(Tensor a, double b) => IsScalar(a, out TensorNode* x)
            ? a.tape.PushFast(TensorOp.Add, a.node, a.tape.PushConstant(b), x->Head, x->Value + b)
            : TensorTape.Binary(TensorOp.Add, a, b);

        /// <summary>Elementwise sum with a number.</summary>
        public static Tensor operator +(double a, Tensor b) => IsScalar(b, out TensorNode* y)
            ? b.tape.PushFast(TensorOp.Add, b.tape.PushConstant(a), b.node, y->Head, a + y->Value)
            : TensorTape.Binary(TensorOp.Add, a, b);

        /// <summary>Elementwise difference, broadcasting.</summary>
        public static Tensor operator -(Tensor a, Tensor b) => AreScalars(a, b, out TensorNode* x, out TensorNode* y)
            ? a.tape.PushFast(TensorOp.Subtract, a.node, b.node, x->Head | y->Head, x->Value - y->Value)
            : TensorTape.Binary(TensorOp.Subtract, a, b);

        /// <summary>Elementwise difference with a number.</summary>
        public static Tensor operator -(Tensor a, double b) => IsScalar(a, out TensorNode* x)
            ? a.tape.PushFast(TensorOp.Subtract, a.node, a.tape.PushConstant(b), x->Head, x->Value - b)
            : TensorTape.Binary(TensorOp.Subtract, a, b);

        /// <summary>Elementwise difference with a number.</summary>
        public static Tensor operator -(double a, Tensor b) => IsScalar(b, out TensorNode* y)
            ? b.tape.PushFast(TensorOp.Subtract, b.tape.PushConstant(a), b.node, y->Head, a - y->Value)
            : TensorTape.Binary(TensorOp.Subtract, a, b);

        /// <summary>Elementwise product, broadcasting.</summary>
        public static Tensor operator *(Tensor a, Tensor b) => AreScalars(a, b, out TensorNode* x, out TensorNode* y)
            ? a.tape.PushFast(TensorOp.Multiply, a.node, b.node, x->Head | y->Head, x->Value * y->Value)
            : TensorTape.Binary(TensorOp.Multiply, a, b);

        /// <summary>Elementwise product with a number.</summary>
        public static Tensor operator *(Tensor a, double b) => IsScalar(a, out TensorNode* x)
            ? a.tape.PushFast(TensorOp.Multiply, a.node, a.tape.PushConstant(b), x->Head, x->Value * b)
            : TensorTape.Binary(TensorOp.Multiply, a, b);

        /// <summary>Elementwise product with a number.</summary>
        public static Tensor operator *(double a, Tensor b) => IsScalar(b, out TensorNode* y)
            ? b.tape.PushFast(TensorOp.Multiply, b.tape.PushConstant(a), b.node, y->Head, a * y->Value)
            : TensorTape.Binary(TensorOp.Multiply, a, b);

        /// <summary>Elementwise quotient, broadcasting.</summary>
        public static Tensor operator /(Tensor a, Tensor b) => AreScalars(a, b, out TensorNode* x, out TensorNode* y)
            ? a.tape.PushFast(TensorOp.Divide, a.node, b.node, x->Head | y->Head, x->Value / y->Value)
            : TensorTape.Binary(TensorOp.Divide, a, b);

        /// <summary>Elementwise quotient with a number.</summary>
        public static Tensor operator /(Tensor a, double b) => IsScalar(a, out TensorNode* x)
            ? a.tape.PushFast(TensorOp.Divide, a.node, a.tape.PushConstant(b), x->Head, x->Value / b)
            : TensorTape.Binary(TensorOp.Divide, a, b);

        /// <summary>Elementwise quotient with a number.</summary>
        public static Tensor operator /(double a, Tensor b) => IsScalar(b, out TensorNode* y)
            ? b.tape.PushFast(TensorOp.Divide, b.tape.PushConstant(a), b.node, y->Head, a / y->Value)
            : TensorTape.Binary(TensorOp.Divide, a, b);

        /// <summary>Elementwise negation.</summary>
        public static Tensor operator -(Tensor a) => IsScalar(a, out TensorNode* x)
            ? a.tape.PushFast(TensorOp.Negate, a.node, a.node, x->Head, -x->Value)
            : TensorTape.Unary(TensorOp.Negate, a);

        /// <summary>1 where a &lt; b, else 0. Piecewise constant: requires no gradient.</summary>
        public static Tensor operator <(Tensor a, Tensor b) => TensorTape.Binary(TensorOp.Less, a, b);

        /// <summary>1 where a &gt; b, else 0. Piecewise constant: requires no gradient.</summary>
        public static Tensor operator >(Tensor a, Tensor b) => TensorTape.Binary(TensorOp.Less, b, a);

        /// <summary>1 where a &lt;= b, else 0. Piecewise constant: requires no gradient.</summary>
        public static Tensor operator <=(Tensor a, Tensor b) => TensorTape.Binary(TensorOp.LessOrEqual, a, b);

        /// <summary>1 where a &gt;= b, else 0. Piecewise constant: requires no gradient.</summary>
        public static Tensor operator >=(Tensor a, Tensor b) => TensorTape.Binary(TensorOp.LessOrEqual, b, a);

        /// <summary>True where both are live scalars of one tape that has room. Memory of a tape never shrinks, so a stale handle reads a record, if a wrong one.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool AreScalars(Tensor a, Tensor b, out TensorNode* x, out TensorNode* y)
        {
            TensorTape t = a.tape;
            if (t == null || t != b.tape)
            {
                x = null;
                y = null;
                return false;
            }
            x = t.Nodes + a.node;
            y = t.Nodes + b.node;
            int count = t.Count;
            return IsStampedScalar((x->Head ^ a.handle >> 32) | (y->Head ^ b.handle >> 32))
                && ((a.node - count) & (b.node - count)) < 0 && count < t.FastLimit;
        }

        /// <summary>The same for one tensor, with room for two records.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool IsScalar(Tensor a, out TensorNode* x)
        {
            TensorTape t = a.tape;
            if (t == null)
            {
                x = null;
                return false;
            }
            x = t.Nodes + a.node;
            int count = t.Count;
            return IsStampedScalar(x->Head ^ a.handle >> 32) && a.node < count && count + 1 < t.FastLimit;
        }

        /// <summary>The lower 48 bits of a head are stamp and shape: no difference there means a matching stamp and the shape of a scalar.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool IsStampedScalar(ulong difference) => difference << 16 == 0;
    }
}
