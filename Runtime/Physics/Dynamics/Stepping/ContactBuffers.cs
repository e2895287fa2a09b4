using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>The buffers of up to a number of manifolds.</summary>
    internal sealed class ContactBuffers
    {
        public readonly int Capacity;
        public readonly Buffer EventTime, EventImpulse;

        /// <summary>
        /// Impulses that lasting contacts ended with, of the substep before and of this one by turns. The last place is for contacts that
        /// are new, and stays zero.
        /// </summary>
        public readonly Buffer[] KeptNormal = new Buffer[2], KeptFriction = new Buffer[2];

        private readonly Dictionary<(string, int), Buffer> byPoints = new Dictionary<(string, int), Buffer>();
        private readonly List<Buffer> all = new List<Buffer>();
        private readonly Precision precision;

        public ContactBuffers(int capacity, Precision precision)
        {
            Capacity = capacity;
            this.precision = precision;
            EventTime = New("eventTime", capacity, 1);
            EventImpulse = New("eventImpulse", capacity, 4);
            for (int k = 0; k < 2; k++)
            {
                KeptNormal[k] = New("keptNormal", capacity * ManifoldSignature.MaxPoints + 1, 1);
                KeptFriction[k] = New("keptFriction", capacity + 1, LastingKernels.KeptSize);
            }
        }

        /// <summary>A buffer of the lasting manifolds with a layout.</summary>
        public Buffer Of(string name, LastingLayout layout, int components) => Of(name, layout.Number, components);

        /// <summary>A buffer of the manifolds with a number of points.</summary>
        public Buffer Of(string name, int points, int components)
        {
            if (!byPoints.TryGetValue((name, points), out Buffer buffer)) byPoints.Add((name, points), buffer = New(name, Capacity, components));
            return buffer;
        }

        public void Dispose()
        {
            foreach (Buffer buffer in all) buffer.Dispose();
        }

        private Buffer New(string name, int elements, int components)
        {
            var buffer = new Buffer(name, elements, components, precision);
            all.Add(buffer);
            return buffer;
        }
    }
}
