using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

/// <summary>What the report draws of deformables: the lines between their particles, and where these were.</summary>
internal static class ReportParticles
{
    // Samples are thinned out so that the page holds at most about this many numbers of one motion.
    private const int MostNumbers = 300_000;

    public static DocumentNode Of(Scene scene)
    {
        DocumentNode list = DocumentNode.List();
        foreach (SceneDeformable deformable in scene.Deformables)
        {
            DeformableShape shape = DeformableShape.Of(deformable);
            list.Add(DocumentNode.Object()
                .Add("name", DocumentNode.Of(deformable.Name))
                .Add("edges", DocumentNode.Of(shape.Edges(deformable).SelectMany(e => e).Select(p => (double)p)))
                .Add("pins", DocumentNode.Of(deformable.Pins.Select(p => (double)p))));
        }
        return list;
    }

    // For each deformable: rows of its particles' positions, one number after another, and the path of the particle that a loss is about, or of the centre of mass.
    public static DocumentNode Motion(Scene scene, Trajectories motion)
    {
        var things = new SceneThings(scene);
        int kept = Math.Min(motion.Samples, Math.Max(2, MostNumbers / (3 * things.Particles + 1)));
        DocumentNode list = DocumentNode.List();
        for (int d = 0; d < scene.Deformables.Count; d++)
        {
            DocumentNode rows = DocumentNode.List(), path = DocumentNode.List();
            int first = things.FirstParticle(d), count = things.Shapes[d].Points.Count, particle = scene.Losses.Where(l => l.Body == scene.Deformables[d].Name).Select(l => l.Particle).DefaultIfEmpty(-1).First();
            for (int k = 0; k < kept; k++)
            {
                int sample = (int)Math.Round(k * (motion.Samples - 1.0) / (kept - 1));
                rows.Add(Rounded(Enumerable.Range(first, count).SelectMany(p => motion.Particle(0, sample, p)[..3].ToArray())));
            }
            for (int s = 0; s < motion.Samples; s++) path.Add(Rounded((particle < 0 ? motion.State(0, s, scene.Bodies.Count + d) : motion.Particle(0, s, first + particle))[..3].ToArray()));
            list.Add(DocumentNode.Object().Add("rows", rows).Add("path", path));
        }
        return list;
    }

    private static DocumentNode Rounded(IEnumerable<double> numbers) => DocumentNode.Of(numbers.Select(v => Math.Round(v, 4)));
}
