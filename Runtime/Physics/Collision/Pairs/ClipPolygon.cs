using System;

namespace DiffPhysics.Physics
{
    /// <summary>A convex polygon that is cut by half spaces, and remembers where each of its corners came from.</summary>
    internal sealed class ClipPolygon
    {
        private Corner[] corners = new Corner[16];
        private Corner[] spare = new Corner[16];

        public int Count { get; private set; }

        public Corner this[int index] => corners[index];

        /// <summary>Starts with a whole face.</summary>
        public void StartWith(PlacedPolyhedron polyhedron, int face)
        {
            int start = polyhedron.Topology.FaceStart[face];
            Count = polyhedron.Topology.FaceStart[face + 1] - start;
            Ensure(Count);
            for (int i = 0; i < Count; i++)
            {
                corners[i] = new Corner { Position = polyhedron.Start(start + i), Edge = start + i, MadeOf = start + i, MadeBy = -1 };
            }
        }

        /// <summary>Cuts away what lies beyond the plane n.x = offset, which is named <paramref name="side"/>.</summary>
        public void Clip(Double3 n, double offset, int side)
        {
            Ensure(Count + 2);
            int kept = 0;
            for (int i = 0; i < Count; i++)
            {
                ref Corner a = ref corners[i];
                ref Corner b = ref corners[i + 1 < Count ? i + 1 : 0];
                double outA = Double3.Dot(n, a.Position) - offset;
                double outB = Double3.Dot(n, b.Position) - offset;
                if (outA <= 0)
                {
                    spare[kept++] = a;
                }

                if ((outA < 0 && outB > 0) || (outA > 0 && outB < 0))
                {
                    spare[kept++] = new Corner
                    {
                        Position = Double3.Lerp(a.Position, b.Position, outA / (outA - outB)),
                        Edge = outA < 0 ? ~side : a.Edge,
                        MadeOf = a.Edge,
                        MadeBy = side,
                    };
                }
                else if (outA == 0 && outB > 0)
                {
                    spare[kept - 1].Edge = ~side;
                }
            }

            Corner[] swap = corners;
            corners = spare;
            spare = swap;
            Count = kept;
        }

        private void Ensure(int count)
        {
            if (corners.Length < count)
            {
                Array.Resize(ref corners, 2 * count);
            }

            if (spare.Length < corners.Length)
            {
                spare = new Corner[corners.Length];
            }
        }

        /// <summary>
        /// A corner and the edge of the polygon that leaves it. Edges are named by the half-edge of the face they are part of,
        /// or by ~side where they lie in a plane that cut the face.
        /// </summary>
        public struct Corner
        {
            public Double3 Position;

            /// <summary>The edge that leaves the corner.</summary>
            public int Edge;

            /// <summary>The edge that was cut here, or that starts here.</summary>
            public int MadeOf;

            /// <summary>The plane that cut it, -1 for a corner of the face itself.</summary>
            public int MadeBy;
        }
    }
}
