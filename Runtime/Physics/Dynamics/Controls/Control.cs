using System;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>How a control runs between its points.</summary>
    public enum ControlShape
    {
        /// <summary>The first point, always.</summary>
        Constant,

        /// <summary>Each point holds until the next.</summary>
        PiecewiseConstant,

        /// <summary>Straight from point to point.</summary>
        Linear,

        /// <summary>Cubic through the points, with the slope at each that its neighbours have between them (Catmull and Rom, 1974).</summary>
        Cubic,
    }

    /// <summary>
    /// A number over time, given by points at equal distances from time 0 to a duration and held after it. It is set at the middle of
    /// each substep; <see cref="Points"/> are parameters with gradients.
    /// </summary>
    public sealed class Control
    {
        private readonly World world;
        private readonly ControlTarget target;
        private readonly int points;
        private HostLog weights;
        private IndexBuffer row, element;
        private IndexBuffer[] near;
        private Kernel kernel;
        private Launch launch;

        internal Control(World world, string name, ControlTarget target, ControlShape shape, double duration, double[] start)
        {
            this.world = world;
            this.target = target;
            Name = name;
            Shape = shape;
            Duration = duration;
            Start = start;
            points = start.Length;
        }

        /// <summary>What error messages call it.</summary>
        public string Name { get; }

        /// <summary>How it runs between its points.</summary>
        public ControlShape Shape { get; }

        /// <summary>Time of the last point, in seconds.</summary>
        public double Duration { get; }

        /// <summary>The points, one an element (in each world).</summary>
        public Buffer Points { get; private set; }

        private double[] Start { get; }

        /// <summary>The number at a time, in the first world.</summary>
        public double At(double time)
        {
            world.Build();
            (int first, double[] w) = Weights(time);
            double sum = 0;
            for (int k = 0; k < 4; k++) sum += w[k] * Points[world.Element(Near(first, k), 0)];
            return sum;
        }

        internal void Build(Precision precision)
        {
            int worlds = world.Worlds;
            Points = new Buffer(Name + " points", points * worlds, 1, precision);
            for (int k = 0; k < points * worlds; k++) Points[k] = Start[k / worlds];
            weights = new HostLog(Name + " weights", 4, precision);
            row = new IndexBuffer("row", worlds);
            element = new IndexBuffer("element", worlds);
            near = new IndexBuffer[4];
            for (int k = 0; k < 4; k++) near[k] = new IndexBuffer("near" + k, worlds);
            for (int w = 0; w < worlds; w++) element.Indices[w] = world.Element(target.Thing, w);
            kernel = Kernel.Define("control " + Name, k =>
            {
                Real[] weight = k.Gather("weights", "row", 4);
                Real value = 0;
                for (int i = 0; i < 4; i++) value += weight[i] * k.Gather("point" + i, "near" + i);
                k.StoreAt("target", "element", value);
            });
        }

        internal void Run(FrameTape tape, double time)
        {
            (int first, double[] w) = Weights(time);
            int at = weights.Reserve(tape, 1);
            HostNumbers rows = weights.Numbers;
            for (int k = 0; k < 4; k++)
            {
                rows[at, k] = w[k];
                for (int v = 0; v < near[k].Length; v++) near[k].Indices[v] = world.Element(Near(first, k), v);
            }

            row.Indices.Fill(at);
            if (launch == null || launch.BufferOf(kernel.SlotOf("weights")) != weights.Rows)
            {
                launch = new Launch(kernel, row.Length) { Prefix = true }.Bind("weights", weights.Rows).Bind("target", target.Buffer(world), target.Component());
                for (int k = 0; k < 4; k++) launch.Bind("point" + k, Points).BindIndex("near" + k, near[k]);
                launch.BindIndex("row", row).BindIndex("element", element);
            }

            tape.Run(launch);
        }

        internal void Restart() => weights.Restart();

        internal void Dispose() => Points.Dispose();

        private int Near(int first, int k) => ControlCurve.PointAt(points, first, k);

        private (int first, double[] weights) Weights(double time) => ControlCurve.Near(Shape, points, Duration, time);
    }
}
