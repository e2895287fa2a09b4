using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Samples
{
    /// <summary>A pole on a cart is kept upright by a feedback controller whose gains are found by gradient descent, from zero.</summary>
    public sealed class CartPole : IDisposable
    {
        /// <summary>Number of gains: force on the cart per angle and rate of the pole, and per place and speed of the cart.</summary>
        public const int Gains = 4;

        // Steps of a second; half of the pole's length.
        private const int Rate = 30;
        private const double Half = 0.5;

        // The velocity's and angular velocity's places in a body's state, behind position and rotation.
        private const int SpeedAt = 7, SpinAt = 10;

        // Angle, rate, place and speed at the start, one row a world: together they tell the four gains apart.
        private static readonly double[,] Starts = { { 0.05, 0, 0, 0 }, { 0, 0.2, 0, 0 }, { 0, 0, 0.2, 0 }, { 0, 0, 0, 0.2 } };

        private readonly World world;
        private readonly Body cart, pole;
        private readonly Joint rail, hinge;
        private readonly Controller balance;
        private readonly Buffer cost;

        /// <summary>A cart of 1 kg on a rail, and on it a pole of 0.2 kg and 1 m, in four worlds; steps of 1/30 s.</summary>
        public CartPole()
        {
            int worlds = Starts.GetLength(0);
            world = new World(new WorldOptions { Precision = Precision.Double, TimeStep = 1.0 / Rate, Substeps = 1, Worlds = worlds });
            cost = new Buffer("cost", worlds, 1, Precision.Double);
            Body ground = world.AddStatic();
            cart = world.AddBody(new BoxShape(new Double3(0.2, 0.1, 0.1))).Weighing(1);
            pole = world.AddBody(new BoxShape(new Double3(0.02, Half, 0.02))).At(0, Half, 0).Weighing(0.2);
            rail = world.AddSlider(ground, cart, Double3.Zero, Double3.UnitX).Pushed(0);
            hinge = world.AddHinge(cart, pole, Double3.Zero, Double3.UnitZ).Pushed(0);
            ControlTarget force = ControlTarget.Of(rail, rail.Axes[0], JointNumber.DriveForce);
            balance = world.AddController("balance", new double[Gains], new[] { force }, c =>
            {
                ((Real angle, Real turning), (Real place, Real speed)) = (c.Read(hinge, hinge.Axes[3]), c.Read(rail, rail.Axes[0]));
                return new[] { c.Parameter(0) * angle + c.Parameter(1) * turning + c.Parameter(2) * place + c.Parameter(3) * speed };
            });

            // What is to be small adds up on the tape, in a number of its own: the integral is part of the recorded simulation.
            ControlTarget sum = ControlTarget.At(_ => cost, 0, 0);
            world.AddController("cost", null, new[] { sum }, c =>
            {
                (Real angle, Real place, Real push) = (c.Read(hinge, hinge.Axes[3]).position, c.Read(rail, rail.Axes[0]).position, c.Read(force));
                return new[] { c.Read(sum) + (angle * angle + place * place + 1e-3 * push * push) / Rate };
            });
            world.Build();
        }

        /// <summary>Angle of the pole from upright, in rad.</summary>
        public double Angle => hinge.Position;

        /// <summary>Place of the cart on its rail, in m.</summary>
        public double Place => rail.Position;

        /// <summary>Runs with these gains, from a tilted pole.</summary>
        /// <returns>The largest angle on the way, in rad.</returns>
        public double Run(ReadOnlySpan<double> gains, double angle, double seconds)
        {
            world.Reset();
            world.Tape.IsRecording = false;
            double largest = 0;
            for (int w = 0; w < world.Worlds; w++) Start(w, gains, angle, 0, 0, 0);
            for (int step = 0; step < seconds * Rate; step++)
            {
                world.Step();
                largest = Math.Max(largest, Math.Abs(Angle));
            }

            return largest;
        }

        /// <summary>Runs with these gains from four starts, and a sweep back.</summary>
        /// <returns>Integral of angle^2 + place^2 + force^2 / 1000, in rad, m and N, over the time, summed over the starts.</returns>
        public double Cost(ReadOnlySpan<double> gains, Span<double> gradient, double seconds)
        {
            world.Reset();
            for (int w = 0; w < world.Worlds; w++) Start(w, gains, Starts[w, 0], Starts[w, 1], Starts[w, 2], Starts[w, 3]);
            world.Record();
            world.Step((int)Math.Round(seconds * Rate));
            double total = 0;
            for (int w = 0; w < world.Worlds; w++) total += cost[w];
            if (gradient.IsEmpty) return total;

            for (int w = 0; w < world.Worlds; w++) world.Tape.Seed(cost)[w] = 1;
            world.Tape.Backward(retain: false);
            gradient.Clear();
            for (int w = 0; w < world.Worlds; w++)
                for (int k = 0; k < Gains; k++) gradient[k] += world.Tape.Gradient(balance.Parameters)[w, k];
            return total;
        }

        /// <summary>
        /// L-BFGS, from gains of zero, on one second, in which the pole leans but does not fall, and from there on three: a run that ends
        /// with the pole below the cart tells nothing of how to hold it up.
        /// </summary>
        public TuningResult Tune(int iterations = 10)
        {
            TuningResult result = Tune(new double[Gains], 1, iterations);
            return Tune(result.Best.Parameters, 3, iterations);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            world.Dispose();
            cost.Dispose();
        }

        private TuningResult Tune(IReadOnlyList<double> start, double seconds, int iterations)
        {
            var gains = new Parameter[Gains];
            for (int k = 0; k < Gains; k++) gains[k] = new Parameter("gain " + k, start[k], -100, 100);
            var options = new TuningOptions();
            options.Stopping.MaxIterations = iterations;
            return new TuningRun(new ParameterSet(gains), new FunctionObjective(Gains, (point, gradient) => Cost(point, gradient, seconds)), options).Run();
        }

        // A positive angle leans to -x.
        private void Start(int w, ReadOnlySpan<double> gains, double angle, double turning, double place, double speed)
        {
            cost[w] = 0;
            for (int k = 0; k < Gains; k++) balance.Parameters[w, k] = gains[k];
            int c = world.Element(cart.Index, w), p = world.Element(pole.Index, w);
            (double sine, double cosine) = (Math.Sin(angle), Math.Cos(angle));
            world.State[c, 0] = place;
            world.State[c, SpeedAt] = speed;
            world.State[p, 0] = place - Half * sine;
            world.State[p, 1] = Half * cosine;
            world.State[p, 5] = Math.Sin(angle / 2);
            world.State[p, 6] = Math.Cos(angle / 2);
            world.State[p, SpeedAt] = speed - Half * cosine * turning;
            world.State[p, SpeedAt + 1] = -Half * sine * turning;
            world.State[p, SpinAt + 2] = turning;
        }
    }
}
