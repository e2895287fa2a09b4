using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// In which order joints are eliminated, and which blocks of the matrix that takes. A level holds joints that share no body, those
    /// with few neighbours first; eliminating a joint couples its neighbours with one another. A chain of n joints takes about log2 n levels.
    /// </summary>
    internal sealed class EliminationOrder
    {
        private readonly Dictionary<(int, int), int> blocks = new Dictionary<(int, int), int>();

        /// <param name="joints">Bodies of the joints.</param>
        /// <param name="moves">Which bodies joints can move.</param>
        public EliminationOrder((int a, int b)[] joints, bool[] moves)
        {
            BlockCount = JointCount = joints.Length;
            var neighbours = new SortedSet<int>[joints.Length];
            for (int i = 0; i < joints.Length; i++)
            {
                neighbours[i] = new SortedSet<int>();
                Pattern.Add((i, i));
            }

            for (int i = 0; i < joints.Length; i++)
            {
                for (int j = i + 1; j < joints.Length; j++)
                {
                    Couple(i, j, joints[i].a, -1, joints[j]);
                    Couple(i, j, joints[i].b, 1, joints[j]);
                }
            }

            var open = new SortedSet<int>();
            for (int i = 0; i < joints.Length; i++) open.Add(i);
            while (open.Count > 0)
            {
                EliminationLevel level = NextLevel(open, neighbours);
                Levels.Add(level);
                foreach (int pivot in level.Pivots) Eliminate(level, pivot, neighbours);
            }

            HasLoops = FindLoops(joints, moves);

            void Couple(int i, int j, int body, int side, (int a, int b) other)
            {
                if (!moves[body]) return;
                if (other.a == body) Add(i, j, body, side, -1);
                if (other.b == body) Add(i, j, body, side, 1);
            }

            void Add(int i, int j, int body, int side, int otherSide)
            {
                if (neighbours[i].Add(j))
                {
                    neighbours[j].Add(i);
                    Pairs.Add((i, j, BlockOf(i, j), BlockOf(j, i)));
                    Pattern.Add((i, j));
                    Pattern.Add((j, i));
                }

                Couplings.Add(new Coupling(i, j, body, side, otherSide, (BlockOf(i, j) - JointCount) / 2));
            }
        }

        /// <summary>What couples pairs of joints; a pair that shares two bodies is coupled twice.</summary>
        public List<Coupling> Couplings { get; } = new List<Coupling>();

        /// <summary>Pairs of joints that share a body, with the numbers of the blocks (first, second) and (second, first).</summary>
        public List<(int first, int second, int upper, int lower)> Pairs { get; } = new List<(int, int, int, int)>();

        /// <summary>Row and column of the blocks that the matrix has before elimination fills others, by number: the joints' own, then those of pairs.</summary>
        public List<(int row, int column)> Pattern { get; } = new List<(int, int)>();

        public List<EliminationLevel> Levels { get; } = new List<EliminationLevel>();

        public int JointCount { get; }

        /// <summary>Number of blocks: those of the pattern, then those that elimination fills.</summary>
        public int BlockCount { get; private set; }

        /// <summary>Whether joints close a loop, so that some may ask for the same twice.</summary>
        public bool HasLoops { get; }

        private int BlockOf(int i, int j)
        {
            if (!blocks.TryGetValue((i, j), out int block)) blocks.Add((i, j), block = BlockCount++);
            return block;
        }

        private static EliminationLevel NextLevel(SortedSet<int> open, SortedSet<int>[] neighbours)
        {
            int fewest = int.MaxValue;
            foreach (int joint in open) fewest = Math.Min(fewest, neighbours[joint].Count);
            var level = new EliminationLevel();
            var taken = new HashSet<int>();
            for (int count = fewest; count <= fewest + 1; count++)
            {
                foreach (int joint in open)
                {
                    if (neighbours[joint].Count != count || taken.Contains(joint)) continue;
                    level.Pivots.Add(joint);
                    taken.Add(joint);
                    taken.UnionWith(neighbours[joint]);
                }
            }

            open.ExceptWith(level.Pivots);
            return level;
        }

        private void Eliminate(EliminationLevel level, int pivot, SortedSet<int>[] neighbours)
        {
            foreach (int i in neighbours[pivot])
            {
                level.Edges.Add(new BlockEdge(pivot, i, BlockOf(i, pivot), BlockOf(pivot, i)));
                foreach (int j in neighbours[pivot])
                {
                    level.Updates.Add((BlockOf(i, pivot), BlockOf(pivot, j), i == j ? i : BlockOf(i, j)));
                    if (i != j) neighbours[i].Add(j);
                }
            }

            foreach (int i in neighbours[pivot]) neighbours[i].Remove(pivot);
        }

        // Bodies that do not move count as one.
        private static bool FindLoops((int a, int b)[] joints, bool[] moves)
        {
            var parent = new int[moves.Length + 1];
            for (int k = 0; k < parent.Length; k++) parent[k] = k;
            int Root(int body)
            {
                int k = moves[body] ? body : moves.Length;
                while (parent[k] != k) k = parent[k];
                return k;
            }

            foreach ((int a, int b) in joints)
            {
                int x = Root(a), y = Root(b);
                if (x == y) return true;
                parent[x] = y;
            }

            return false;
        }
    }

    /// <summary>The joints of a pair share a body, each by its side -1 (A) or 1 (B).</summary>
    internal readonly struct Coupling
    {
        public readonly int First, Second, Body, FirstSide, SecondSide, Pair;

        public Coupling(int first, int second, int body, int firstSide, int secondSide, int pair) =>
            (First, Second, Body, FirstSide, SecondSide, Pair) = (first, second, body, firstSide, secondSide, pair);
    }

    /// <summary>Joints that are eliminated together.</summary>
    internal sealed class EliminationLevel
    {
        public List<int> Pivots { get; } = new List<int>();

        public List<BlockEdge> Edges { get; } = new List<BlockEdge>();

        /// <summary>The blocks (i, p), (p, j) and (i, j).</summary>
        public List<(int lower, int upper, int target)> Updates { get; } = new List<(int, int, int)>();
    }

    /// <summary>A pivot p and a neighbour i, with the numbers of the blocks (i, p) and (p, i).</summary>
    internal readonly struct BlockEdge
    {
        public readonly int Pivot, Other, Lower, Upper;

        public BlockEdge(int pivot, int other, int lower, int upper) => (Pivot, Other, Lower, Upper) = (pivot, other, lower, upper);
    }
}
