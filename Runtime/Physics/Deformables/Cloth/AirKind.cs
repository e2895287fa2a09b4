using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Air against a triangle of area A and normal n that moves at u relative to the wind, r the air's density: the drag -r A C_D |u . n| u / 2, and
    /// across u the lift -r A C_L (u . n) (n |u| - u (u . n) / |u|) / 2. Each particle takes a third.
    /// </summary>
    public sealed class AirKind : ElementKind
    {
        /// <inheritdoc/>
        public override string Name => "air";

        /// <inheritdoc/>
        public override int Particles => 3;

        /// <inheritdoc/>
        public override IReadOnlyList<ElementParameter> Parameters => new[]
        {
            new ElementParameter("drag"), new ElementParameter("lift"), new ElementParameter("air density"), new ElementParameter("wind", double.NegativeInfinity, 3),
        };

        /// <inheritdoc/>
        public override bool HasForces => true;

        /// <inheritdoc/>
        public override Real3[] Forces(ElementInputs e)
        {
            Real3 normal = Real3.Normalise(Real3.Cross(e.Position[1] - e.Position[0], e.Position[2] - e.Position[0]), out Real doubleArea);
            Real3 u = (e.Velocity[0] + e.Velocity[1] + e.Velocity[2]) * (1.0 / 3) - e.Vector("wind");
            Real speed = u.Length, across = Real3.Dot(u, normal), pressure = e["air density"] * doubleArea * (1.0 / 12);
            Real3 lift = normal * speed - u * (across * Real.Select(speed > 0, 1 / speed, 0));
            Real3 force = -(u * (e["drag"] * Real.Abs(across)) + lift * (e["lift"] * across)) * pressure;
            return new[] { force, force, force };
        }
    }
}
