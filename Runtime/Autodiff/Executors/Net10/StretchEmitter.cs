#if NET10_0_OR_GREATER
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Emits reads through indices in stretches (<see cref="IndexRuns.AreStretches"/>): for each index, where the two runs of a vector of lanes
    /// begin and which lanes are of the first; for each channel behind it two loads and a choice.
    /// </summary>
    [RequiresDynamicCode("Emits methods.")]
    sealed class StretchEmitter
    {
        readonly ILGenerator il;
        readonly VectorInstructions vector;
        readonly LocalBuilder lane;
        readonly SortedDictionary<int, Places> places = new SortedDictionary<int, Places>();

        public StretchEmitter(ILGenerator il, VectorInstructions vector, LocalBuilder lane)
        {
            this.il = il;
            this.vector = vector;
            this.lane = lane;
        }

        /// <summary>Before the loop: an index that channels are read through.</summary>
        /// <param name="index">Its number.</param>
        /// <param name="argument">The argument with the indices of channels.</param>
        /// <param name="channel">A channel that is read through it.</param>
        public void Begin(int index, int argument, int channel)
        {
            if (places.ContainsKey(index)) return;
            var at = places[index] = new Places(il, vector);
            il.Emit(OpCodes.Ldarg, argument);
            il.Emit(OpCodes.Ldc_I4, channel * 8);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldind_I);
            il.Emit(OpCodes.Stloc, at.Index);
        }

        /// <summary>For each vector of lanes: where its runs are.</summary>
        public void EmitPlaces()
        {
            int last = vector.Lanes - 1;
            foreach (Places at in places.Values)
            {
                EmitIndexAddress(at);
                vector.EmitIndexLoad(il);
                EmitIndexAddress(at);
                il.Emit(OpCodes.Ldind_I4);
                vector.EmitGoesOn(il);
                il.Emit(OpCodes.Stloc, at.IsFirst);

                EmitIndexAddress(at);
                il.Emit(OpCodes.Ldind_I4);
                EmitBytes();
                il.Emit(OpCodes.Stloc, at.First);

                EmitIndexAddress(at);
                il.Emit(OpCodes.Ldc_I4, last * sizeof(int));
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Ldind_I4);
                il.Emit(OpCodes.Ldc_I4, last);
                il.Emit(OpCodes.Sub);
                EmitBytes();
                il.Emit(OpCodes.Stloc, at.Second);
            }
        }

        /// <summary>What an index names of a channel, whose address is on the stack.</summary>
        public void EmitLoad(int index)
        {
            Places at = places[index];
            il.Emit(OpCodes.Stloc, at.Channel);
            if (!vector.Blends) il.Emit(OpCodes.Ldloc, at.IsFirst);
            EmitLoad(at.Channel, vector.Blends ? at.Second : at.First);
            EmitLoad(at.Channel, vector.Blends ? at.First : at.Second);
            if (vector.Blends) il.Emit(OpCodes.Ldloc, at.IsFirst);
            vector.EmitSelect(il);
        }

        void EmitLoad(LocalBuilder channel, LocalBuilder offset)
        {
            il.Emit(OpCodes.Ldloc, channel);
            il.Emit(OpCodes.Ldloc, offset);
            il.Emit(OpCodes.Add);
            vector.EmitLoad(il);
        }

        void EmitIndexAddress(Places at)
        {
            il.Emit(OpCodes.Ldloc, at.Index);
            il.Emit(OpCodes.Ldloc, lane);
            il.Emit(OpCodes.Ldc_I8, (long)sizeof(int));
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
        }

        // The element on the stack as a distance in bytes.
        void EmitBytes()
        {
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Ldc_I4, vector.Precision.Size());
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Mul);
        }

        sealed class Places
        {
            public readonly LocalBuilder Index, First, Second, IsFirst, Channel;

            public Places(ILGenerator il, VectorInstructions vector)
            {
                Index = il.DeclareLocal(typeof(byte*));
                First = il.DeclareLocal(typeof(nint));
                Second = il.DeclareLocal(typeof(nint));
                IsFirst = il.DeclareLocal(vector.Vector);
                Channel = il.DeclareLocal(typeof(byte*));
            }
        }
    }
}
#endif
