namespace DiffPhysics.Scenes
{
    /// <summary>The types of losses in a scene document.</summary>
    internal static class LossFormat
    {
        public static VariantFormat<SceneLoss> Describe()
        {
            var losses = new VariantFormat<SceneLoss>(l => l.Type, (l, v) => l.Type = v);
            Timed(losses, "point", "Squared distance of a body from a point.")
                .Add("target", new VectorFormat(3, 3), l => l.Target, (l, v) => l.Target = v, "Point in m.", true)
                .Text("axes", l => l.Axes, (l, v) => l.Axes = v, "Components that count, such as xy.");
            Timed(losses, "velocity", "Squared difference of a body's velocity from a wanted one.")
                .Add("target", new VectorFormat(3, 3), l => l.Target, (l, v) => l.Target = v, "Velocity in m/s.", true)
                .Text("axes", l => l.Axes, (l, v) => l.Axes = v, "Components that count, such as xy.");
            Timed(losses, "rotation", "Squared angle between a body's rotation and a wanted one.")
                .Add("target", new VectorFormat(4, 4), l => l.Target, (l, v) => l.Target = v, "Unit quaternion x y z w.", true);
            Timed(losses, "upright", "Squared difference of the body's up axis from a direction.")
                .Add("target", new VectorFormat(3, 3), l => l.Target, (l, v) => l.Target = v, "Unit direction; y by default.");
            Timed(losses, "height", "Squared difference of a body's height (along -gravity) from a wanted one.")
                .Number("value", NumberRule.Any, l => l.Value, (l, v) => l.Value = v, "Height in m.", true);
            Timed(losses, "speed", "Minus the speed along a direction: the lower, the faster.")
                .Add("target", new VectorFormat(3, 3), l => l.Target, (l, v) => l.Target = v, "Unit direction.", true);
            Timed(losses, "energy", "Kinetic energy of translation per mass, v^2 / 2 in J/kg.");
            Timed(losses, "distance", "Squared difference of the distance of two bodies' centres from a wanted one.")
                .Text("other", l => l.Other, (l, v) => l.Other = v, "The other body.", true)
                .Number("value", NumberRule.NotNegative, l => l.Value, (l, v) => l.Value = v, "Distance in m.");
            Common(losses.Variant("clearance", "Squared shortfall of the distance of two bodies' centres below a wanted one, mean over all frames."))
                .Text("other", l => l.Other, (l, v) => l.Other = v, "The other body.", true)
                .Number("value", NumberRule.Positive, l => l.Value, (l, v) => l.Value = v, "Distance in m.", true);
            Timed(losses, "touch", "Squared gap between the surfaces of two bodies: contact wanted.")
                .Text("other", l => l.Other, (l, v) => l.Other = v, "The other body.", true);
            Common(losses.Variant("apart", "Squared shortfall of the gap between the surfaces of two bodies below a wanted one, mean over all frames: contact unwanted."))
                .Text("other", l => l.Other, (l, v) => l.Other = v, "The other body.", true)
                .Number("value", NumberRule.Positive, l => l.Value, (l, v) => l.Value = v, "Gap in m.", true);
            Common(losses.Variant("path", "Mean squared distance of a body from way points in time, linear in between."))
                .Add("points", new TableFormat(4, "a list of rows [t, x, y, z]"), l => l.Points, (l, v) => l.Points = v, "Way points: t in s, x, y, z in m.", true);
            Common(losses.Variant("recording", "Mean squared difference from a recorded motion: position, and rotation where it was recorded."))
                .Text("recording", l => l.Recording, (l, v) => l.Recording = v, "Name of the recording.", true)
                .Number("positionScale", NumberRule.NotNegative, l => l.PositionScale, (l, v) => l.PositionScale = v, "Factor of positions in 1/m.")
                .Number("rotationScale", NumberRule.NotNegative, l => l.RotationScale, (l, v) => l.RotationScale = v, "Factor of rotation angles in 1/rad.")
                .Text("axes", l => l.Axes, (l, v) => l.Axes = v, "Components of the position that count.");
            Common(losses.Variant("shape", "Mean squared distance of a deformable's particles from wanted points."))
                .Number("time", NumberRule.NotNegative, l => l.Time, (l, v) => l.Time = v, "When, in s; the end by default.")
                .Add("points", new TableFormat(3, "a list of rows [x, y, z], one for each particle"), l => l.Points, (l, v) => l.Points = v, "Wanted points in m, one for each particle.", true)
                .Text("axes", l => l.Axes, (l, v) => l.Axes = v, "Components that count.");
            Common(losses.Variant("particles", "Mean squared distance of a deformable's particles from where they were recorded."))
                .Text("recording", l => l.Recording, (l, v) => l.Recording = v, "Name of a recording of particles.", true)
                .Number("positionScale", NumberRule.NotNegative, l => l.PositionScale, (l, v) => l.PositionScale = v, "Factor of positions in 1/m.")
                .Text("axes", l => l.Axes, (l, v) => l.Axes = v, "Components that count.");
            Common(losses.Variant("smoothness", "Mean squared change of velocity from frame to frame, in m^2/s^2."));
            Weighted(losses.Variant("effort", "Integral of the square of a control."))
                .Text("control", l => l.Control, (l, v) => l.Control = v, "Name of the control.", true);
            return losses;
        }

        private static ObjectFormat<SceneLoss> Timed(VariantFormat<SceneLoss> losses, string type, string description)
        {
            return Common(losses.Variant(type, description))
                .Number("time", NumberRule.NotNegative, l => l.Time, (l, v) => l.Time = v, "When, in s; the end by default.")
                .Number("softness", NumberRule.NotNegative, l => l.Softness, (l, v) => l.Softness = v, "Above zero: the soft minimum over all times, with this temperature.");
        }

        private static ObjectFormat<SceneLoss> Weighted(ObjectFormat<SceneLoss> format)
        {
            return format
                .Text("name", l => l.Name, (l, v) => l.Name = v, "Name in reports.")
                .Number("weight", NumberRule.NotNegative, l => l.Weight, (l, v) => l.Weight = v, "Factor in the sum.");
        }

        private static ObjectFormat<SceneLoss> Common(ObjectFormat<SceneLoss> format)
        {
            return Weighted(format)
                .Text("body", l => l.Body, (l, v) => l.Body = v, "The body it is about, or the deformable, which counts as its centre of mass.", true)
                .Add("particle", new ParticleFormat(), l => l.Particle, (l, v) => l.Particle = v, "The particle of a deformable that it is about, counted from 0.")
                .Number("huber", NumberRule.Positive, l => l.Huber, (l, v) => l.Huber = v, "Residuals beyond this count linearly.");
        }

        private sealed class ParticleFormat : IFormat<int>
        {
            private readonly NumberFormat _number = new NumberFormat(NumberRule.Whole(0));

            public int Read(DocumentNode node, string path, ReadContext context) => (int)_number.Read(node, path, context);

            public DocumentNode Write(int value) => value < 0 ? null : DocumentNode.Of(value);

            public DocumentNode Schema() => _number.Schema();
        }
    }
}
