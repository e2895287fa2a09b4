using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>What few nodes of a tape carry beside their record. Allocates nothing when the same nodes come and go.</summary>
    internal sealed class NodeMap<T>
    {
        private readonly Dictionary<int, T> entries = new Dictionary<int, T>();
        private readonly List<int> nodes = new List<int>();

        internal int Count => nodes.Count;

        internal int NodeAt(int position) => nodes[position];

        internal T this[int node]
        {
            get => entries[node];
            set
            {
                if (!entries.ContainsKey(node))
                    nodes.Add(node);
                entries[node] = value;
            }
        }

        internal bool TryGet(int node, out T value) => entries.TryGetValue(node, out value);

        internal void Remove(int node)
        {
            if (entries.Remove(node))
                nodes.Remove(node);
        }

        /// <summary>Drops the entries of nodes from <paramref name="from"/> on.</summary>
        internal void Forget(int from)
        {
            for (int k = nodes.Count - 1; k >= 0; k--)
            {
                if (nodes[k] < from)
                    continue;
                entries.Remove(nodes[k]);
                nodes.RemoveAt(k);
            }
        }
    }
}
