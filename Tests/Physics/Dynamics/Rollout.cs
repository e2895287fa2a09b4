using System;
using System.Linq;
using DiffPhysics.Autodiff;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>A number of a world's buffers: an input or an outcome of a rollout.</summary>
    internal readonly struct Entry
    {
        public readonly Func<World, Buffer> Buffer;
        public readonly int Element, Component;

        public Entry(Func<World, Buffer> buffer, int element, int component)
        {
            Buffer = buffer;
            Element = element;
            Component = component;
        }

        public static Entry State(Body body, int component) => new Entry(w => w.State, body.Index, component);

        public static Entry State(int body, int component) => new Entry(w => w.State, body, component);

        public static Entry Friction(int shape) => new Entry(w => w.Materials, shape, 0);

        public static Entry Restitution(int shape) => new Entry(w => w.Materials, shape, 1);

        public static Entry Mass(int body) => new Entry(w => w.Mass, body, 0);

        public static Entry Radius(int shape) => new Entry(w => w.Shapes, shape, 0);

        public static Entry Gravity(int component) => new Entry(w => w.Environment, 0, component);

        public static Entry Substep => new Entry(w => w.Environment, 0, 3);

        public double Read(World world, int at = 0) => Buffer(world)[world.Element(Element, at), Component];

        public void Write(World world, double value, int at = 0) => Buffer(world)[world.Element(Element, at), Component] = value;
    }

    /// <summary>Steps of a world that is made anew for each run, and their derivatives in two ways.</summary>
    internal sealed class Rollout
    {
        /// <summary>One for all tests, so that kernels that scenes have in common are compiled once.</summary>
        public static readonly Executor Shared = Executor.CreateDefault();
        private readonly Func<World> make;
        private readonly int steps;

        public Rollout(Func<World> make, int steps)
        {
            this.make = make;
            this.steps = steps;
        }

        public static WorldOptions Double(int substeps = 1) => new WorldOptions
        {
            Precision = Precision.Double, Substeps = substeps, Executor = Shared, FrictionRule = CombineRule.Multiply,
            VelocityIterations = 12, PositionIterations = 12, RestitutionThreshold = 0.1,
        };

        public static WorldOptions Float(int substeps = 4) => new WorldOptions { Substeps = substeps, Executor = Shared };

        public static World WithGround(WorldOptions options = null)
        {
            var world = new World(options ?? Double());
            world.AddStatic(new PlaneShape(), "ground").MadeOf(1, 0);
            return world;
        }

        /// <summary>Outcomes, and their derivatives by the tape: [outcome][input].</summary>
        public (double[] values, double[][] jacobian) Differentiate(Entry[] outcomes, params Entry[] inputs)
        {
            using World world = make();
            return Differentiate(world, outcomes, inputs);
        }

        /// <summary>
        /// The tape's gradients equal central differences of the same simulation wherever no event lies within the difference step, and
        /// forward mode equals reverse mode.
        /// </summary>
        /// <param name="worlds">
        /// How many runs of the differences go side by side, as worlds of one simulation: the same bits in less time. For scenes that are not
        /// built when they are made, and inputs that are buffers of the world.
        /// </param>
        /// <returns>The part of the slopes that could be compared.</returns>
        public double AssertAgreesWithDifferences(Entry[] outcomes, Entry[] inputs, double within = 1e-6, double most = 0.85, int worlds = 1)
        {
            using World world = make();
            (_, double[][] jacobian) = Differentiate(world, outcomes, inputs);
            double[][] forward = inputs.Select(i => ForwardSlopes(world, outcomes, i)).ToArray();
            (double[] slope, double[] error)[] differences = worlds == 1 ? Differences(world, outcomes, inputs, within) : DifferencesSideBySide(outcomes, inputs, within, worlds);
            int compared = 0;
            for (int i = 0; i < inputs.Length; i++)
            {
                (double[] slope, double[] error) = differences[i];
                for (int o = 0; o < outcomes.Length; o++)
                {
                    Assert.That(forward[i][o], Is.EqualTo(jacobian[o][i]).Within(1e-10 * (1 + Math.Abs(jacobian[o][i]))), $"forward mode of outcome {o} by input {i}");
                    double allowed = within * (1 + Math.Abs(slope[o]));
                    if (error[o] > 0.3 * allowed) continue;
                    compared++;
                    Assert.That(jacobian[o][i], Is.EqualTo(slope[o]).Within(allowed), $"outcome {o} by input {i}");
                }
            }

            double part = compared / (double)(outcomes.Length * inputs.Length);
            Assert.That(part, Is.GreaterThan(most), "part of the slopes that could be compared");
            return part;
        }

        private (double[] values, double[][] jacobian) Differentiate(World world, Entry[] outcomes, Entry[] inputs)
        {
            world.Record();
            world.Step(steps);
            var jacobian = new double[outcomes.Length][];
            for (int o = 0; o < outcomes.Length; o++)
            {
                world.Tape.ZeroGradients();
                Buffer seed = world.Tape.Seed(outcomes[o].Buffer(world));
                seed.Clear();
                seed[outcomes[o].Element, outcomes[o].Component] = 1;
                world.Tape.Backward(retain: true);
                jacobian[o] = inputs.Select(i => world.Tape.Depends(i.Buffer(world)) ? world.Tape.Gradient(i.Buffer(world))[i.Element, i.Component] : 0).ToArray();
            }

            return (outcomes.Select(o => o.Read(world)).ToArray(), jacobian);
        }

        private double[] ForwardSlopes(World world, Entry[] outcomes, Entry input)
        {
            world.Tape.SeedTangent(input.Buffer(world))[input.Element, input.Component] = 1;
            world.Tape.Forward();
            return outcomes.Select(o => world.Tape.Tangent(o.Buffer(world))[o.Element, o.Component]).ToArray();
        }

        private (double[] slope, double[] error)[] DifferencesSideBySide(Entry[] outcomes, Entry[] inputs, double within, int worlds)
        {
            using World several = make();
            Assert.That(several.IsBuilt, Is.False, "built before the number of worlds is set");
            several.Options.Worlds = worlds;
            return Differences(several, outcomes, inputs, within);
        }

        // Central differences at h and h/2, extrapolated to h = 0 (Richardson), and how far the two lie apart: where they do, an event lies
        // within the step, or the step is too long or too short for the curvature. The best of some steps is taken for each outcome.
        private (double[] slope, double[] error)[] Differences(World world, Entry[] outcomes, Entry[] inputs, double within)
        {
            var best = inputs.Select(_ => (slope: new double[outcomes.Length], error: Enumerable.Repeat(double.PositiveInfinity, outcomes.Length).ToArray())).ToArray();
            int[] unsettled = Enumerable.Range(0, inputs.Length).ToArray();
            for (double step = 1e-5; step > 1e-7; step /= 4)
            {
                double h = step;
                double[][] runs = Run(world, outcomes, unsettled.SelectMany(i => new[] { (inputs[i], h), (inputs[i], -h), (inputs[i], h / 2), (inputs[i], -h / 2) }).ToArray());
                for (int k = 0; k < unsettled.Length; k++)
                {
                    (double[] slope, double[] error) = best[unsettled[k]];
                    for (int o = 0; o < outcomes.Length; o++)
                    {
                        double wide = (runs[4 * k][o] - runs[4 * k + 1][o]) / (2 * h), narrow = (runs[4 * k + 2][o] - runs[4 * k + 3][o]) / h;
                        double apart = Math.Abs(wide - narrow);
                        if (apart < error[o]) (slope[o], error[o]) = ((4 * narrow - wide) / 3, apart);
                    }
                }

                unsettled = unsettled.Where(i => !Enumerable.Range(0, outcomes.Length).All(o => best[i].error[o] < 0.1 * within * (1 + Math.Abs(best[i].slope[o])))).ToArray();
            }

            return best;
        }

        // Outcomes for each shift of an input, as many at a time as the simulation has worlds: [shift][outcome].
        private double[][] Run(World world, Entry[] outcomes, (Entry input, double by)[] shifts)
        {
            var results = new double[shifts.Length][];
            for (int first = 0; first < shifts.Length; first += world.Worlds)
            {
                int count = Math.Min(world.Worlds, shifts.Length - first);
                world.Reset();
                world.Tape.IsRecording = false;
                var before = new double[count];
                for (int w = 0; w < count; w++)
                {
                    (Entry input, double by) = shifts[first + w];
                    before[w] = input.Read(world, w);
                    input.Write(world, before[w] + by, w);
                }

                world.Step(steps);
                for (int w = 0; w < count; w++)
                {
                    results[first + w] = outcomes.Select(o => o.Read(world, w)).ToArray();
                    shifts[first + w].input.Write(world, before[w], w);
                }
            }

            return results;
        }

        /// <summary>
        /// Values and gradients equal a closed form, whose derivatives are taken by differences: gradients relatively, those that are
        /// zero absolutely, to a thousandth of that.
        /// </summary>
        public void AssertEqualsClosedForm(Entry[] outcomes, Entry[] inputs, Func<double[], double[]> closedForm, double[] at, double[] perInput = null, double within = 1e-5)
        {
            (double[] values, double[][] jacobian) = Differentiate(outcomes, inputs);
            double[] expected = closedForm(at);
            for (int o = 0; o < outcomes.Length; o++) Assert.That(values[o], Is.EqualTo(expected[o]).Within(1e-6 * (1 + Math.Abs(expected[o]))), $"outcome {o}");
            for (int i = 0; i < inputs.Length; i++)
            {
                double step = 1e-5 * Math.Max(1, Math.Abs(at[i]));
                double[] derivative = Difference(closedForm, at, i, step);
                double scale = perInput == null ? 1 : perInput[i];
                for (int o = 0; o < outcomes.Length; o++)
                {
                    double want = derivative[o] * scale;
                    Assert.That(jacobian[o][i], Is.EqualTo(want).Within(within * Math.Max(1e-3, Math.Abs(want))), $"outcome {o} by input {i}");
                }
            }
        }

        // Fourth-order central difference.
        private static double[] Difference(Func<double[], double[]> f, double[] at, int i, double step)
        {
            double[] At(double shift)
            {
                var moved = (double[])at.Clone();
                moved[i] += shift;
                return f(moved);
            }

            double[] p1 = At(step), m1 = At(-step), p2 = At(2 * step), m2 = At(-2 * step);
            return p1.Select((_, o) => (8 * (p1[o] - m1[o]) - (p2[o] - m2[o])) / (12 * step)).ToArray();
        }
    }
}
