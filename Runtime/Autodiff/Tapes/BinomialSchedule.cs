using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Where to keep snapshots so that a sequence of steps is reversed with the fewest forward steps (Griewank and Walther 2000, Algorithm
    /// 799: Revolve). With s snapshots and no step run more than t times forward, C(s + t, s) steps can be reversed.
    /// </summary>
    static class BinomialSchedule
    {
        /// <summary>How many of the steps to run forward before the next snapshot is taken.</summary>
        /// <param name="steps">The steps to be reversed, at least 2.</param>
        /// <param name="snapshots">The snapshots to be had, with the one at the first step; at least 2.</param>
        public static int Advance(int steps, int snapshots)
        {
            int times = 1;
            while (Reach(snapshots, times) < steps) times++;
            return (int)Math.Max(1, Math.Min(Reach(snapshots, times - 1), steps - Reach(snapshots - 1, times - 1)));
        }

        /// <summary>C(snapshots + times, snapshots), the number of steps that can be reversed.</summary>
        public static long Reach(int snapshots, int times)
        {
            double reach = 1;
            for (int k = 1; k <= times; k++) reach = reach * (snapshots + k) / k;
            return (long)Math.Min(Math.Round(reach), int.MaxValue);
        }
    }
}
