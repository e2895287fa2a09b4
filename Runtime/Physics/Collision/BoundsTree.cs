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
        private readonly Bounds3[] bounds;
        private readonly int[] parent;
        private readonly int[] left;
        private readonly int[] right;
        private readonly int[] height;
        private int root;
        private int[] stack = new int[64];

        /// <summary>Builds the tree; leaf i is named i from then on.</summary>
        public BoundsTree(ReadOnlySpan<Bounds3> leaves)
        {
            leafCount = leaves.Length;
            int nodes = Math.Max(1, 2 * leafCount - 1);
            bounds = new Bounds3[nodes];
            parent = new int[nodes];
            left = new int[nodes];
            right = new int[nodes];
            height = new int[nodes];
            leaves.CopyTo(bounds);
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
                left[i] = right[i] = None;
            }

            int next = leafCount;
            root = Build(order, keys, 0, leafCount, ref next);
            parent[root] = None;
        }

        /// <summary>Longest way from the root to a leaf.</summary>
        public int Height => root == None ? 0 : height[root];

        public Bounds3 Leaf(int leaf) => bounds[leaf];

        /// <summary>Gives a leaf another box.</summary>
        public void Update(int leaf, Bounds3 box)
        {
            if (leafCount == 1)
            {
                bounds[leaf] = box;
                return;
            }

            int free = Remove(leaf);
            bounds[leaf] = box;
            Insert(leaf, free);
        }

        /// <summary>Appends all leaves whose box meets the given one, in no particular order.</summary>
        public void Query(Bounds3 box, IntList found)
        {
            if (root == None)
            {
                return;
            }

            int depth = 0;
            stack[depth++] = root;
            while (depth > 0)
            {
                int node = stack[--depth];
                if (!bounds[node].Overlaps(box))
                {
                    continue;
                }

                if (node < leafCount)
                {
                    found.Add(node);
                    continue;
                }

                Reserve(depth + 2);
                stack[depth++] = left[node];
                stack[depth++] = right[node];
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
                if (!bounds[node].MeetsRay(origin, inverse, maximum))
                {
                    continue;
                }

                if (node < leafCount)
                {
                    found.Add(node);
                    continue;
                }

                Reserve(depth + 2);
                stack[depth++] = left[node];
                stack[depth++] = right[node];
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
                centres = centres.Include(bounds[order[i]].Centre);
            }

            Double3 size = centres.Max - centres.Min;
            int axis = size.X >= size.Y && size.X >= size.Z ? 0 : size.Y >= size.Z ? 1 : 2;
            for (int i = from; i < to; i++)
            {
                keys[i] = bounds[order[i]].Centre[axis];
            }

            Array.Sort(keys, order, from, to - from);
            int middle = from + (to - from) / 2;
            int node = next++;
            Join(node, Build(order, keys, from, middle, ref next), Build(order, keys, middle, to, ref next));
            return node;
        }

        private void Join(int node, int a, int b)
        {
            left[node] = a;
            right[node] = b;
            parent[a] = node;
            parent[b] = node;
            Refit(node);
        }

        private void Refit(int node)
        {
            bounds[node] = Bounds3.Union(bounds[left[node]], bounds[right[node]]);
            height[node] = 1 + Math.Max(height[left[node]], height[right[node]]);
        }

        // Takes a leaf out; its sibling takes the place of its parent, which is returned for use elsewhere.
        private int Remove(int leaf)
        {
            int node = parent[leaf];
            int sibling = left[node] == leaf ? right[node] : left[node];
            int above = parent[node];
            parent[sibling] = above;
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
            Bounds3 box = bounds[leaf];
            int sibling = root;
            while (sibling >= leafCount)
            {
                // Pairing here makes a node as large as both; going down grows this node and then pays below.
                double here = Bounds3.Union(bounds[sibling], box).Area;
                double growth = here - bounds[sibling].Area;
                double costLeft = Descend(left[sibling], box) + growth;
                double costRight = Descend(right[sibling], box) + growth;
                if (here < costLeft && here < costRight)
                {
                    break;
                }

                sibling = costLeft <= costRight ? left[sibling] : right[sibling];
            }

            int above = parent[sibling];
            parent[node] = above;
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
            double union = Bounds3.Union(bounds[node], box).Area;
            return node < leafCount ? union : union - bounds[node].Area;
        }

        private void Replace(int above, int old, int node)
        {
            if (left[above] == old)
            {
                left[above] = node;
            }
            else
            {
                right[above] = node;
            }
        }

        private void RefitUpwards(int node)
        {
            while (node != None)
            {
                node = Balance(node);
                Refit(node);
                node = parent[node];
            }
        }

        // If one child is deeper by two or more, it takes the node's place and hands it its shallower child.
        private int Balance(int node)
        {
            int tilt = height[right[node]] - height[left[node]];
            if (tilt >= -1 && tilt <= 1)
            {
                return node;
            }

            int tall = tilt > 0 ? right[node] : left[node];
            int a = left[tall];
            int b = right[tall];
            int keep = height[a] > height[b] ? a : b;
            int give = keep == a ? b : a;
            int above = parent[node];
            parent[tall] = above;
            if (above == None)
            {
                root = tall;
            }
            else
            {
                Replace(above, node, tall);
            }

            Replace(node, tall, give);
            parent[give] = node;
            Refit(node);
            left[tall] = node;
            right[tall] = keep;
            parent[node] = tall;
            return tall;
        }
    }
}
