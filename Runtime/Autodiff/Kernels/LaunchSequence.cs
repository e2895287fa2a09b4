using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Launches that run one after another, such as the steps of a frame. Neighbours over the same elements are joined into one loop where
    /// that changes no bit, so that a step of a small system in many worlds is a single kernel.
    /// </summary>
    /// <example><code>
    /// var step = new LaunchSequence { force, integrate };
    /// step.Run(executor);      // or tape.Run(step)
    /// </code></example>
    public sealed class LaunchSequence : IEnumerable<Launch>
    {
        // Beyond this, a joint kernel would only be cut into segments again.
        const int LargestKernel = 400;

        readonly List<Launch> given = new List<Launch>();
        List<Launch> joined;

        /// <summary>Appends a launch; its buffers must be bound, and stay bound.</summary>
        public void Add(Launch launch)
        {
            given.Add(launch ?? throw new ArgumentNullException(nameof(launch)));
            joined = null;
        }

        /// <summary>What runs: the launches, joined where they can be.</summary>
        public IReadOnlyList<Launch> Joined => Join();

        /// <summary>Runs all launches.</summary>
        public void Run(Executor executor)
        {
            List<Launch> launches = Join();
            for (int k = 0; k < launches.Count; k++) launches[k].Run(executor);
        }

        /// <inheritdoc/>
        public IEnumerator<Launch> GetEnumerator() => given.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        List<Launch> Join()
        {
            if (joined != null) return joined;
            joined = new List<Launch>();
            foreach (Launch launch in given)
            {
                Launch last = joined.Count == 0 ? null : joined[joined.Count - 1];
                bool isSmall = last != null && last.Kernel.Function.Graph.Count + launch.Kernel.Function.Graph.Count <= LargestKernel;
                Launch joint = isSmall ? LaunchFusion.TryFuse(last, launch) : null;
                if (joint != null) joined[joined.Count - 1] = joint;
                else joined.Add(launch);
            }
            return joined;
        }
    }
}
