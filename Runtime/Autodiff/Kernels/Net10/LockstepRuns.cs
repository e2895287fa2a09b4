#if NET10_0_OR_GREATER
using System;
using System.Runtime.InteropServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The lanes of a launch whose indices rise in lockstep: from lane to lane all by the same amount, mostly by one, as those of a family of springs
    /// on a sheet do. Such lanes are spread out to places, one for each element that the first index passes by, gaps included, so that for all indices
    /// <code>index[lane of place] = index[first lane] + place</code>
    /// What is behind an index is then contiguous, and what is not are the numbers of the lanes themselves.
    /// </summary>
    sealed unsafe class LockstepRuns
    {
        /// <summary>Places of a block of lanes, at most.</summary>
        public const int BlockPlaces = CompiledKernel.BlockLanes * 3 / 2;

        const int GroupsOfBlock = BlockPlaces / PlaceGroup.Places;

        /// <summary>Lanes of one block that rise in lockstep.</summary>
        public struct Piece
        {
            public int Lane, Place; // the first; places are counted from the start of the block, and start with a group
            public int Lanes, Places;
        }

        Piece[] pieces = new Piece[16];
        int[] firstPieces = new int[16]; // per block
        int[] firstElements = new int[32]; // per piece, per index
        int pieceCount, roomForBlocks;
        PlaceGroup* groups;

        // What was looked at last.
        int elements = -1;
        (IntPtr, ulong)[] seen = Array.Empty<(IntPtr, ulong)>();
        bool areLockstep;

        ~LockstepRuns() => Marshal.FreeHGlobal((IntPtr)groups);

        /// <summary>The pieces of a block, in the order of their lanes.</summary>
        public ReadOnlySpan<Piece> PiecesOf(int block) => pieces.AsSpan(firstPieces[block], firstPieces[block + 1] - firstPieces[block]);

        /// <summary>What the indices name for the first lane of each piece of a block: piece by piece, index by index. They lie close, unlike the indices.</summary>
        public ReadOnlySpan<int> FirstElementsOf(int block) => firstElements.AsSpan(firstPieces[block] * seen.Length, (firstPieces[block + 1] - firstPieces[block]) * seen.Length);

        /// <summary>The places of a block, group by group.</summary>
        public PlaceGroup* GroupsOf(int block) => groups + (long)block * GroupsOfBlock;

        /// <summary>Whether the first elements of the indices rise in lockstep, with few gaps; looked at anew when the indices are not those of the last time.</summary>
        public bool AreOf(int** index, int indices, int count)
        {
            bool isNew = count != elements || seen.Length != indices;
            if (seen.Length != indices) seen = new (IntPtr, ulong)[indices];
            for (int k = 0; k < indices; k++)
            {
                if (!IndexRuns.AreStretches(index[k], count))
                {
                    elements = -1;
                    return false;
                }
                (IntPtr, ulong) now = ((IntPtr)index[k], IndexRuns.Digest(index[k], count));
                isNew |= now != seen[k];
                seen[k] = now;
            }
            elements = count;
            if (isNew) areLockstep = Find(index, indices, count);
            return areLockstep;
        }

        bool Find(int** index, int indices, int count)
        {
            int blocks = (count + CompiledKernel.BlockLanes - 1) / CompiledKernel.BlockLanes;
            MakeRoom(blocks);
            pieceCount = 0;
            long places = 0;
            for (int block = 0; block < blocks; block++)
            {
                int start = block * CompiledKernel.BlockLanes, end = Math.Min(count, start + CompiledKernel.BlockLanes), place = 0;
                firstPieces[block] = pieceCount;
                for (int lane = start; lane < end;)
                    if (!TryAddPiece(index, indices, block, ref lane, end, ref place)) return false;
                places += place;
            }
            firstPieces[blocks] = pieceCount;
            return places <= count + count / 4 + PlaceGroup.Places;
        }

        // Takes lanes as long as they are in lockstep; false if a block has no room for them, or a group of places would have two gaps.
        bool TryAddPiece(int** index, int indices, int block, ref int lane, int end, ref int place)
        {
            var piece = new Piece { Lane = lane, Place = place };
            var writer = new PlaceGroup.Writer(GroupsOf(block) + place / PlaceGroup.Places, (BlockPlaces - place) / PlaceGroup.Places);
            while (true)
            {
                int length = end - lane;
                for (int k = 0; k < indices; k++) length = Math.Min(length, IndexRuns.Length(index[k] + lane, length));
                if (!writer.TryAddLanes(lane, length)) return false;
                lane += length;
                int step = lane == end ? 0 : Step(index, indices, lane);
                if (step == 0) break;
                if (!writer.TryAddGap(step - 1)) return false;
            }
            piece.Lanes = lane - piece.Lane;
            piece.Places = writer.Count;
            if (pieceCount == pieces.Length) Array.Resize(ref pieces, 2 * pieceCount);
            if (firstElements.Length < (pieceCount + 1) * indices) Array.Resize(ref firstElements, 2 * (pieceCount + 1) * indices);
            for (int k = 0; k < indices; k++) firstElements[pieceCount * indices + k] = index[k][piece.Lane];
            pieces[pieceCount++] = piece;
            place += PlaceGroup.Whole(piece.Places);
            return true;
        }

        // By how much all indices rise to this lane; 0 if they differ, fall, or rise by too much.
        static int Step(int** index, int indices, int lane)
        {
            int step = index[0][lane] - index[0][lane - 1];
            for (int k = 1; k < indices; k++)
                if (index[k][lane] - index[k][lane - 1] != step) return 0;
            return step >= 1 && step <= PlaceGroup.Places / 2 ? step : 0;
        }

        void MakeRoom(int blocks)
        {
            if (firstPieces.Length <= blocks) firstPieces = new int[blocks + 1];
            if (blocks <= roomForBlocks) return;
            Marshal.FreeHGlobal((IntPtr)groups);
            groups = null;
            groups = (PlaceGroup*)Marshal.AllocHGlobal((IntPtr)((long)blocks * GroupsOfBlock * sizeof(PlaceGroup)));
            roomForBlocks = blocks;
        }
    }
}
#endif
