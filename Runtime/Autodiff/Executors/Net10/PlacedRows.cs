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
        /// <param name="precision">The number format.</param>
        public static void Add(byte** targets, long element, byte** rows, long place, bool* areNegative, int components, PlaceGroup* groups, int places, Precision precision)
        {
            if (precision == Precision.Float) Add((float**)targets, element, (float**)rows, place, areNegative, components, groups, places, -0.0f);
            else Add((double**)targets, element, (double**)rows, place, areNegative, components, groups, places, -0.0);
        }

        // Components go three at a time, as those of vectors do, so that gaps are looked at once for them.
        static void Add<T>(T** targets, long element, T** rows, long place, bool* areNegative, int components, PlaceGroup* groups, int places, T negativeZero) where T : unmanaged
        {
            for (; components > 0; components -= 3, targets += 3, rows += 3, areNegative += 3)
            {
                if (components >= 3)
                    AddThree(targets[0] + element, targets[1] + element, targets[2] + element, rows[0] + place, rows[1] + place, rows[2] + place,
                        Sign(areNegative[0], negativeZero), Sign(areNegative[1], negativeZero), Sign(areNegative[2], negativeZero), groups, places);
                else
                    for (int k = 0; k < components; k++) AddOne(targets[k] + element, rows[k] + place, Sign(areNegative[k], negativeZero), groups, places);
            }
        }

        // What turns the sign of a row, or leaves it.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector512<T> Sign<T>(bool isNegative, T negativeZero) where T : unmanaged => isNegative ? Vector512.Create(negativeZero) : Vector512<T>.Zero;

        static void AddThree<T>(T* x, T* y, T* z, T* rowX, T* rowY, T* rowZ, Vector512<T> signX, Vector512<T> signY, Vector512<T> signZ, PlaceGroup* group, nint places) where T : unmanaged
        {
            for (nint first = 0; first < places; first += PlaceGroup.Places, group++)
            {
                bool isWhole = IsWhole(group, places - first);
                nint end = first + PlacesHere(places - first);
                for (nint at = first; at < end; at += Vector512<T>.Count)
                {
                    if (isWhole)
                    {
                        AddAll(x + at, rowX + at, signX);
                        AddAll(y + at, rowY + at, signY);
                        AddAll(z + at, rowZ + at, signZ);
                        continue;
                    }
                    Vector512<T> isLane = IsLane<T>(group, at - first, places - first);
                    AddLanes(x + at, rowX + at, signX, isLane);
                    AddLanes(y + at, rowY + at, signY, isLane);
                    AddLanes(z + at, rowZ + at, signZ, isLane);
                }
            }
        }

        static void AddOne<T>(T* target, T* row, Vector512<T> sign, PlaceGroup* group, nint places) where T : unmanaged
        {
            for (nint first = 0; first < places; first += PlaceGroup.Places, group++)
            {
                bool isWhole = IsWhole(group, places - first);
                nint end = first + PlacesHere(places - first);
                for (nint at = first; at < end; at += Vector512<T>.Count)
                {
                    if (isWhole) AddAll(target + at, row + at, sign);
                    else AddLanes(target + at, row + at, sign, IsLane<T>(group, at - first, places - first));
                }
            }
        }

        // Whether all places of a group are lanes', with so many left of the piece.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static bool IsWhole(PlaceGroup* group, nint left) => group->Gap == 0 && left >= PlaceGroup.Places;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static nint PlacesHere(nint left) => left < PlaceGroup.Places ? left : PlaceGroup.Places;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void AddAll<T>(T* target, T* row, Vector512<T> sign) where T : unmanaged => (Vector512.Load(target) + (Vector512.Load(row) ^ sign)).Store(target);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void AddLanes<T>(T* target, T* row, Vector512<T> sign, Vector512<T> isLane) where T : unmanaged
        {
            Vector512<T> there = Vector512.Load(target);
            Vector512.ConditionalSelect(isLane, there + (Vector512.Load(row) ^ sign), there).Store(target);
        }

        // From a place of the group on, where the piece has so many places from the start of the group.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector512<T> IsLane<T>(PlaceGroup* group, nint from, nint left) where T : unmanaged
        {
            Vector512<T> isLane = PlaceGroup.IsLane<T>(group, (int)from);
            if (left >= PlaceGroup.Places) return isLane;
            var end = new PlaceGroup { Jump = (int)left };
            return isLane & PlaceGroup.IsBefore<T>(&end, (int)from);
        }

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
