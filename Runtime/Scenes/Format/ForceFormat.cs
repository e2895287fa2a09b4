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
            return forces;
        }
    }
}
