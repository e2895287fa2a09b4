#if NET10_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DiffPhysics.Autodiff
{
    /// <summary>Rows of results by places (<see cref="PlaceGroup"/>), and where they go.</summary>
    static unsafe class PlacedRows
    {
        /// <summary>
        /// targets[k][element + i] += rows[k][place + i], or -=, for each component k and each place of a piece that a lane has. Vectors cover whole groups, and leave what is
        /// no lane's as it is.
        /// </summary>
        /// <param name="targets">Per component its elements.</param>
        /// <param name="element">What the index names for the first place.</param>
        /// <param name="rows">Per component its results.</param>
        /// <param name="place">The first place of the piece.</param>
        /// <param name="areNegative">Per component whether the results are taken away.</param>
        /// <param name="components">The number of components.</param>
        /// <param name="groups">Whose the places of the piece are.</param>
        /// <param name="places">The number of places.</param>
        /// <param name="hasGaps">Whether there are gaps before the last place.</param>
        /// <param name="precision">The number format.</param>
        public static void Add(byte** targets, long element, byte** rows, long place, bool* areNegative, int components, PlaceGroup* groups, int places, bool hasGaps, Precision precision)
        {
            for (int k = 0; k < components; k++)
            {
                if (precision == Precision.Float) Add((float*)targets[k] + element, (float*)rows[k] + place, groups, places, hasGaps, areNegative[k] ? -0.0f : 0);
                else Add((double*)targets[k] + element, (double*)rows[k] + place, groups, places, hasGaps, areNegative[k] ? -0.0 : 0);
            }
        }

        // The sign of zero turns those of the row.
        static void Add<T>(T* target, T* row, PlaceGroup* groups, nint places, bool hasGaps, T zero) where T : unmanaged
        {
            Vector512<T> sign = Vector512.Create(zero);
            nint width = Vector512<T>.Count, place = 0;
            nint whole = places - width + 1;
            if (hasGaps)
                for (; place < whole; place += width) AddLanes(target + place, row + place, sign, IsLane<T>(groups, place));
            else
                for (; place < whole; place += width) (Vector512.Load(target + place) + (Vector512.Load(row + place) ^ sign)).Store(target + place);
            if (place == places) return;
            var end = new PlaceGroup { Jump = (int)(places - place), Gap = PlaceGroup.Places };
            AddLanes(target + place, row + place, sign, IsLane<T>(groups, place) & PlaceGroup.IsBefore<T>(&end, 0));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void AddLanes<T>(T* target, T* row, Vector512<T> sign, Vector512<T> isLane) where T : unmanaged
        {
            Vector512<T> there = Vector512.Load(target);
            Vector512.ConditionalSelect(isLane, there + (Vector512.Load(row) ^ sign), there).Store(target);
        }

        // A group takes as many bytes as it has places.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector512<T> IsLane<T>(PlaceGroup* groups, nint place) where T : unmanaged =>
            PlaceGroup.IsLane<T>((PlaceGroup*)((byte*)groups + (place & -PlaceGroup.Places)), (int)(place & PlaceGroup.Places - 1));

        /// <summary>packed[lane] = row[place of the lane]; what lies within a group beyond the last lane is left undefined.</summary>
        /// <param name="packed">The results without gaps, of lane 0.</param>
        /// <param name="row">The results.</param>
        /// <param name="groups">Whose the places are.</param>
        /// <param name="places">The number of places.</param>
        /// <param name="precision">The number format.</param>
        public static void Pack(byte* packed, byte* row, PlaceGroup* groups, int places, Precision precision)
        {
            if (precision == Precision.Float) Pack((float*)packed, (float*)row, groups, places);
            else Pack((double*)packed, (double*)row, groups, places);
        }

        static void Pack<T>(T* packed, T* row, PlaceGroup* group, int places) where T : unmanaged
        {
            for (; places > 0; places -= PlaceGroup.Places, row += PlaceGroup.Places, group++)
                for (int k = 0; k < PlaceGroup.Places; k += Vector512<T>.Count)
                {
                    Vector512<T> lanes = Vector512.Load(row + k);
                    if (group->Gap != 0) lanes = Vector512.ConditionalSelect(PlaceGroup.IsBefore<T>(group, k), lanes, Vector512.Load(row + k + group->Gap));
                    lanes.Store(packed + group->Lane + k);
                }
        }
    }
}
#endif
