using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A binary hierarchy of boxes over a fixed number of leaves: built top-down by splitting at the median, then kept up to
    /// date leaf by leaf. A new leaf goes where it adds least surface, and subtrees are rotated to stay balanced.
    /// Sources: J. Goldsmith and J. Salmon, "Automatic creation of object hierarchies for ray tracing" (1987), for the
    /// insertion; G. Adelson-Velsky and E. Landis (1962) for the balance.
    /// </summary>
    internal sealed class BoundsTree
    {
        private const int None = -1;

        private readonly int leafCount;
        private readonly Node[] nodes;
        private int root;
        private int[] stack = new int[64];

        /// <summary>Builds the tree; leaf i is named i from then on.</summary>
        public BoundsTree(ReadOnlySpan<Bounds3> leaves)
        {
            leafCount = leaves.Length;
            nodes = new Node[Math.Max(1, 2 * leafCount - 1)];
            root = None;
            if (leafCount == 0)
            {
                return;
            }

            var order = new int[leafCount];
            var keys = new double[leafCount];
            for (int i = 0; i < leafCount; i++)
            {
                order[i] = i;
                nodes[i] = new Node { Bounds = leaves[i], Left = None, Right = None };
            }

            int next = leafCount;
            root = Build(order, keys, 0, leafCount, ref next);
            nodes[root].Parent = None;
        }

        /// <summary>Longest way from the root to a leaf.</summary>
        public int Height => root == None ? 0 : nodes[root].Height;

        public Bounds3 Leaf(int leaf) => nodes[leaf].Bounds;

        /// <summary>Gives a leaf another box.</summary>
        public void Update(int leaf, Bounds3 box)
        {
            if (leafCount == 1)
            {
                nodes[leaf].Bounds = box;
                return;
            }

            int free = Remove(leaf);
            nodes[leaf].Bounds = box;
            Insert(leaf, free);
        }

        /// <summary>Appends all leaves whose box meets the given one, in no particular order.</summary>
        public void Query(in Bounds3 box, IntList found)
        {
            if (root == None)
            {
                return;
            }

            int depth = 0;
            stack[depth++] = root;
            while (depth > 0)
            {
                int index = stack[--depth];
                ref readonly Node node = ref nodes[index];
                if (!node.Bounds.Overlaps(box))
                {
                    continue;
                }

                if (index < leafCount)
                {
                    found.Add(index);
                    continue;
                }

                Reserve(depth + 2);
                stack[depth++] = node.Left;
                stack[depth++] = node.Right;
            }
        }

        /// <summary>Appends all leaves whose box the ray origin + t direction meets for a t in [0, maximum].</summary>
        public void QueryRay(Double3 origin, Double3 direction, double maximum, IntList found)
        {
            if (root == None)
            {
                return;
            }

            var inverse = new Double3(1 / direction.X, 1 / direction.Y, 1 / direction.Z);
            int depth = 0;
            stack[depth++] = root;
            while (depth > 0)
            {
                int node = stack[--depth];
                if (!nodes[node].Bounds.MeetsRay(origin, inverse, maximum))
                {
                    continue;
                }

                if (node < leafCount)
                {
                    found.Add(node);
                    continue;
                }

                Reserve(depth + 2);
                stack[depth++] = nodes[node].Left;
                stack[depth++] = nodes[node].Right;
            }
        }

        private void Reserve(int count)
        {
            if (stack.Length < count)
            {
                Array.Resize(ref stack, 2 * count);
            }
        }

        // Splits the range at the median of the centres along the longest axis of their box.
        private int Build(int[] order, double[] keys, int from, int to, ref int next)
        {
            if (to - from == 1)
            {
                return order[from];
            }

            Bounds3 centres = Bounds3.Empty;
            for (int i = from; i < to; i++)
            {
                centres = centres.Include(nodes[order[i]].Bounds.Centre);
            }

            Double3 size = centres.Max - centres.Min;
            int axis = size.X >= size.Y && size.X >= size.Z ? 0 : size.Y >= size.Z ? 1 : 2;
            for (int i = from; i < to; i++)
            {
                keys[i] = nodes[order[i]].Bounds.Centre[axis];
            }

            Array.Sort(keys, order, from, to - from);
            int middle = from + (to - from) / 2;
            int node = next++;
            Join(node, Build(order, keys, from, middle, ref next), Build(order, keys, middle, to, ref next));
            return node;
        }

        private void Join(int node, int a, int b)
        {
            nodes[node].Left = a;
            nodes[node].Right = b;
            nodes[a].Parent = node;
            nodes[b].Parent = node;
            Refit(node);
        }

        private void Refit(int node)
        {
            nodes[node].Bounds = Bounds3.Union(nodes[nodes[node].Left].Bounds, nodes[nodes[node].Right].Bounds);
            nodes[node].Height = 1 + Math.Max(nodes[nodes[node].Left].Height, nodes[nodes[node].Right].Height);
        }

        // Takes a leaf out; its sibling takes the place of its parent, which is returned for use elsewhere.
        private int Remove(int leaf)
        {
            int node = nodes[leaf].Parent;
            int sibling = nodes[node].Left == leaf ? nodes[node].Right : nodes[node].Left;
            int above = nodes[node].Parent;
            nodes[sibling].Parent = above;
            if (above == None)
            {
                root = sibling;
            }
            else
            {
                Replace(above, node, sibling);
                RefitUpwards(above);
            }

            return node;
        }

        private void Insert(int leaf, int node)
        {
            Bounds3 box = nodes[leaf].Bounds;
            int sibling = root;
            while (sibling >= leafCount)
            {
                // Pairing here makes a node as large as both; going down grows this node and then pays below.
                double here = Bounds3.Union(nodes[sibling].Bounds, box).Area;
                double growth = here - nodes[sibling].Bounds.Area;
                double costLeft = Descend(nodes[sibling].Left, box) + growth;
                double costRight = Descend(nodes[sibling].Right, box) + growth;
                if (here < costLeft && here < costRight)
                {
                    break;
                }

                sibling = costLeft <= costRight ? nodes[sibling].Left : nodes[sibling].Right;
            }

            int above = nodes[sibling].Parent;
            nodes[node].Parent = above;
            if (above == None)
            {
                root = node;
            }
            else
            {
                Replace(above, sibling, node);
            }

            Join(node, sibling, leaf);
            RefitUpwards(node);
        }

        private double Descend(int node, Bounds3 box)
        {
            double union = Bounds3.Union(nodes[node].Bounds, box).Area;
            return node < leafCount ? union : union - nodes[node].Bounds.Area;
        }

        private void Replace(int above, int old, int node)
        {
            if (nodes[above].Left == old)
            {
                nodes[above].Left = node;
            }
            else
            {
                nodes[above].Right = node;
            }
        }

        private void RefitUpwards(int node)
        {
            while (node != None)
            {
                node = Balance(node);
                Refit(node);
                node = nodes[node].Parent;
            }
        }

        // If one child is deeper by two or more, it takes the node's place and hands it its shallower child.
        private int Balance(int node)
        {
            int tilt = nodes[nodes[node].Right].Height - nodes[nodes[node].Left].Height;
            if (tilt >= -1 && tilt <= 1)
            {
                return node;
            }

            int tall = tilt > 0 ? nodes[node].Right : nodes[node].Left;
            int a = nodes[tall].Left;
            int b = nodes[tall].Right;
            int keep = nodes[a].Height > nodes[b].Height ? a : b;
            int give = keep == a ? b : a;
            int above = nodes[node].Parent;
            nodes[tall].Parent = above;
            if (above == None)
            {
                root = tall;
            }
            else
            {
                Replace(above, node, tall);
            }

            Replace(node, tall, give);
            nodes[give].Parent = node;
            Refit(node);
            nodes[tall].Left = node;
            nodes[tall].Right = keep;
            nodes[node].Parent = tall;
            return tall;
        }

        private struct Node
        {
            public Bounds3 Bounds;
            public int Parent;
            public int Left;
            public int Right;
            public int Height;
        }
    }
}
