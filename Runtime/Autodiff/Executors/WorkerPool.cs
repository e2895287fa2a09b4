using System;
using System.Threading;

namespace DiffPhysics.Autodiff
{
    /// <summary>Work that falls into parts which do not touch one another's results.</summary>
    interface IPartedWork
    {
        void RunPart(int part);
    }

    /// <summary>
    /// Threads that wait for parted work. The caller takes part; which thread runs which part is left open, so parts must not depend on it.
    /// Running allocates nothing.
    /// </summary>
    sealed class WorkerPool : IDisposable
    {
        readonly Thread[] workers;
        readonly SemaphoreSlim wake = new SemaphoreSlim(0);
        readonly object turn = new object();
        IPartedWork work;
        int parts, taken, done;
        volatile bool isClosed;
        volatile Exception failure;

        public WorkerPool(int threads)
        {
            workers = new Thread[threads - 1];
            for (int k = 0; k < workers.Length; k++)
            {
                workers[k] = new Thread(Work) { IsBackground = true, Name = "DiffPhysics worker" };
                workers[k].Start();
            }
        }

        /// <summary>Runs all parts and returns when they are done. If others use the pool just now, the caller does all itself.</summary>
        public void Run(IPartedWork parted, int count)
        {
            if (!Monitor.TryEnter(turn))
            {
                for (int part = 0; part < count; part++) parted.RunPart(part);
                return;
            }
            try
            {
                (work, parts, failure) = (parted, count, null);
                Volatile.Write(ref done, 0);
                Volatile.Write(ref taken, 0);
                wake.Release(Math.Min(workers.Length, count - 1));
                TakeParts();
                var spinner = new SpinWait();
                while (Volatile.Read(ref done) < count) spinner.SpinOnce();
                // Parts that were taken are done, and a late worker finds none: close the books before the next work comes.
                Volatile.Write(ref taken, int.MaxValue / 2);
                if (failure != null) throw new InvalidOperationException("A part of a parallel launch failed.", failure);
            }
            finally
            {
                Monitor.Exit(turn);
            }
        }

        public void Dispose()
        {
            isClosed = true;
            wake.Release(workers.Length);
        }

        void Work()
        {
            while (true)
            {
                wake.Wait();
                if (isClosed) return;
                TakeParts();
            }
        }

        void TakeParts()
        {
            while (true)
            {
                int part = Interlocked.Increment(ref taken) - 1;
                if (part >= Volatile.Read(ref parts) || part < 0) return;
                try
                {
                    work.RunPart(part);
                }
                catch (Exception e)
                {
                    failure = e;
                }
                Interlocked.Increment(ref done);
            }
        }
    }
}
