using System;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Rows of numbers that the stepper has picked, features and choices: constants of a recording. A recording takes new rows at each
    /// substep and none is overwritten before the next recording, so the tape saves nothing of them, and replays find them where they were.
    /// </summary>
    internal sealed class HostLog
    {
        private readonly string name;
        private readonly int components;
        private readonly Precision precision;
        private int recorded;

        public HostLog(string name, int components, Precision precision)
        {
            this.name = name;
            this.components = components;
            this.precision = precision;
            Rows = new Buffer(name, 64, components, precision);
            Numbers = new HostNumbers(Rows);
        }

        /// <summary>The rows. Where more are needed there is a new buffer; a recording goes on holding the old one.</summary>
        public Buffer Rows { get; private set; }

        public HostNumbers Numbers { get; private set; }

        /// <summary>Gives rows to write, which stay if the tape is recording.</summary>
        /// <returns>The first of them.</returns>
        public int Reserve(FrameTape tape, int count)
        {
            if (recorded + count > Rows.Elements)
            {
                Rows = new Buffer(name, Math.Max(2 * Rows.Elements, count), components, precision);
                Numbers = new HostNumbers(Rows);
                recorded = 0;
            }

            int first = recorded;
            if (tape.IsRecording) recorded += count;
            return first;
        }

        /// <summary>Lets go of the rows of a recording that is no more.</summary>
        public void Restart() => recorded = 0;
    }

    /// <summary>The numbers of a buffer as the stepper reads and writes them: no check of ranges, and no notice to a tape.</summary>
    internal readonly unsafe struct HostNumbers
    {
        private readonly float* floats;
        private readonly double* doubles;
        private readonly long stride;

        public HostNumbers(Buffer buffer)
        {
            floats = buffer.Precision == Precision.Float ? (float*)buffer.Data : null;
            doubles = buffer.Precision == Precision.Double ? (double*)buffer.Data : null;
            stride = buffer.ComponentStride;
        }

        public double this[int element, int component]
        {
            get => floats != null ? floats[component * stride + element] : doubles[component * stride + element];
            set
            {
                if (floats != null) floats[component * stride + element] = (float)value;
                else doubles[component * stride + element] = value;
            }
        }

        public Double3 Vector(int element, int component) => new Double3(this[element, component], this[element, component + 1], this[element, component + 2]);

        public void Set(int element, int component, Double3 v)
        {
            this[element, component] = v.X;
            this[element, component + 1] = v.Y;
            this[element, component + 2] = v.Z;
        }
    }
}
