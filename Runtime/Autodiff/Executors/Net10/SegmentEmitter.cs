#if NET10_0_OR_GREATER
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Emits one segment of a program as a loop over vectors of lanes. Values stand in local variables that are used again after
    /// the last reader, because the JIT tracks only so many; constants are written where they are used, and the JIT keeps them in
    /// registers or folds them into instructions.
    /// </summary>
    /// <remarks>
    /// The last iteration may run past the end. Reads may (buffers are padded); writes are then made lane by lane. All reads of a
    /// lane come before its first write, so that a kernel may work in place.
    /// </remarks>
    [RequiresDynamicCode("Emits methods.")]
    sealed class SegmentEmitter
    {
        const int Pointers = 0, Indices = 1, Strides = 2, Scratch = 3, Start = 4, End = 5; // arguments

        readonly KernelProgram program;
        readonly ChannelAccess[] access;
        readonly VectorInstructions vector;
        readonly SegmentCuts cuts;
        readonly int segment;
        readonly Graph g;
        readonly bool isLast;
        readonly int size;
        ILGenerator il;
        LocalBuilder lane;
        readonly Dictionary<int, LocalBuilder> locals = new Dictionary<int, LocalBuilder>();
        readonly Stack<LocalBuilder> free = new Stack<LocalBuilder>();
        readonly Dictionary<int, int> lastUse = new Dictionary<int, int>();

        public SegmentEmitter(KernelProgram program, ChannelAccess[] access, VectorInstructions vector, SegmentCuts cuts, int segment)
        {
            this.program = program;
            this.access = access;
            this.vector = vector;
            this.cuts = cuts;
            this.segment = segment;
            g = program.Graph;
            isLast = segment == cuts.Count - 1;
            size = program.Precision.Size();
        }

        public LaneCode Emit()
        {
            var method = new DynamicMethod("Kernel", typeof(void),
                new[] { typeof(byte**), typeof(int**), typeof(long*), typeof(byte*), typeof(long), typeof(long) },
                typeof(SegmentEmitter).Module, true);
            il = method.GetILGenerator(1 << 14);
            lane = il.DeclareLocal(typeof(long));
            FindLastUses();
            Label body = il.DefineLabel(), test = il.DefineLabel();
            il.Emit(OpCodes.Ldarg, Start);
            il.Emit(OpCodes.Stloc, lane);
            il.Emit(OpCodes.Br, test);
            il.MarkLabel(body);
            for (int value = cuts.Start(segment); value < cuts.End(segment); value++) EmitValue(value);
            if (isLast) EmitStores();
            il.Emit(OpCodes.Ldloc, lane);
            il.Emit(OpCodes.Ldc_I8, (long)vector.Lanes);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stloc, lane);
            il.MarkLabel(test);
            il.Emit(OpCodes.Ldloc, lane);
            il.Emit(OpCodes.Ldarg, End);
            il.Emit(OpCodes.Blt, body);
            il.Emit(OpCodes.Ret);
            var code = method.CreateDelegate<LaneCode>();
            System.Runtime.CompilerServices.RuntimeHelpers.PrepareDelegate(code);
            return code;
        }

        // The last reader within this segment; results live on in the last one, where they are stored.
        void FindLastUses()
        {
            for (int value = cuts.Start(segment); value < cuts.End(segment); value++)
                for (int k = 0; k < g.OpOf(value).Arity(); k++) lastUse[g.Operand(value, k)] = value;
            if (!isLast) return;
            for (int k = 0; k < program.OutputCount; k++) lastUse[program.Output(k)] = program.Count;
        }

        void EmitValue(int value)
        {
            Op op = g.OpOf(value);
            if (op <= Op.Input) return; // made where it is used
            if (op == Op.Select)
            {
                EmitOperand(vector.Blends ? g.C(value) : g.A(value));
                EmitOperand(g.B(value));
                EmitOperand(vector.Blends ? g.A(value) : g.C(value));
                vector.EmitSelect(il);
            }
            else
            {
                for (int k = 0; k < op.Arity(); k++) EmitOperand(g.Operand(value, k));
                vector.Emit(il, op);
            }
            for (int k = 0; k < op.Arity(); k++) Release(g.Operand(value, k), value);
            bool isUsedHere = lastUse.ContainsKey(value);
            if (cuts.RowOf(value) >= 0)
            {
                if (isUsedHere) il.Emit(OpCodes.Dup);
                EmitRowAddress(cuts.RowOf(value));
                vector.EmitStore(il);
            }
            if (isUsedHere) il.Emit(OpCodes.Stloc, locals[value] = Local());
            else if (cuts.RowOf(value) < 0) il.Emit(OpCodes.Pop);
        }

        // Pushes a value: from its local, or made on first use (constants each time), or fetched from an earlier segment.
        void EmitOperand(int value)
        {
            if (locals.TryGetValue(value, out LocalBuilder local))
            {
                il.Emit(OpCodes.Ldloc, local);
                return;
            }
            switch (g.OpOf(value))
            {
                case Op.Constant: vector.EmitConstant(il, g.ValueOf(value)); return;
                case Op.BoolConstant: vector.EmitCondition(il, g.ValueOf(value) != 0); return;
                case Op.Input: EmitInput(g.A(value)); break;
                default:
                    EmitRowAddress(cuts.RowOf(value));
                    vector.EmitLoad(il);
                    break;
            }
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Stloc, locals[value] = Local());
        }

        void EmitInput(int channel)
        {
            EmitChannelPointer(channel);
            if (access[channel] == ChannelAccess.Broadcast)
            {
                vector.EmitScalarLoad(il);
                vector.EmitBroadcast(il);
                return;
            }
            if (access[channel] == ChannelAccess.Contiguous)
            {
                EmitLaneOffset(size);
                vector.EmitLoad(il);
                return;
            }
            EmitArrayElement(Indices, channel, OpCodes.Ldind_I);
            EmitLaneOffset(sizeof(int));
            EmitArrayElement(Strides, channel, OpCodes.Ldind_I8);
            il.Emit(OpCodes.Call, vector.Gather);
        }

        void EmitStores()
        {
            Label partial = il.DefineLabel(), done = il.DefineLabel();
            for (int k = 0; k < program.OutputCount; k++)
            {
                // Results that this segment does not compute are fetched before the first store.
                int value = program.Output(k);
                if (locals.ContainsKey(value) || g.IsConstant(value)) continue;
                EmitOperand(value);
                il.Emit(OpCodes.Pop);
            }
            il.Emit(OpCodes.Ldloc, lane);
            il.Emit(OpCodes.Ldc_I8, (long)vector.Lanes);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldarg, End);
            il.Emit(OpCodes.Bgt, partial);
            for (int k = 0; k < program.OutputCount; k++) EmitStore(k, false);
            il.Emit(OpCodes.Br, done);
            il.MarkLabel(partial);
            for (int k = 0; k < program.OutputCount; k++) EmitStore(k, true);
            il.MarkLabel(done);
        }

        void EmitStore(int output, bool isPartial)
        {
            int channel = program.InputCount + output;
            if (access[channel] == ChannelAccess.Accumulate)
            {
                EmitChannelAddress(channel);
                vector.EmitLoad(il);
                EmitOperand(program.Output(output));
                vector.Emit(il, Op.Add);
            }
            else EmitOperand(program.Output(output));
            EmitChannelAddress(channel);
            if (!isPartial)
            {
                vector.EmitStore(il);
                return;
            }
            il.Emit(OpCodes.Ldarg, End);
            il.Emit(OpCodes.Ldloc, lane);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Call, vector.StorePartial);
        }

        void EmitChannelAddress(int channel)
        {
            EmitChannelPointer(channel);
            EmitLaneOffset(size);
        }

        void EmitChannelPointer(int channel) => EmitArrayElement(Pointers, channel, OpCodes.Ldind_I);

        void EmitArrayElement(int argument, int at, OpCode load)
        {
            il.Emit(OpCodes.Ldarg, argument);
            il.Emit(OpCodes.Ldc_I4, at * 8);
            il.Emit(OpCodes.Add);
            il.Emit(load);
        }

        // Adds the lane, as bytes, to the address on the stack.
        void EmitLaneOffset(int bytes)
        {
            il.Emit(OpCodes.Ldloc, lane);
            il.Emit(OpCodes.Ldc_I8, (long)bytes);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
        }

        void EmitRowAddress(int row)
        {
            il.Emit(OpCodes.Ldarg, Scratch);
            il.Emit(OpCodes.Ldc_I4, row * CompiledKernel.BlockLanes * size);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldloc, lane);
            il.Emit(OpCodes.Ldarg, Start);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Ldc_I8, (long)size);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
        }

        LocalBuilder Local() => free.Count > 0 ? free.Pop() : il.DeclareLocal(vector.Vector);

        void Release(int operand, int reader)
        {
            if (lastUse[operand] != reader || !locals.Remove(operand, out LocalBuilder local)) return;
            free.Push(local);
        }
    }
}
#endif
