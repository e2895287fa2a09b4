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
    /// Whole vectors are read and written, so the number of lanes is a multiple of theirs (<see cref="JitKernel"/> sees to the rest).
    /// A result is stored as soon as it is known and, where the kernel works in place, the number that it overwrites has been
    /// read for the last time: results that wait for the end would crowd the registers.
    /// </remarks>
    [RequiresDynamicCode("Emits methods.")]
    sealed class SegmentEmitter
    {
        const int Pointers = 0, Indices = 1, Scratch = 2, Start = 3, End = 4; // arguments

        readonly KernelProgram program;
        readonly ChannelAccess[] access;
        readonly ChannelLayout layout;
        readonly LocalBuilder[] leaders; // per channel that others follow: its pointer
        readonly VectorInstructions vector;
        readonly SegmentCuts cuts;
        readonly int segment;
        readonly Graph g;
        readonly int size;
        ILGenerator il;
        LocalBuilder lane;
        StretchEmitter stretches;
        readonly Dictionary<int, LocalBuilder> locals = new Dictionary<int, LocalBuilder>();
        readonly Stack<LocalBuilder> free = new Stack<LocalBuilder>();
        readonly Dictionary<int, int> uses = new Dictionary<int, int>(), lastUse = new Dictionary<int, int>();
        readonly Dictionary<int, List<int>> storesAfter = new Dictionary<int, List<int>>();

        public SegmentEmitter(KernelProgram program, ChannelAccess[] access, ChannelLayout layout, VectorInstructions vector, SegmentCuts cuts, int segment)
        {
            this.program = program;
            this.access = access;
            this.layout = layout;
            leaders = new LocalBuilder[program.ChannelCount];
            this.vector = vector;
            this.cuts = cuts;
            this.segment = segment;
            g = program.Graph;
            size = program.Precision.Size();
        }

        public LaneCode Emit()
        {
            var method = new DynamicMethod("Kernel", typeof(void),
                new[] { typeof(byte**), typeof(int**), typeof(byte*), typeof(long), typeof(long) },
                typeof(SegmentEmitter).Module, true);
            il = method.GetILGenerator(1 << 14);
            lane = il.DeclareLocal(typeof(long));
            FindLastUses();
            LoadLeaders();
            stretches = new StretchEmitter(il, vector, lane);
            foreach (int value in uses.Keys)
            {
                if (g.OpOf(value) != Op.Input) continue;
                ChannelAccess way = access[g.A(value)];
                if (way == ChannelAccess.Stretches || way == ChannelAccess.Spread) stretches.Begin(program.IndexOf(g.A(value)), Indices, g.A(value), way == ChannelAccess.Spread);
            }
            Label body = il.DefineLabel(), test = il.DefineLabel();
            il.Emit(OpCodes.Ldarg, Start);
            il.Emit(OpCodes.Stloc, lane);
            il.Emit(OpCodes.Br, test);
            il.MarkLabel(body);
            stretches.EmitPlaces();
            for (int value = cuts.Start(segment); value < cuts.End(segment); value++)
            {
                EmitValue(value);
                if (storesAfter.TryGetValue(value, out List<int> outputs)) EmitStores(outputs);
            }
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

        // The last reader within this segment; for results, where they are stored.
        void FindLastUses()
        {
            for (int value = cuts.Start(segment); value < cuts.End(segment); value++)
                for (int k = 0; k < g.OpOf(value).Arity(); k++) Use(g.Operand(value, k), value);
            for (int k = 0; k < program.OutputCount; k++)
            {
                int at = cuts.StoreOf(k);
                if (cuts.SegmentOf(at) != segment || access[program.InputCount + k] == ChannelAccess.Omitted) continue;
                if (!storesAfter.TryGetValue(at, out List<int> outputs)) storesAfter[at] = outputs = new List<int>();
                outputs.Add(k);
                Use(program.Output(k), at);
                if (g.OpOf(program.Output(k)) == Op.Input) Use(program.Output(k), at); // read first, then stored
            }
        }

        void Use(int value, int reader)
        {
            uses[value] = uses.TryGetValue(value, out int count) ? count + 1 : 1;
            lastUse[value] = Math.Max(reader, lastUse.TryGetValue(value, out int last) ? last : reader);
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
            bool storesHere = storesAfter.ContainsKey(value); // what it stores is still wanted
            for (int k = 0; k < op.Arity() && !storesHere; k++) Release(g.Operand(value, k), value);
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
            if (uses[value] == 1) return; // straight into its only use
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Stloc, locals[value] = Local());
        }

        void EmitInput(int channel)
        {
            if (access[channel] == ChannelAccess.Broadcast)
            {
                EmitChannelPointer(channel);
                vector.EmitScalarLoad(il);
                vector.EmitBroadcast(il);
                return;
            }
            if (access[channel] == ChannelAccess.Stretches || access[channel] == ChannelAccess.Spread)
            {
                int leader = layout == null ? channel : layout.Leader[channel];
                if (leaders[leader] == null) EmitChannelPointer(channel);
                stretches.EmitLoad(program.IndexOf(channel), leaders[leader], leaders[leader] == null ? 0 : (int)layout.Offset[channel]);
                return;
            }
            EmitChannelAddress(channel); // what is gathered stands in a row by now
            vector.EmitLoad(il);
        }

        // Inputs that are passed on are read before any of these stores may overwrite them.
        void EmitStores(List<int> outputs)
        {
            foreach (int output in outputs)
            {
                int value = program.Output(output);
                if (g.OpOf(value) != Op.Input || locals.ContainsKey(value) || JitKernel.StaysAsItIs(program, access, output)) continue;
                EmitOperand(value);
                il.Emit(OpCodes.Pop);
            }
            foreach (int output in outputs)
                if (!JitKernel.StaysAsItIs(program, access, output)) EmitStore(output);
        }

        void EmitStore(int output)
        {
            int channel = program.InputCount + output, value = program.Output(output);
            if (access[channel] == ChannelAccess.Accumulate)
            {
                EmitChannelAddress(channel);
                vector.EmitLoad(il);
                EmitOperand(value);
                vector.Emit(il, Op.Add);
            }
            else EmitOperand(value);
            EmitChannelAddress(channel);
            vector.EmitStore(il);
        }

        void EmitChannelAddress(int channel)
        {
            int leader = layout == null ? channel : layout.Leader[channel];
            if (leaders[leader] == null)
            {
                EmitChannelPointer(channel);
                EmitLaneOffset(size);
                return;
            }
            il.Emit(OpCodes.Ldloc, leaders[leader]);
            EmitLaneOffset(size);
            il.Emit(OpCodes.Ldc_I4, (int)layout.Offset[channel]);
            il.Emit(OpCodes.Add);
        }

        // Addresses that others are relative to stay in registers for the whole loop.
        void LoadLeaders()
        {
            for (int channel = 0; layout != null && channel < leaders.Length; channel++)
            {
                int leader = layout.Leader[channel];
                if (leader == channel || leaders[leader] != null) continue;
                EmitChannelPointer(leader);
                il.Emit(OpCodes.Stloc, leaders[leader] = il.DeclareLocal(typeof(byte*)));
            }
        }

        void EmitChannelPointer(int channel)
        {
            il.Emit(OpCodes.Ldarg, Pointers);
            il.Emit(OpCodes.Ldc_I4, channel * 8);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldind_I);
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
