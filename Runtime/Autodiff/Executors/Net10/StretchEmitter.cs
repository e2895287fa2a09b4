#if NET10_0_OR_GREATER
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Emits reads through indices in stretches (<see cref="IndexRuns.AreStretches"/>), or of lanes spread out to places (<see cref="PlaceGroup"/>): for each
    /// index, where the two runs of a vector begin and which of it are of the first; for each channel behind it two loads and a choice.
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
        /// <param name="areGroups">Whether it is an array of groups of places.</param>
        public void Begin(int index, int argument, int channel, bool areGroups)
        {
            if (places.ContainsKey(index)) return;
            var at = places[index] = new Places(il, vector, areGroups);
            il.Emit(OpCodes.Ldarg, argument);
            il.Emit(OpCodes.Ldc_I4, channel * 8);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldind_I);
            il.Emit(OpCodes.Stloc, at.Index);
        }

        /// <summary>For each vector of lanes: where its runs are.</summary>
        public void EmitPlaces()
        {
            foreach (Places at in places.Values)
                if (at.AreGroups) EmitOfGroup(at);
                else EmitOfIndices(at);
        }

        void EmitOfIndices(Places at)
        {
            int last = vector.Lanes - 1;
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

        void EmitOfGroup(Places at)
        {
            EmitPart(at, PlaceGroup.JumpOffset);
            EmitWithinGroup();
            il.Emit(OpCodes.Sub);
            vector.EmitLanesBefore(il);
            il.Emit(OpCodes.Stloc, at.IsFirst);

            EmitPart(at, PlaceGroup.LaneOffset);
            EmitWithinGroup();
            il.Emit(OpCodes.Add);
            EmitBytes();
            il.Emit(OpCodes.Stloc, at.First);

            il.Emit(OpCodes.Ldloc, at.First);
            EmitPart(at, PlaceGroup.GapOffset);
            EmitBytes();
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Stloc, at.Second);
        }

        // A number of the group in which the vector lies: a group takes as many bytes as it has places.
        void EmitPart(Places at, int offset)
        {
            il.Emit(OpCodes.Ldloc, at.Index);
            il.Emit(OpCodes.Ldloc, lane);
            il.Emit(OpCodes.Conv_I);
            if (vector.Lanes < PlaceGroup.Places)
            {
                il.Emit(OpCodes.Ldc_I4, -PlaceGroup.Places);
                il.Emit(OpCodes.Conv_I);
                il.Emit(OpCodes.And);
            }
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldc_I4, offset);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldind_I4);
        }

        // The first place of the vector within its group.
        void EmitWithinGroup()
        {
            il.Emit(OpCodes.Ldloc, lane);
            il.Emit(OpCodes.Conv_I4);
            il.Emit(OpCodes.Ldc_I4, PlaceGroup.Places - 1);
            il.Emit(OpCodes.And);
        }

        /// <summary>What an index names of a channel. Most vectors of lanes are a single run, so a second load is worth a branch.</summary>
        /// <param name="index">Its number.</param>
        /// <param name="leader">The address that the channel's is relative to; null if the channel's own is on the stack.</param>
        /// <param name="offset">Bytes from that address to the channel.</param>
        public void EmitLoad(int index, LocalBuilder leader, int offset)
        {
            Places at = places[index];
            Label done = il.DefineLabel();
            if (leader == null) il.Emit(OpCodes.Stloc, at.Channel);
            LocalBuilder channel = leader ?? at.Channel;
            EmitLoad(channel, at.First, offset);
            il.Emit(OpCodes.Stloc, at.Value);
            il.Emit(OpCodes.Ldloc, at.First);
            il.Emit(OpCodes.Ldloc, at.Second);
            il.Emit(OpCodes.Beq, done);
            if (vector.Blends) EmitLoad(channel, at.Second, offset);
            else il.Emit(OpCodes.Ldloc, at.IsFirst);
            il.Emit(OpCodes.Ldloc, at.Value);
            if (vector.Blends) il.Emit(OpCodes.Ldloc, at.IsFirst);
            else EmitLoad(channel, at.Second, offset);
            vector.EmitSelect(il);
            il.Emit(OpCodes.Stloc, at.Value);
            il.MarkLabel(done);
            il.Emit(OpCodes.Ldloc, at.Value);
        }

        void EmitLoad(LocalBuilder channel, LocalBuilder place, int offset)
        {
            il.Emit(OpCodes.Ldloc, channel);
            il.Emit(OpCodes.Ldloc, place);
            il.Emit(OpCodes.Add);
            if (offset != 0)
            {
                il.Emit(OpCodes.Ldc_I4, offset);
                il.Emit(OpCodes.Add);
            }
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
            public readonly bool AreGroups;
            public readonly LocalBuilder Index, First, Second, IsFirst, Channel, Value;

            public Places(ILGenerator il, VectorInstructions vector, bool areGroups)
            {
                AreGroups = areGroups;
                Index = il.DeclareLocal(typeof(byte*));
                First = il.DeclareLocal(typeof(nint));
                Second = il.DeclareLocal(typeof(nint));
                IsFirst = il.DeclareLocal(vector.Vector);
                Value = il.DeclareLocal(vector.Vector);
                Channel = il.DeclareLocal(typeof(byte*));
            }
        }
    }
}
#endif
