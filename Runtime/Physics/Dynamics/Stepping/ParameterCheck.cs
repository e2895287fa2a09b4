using System;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Looks at masses, materials and responses that have been written since it last looked, by whomever: numbers that no body can have stop
    /// the simulation where they come in, not where they have spread to.
    /// </summary>
    internal sealed class ParameterCheck
    {
        // Three moments keep the triangle inequality up to this part: single precision, and differences about flat bodies.
        private const double Slack = 1e-4;
        private static readonly string[] OfMaterial =
            { "friction", "restitution", "rolling friction", "torsional friction", "contact frequency", "contact damping ratio" }, OfResponse = { "gravity scale", "linear damping", "angular damping" };

        private readonly Stepper stepper;
        private readonly HostNumbers mass, material, response;
        private int massSeen = -1, materialSeen = -1, responseSeen = -1;

        public ParameterCheck(Stepper stepper)
        {
            this.stepper = stepper;
            BodyBuffers bodies = stepper.Bodies;
            (mass, material, response) = (new HostNumbers(bodies.Mass), new HostNumbers(bodies.Material), new HostNumbers(bodies.Response));
        }

        /// <exception cref="NotFiniteException">A number cannot be; the message says which and why.</exception>
        public void Run()
        {
            BodyBuffers bodies = stepper.Bodies;
            if (IsNew(bodies.Mass, ref massSeen))
                for (int e = 0; e < stepper.IsDynamic.Length; e++)
                    if (stepper.IsDynamic[e]) CheckMass(e);
            if (IsNew(bodies.Material, ref materialSeen))
                for (int e = 0; e < stepper.ColliderCount * stepper.Worlds; e++)
                    for (int c = 0; c < PairMaterial.Size; c++)
                        if (!IsFinite(material[e, c])) throw Bad(BodyOf(e), OfMaterial[c], material[e, c], "must be finite");
            if (IsNew(bodies.Response, ref responseSeen))
                for (int e = 0; e < stepper.IsDynamic.Length; e++)
                    for (int c = 0; c < FlightKernel.ResponseSize; c++)
                        if (!IsFinite(response[e, c])) throw Bad(e, OfResponse[c], response[e, c], "must be finite");
        }

        private void CheckMass(int e)
        {
            double x = mass[e, 1], y = mass[e, 2], z = mass[e, 3];
            if (!(mass[e, 0] > 0) || double.IsInfinity(mass[e, 0])) throw Bad(e, "mass", mass[e, 0], "must be positive and finite");
            if (!(x > 0 && y > 0 && z > 0) || double.IsInfinity(x + y + z)) throw Bad(e, "inertia", new Double3(x, y, z), "must be positive and finite");
            if (2 * Math.Max(x, Math.Max(y, z)) > (x + y + z) * (1 + Slack))
                throw Bad(e, "inertia", new Double3(x, y, z), "violates the triangle inequality: no moment may exceed the sum of the other two");
        }

        private int BodyOf(int shape) => stepper.ColliderOf(0, shape / stepper.Worlds).Body * stepper.Worlds + shape % stepper.Worlds;

        private static bool IsNew(Buffer buffer, ref int seen)
        {
            bool isNew = buffer.Version != seen;
            seen = buffer.Version;
            return isNew;
        }

        private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

        private static NotFiniteException Bad(int element, string what, object value, string rule) => new NotFiniteException(element, $"has the {what} {value}, which {rule}");
    }
}
