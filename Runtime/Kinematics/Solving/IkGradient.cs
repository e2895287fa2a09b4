using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// The gradient of a loss on a solver's answer with respect to targets, weights and bone lengths, by implicit differentiation.
    /// </summary>
    /// <remarks>
    /// An answer q minimises the cost c(q, p), so F = dc/dq = 0 on the coordinates that no limit holds, and dq = -H^-1 F_p dp with the
    /// true Hessian H = d2c/dq2. For a loss with the gradient w on q: p_ = -F_p' H^-1 w. Products with H and F_p come from
    /// differentiating F'v once more. Where a redundant skeleton leaves H singular the answer moves least, as the solver's does
    /// from the last frame: H is taken with a vanishing multiple of the joint weights.
    /// Source: A. Griewank, A. Walther, Evaluating Derivatives, chapter 15.
    /// </remarks>
    public sealed class IkGradient : IDisposable
    {
        const double Regularisation = 1e-9; // of the mean of H's diagonal

        readonly GoalSet goals;
        readonly Skeleton skeleton;
        readonly Executor executor;
        readonly Launch launch;
        readonly Buffer pose, start, direction, parameters, importance, bones, slope, curvature, mixed;
        readonly double[,] matrix;
        readonly double[] solution, scratch;
        readonly int n;

        /// <summary>Traces and compiles the derivatives of a solver's cost.</summary>
        public IkGradient(IkSolver solver, Executor executor)
        {
            goals = (solver ?? throw new ArgumentNullException(nameof(solver))).Goals;
            this.executor = executor ?? throw new ArgumentNullException(nameof(executor));
            skeleton = goals.Skeleton;
            n = skeleton.CoordinateCount;
            int joints = skeleton.Joints.Count, targets = goals.ParameterCount;
            (pose, start, direction) = (Make("pose", 1, n), Make("start pose", 1, n), Make("direction", n, n));
            (parameters, importance, bones) = (Make("goal targets", 1, Math.Max(1, targets)), Make("goal weights", 1, goals.Count), Make("bone scales", 1, joints));
            (slope, curvature, mixed) = (Make("slope", n, n), Make("curvature", n, n), Make("mixed derivatives", n, targets + goals.Count + joints));
            (matrix, solution, scratch) = (new double[n, n], new double[n], new double[targets]);
            for (int j = 0; j < joints; j++) bones[0, j] = 1;

            Kernel kernel = Kernel.Define($"implicit gradient of {skeleton.Name}", Trace);
            launch = new Launch(kernel, n);
            foreach (KernelSlot slot in kernel.Slots)
                launch.Bind(slot.Name, slot.Name switch
                {
                    "pose" => pose, "start" => start, "direction" => direction, "parameters" => parameters, "importance" => importance,
                    "bones" => bones, "slope" => slope, "curvature" => curvature, _ => mixed,
                });
            launch.Prepare(executor);

            Buffer Make(string name, int elements, int components) => new Buffer(name, elements, components, Precision.Double);
        }

        /// <summary>Computes the gradients at a solver's answer for the goals' present targets and weights.</summary>
        /// <param name="answer">The answer, <see cref="IkSolver.Pose"/>.</param>
        /// <param name="cotangent">The gradient of the loss with respect to the answer's coordinates.</param>
        /// <param name="lastFrame">The pose from which the solver started, for smoothness goals; the answer itself by default.</param>
        /// <exception cref="ArgumentException">A length is not the number of coordinates.</exception>
        public void Backward(ReadOnlySpan<double> answer, ReadOnlySpan<double> cotangent, ReadOnlySpan<double> lastFrame = default)
        {
            if (lastFrame.Length == 0) lastFrame = answer;
            if (answer.Length != n || cotangent.Length != n || lastFrame.Length != n)
                throw new ArgumentException($"Skeleton '{skeleton.Name}' has {n} coordinates; answer, cotangent and last frame have {answer.Length}, {cotangent.Length} and {lastFrame.Length}.");
            goals.WriteParameters(scratch);
            for (int p = 0; p < scratch.Length; p++) parameters[0, p] = scratch[p];
            for (int g = 0; g < goals.Count; g++) importance[0, g] = goals.Importance(g);
            for (int i = 0; i < n; i++)
            {
                (pose[0, i], start[0, i]) = (answer[i], lastFrame[i]);
                for (int lane = 0; lane < n; lane++) direction[lane, i] = lane == i ? 1 : 0;
            }
            launch.Run(executor);
            Solve(answer, cotangent);
            for (int i = 0; i < n; i++) direction[0, i] = -solution[i];
            launch.Run(executor);
        }

        /// <summary>
        /// The gradient with respect to a goal's target, in the order of the target's numbers; for an orientation, with respect to a
        /// small rotation vector of the target in the world. Goals with more numbers (a normal, a radius) have them after the target.
        /// </summary>
        public double[] OfTarget(Goal goal)
        {
            int index = goals.IndexOf(goal), first = goals.FirstParameter(index);
            var values = new double[goals.FirstParameter(index + 1) - first];
            for (int p = 0; p < values.Length; p++) values[p] = mixed[0, first + p];
            return goal.TargetGradient(values);
        }

        /// <summary>The gradient with respect to a goal's weight.</summary>
        public double OfWeight(Goal goal)
        {
            int index = goals.IndexOf(goal);
            return mixed[0, goals.ParameterCount + index] * goals.ImportanceSlope(index);
        }

        /// <summary>The gradient with respect to the distance of a joint from its parent, per metre, in the direction it has; 0 for a joint at its parent's origin.</summary>
        public double OfBoneLength(string joint)
        {
            int index = skeleton.IndexOf(joint);
            double length = skeleton.Joints[index].Frame.Position.Length;
            return length > 0 ? mixed[0, goals.ParameterCount + goals.Count + index] / length : 0;
        }

        /// <summary>Frees the buffers.</summary>
        public void Dispose()
        {
            foreach (Buffer buffer in new[] { pose, start, direction, parameters, importance, bones, slope, curvature, mixed }) buffer.Dispose();
        }

        void Trace(KernelBuilder kernel)
        {
            Real[] q = kernel.Shared("pose", n), from = kernel.Shared("start", n), v = kernel.Lane("direction", n);
            Real[] p = goals.ParameterCount > 0 ? kernel.Shared("parameters", goals.ParameterCount) : Array.Empty<Real>();
            Real[] w = kernel.Shared("importance", goals.Count), scales = kernel.Shared("bones", skeleton.Joints.Count);
            List<Dual>[] residuals = goals.Trace(new TracedSkeleton(skeleton, q, scales), p, from);
            Real cost = 0;
            for (int g = 0; g < goals.Count; g++) cost += 0.5 * w[g] * GoalSet.SquaredNorm(residuals[g]);
            Real[] gradient = Derivatives.Gradient(cost, q);
            Real along = 0;
            for (int i = 0; i < n; i++) along += gradient[i] * v[i];

            var variables = new List<Real>(q);
            variables.AddRange(p);
            variables.AddRange(w);
            variables.AddRange(scales);
            Real[] second = Derivatives.Gradient(along, variables.ToArray());
            kernel.Store("slope", gradient);
            kernel.Store("curvature", second.AsSpan(0, n).ToArray());
            kernel.Store("mixed", second.AsSpan(n).ToArray());
        }

        // H x = w on the coordinates that are free, 0 on those that a limit holds; Gauss elimination with pivots.
        void Solve(ReadOnlySpan<double> answer, ReadOnlySpan<double> cotangent)
        {
            double mean = 0;
            for (int i = 0; i < n; i++) mean += Math.Abs(curvature[i, i]) / n;
            for (int i = 0; i < n; i++)
            {
                bool held = Held(i, answer[i]);
                solution[i] = held ? 0 : cotangent[i];
                double weight = skeleton.Joints[skeleton.JointOf(i)].Weight;
                for (int k = 0; k < n; k++) matrix[i, k] = held || Held(k, answer[k]) ? (i == k ? 1 : 0) : curvature[i, k];
                matrix[i, i] += Regularisation * mean * weight;
            }
            for (int column = 0; column < n; column++)
            {
                int pivot = column;
                for (int row = column + 1; row < n; row++)
                    if (Math.Abs(matrix[row, column]) > Math.Abs(matrix[pivot, column])) pivot = row;
                for (int k = 0; k < n; k++) (matrix[column, k], matrix[pivot, k]) = (matrix[pivot, k], matrix[column, k]);
                (solution[column], solution[pivot]) = (solution[pivot], solution[column]);
                for (int row = column + 1; row < n; row++)
                {
                    double factor = matrix[row, column] / matrix[column, column];
                    for (int k = column; k < n; k++) matrix[row, k] -= factor * matrix[column, k];
                    solution[row] -= factor * solution[column];
                }
            }
            for (int row = n - 1; row >= 0; row--)
            {
                for (int k = row + 1; k < n; k++) solution[row] -= matrix[row, k] * solution[k];
                solution[row] /= matrix[row, row];
            }
        }

        bool Held(int coordinate, double value)
        {
            Limit limit = skeleton.LimitOf(coordinate);
            return value <= limit.Lower && slope[0, coordinate] > 0 || value >= limit.Upper && slope[0, coordinate] < 0;
        }
    }
}
