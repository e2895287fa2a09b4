using System;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;

namespace DiffPhysics.Samples
{
    /// <summary>A catapult's spring is tuned by gradient so that the ball, which lies loose on the arm, flies through a mark.</summary>
    public sealed class Catapult : IDisposable
    {
        /// <summary>Where the ball shall be after a second, in m, from the foot of the catapult.</summary>
        public static readonly Double3 Mark = new Double3(4, 1, 0);

        private const int Steps = 60;

        // The spring before tuning: stiffness in N m/rad, and the angle at which it is loose, in rad.
        private const double Stiffness = 40, LooseAngle = 0.8;

        private readonly World world;
        private readonly Body ball;
        private readonly Joint hinge;

        /// <summary>An arm of 1 m and 1 kg on a sprung hinge, a lip at its end, and a ball of 0.2 kg on it; 60 steps of 1/60 s, two substeps each.</summary>
        public Catapult()
        {
            world = new World(new WorldOptions { Precision = Precision.Double, TimeStep = 1.0 / 60, Substeps = 2 });
            Body frame = world.AddStatic();
            var lip = new Pose(new Double3(-0.48, 0.11, 0), DoubleQuaternion.Identity);
            Body arm = world.AddBody(new BoxShape(new Double3(0.5, 0.03, 0.1))).With(new BoxShape(new Double3(0.02, 0.08, 0.1)), lip)
                .At(-0.5, 1, 0).Weighing(1).MadeOf(friction: 0, restitution: 0);
            ball = world.AddBody(new SphereShape(0.08)).At(-0.88, 1.11, 0).Weighing(0.2).MadeOf(friction: 0, restitution: 0);
            hinge = world.AddHinge(frame, arm, new Double3(0, 1, 0), -Double3.UnitZ).Sprung(Stiffness, damping: 0.5, LooseAngle);
            world.Build();
        }

        /// <summary>Where the ball is, in m.</summary>
        public Double3 Ball => ball.Pose.Position;

        /// <summary>Throws with this stiffness and loose angle: x and y past the mark after a second, and a sweep back for the derivatives of each.</summary>
        public void Miss(ReadOnlySpan<double> spring, Span<double> miss, Span<double> jacobian)
        {
            int[] numbers = { hinge.Axes[3].Component(JointNumber.Stiffness), hinge.Axes[3].Component(JointNumber.Rest) };
            world.Reset();
            for (int k = 0; k < 2; k++) world.JointNumbers[hinge.Index, numbers[k]] = spring[k];
            world.Record();
            world.Step(Steps);
            for (int r = 0; r < 2; r++)
            {
                miss[r] = world.State[ball.Index, r] - Mark[r];
                if (jacobian.IsEmpty) continue;
                world.Tape.ZeroGradients();
                world.Tape.Seed(world.State)[ball.Index, r] = 1;
                world.Tape.Backward(retain: true);
                for (int k = 0; k < 2; k++) jacobian[2 * r + k] = world.Tape.Gradient(world.JointNumbers)[hinge.Index, numbers[k]];
            }
        }

        /// <summary>Levenberg-Marquardt on stiffness and loose angle.</summary>
        public TuningResult Tune(int iterations = 30)
        {
            var spring = new ParameterSet(new[] { new Parameter("stiffness", Stiffness, 10, 200), new Parameter("loose angle", LooseAngle, 0.4, 1.4) });
            var options = new TuningOptions { Optimiser = new OptimiserSettings { Method = "levenberg-marquardt" } };
            options.Stopping.MaxIterations = iterations;
            options.Stopping.LossBelow = 1e-8;
            return new TuningRun(spring, new FunctionObjective(2, 2, Miss), options).Run();
        }

        /// <inheritdoc/>
        public void Dispose() => world.Dispose();
    }
}
