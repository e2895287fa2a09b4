using System;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;

namespace DiffPhysics.Samples
{
    /// <summary>A pendulum is swung up by the torque of its hinge over time, found by gradient, and arrives upright at rest.</summary>
    public sealed class PendulumSwingUp : IDisposable
    {
        /// <summary>Number of points of the torque over time.</summary>
        public const int Points = 9;

        /// <summary>The motor's bound, in newton metres: less than the 9.81 that hold the pendulum level.</summary>
        public const double MaxTorque = 8;

        // The velocity's place in a body's state, behind position and rotation.
        private const int SpeedAt = 7;

        private const int Steps = 90;
        private readonly World world;
        private readonly Body bob;
        private readonly Control torque;

        /// <summary>A bob of 1 kg on a rod of 1 m, at rest below its hinge; 90 steps of 1/30 s.</summary>
        public PendulumSwingUp()
        {
            world = new World(new WorldOptions { Precision = Precision.Double, TimeStep = 1.0 / 30, Substeps = 1 });
            Body post = world.AddStatic();
            bob = world.AddBody(new SphereShape(0.1)).At(0, -1, 0).Weighing(1);
            Joint hinge = world.AddHinge(post, bob, Double3.Zero, Double3.UnitZ).Pushed(0);
            var start = new double[Points];
            for (int k = 0; k < Points; k++) start[k] = Math.Sin(1.5 * k);
            torque = world.AddControl("torque", ControlTarget.Of(hinge, hinge.Axes[3], JointNumber.DriveForce), ControlShape.Linear, Steps / 30.0, start);
        }

        /// <summary>Height of the bob above the hinge, in m.</summary>
        public double Height => world.State[bob.Index, 1];

        /// <summary>Speed of the bob, in m/s.</summary>
        public double Speed => Math.Sqrt(Square(SpeedAt) + Square(SpeedAt + 1));

        /// <summary>Swings with these torques: x, y - 1, and a third of vx and vy at the end, and a sweep back for the derivatives of each.</summary>
        public void Miss(ReadOnlySpan<double> torques, Span<double> miss, Span<double> jacobian)
        {
            world.Reset();
            for (int k = 0; k < Points; k++) torque.Points[k] = torques[k];
            world.Record();
            world.Step(Steps);
            for (int r = 0; r < 4; r++)
            {
                int component = r < 2 ? r : SpeedAt + r - 2;
                double weight = r < 2 ? 1 : 1.0 / 3;
                miss[r] = weight * (world.State[bob.Index, component] - (r == 1 ? 1 : 0));
                if (jacobian.IsEmpty) continue;
                world.Tape.ZeroGradients();
                world.Tape.Seed(world.State)[bob.Index, component] = weight;
                world.Tape.Backward(retain: true);
                for (int k = 0; k < Points; k++) jacobian[r * Points + k] = world.Tape.Gradient(torque.Points)[k];
            }
        }

        /// <summary>Levenberg-Marquardt on the points of the torque, each within the motor's bound.</summary>
        public TuningResult Tune(int iterations = 30)
        {
            var points = new Parameter[Points];
            for (int k = 0; k < Points; k++) points[k] = new Parameter("torque " + k, Math.Sin(1.5 * k), -MaxTorque, MaxTorque);
            var options = new TuningOptions { Optimiser = new OptimiserSettings { Method = "levenberg-marquardt" } };
            options.Stopping.MaxIterations = iterations;
            options.Stopping.LossBelow = 1e-7;
            return new TuningRun(new ParameterSet(points), new FunctionObjective(Points, 4, Miss), options).Run();
        }

        /// <inheritdoc/>
        public void Dispose() => world.Dispose();

        private double Square(int component) => world.State[bob.Index, component] * world.State[bob.Index, component];
    }
}
