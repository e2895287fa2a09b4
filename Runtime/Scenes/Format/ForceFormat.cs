namespace DiffPhysics.Scenes
{
    /// <summary>The types of forces in a scene document.</summary>
    internal static class ForceFormat
    {
        public static VariantFormat<SceneForce> Describe()
        {
            var forces = new VariantFormat<SceneForce>(f => f.Type, (f, v) => f.Type = v);
            forces.Variant("wind", "Drag (wind - v) on all dynamic bodies.")
                .Add("velocity", new VectorFormat(3, 3), f => f.Velocity, (f, v) => f.Velocity = v, "Velocity of the wind in m/s.", true)
                .Number("drag", NumberRule.NotNegative, f => f.Drag, (f, v) => f.Drag = v, "Force over the difference of velocities, in kg/s.", true);
            forces.Variant("drag", "Drag -(linear + quadratic |v|) v on all dynamic bodies.")
                .Number("linear", NumberRule.NotNegative, f => f.Linear, (f, v) => f.Linear = v, "In kg/s.")
                .Number("quadratic", NumberRule.NotNegative, f => f.Quadratic, (f, v) => f.Quadratic = v, "In kg/m.");
            forces.Variant("buoyancy", "Lift along y of a liquid on all dynamic bodies, as if they were balls of one radius.")
                .Number("level", NumberRule.Any, f => f.Level, (f, v) => f.Level = v, "Height of the surface in m.")
                .Number("density", NumberRule.NotNegative, f => f.Density, (f, v) => f.Density = v, "Density of the liquid in kg/m^3.")
                .Number("radius", NumberRule.Positive, f => f.Radius, (f, v) => f.Radius = v, "Radius of the balls in m.", true)
                .Number("drag", NumberRule.NotNegative, f => f.Drag, (f, v) => f.Drag = v, "Drag over the displaced mass, in 1/s.");
            forces.Variant("thruster", "A push that is fixed to one body and turns with it.")
                .Text("body", f => f.Body, (f, v) => f.Body = v, "The dynamic body.", true)
                .Number("thrust", NumberRule.Any, f => f.Thrust, (f, v) => f.Thrust = v, "Force in N.")
                .Add("place", new VectorFormat(3, 3), f => f.Place, (f, v) => f.Place = v, "Where it pushes, in the frame of the body's shape, in m.")
                .Add("direction", new VectorFormat(3, 3), f => f.Direction, (f, v) => f.Direction = v, "Where it pushes to, in the frame of the body's shape; y by default. Its length has no effect.");
            Away(forces.Variant("blast", "Strength / (1 + d^2 / radius^2) away from a place, on all dynamic bodies."))
                .Number("strength", NumberRule.Any, f => f.Strength, (f, v) => f.Strength = v, "Force at its place in N.");
            Away(forces.Variant("explosion", "One blow, impulse / (1 + d^2 / radius^2) away from a place, on all dynamic bodies."))
                .Number("impulse", NumberRule.Any, f => f.Impulse, (f, v) => f.Impulse = v, "Impulse at its place in N s.", true)
                .Number("time", NumberRule.NotNegative, f => f.Time, (f, v) => f.Time = v, "When, in s: at the start of the substep that contains it.");
            return forces;
        }

        private static ObjectFormat<SceneForce> Away(ObjectFormat<SceneForce> format)
        {
            return format
                .Add("place", new VectorFormat(3, 3), f => f.Place, (f, v) => f.Place = v, "Where it is, in the world, in m.", true)
                .Number("radius", NumberRule.Positive, f => f.Radius, (f, v) => f.Radius = v, "Distance in m at which it is half as strong.", true);
        }
    }
}
