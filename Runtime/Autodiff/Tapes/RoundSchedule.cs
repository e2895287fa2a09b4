using System;
using System.Runtime.ExceptionServices;

namespace DiffPhysics.Autodiff
{
    /// <summary>The rounds in which a schedule's tasks last read and wrote some numbers.</summary>
    sealed class Touches
    {
        public int Run, Read, Written;
    }

    /// <summary>
    /// Tasks given in order, run in rounds: each in the first round after those that it depends on, because one writes what the other reads or
    /// writes. Tasks of a round share no written numbers, so they may run side by side, and every sum is taken in the order given.
    /// </summary>
    /// <remarks>
    /// Whether a round is run by several threads at once is decided by how much there is to gain. A task that is most of its round and can be
    /// divided among threads by itself is run alone. Scheduling allocates nothing once the arrays have grown.
    /// </remarks>
    sealed class RoundSchedule : IPartedWork
    {
        struct Task
        {
            public int Entry, Round;
            public long Work;
            public bool CanDivide;
        }

        readonly Action<int, bool> run;
        readonly object failing = new object();
        Task[] tasks = new Task[64];
        int[] order = new int[64], starts = new int[64];
        (Touches touches, bool writes)[] touched = new (Touches, bool)[32];
        int count, touchedCount, rounds, floor, thisRun, first;
        ExceptionDispatchInfo failure;
        int failedTask;

        /// <summary>A schedule.</summary>
        /// <param name="run">Runs a task by its entry; told whether it is alone, so that it may use other threads itself.</param>
        public RoundSchedule(Action<int, bool> run) => this.run = run;

        /// <summary>The number of tasks.</summary>
        public int Count => count;

        /// <summary>Operations saved below which one thread does a round; a few microseconds, unless set.</summary>
        public long LeastGain { get; set; } = 60_000;

        /// <summary>Rounds that several threads did side by side so far.</summary>
        public int SharedRounds { get; private set; }

        /// <summary>Starts anew.</summary>
        public void Clear()
        {
            thisRun++;
            count = rounds = floor = touchedCount = 0;
        }

        /// <summary>Notes what the next task reads or writes.</summary>
        public void Touch(Touches touches, bool writes)
        {
            if (touches.Run != thisRun) (touches.Run, touches.Read, touches.Written) = (thisRun, -1, -1);
            if (touchedCount == touched.Length) Array.Resize(ref touched, touchedCount * 2);
            touched[touchedCount++] = (touches, writes);
        }

        /// <summary>Adds a task that touches what was noted since the last one.</summary>
        /// <param name="entry">What it is told when it is run.</param>
        /// <param name="work">About how many operations it takes.</param>
        /// <param name="canDivide">Whether it can divide itself among threads.</param>
        /// <param name="isBarrier">Whether all before it must be done, and none after it begun, when it runs.</param>
        public void Add(int entry, long work, bool canDivide, bool isBarrier)
        {
            int round = isBarrier ? rounds : floor;
            for (int k = 0; k < touchedCount; k++)
            {
                (Touches touches, bool writes) = touched[k];
                round = Math.Max(round, (writes ? Math.Max(touches.Read, touches.Written) : touches.Written) + 1);
            }
            for (int k = 0; k < touchedCount; k++)
            {
                (Touches touches, bool writes) = touched[k];
                if (writes) touches.Written = round;
                else touches.Read = Math.Max(touches.Read, round);
            }
            touchedCount = 0;
            if (isBarrier) floor = round + 1;
            rounds = Math.Max(rounds, round + 1);
            if (count == tasks.Length)
            {
                Array.Resize(ref tasks, count * 2);
                Array.Resize(ref order, count * 2);
            }
            tasks[count++] = new Task { Entry = entry, Round = round, Work = work, CanDivide = canDivide };
        }

        /// <summary>Runs all tasks. What the first of a round threw that failed is thrown on, and later rounds are not run.</summary>
        /// <param name="pool">Threads to share rounds with; null for none.</param>
        /// <param name="threads">Their number, the caller's included.</param>
        public void Run(WorkerPool pool, int threads)
        {
            Sort();
            for (int round = 0; round < rounds; round++)
            {
                int from = starts[round], to = starts[round + 1];
                if (pool != null && to - from > 1) from = RunLarge(from, to, threads);
                if (pool != null && Gain(from, to, threads) >= LeastGain) RunSideBySide(pool, from, to);
                else for (int k = from; k < to; k++) run(tasks[order[k]].Entry, true);
            }
        }

        // Tasks by round, and in a round by work, the largest first, so that the last to end are short.
        void Sort()
        {
            if (starts.Length < rounds + 1) Array.Resize(ref starts, Math.Max(rounds + 1, starts.Length * 2));
            Array.Clear(starts, 0, rounds + 1);
            for (int k = 0; k < count; k++) starts[tasks[k].Round + 1]++;
            for (int round = 0; round < rounds; round++) starts[round + 1] += starts[round];
            for (int k = 0; k < count; k++) order[starts[tasks[k].Round]++] = k;
            for (int round = rounds; round > 0; round--) starts[round] = starts[round - 1];
            starts[0] = 0;
            for (int round = 0; round < rounds; round++)
                for (int k = starts[round] + 1; k < starts[round + 1]; k++)
                {
                    int task = order[k], at = k;
                    for (; at > starts[round] && tasks[order[at - 1]].Work < tasks[task].Work; at--) order[at] = order[at - 1];
                    order[at] = task;
                }
        }

        // Divides what would keep one thread busy long after the others have done all else; returns what comes next.
        int RunLarge(int from, int to, int threads)
        {
            long total = Total(from, to);
            for (; from < to; from++)
            {
                Task largest = tasks[order[from]];
                if (!largest.CanDivide || 2 * largest.Work * threads <= 3 * total) break;
                run(largest.Entry, true);
                total -= largest.Work;
            }
            return from;
        }

        long Gain(int from, int to, int threads)
        {
            if (to - from < 2) return 0;
            long total = Total(from, to);
            return total - Math.Max(tasks[order[from]].Work, total / threads);
        }

        long Total(int from, int to)
        {
            long total = 0;
            for (int k = from; k < to; k++) total += tasks[order[k]].Work;
            return total;
        }

        void RunSideBySide(WorkerPool pool, int from, int to)
        {
            SharedRounds++;
            (first, failure) = (from, null);
            pool.Run(this, to - from);
            failure?.Throw();
        }

        /// <inheritdoc/>
        public void RunPart(int part)
        {
            int task = order[first + part];
            try
            {
                run(tasks[task].Entry, false);
            }
            catch (Exception e)
            {
                lock (failing)
                {
                    if (failure == null || task < failedTask) (failure, failedTask) = (ExceptionDispatchInfo.Capture(e), task);
                }
            }
        }
    }
}
