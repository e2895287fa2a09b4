using System;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Samples
{
    /// <summary>A drone's autopilot, four gains, is tuned by gradient so that the drone is at rest at a point in time.</summary>
    public sealed class DroneFlight : IDisposable
    {
        /// <summary>Number of gains: of place, speed, tilt and turning.</summary>
        public const int Gains = 4;

        // The velocity's place in a body's state, behind position and rotation.
        private const int SpeedAt = 7;

        private const int Steps = 90;
        private readonly World world;
        private readonly Body drone;
        private readonly Controller autopilot;

        /// <summary>A drone of 1 kg at rest in the origin, with gains that are too weak; 90 steps of 1/30 s.</summary>
        public DroneFlight()
        {
            world = new World(new WorldOptions { Precision = Precision.Double, TimeStep = 1.0 / 30, Substeps = 1 });
            drone = world.AddBody(new BoxShape(new Double3(0.2, 0.05, 0.2))).Weighing(1);
            var outputs = new ControlTarget[6];
            for (int k = 0; k < 6; k++) outputs[k] = ControlTarget.ForceOn(drone, k);
            autopilot = world.AddController("autopilot", new[] { 1, 1, 0.3, 0.05, 0, 0, 0 }, outputs, Steer);
            world.Build();
        }

        /// <summary>Where the drone is, in m.</summary>
        public Double3 Place => drone.Pose.Position;

        /// <summary>How fast it is, in m/s.</summary>
        public double Speed => drone.Velocity.Length;

        /// <summary>Flies to a place in three seconds.</summary>
        public void Fly(ReadOnlySpan<double> gains, Double3 goal)
        {
            world.Reset();
            for (int k = 0; k < Gains; k++) autopilot.Parameters[0, k] = gains[k];
            for (int k = 0; k < 3; k++) autopilot.Parameters[0, Gains + k] = goal[k];
            world.Record();
            world.Step(Steps);
        }

        /// <summary>Flies, and a sweep back.</summary>
        /// <returns>Squared distance from the goal plus a tenth of the squared speed.</returns>
        public double Loss(ReadOnlySpan<double> gains, Span<double> gradient, Double3 goal)
        {
            Fly(gains, goal);
            Double3 miss = Place - goal, speed = drone.Velocity;
            if (!gradient.IsEmpty)
            {
                Buffer seed = world.Tape.Seed(world.State);
                for (int c = 0; c < 3; c++)
                {
                    seed[drone.Index, c] = 2 * miss[c];
                    seed[drone.Index, SpeedAt + c] = 0.2 * speed[c];
                }

                world.Tape.Backward(retain: false);
                for (int k = 0; k < Gains; k++) gradient[k] = world.Tape.Gradient(autopilot.Parameters)[0, k];
            }

            return miss.LengthSquared + 0.1 * speed.LengthSquared;
        }

        /// <summary>L-BFGS on the logarithms of the gains, for the flight to one goal.</summary>
        public TuningResult Tune(Double3 goal, int iterations = 30)
        {
            var gains = new ParameterSet(new[] { Gain("place", 1), Gain("speed", 1), Gain("tilt", 0.3), Gain("turning", 0.05) });
            var options = new TuningOptions();
            options.Stopping.MaxIterations = iterations;
            options.Stopping.LossBelow = 1e-6;
            return new TuningRun(gains, new FunctionObjective(Gains, (point, gradient) => Loss(point, gradient, goal)), options).Run();
        }

        /// <inheritdoc/>
        public void Dispose() => world.Dispose();

        // Rotors push along the drone's own up and turn it towards the push that it wants: that to the goal, against its speed, against gravity.
        private Real[] Steer(ControllerInputs c)
        {
            BodyReading now = c.Read(drone);
            var goal = new Real3(c.Parameter(Gains), c.Parameter(Gains + 1), c.Parameter(Gains + 2));
            Real3 up = now.Rotation.Rotate(Real3.UnitY);
            Real3 push = c.Parameter(0) * (goal - now.Position) - c.Parameter(1) * now.Velocity + new Real3(0, 9.81, 0);
            Real3 thrust = up * Real3.Dot(up, push);
            Real3 torque = c.Parameter(2) * Real3.Cross(up, Real3.Normalise(push)) - c.Parameter(3) * now.AngularVelocity;
            return new[] { thrust.X, thrust.Y, thrust.Z, torque.X, torque.Y, torque.Z };
        }

        private static Parameter Gain(string name, double start) => new Parameter(name, start, 0.1 * start, 20 * start, scale: ParameterScale.Logarithmic);
    }
}
