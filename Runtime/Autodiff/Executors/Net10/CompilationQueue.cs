#if NET10_0_OR_GREATER
using System;
using System.Collections.Generic;
using System.Threading;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Kernels that wait to be compiled on other threads, the one that is missed most first. One processor is left to the caller: code that is
    /// compiled beside it on all of them delays the very steps that it is to hasten.
    /// </summary>
    sealed class CompilationQueue
    {
        readonly List<AwaitedKernel> waiting = new List<AwaitedKernel>(); // also the lock
        readonly int most = Math.Max(1, Environment.ProcessorCount - 1);
        int working;

        public void Add(AwaitedKernel kernel)
        {
            lock (waiting)
            {
                waiting.Add(kernel);
                if (working == most) return;
                working++;
            }
            ThreadPool.UnsafeQueueUserWorkItem(queue => queue.Work(), this, preferLocal: false);
        }

        void Work()
        {
            while (TryTake(out AwaitedKernel next)) next.Compile();
        }

        bool TryTake(out AwaitedKernel next)
        {
            next = null;
            lock (waiting)
            {
                if (waiting.Count == 0)
                {
                    working--;
                    return false;
                }
                int at = 0;
                for (int k = 1; k < waiting.Count; k++)
                    if (waiting[k].Missed > waiting[at].Missed) at = k;
                next = waiting[at];
                waiting.RemoveAt(at);
                return true;
            }
        }
    }
}
#endif
