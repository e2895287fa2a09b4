using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A sparse matrix of square blocks, a row and a column of them for each joint, and its factors (1 + L) D (1 + U), found level by level:
    /// joints of one level share no block, so that each step of a level is one launch. No exchanges are needed: the matrix is S + B K
    /// with K positive definite and S, B diagonal and not negative. Source: Golub and Van Loan, "Matrix Computations", section 4.5 (block LU).
    /// </summary>
    /// <remarks>None of its launches is recorded; <see cref="BlockFactorization"/> and <see cref="BlockSolve"/> are.</remarks>
    internal sealed class BlockMatrix : IDisposable
    {
        private readonly Executor executor;
        private readonly Buffer work, vector;
        private readonly Launch[] factor, solve, solveTransposed;
        private readonly Launch subtract, subtractTransposed, subtractOuter, add;

        /// <param name="kernels">Kernels for the size of the blocks.</param>
        /// <param name="order">Which blocks there are, and the order of elimination.</param>
        /// <param name="worlds">Number of matrices; the blocks of all of them for one place stand side by side.</param>
        /// <param name="precision">The number format.</param>
        /// <param name="executor">What runs the launches.</param>
        public BlockMatrix(BlockKernels kernels, EliminationOrder order, int worlds, Precision precision, Executor executor)
        {
            this.executor = executor;
            int n = kernels.Size, count = order.JointCount;
            Blocks = New("blocks", order.BlockCount, n * n);
            Factors = New("factors", order.BlockCount, n * n);
            work = New("work", order.BlockCount, n * n);
            vector = New("vector", count, n);

            factor = Factoring();
            solve = Substitution(kernels.Subtract, e => e.Lower, kernels.Multiply, e => e.Upper);
            solveTransposed = Substitution(kernels.SubtractTransposed, e => e.Upper, kernels.MultiplyTransposed, e => e.Lower);
            List<(int row, int column)> own = order.Pattern;
            subtract = new JointLanes(own.Count, worlds).With("block", l => l).With("to", l => own[l].row).With("from", l => own[l].column).Launch(kernels.Subtract);
            subtractTransposed = new JointLanes(own.Count, worlds).With("block", l => l).With("to", l => own[l].column).With("from", l => own[l].row)
                .Launch(kernels.SubtractTransposed).Bind("from", vector);
            subtractOuter = new JointLanes(own.Count, worlds).With("row", l => own[l].row).With("column", l => own[l].column).Launch(kernels.SubtractOuter).Bind("left", vector);
            add = new JointLanes(count, worlds).Launch(kernels.Add).Bind("from", vector);

            Buffer New(string name, int elements, int components) => new Buffer("joint " + name, elements * worlds, components, precision);

            // A_ij -= A_ip A_pp^-1 A_pj for the pivots p of a level and all their neighbours i and j, on a copy.
            Launch[] Factoring()
            {
                var launches = new List<Launch>();
                foreach (EliminationLevel level in order.Levels)
                {
                    launches.Add(new JointLanes(level.Pivots.Count, worlds).With("pivot", l => level.Pivots[l]).Launch(kernels.Invert).Bind("work", work).Bind("factors", Factors));
                    if (level.Edges.Count == 0) continue;
                    Launch scale = Edges(level).With("lower", l => level.Edges[l].Lower).With("upper", l => level.Edges[l].Upper).Launch(kernels.Scale);
                    Launch eliminate = new JointLanes(level.Updates.Count, worlds).With("lower", l => level.Updates[l].lower).With("upper", l => level.Updates[l].upper)
                        .With("target", l => level.Updates[l].target).Launch(kernels.Eliminate);
                    scale.Disjoint = eliminate.Disjoint = true; // blocks of pivots, of pivots with neighbours, and of neighbours
                    launches.Add(scale.Bind("inverse", Factors).Bind("left", work).Bind("right", work).Bind("lower", Factors).Bind("upper", Factors));
                    launches.Add(eliminate.Bind("lower", Factors).Bind("right", work).Bind("work", work));
                }

                return launches.ToArray();
            }

            // One triangle on the way down the levels, D, and the other triangle on the way back.
            Launch[] Substitution(Kernel subtractProduct, Func<BlockEdge, int> down, Kernel multiply, Func<BlockEdge, int> up)
            {
                var launches = new List<Launch> { new JointLanes(count, worlds).Launch(multiply).Bind("factors", Factors).Bind("vector", vector) };
                for (int k = order.Levels.Count - 1; k >= 0; k--)
                {
                    EliminationLevel level = order.Levels[k];
                    if (level.Edges.Count == 0) continue;
                    launches.Insert(0, Within(Edges(level).With("from", l => level.Edges[l].Pivot).With("to", l => level.Edges[l].Other).With("block", l => down(level.Edges[l]))));
                    launches.Add(Within(Edges(level).With("from", l => level.Edges[l].Other).With("to", l => level.Edges[l].Pivot).With("block", l => up(level.Edges[l]))));
                }

                return launches.ToArray();

                Launch Within(JointLanes edges)
                {
                    Launch launch = edges.Launch(subtractProduct).Bind("blocks", Factors).Bind("to", vector).Bind("from", vector);
                    launch.Disjoint = true; // pivots and neighbours
                    return launch;
                }
            }

            JointLanes Edges(EliminationLevel level) => new JointLanes(level.Edges.Count, worlds).With("pivot", l => level.Edges[l].Pivot);
        }

        /// <summary>The matrix, by the numbers of its blocks; those that only elimination fills stay zero.</summary>
        public Buffer Blocks { get; }

        /// <summary>D^-1, U and L, each where its blocks were.</summary>
        public Buffer Factors { get; }

        /// <summary>Finds the factors.</summary>
        public void Factor()
        {
            work.CopyFrom(Blocks);
            foreach (Launch launch in factor) launch.Run(executor);
        }

        /// <summary>A^-1 b by the factors.</summary>
        /// <returns>It, until the next solve.</returns>
        public Buffer Solve(Buffer b) => Substitute(b, solve);

        /// <summary>A^-T b by the factors.</summary>
        /// <returns>It, until the next solve.</returns>
        public Buffer SolveTransposed(Buffer b) => Substitute(b, solveTransposed);

        /// <summary>y -= M x, for a matrix M that has blocks where this one has.</summary>
        public void Subtract(Buffer m, Buffer x, Buffer y) => Bind(Bind(Bind(subtract, "blocks", m), "from", x), "to", y).Run(executor);

        /// <summary>y -= M^T x, for the x that was solved for last.</summary>
        public void SubtractTransposed(Buffer m, Buffer y) => Bind(Bind(subtractTransposed, "blocks", m), "to", y).Run(executor);

        /// <summary>M -= x y^T in the blocks that this matrix has, for the x that was solved for last.</summary>
        public void SubtractOuter(Buffer y, Buffer m) => Bind(Bind(subtractOuter, "right", y), "blocks", m).Run(executor);

        /// <summary>y += x, for the x that was solved for last.</summary>
        public void AddTo(Buffer y) => Bind(add, "to", y).Run(executor);

        /// <inheritdoc/>
        public void Dispose()
        {
            Blocks.Dispose();
            Factors.Dispose();
            work.Dispose();
            vector.Dispose();
        }

        private Buffer Substitute(Buffer b, Launch[] launches)
        {
            vector.CopyFrom(b);
            foreach (Launch launch in launches) launch.Run(executor);
            return vector;
        }

        // A launch that is bound anew is planned anew.
        private static Launch Bind(Launch launch, string slot, Buffer buffer)
        {
            int s = launch.Kernel.SlotOf(slot);
            return launch.BufferOf(s) == buffer ? launch : launch.Bind(s, buffer);
        }
    }
}
