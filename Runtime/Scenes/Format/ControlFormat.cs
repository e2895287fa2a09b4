namespace DiffPhysics.Scenes
{
    /// <summary>A control in a scene document.</summary>
    internal static class ControlFormat
    {
        public static ObjectFormat<SceneControl> Describe()
        {
            return new ObjectFormat<SceneControl>("A number over time.")
                .Text("target", c => c.Target, (c, v) => c.Target = v, "What it sets: bodies.NAME.force.x, bodies.NAME.torque.z, joints.NAME.driveForce, .target or .targetSpeed, forces.NAME.thrust.", true)
                .Text("shape", c => c.Shape, (c, v) => c.Shape = v, "How it runs between the points.", choices: SceneControl.Shapes)
                .Number("duration", NumberRule.Positive, c => c.Duration, (c, v) => c.Duration = v, "Time of the last point in s; the simulation's duration by default.")
                .Add("points", new VectorFormat(1, int.MaxValue), c => c.Points, (c, v) => c.Points = v, "Values at equal distances in time, from 0 on.", true);
        }
    }
}
