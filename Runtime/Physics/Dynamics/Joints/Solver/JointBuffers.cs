using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The buffers of a world's joints. Frames and numbers are parameters; kept impulses and angles are state; the others are what a
    /// substep works on.
    /// </summary>
    internal sealed class JointBuffers
    {
        public readonly Buffer Frames, Numbers, Kept, Earlier, Age, Guess, Angles, Begin, Rows, Motion, Own, Coupling, Sides, Measured;
        private readonly Dictionary<string, Buffer> bySlot = new Dictionary<string, Buffer>();

        public JointBuffers(int joints, int size, int couplings, int coupled, int worlds, Precision precision)
        {
            Frames = New("frames", joints, JointCoordinates.FrameSize);
            Numbers = New("numbers", joints, JointAxis.NumberCount * size);
            Kept = New("kept", joints, size);
            Earlier = New("earlier", joints, size);
            Age = New("age", joints, 1);
            Guess = New("guess", joints, size);
            Angles = New("angles", joints, 2 * size);
            Begin = New("begin", joints, WarmKernels.StartPerRow * size);
            Rows = New("rows", joints, JointRow.Size * size);
            Motion = New("motion", joints, RowLaw.MotionSize * size);
            Measured = New("measured", joints, 2 * size);
            Own = New("own", joints, size * size);
            Coupling = New("coupling", System.Math.Max(coupled, 1), size * size);
            Sides = New("sides", System.Math.Max(couplings, 1), 2);

            Buffer New(string name, int elements, int components)
            {
                var buffer = new Buffer("joint " + name, elements * worlds, components, precision);
                bySlot.Add(name, buffer);
                return buffer;
            }
        }

        public Buffer Find(string slot) => bySlot.TryGetValue(slot, out Buffer buffer) ? buffer
            : slot == "firstRows" || slot == "secondRows" ? Rows : null;

        public void Dispose()
        {
            foreach (Buffer buffer in bySlot.Values) buffer.Dispose();
        }
    }
}
