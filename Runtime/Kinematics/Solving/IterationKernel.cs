using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// One iteration of Levenberg and Marquardt with bounds, as one kernel: evaluates residuals and Jacobian at the trial pose,
    /// accepts or rejects it, and makes the next trial. A lane is one start of one skeleton.
    /// </summary>
    /// <remarks>
    /// The damping is mu times the cost, with mu set by how much of a promised decrease came true, which gives quadratic convergence where the residual vanishes (J. Fan, Y. Yuan, On the
    /// quadratic convergence of the Levenberg-Marquardt method without nonsingularity assumption, Computing 74, 2005). A
    /// coordinate at a bound that the gradient pushes outwards is held, others are stopped at their bounds (D. Bertsekas,
    /// Projected Newton methods, SIAM J. Control 20, 1982). A trial that raises the cost is not evaluated again with more damping,
    /// which would take its Jacobian, but pulled back towards the accepted pose; the step is a direction of descent, so that
    /// succeeds. Constants were chosen by solution rate over random poses of two arms.
    /// </remarks>
    static class IterationKernel
    {
        public const double FirstDamping = 0.1;

        /// <summary>
        /// The longest step of a start from anywhere, in radians and metres and all coordinates together: beyond, the linear model means
        /// nothing. One that tracks takes steps of at most <see cref="LongestTracking"/> times the root of the number of coordinates,
        /// so that it stays on the branch of solutions on which it is.
        /// </summary>
        public const double LongestAnywhere = 1.5, LongestTracking = 0.1;

        /// <summary>The cost of a lane that has accepted no pose yet.</summary>
        public const double NoCost = 1e300;

        const double Relax = 0.5, Tighten = 2, TightenRejected = 8, PullBack = 0.25;
        const double GoodGain = 0.75, PoorGain = 0.25; // of what a step promised
        const double MostDamping = 1e8;
        const double Rounding = 1e-14; // by so much of itself a cost may rise: differences below are noise
        const double LeastDamping = 1e-13; // keeps redundant arms solvable; far below what moves an answer

        /// <summary>Components of the slot "state", before one squared residual norm per goal.</summary>
        public const int Cost = 0, Damping = 1, Decrease = 2, Promise = 3, LongestStep = 4, FirstNorm = 5;

        public static Kernel Define(GoalSet goals) => Kernel.Define($"inverse kinematics of {goals.Skeleton.Name}", kernel => Trace(kernel, goals));

        static void Trace(KernelBuilder kernel, GoalSet goals)
        {
            Skeleton skeleton = goals.Skeleton;
            int n = skeleton.CoordinateCount;
            Real[] trial = kernel.Lane("trial", n), accepted = kernel.Lane("accepted", n), state = kernel.Lane("state", FirstNorm + goals.Count);
            Real[] importance = kernel.Lane("importance", goals.Count);
            Real[] parameters = goals.ParameterCount > 0 ? kernel.Lane("parameters", goals.ParameterCount) : Array.Empty<Real>();
            List<Dual>[] residuals = goals.Trace(new TracedSkeleton(skeleton, trial), parameters, kernel.Lane("start", n));

            var equations = new StepEquations(n);
            var next = new Real[FirstNorm + goals.Count];
            Real cost = 0;
            for (int g = 0; g < goals.Count; g++)
            {
                foreach (Dual residual in residuals[g]) equations.Add(residual, importance[g]);
                next[FirstNorm + g] = GoalSet.SquaredNorm(residuals[g]);
                cost = Sparse.Add(cost, importance[g] * next[FirstNorm + g]);
            }
            Bool better = cost <= (1 + Rounding) * state[Cost];
            // A first pose and one that was pulled back had nothing promised.
            Real gain = state[Cost] - cost, promise = state[Promise], damped = state[Damping];
            Bool judged = promise > 0;
            Real relaxed = Real.Select(judged & (gain > GoodGain * promise), Relax * damped, Real.Select(judged & (gain < PoorGain * promise), Tighten * damped, damped));
            Real damping = relaxed * cost + LeastDamping;

            next[Cost] = cost;
            next[Decrease] = 0;
            var descent = new Real[n];
            for (int i = 0; i < n; i++)
            {
                equations.Damp(i, damping * skeleton.Joints[skeleton.JointOf(i)].Weight);
                Limit limit = skeleton.LimitOf(i);
                Bool held = (trial[i] <= limit.Lower) & (equations.Descent(i) < 0) | (trial[i] >= limit.Upper) & (equations.Descent(i) > 0);
                if (!limit.Equals(Limit.None)) equations.Hold(i, held);
                descent[i] = equations.Descent(i);
            }
            Real[] step = equations.Solve();
            Real square = 0;
            foreach (Real component in step) square = Sparse.MultiplyAdd(component, component, square);
            Real longest = state[LongestStep];
            Real fraction = Real.Select(square > longest * longest, longest / Real.Sqrt(square), 1);

            var nextTrial = new Real[n];
            var nextAccepted = new Real[n];
            for (int i = 0; i < n; i++)
            {
                Real stepped = Clamp(Sparse.MultiplyAdd(fraction, step[i], trial[i]), skeleton.LimitOf(i));
                next[Decrease] = Sparse.MultiplyAdd(descent[i], stepped - trial[i], next[Decrease]);
                Real back = Sparse.MultiplyAdd(PullBack, trial[i] - accepted[i], accepted[i]);
                nextTrial[i] = Real.Select(better, stepped, back);
                nextAccepted[i] = Real.Select(better, trial[i], accepted[i]);
            }
            (next[Damping], next[Promise], next[LongestStep]) = (relaxed, next[Decrease], longest);
            for (int k = 0; k < next.Length; k++) next[k] = Real.Select(better, next[k], k == Promise ? 0 : k == Damping ? TightenRejected * damped : state[k]);
            next[Damping] = Real.Select(next[Damping] > MostDamping, MostDamping, next[Damping]);
            kernel.Store("trial", nextTrial);
            kernel.Store("accepted", nextAccepted);
            kernel.Store("state", next);
        }

        static Real Clamp(Real x, Limit limit)
        {
            if (!double.IsInfinity(limit.Lower)) x = Real.Select(x < limit.Lower, limit.Lower, x);
            return double.IsInfinity(limit.Upper) ? x : Real.Select(x > limit.Upper, limit.Upper, x);
        }
    }
}
