using System;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
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
    /// <remarks>
    /// A worker that has just worked looks out for more for a while before it sleeps, since waking it would take as long as a launch does.
    /// </remarks>
    sealed class WorkerPool : IDisposable
    {
        static readonly long LookoutTicks = Stopwatch.Frequency / 20_000; // 50 microseconds

        readonly Thread[] workers;
        readonly SemaphoreSlim wake = new SemaphoreSlim(0);
        readonly object turn = new object();
        IPartedWork work;
        bool isRunning;
        int parts, left, done, sleepers; // left: parts that nobody has taken; they are taken from the first on
        volatile bool isClosed;
        ExceptionDispatchInfo failure;
        int failedPart;

        public WorkerPool(int threads)
        {
            workers = new Thread[threads - 1];
            for (int k = 0; k < workers.Length; k++)
            {
                workers[k] = new Thread(Work) { IsBackground = true, Name = "DiffPhysics worker" };
                workers[k].Start();
            }
        }

        /// <summary>
        /// Runs all parts and returns when they are done. If the pool is at work just now, for others or for the caller's caller, the caller
        /// does all itself. What the first part threw that failed is thrown on.
        /// </summary>
        public void Run(IPartedWork parted, int count)
        {
            if (!Monitor.TryEnter(turn))
            {
                for (int part = 0; part < count; part++) parted.RunPart(part);
                return;
            }
            bool isNested = isRunning;
            try
            {
                if (isNested)
                {
                    for (int part = 0; part < count; part++) parted.RunPart(part);
                    return;
                }
                isRunning = true;
                (work, parts, done, failure) = (parted, count, 0, null);
                Interlocked.Exchange(ref left, count);
                int asleep = Volatile.Read(ref sleepers);
                if (asleep > 0 && count > 1) wake.Release(Math.Min(asleep, count - 1));
                TakeParts();
                for (int spins = 0; Volatile.Read(ref done) < count; spins++)
                {
                    if (spins < 200) Thread.SpinWait(20);
                    else Thread.Yield();
                }
                work = null;
                failure?.Throw();
            }
            finally
            {
                if (!isNested) isRunning = false;
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
            while (!isClosed)
            {
                TakeParts();
                if (LookOut()) continue;
                Interlocked.Increment(ref sleepers);
                if (Volatile.Read(ref left) <= 0 && !isClosed) wake.Wait();
                Interlocked.Decrement(ref sleepers);
            }
        }

        // Whether there is something to do before it is time to sleep.
        bool LookOut()
        {
            long until = Stopwatch.GetTimestamp() + LookoutTicks;
            while (!isClosed)
            {
                if (Volatile.Read(ref left) > 0) return true;
                if (Stopwatch.GetTimestamp() > until) return false;
                Thread.SpinWait(20);
            }
            return false;
        }

        // Whoever has taken a part keeps the work from ending, so what is read after taking belongs to that part.
        void TakeParts()
        {
            while (true)
            {
                int seen = Volatile.Read(ref left);
                if (seen <= 0) return;
                if (Interlocked.CompareExchange(ref left, seen - 1, seen) != seen) continue;
                int part = parts - seen;
                try
                {
                    work.RunPart(part);
                }
                catch (Exception e)
                {
                    NoteFailure(part, e);
                }
                Interlocked.Increment(ref done);
            }
        }

        void NoteFailure(int part, Exception e)
        {
            lock (wake)
            {
                if (failure != null && failedPart < part) return;
                (failure, failedPart) = (ExceptionDispatchInfo.Capture(e), part);
            }
        }
    }
}
