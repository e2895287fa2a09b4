using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>What the formulas of an element read.</summary>
    public sealed class ElementInputs
    {
        private readonly IReadOnlyDictionary<string, Real[]> parameters;

        internal ElementInputs(Real3[] position, Real3[] velocity, Real[] rest, IReadOnlyDictionary<string, Real[]> parameters, Real[] inverseMass = null)
        {
            Position = position;
            Velocity = velocity;
            Rest = rest;
            this.parameters = parameters;
            InverseMass = inverseMass;
        }

        /// <summary>Positions of the element's particles, in metres; in <see cref="ElementKind.Rest"/>, their rest positions.</summary>
        public Real3[] Position { get; }

        /// <summary>Velocities of the element's particles, in metres per second.</summary>
        public Real3[] Velocity { get; }

        /// <summary>1 / mass of the element's particles, 0 for pinned ones; of kinds that have <see cref="ElementKind.ReadsMass"/>.</summary>
        public Real[] InverseMass { get; }

        /// <summary>What <see cref="ElementKind.Rest"/> made of the rest shape.</summary>
        public Real[] Rest { get; }

        /// <summary>A parameter of one component.</summary>
        public Real this[string parameter] => parameters[parameter][0];

        /// <summary>A parameter of three components.</summary>
        public Real3 Vector(string parameter) => new Real3(parameters[parameter], 0);
    }
}
