using System;
using System.Collections.Generic;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// All that the next step of a world depends on beside its parameters: states of bodies, the impulses that contacts and joints start
    /// with, joints that are broken, bodies that sleep. Made by <see cref="World.Save"/>, for all worlds at once.
    /// </summary>
    public sealed class WorldState
    {
        internal readonly World Owner;
        internal readonly int Frame;
        internal readonly List<((int a, int b) pair, ContactFeature feature, double impulse)> Points = new List<((int, int), ContactFeature, double)>();
        internal readonly List<((int a, int b) pair, Double3 impulse, Double3 torque)> Pairs = new List<((int, int), Double3, Double3)>();
        internal bool[] BrokenJoints = Array.Empty<bool>();
        internal int[] Islands;
        internal double[] SlowFor;
        private readonly List<(Buffer buffer, double[] numbers)> buffers = new List<(Buffer, double[])>();

        internal WorldState(World owner, int frame)
        {
            Owner = owner;
            Frame = frame;
        }

        internal void Add(Buffer buffer)
        {
            var numbers = new double[buffer.Components * buffer.Elements];
            for (int c = 0; c < buffer.Components; c++) buffer.CopyTo(numbers.AsSpan(c * buffer.Elements, buffer.Elements), c);
            buffers.Add((buffer, numbers));
        }

        internal void Restore()
        {
            foreach ((Buffer buffer, double[] numbers) in buffers)
                for (int c = 0; c < buffer.Components; c++) buffer.CopyFrom(numbers.AsSpan(c * buffer.Elements, buffer.Elements), c);
        }
    }
}
