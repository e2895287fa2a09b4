using System;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Kinematics
{
    /// <summary>The buffers of iteration kernels over a number of lanes, and direct access to their numbers.</summary>
    sealed unsafe class LaneRows : IDisposable
    {
        const double LeastKept = 0.01, MostKept = 100;

        readonly Buffer trial, accepted, start, state, importance, parameters;
        readonly double[] scratch;
        readonly GoalSet goals;
        readonly Executor executor;
        readonly Launch launch;
        readonly int n;

        public LaneRows(GoalSet goals, Kernel kernel, Executor executor, int lanes)
        {
            this.goals = goals;
            this.executor = executor;
            Lanes = lanes;
            n = goals.Skeleton.CoordinateCount;
            trial = Make("trial poses", n);
            accepted = Make("accepted poses", n);
            start = Make("start poses", n);
            state = Make("solver state", IterationKernel.FirstNorm + goals.Count);
            importance = Make("goal weights", goals.Count);
            parameters = Make("goal targets", Math.Max(1, goals.ParameterCount));
            scratch = new double[goals.ParameterCount];
            launch = new Launch(kernel, lanes).Bind("trial", trial).Bind("accepted", accepted).Bind("state", state).Bind("importance", importance);
            foreach (KernelSlot slot in kernel.Slots)
            {
                if (slot.Name == "parameters") launch.Bind("parameters", parameters);
                if (slot.Name == "start") launch.Bind("start", start);
            }
            launch.Prepare(executor);

            Buffer Make(string name, int components) => new Buffer(name, lanes, components, Precision.Double);
        }

        public int Lanes { get; }

        public void Iterate() => launch.Run(executor);

        public double State(int component, int lane) => Row(state, component)[lane];

        public double Accepted(int coordinate, int lane) => Row(accepted, coordinate)[lane];

        /// <summary>Writes the goals' targets and weights to lanes from <paramref name="first"/> on.</summary>
        public void WriteGoals(int first, int count)
        {
            goals.WriteParameters(scratch);
            for (int p = 0; p < scratch.Length; p++) Fill(Row(parameters, p), first, count, scratch[p]);
            for (int g = 0; g < goals.Count; g++) Fill(Row(importance, g), first, count, goals.Importance(g));
        }

        /// <summary>Starts a lane from its trial pose.</summary>
        /// <param name="lane">The lane.</param>
        /// <param name="tracking">Whether it follows its last frame: with that frame's damping, and in short steps.</param>
        public void Begin(int lane, bool tracking = false)
        {
            for (int i = 0; i < n; i++) Row(accepted, i)[lane] = Row(trial, i)[lane];
            Row(state, IterationKernel.Cost)[lane] = IterationKernel.NoCost;
            Row(state, IterationKernel.Promise)[lane] = 0;
            Row(state, IterationKernel.Decrease)[lane] = IterationKernel.NoCost;
            Row(state, IterationKernel.LongestStep)[lane] = tracking ? IterationKernel.LongestTracking * Math.Sqrt(n) : IterationKernel.LongestAnywhere;
            double* damping = Row(state, IterationKernel.Damping) + lane;
            *damping = tracking ? Math.Min(Math.Max(*damping, LeastKept), MostKept) : IterationKernel.FirstDamping;
        }

        /// <summary>Starts every lane from the pose it has accepted.</summary>
        public void BeginFromAccepted()
        {
            ShortenRotations();
            trial.CopyFrom(accepted);
            start.CopyFrom(accepted);
            for (int lane = 0; lane < Lanes; lane++) Begin(lane, Row(state, IterationKernel.Damping)[lane] > 0);
        }

        public void SetAccepted(int coordinate, int lane, double value) => Row(accepted, coordinate)[lane] = value;

        public void SetTrial(int coordinate, int lane, double value) => Row(trial, coordinate)[lane] = value;

        public void SetStart(int coordinate, int first, int count, double value) => Fill(Row(start, coordinate), first, count, value);

        /// <summary>Whether every goal is within its tolerance in a lane.</summary>
        public bool Reached(int lane)
        {
            for (int g = 0; g < goals.Count; g++)
            {
                double tolerance = goals[g].Tolerance;
                if (!(Row(state, IterationKernel.FirstNorm + g)[lane] <= tolerance * tolerance)) return false;
            }
            return State(IterationKernel.Cost, lane) < IterationKernel.NoCost;
        }

        /// <summary>Whether the next step of a lane promises almost nothing.</summary>
        public bool Stationary(int lane, double fraction) =>
            State(IterationKernel.Decrease, lane) <= fraction * State(IterationKernel.Cost, lane) + 1e-20;

        void ShortenRotations()
        {
            Skeleton skeleton = goals.Skeleton;
            for (int j = 0; j < skeleton.Joints.Count; j++)
            {
                if (skeleton.Joints[j].Kind != JointKind.Free) continue;
                int first = skeleton.FirstCoordinateOf(j) + 3;
                double* x = Row(accepted, first), y = Row(accepted, first + 1), z = Row(accepted, first + 2);
                for (int lane = 0; lane < Lanes; lane++)
                {
                    double factor = RotationVectors.Factor(x[lane], y[lane], z[lane]);
                    if (factor != 1) (x[lane], y[lane], z[lane]) = (factor * x[lane], factor * y[lane], factor * z[lane]);
                }
            }
        }

        public void Dispose()
        {
            trial.Dispose();
            accepted.Dispose();
            start.Dispose();
            state.Dispose();
            importance.Dispose();
            parameters.Dispose();
        }

        static double* Row(Buffer buffer, int component) => (double*)buffer.Data + component * buffer.ComponentStride;

        static void Fill(double* row, int first, int count, double value)
        {
            for (int lane = first; lane < first + count; lane++) row[lane] = value;
        }
    }
}
