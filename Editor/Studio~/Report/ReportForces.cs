using DiffPhysics.Scenes;

namespace DiffPhysics.Studio;

/// <summary>What the report draws of forces that have a place: thrusters on their bodies, blasts and explosions, as they are at the tuned values.</summary>
internal static class ReportForces
{
    public static DocumentNode Of(Scene scene)
    {
        DocumentNode list = DocumentNode.List();
        foreach (SceneForce force in scene.Forces)
        {
            if (force.Type != "thruster" && force.Type != "blast" && force.Type != "explosion") continue;
            list.Add(DocumentNode.Object()
                .Add("name", DocumentNode.Of(force.Name))
                .Add("type", DocumentNode.Of(force.Type))
                .Add("body", DocumentNode.Of(scene.Bodies.FindIndex(b => b.Name == force.Body)))
                .Add("place", DocumentNode.Of(force.Place))
                .Add("direction", DocumentNode.Of(force.Direction))
                .Add("radius", DocumentNode.Of(force.Radius))
                .Add("time", DocumentNode.Of(force.Time)));
        }
        return list;
    }
}
