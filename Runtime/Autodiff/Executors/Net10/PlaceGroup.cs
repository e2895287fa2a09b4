#if NET10_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// As many places as the widest vector has lanes, and whose they are: places below <see cref="Jump"/> are those of lanes from <see cref="Lane"/> on; then comes a gap
    /// of places that no lane has; then lanes go on. So place i is that of lane Lane + i before the gap, and of lane Lane + i - Gap behind it.
    /// </summary>
    [StructLayout(LayoutKind.Sequential, Size = Places)]
    unsafe struct PlaceGroup
    {
        /// <summary>Places of a group; also its bytes.</summary>
        public const int Places = 16;

        /// <summary>The first lane that has a place here.</summary>
        public int Lane;

        /// <summary>Places before the gap; all, where there is none.</summary>
        public int Jump;

        /// <summary>Places in the gap.</summary>
        public int Gap;

        /// <summary>Bytes from a group to its parts, for emitted code.</summary>
        public const int LaneOffset = 0, JumpOffset = 4, GapOffset = 8;

        /// <summary>Places up to whole groups.</summary>
        public static int Whole(int places) => (places + Places - 1) / Places * Places;

        /// <summary>All bits where a place is a lane's, for places from one of the group on.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> IsLane<T>(PlaceGroup* group, int from) where T : unmanaged
        {
            // Before the gap the difference wraps around, so that it is not less either.
            if (sizeof(T) == sizeof(int))
                return Vector512.GreaterThanOrEqual((Vector512<int>.Indices - Vector512.Create(group->Jump - from)).AsUInt32(), Vector512.Create((uint)group->Gap)).As<uint, T>();
            return Vector512.GreaterThanOrEqual((Vector512<long>.Indices - Vector512.Create((long)group->Jump - from)).AsUInt64(), Vector512.Create((ulong)group->Gap)).As<ulong, T>();
        }

        /// <summary>All bits where a place is before the gap.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> IsBefore<T>(PlaceGroup* group, int from) where T : unmanaged => sizeof(T) == sizeof(int)
            ? Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(group->Jump - from)).As<int, T>()
            : Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)group->Jump - from)).As<long, T>();

        /// <summary>Writes groups for lanes and gaps in turn.</summary>
        public ref struct Writer
        {
            readonly PlaceGroup* groups;
            readonly int room;
            bool hasGap; // in the group at which it stands

            /// <param name="groups">The first group.</param>
            /// <param name="room">Groups that there is room for.</param>
            public Writer(PlaceGroup* groups, int room)
            {
                this.groups = groups;
                this.room = room * Places;
                Count = 0;
                hasGap = false;
            }

            /// <summary>Places so far.</summary>
            public int Count { get; private set; }

            /// <summary>Lanes from one on; false if there is no room.</summary>
            public bool TryAddLanes(int lane, int count)
            {
                if (Count + count + Places > room) return false;
                for (; count > 0; count--, lane++, Count++)
                {
                    PlaceGroup* group = groups + Count / Places;
                    if (Count % Places == 0)
                    {
                        *group = new PlaceGroup { Lane = lane, Jump = Places };
                        hasGap = false;
                    }
                    else if (hasGap && Count % Places == group->Gap && group->Jump == 0) group->Lane = lane; // the first behind a gap at the start
                }
                return true;
            }

            /// <summary>Places without a lane; false if there is one gap already in a group.</summary>
            public bool TryAddGap(int count)
            {
                for (; count > 0; count--, Count++)
                {
                    PlaceGroup* group = groups + Count / Places;
                    int at = Count % Places;
                    if (at == 0) (*group, hasGap) = (new PlaceGroup { Jump = Places }, false);
                    if (!hasGap) group->Jump = at;
                    else if (at != group->Jump + group->Gap) return false;
                    hasGap = true;
                    group->Gap++;
                }
                return true;
            }
        }
    }
}
#endif
