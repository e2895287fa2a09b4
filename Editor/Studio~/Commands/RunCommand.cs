using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using DiffPhysics.Autodiff;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

internal static class RunCommand
{
    public static Command Create()
    {
        Argument<string> scene = SceneLoader.SceneArgument();
        Option<bool> json = SceneLoader.JsonOption();
        var csv = new Option<string>("--csv") { Description = "Write the motion of all bodies and particles to this file." };
        var command = new Command("run", "Simulates a scene once.") { scene, json, csv };
        command.SetAction(parsed => Run(SceneFile.Load(parsed.GetValue(scene)), parsed.GetValue(json), parsed.GetValue(csv)));
        return command;
    }

    private static int Run(Scene scene, bool json, string csv)
    {
        SceneLoader.Recordings(scene).SetStarts();
        using ISceneSimulator simulator = Simulators.Create(scene, [], Executor.CreateDefault());
        var motion = new SceneThings(scene).Room(1, simulator.Samples);
        simulator.Simulate([[]], motion, false);
        if (motion.Failures[0] != null) throw new SceneException(scene.File, 0, "simulation", motion.Failures[0]);
        if (csv != null) File.WriteAllText(csv, Csv(scene, motion));
        DocumentNode bodies = DocumentNode.Object();
        foreach (SceneBody body in scene.Bodies.Where(b => b.IsDynamic))
        {
            Span<double> state = motion.State(0, motion.Samples - 1, scene.Bodies.IndexOf(body));
            bodies.Add(body.Name, DocumentNode.Object()
                .Add("position", DocumentNode.Of(state[..3].ToArray()))
                .Add("rotation", DocumentNode.Of(state.Slice(3, 4).ToArray()))
                .Add("velocity", DocumentNode.Of(state.Slice(7, 3).ToArray()))
                .Add("angularVelocity", DocumentNode.Of(state.Slice(10, 3).ToArray())));
        }
        DocumentNode deformables = DocumentNode.Object();
        for (int d = 0; d < scene.Deformables.Count; d++)
        {
            Span<double> state = motion.State(0, motion.Samples - 1, scene.Bodies.Count + d);
            deformables.Add(scene.Deformables[d].Name, DocumentNode.Object().Add("position", DocumentNode.Of(state[..3].ToArray())).Add("velocity", DocumentNode.Of(state.Slice(7, 3).ToArray())));
        }
        if (json)
        {
            Console.Out.Write(DocumentNode.Object().Add("scene", DocumentNode.Of(scene.Name)).Add("seconds", DocumentNode.Of(motion.Durations[0])).Add("impacts", DocumentNode.Of(motion.Events[0])).Add("bodies", bodies).Add("deformables", deformables).ToJson());
            return ExitCode.Success;
        }
        Console.Out.WriteLine($"{scene.Name}: {motion.Durations[0]:g4} s in {motion.Samples - 1} frames, {motion.Events[0]} impacts");
        for (int b = 0; b < bodies.Items.Count; b++) Console.Out.WriteLine($"  {bodies.Names[b]} ends at {Where(bodies.Items[b])}");
        for (int d = 0; d < deformables.Items.Count; d++) Console.Out.WriteLine($"  the centre of {deformables.Names[d]} ends at {Where(deformables.Items[d])}");
        return ExitCode.Success;
    }

    private static string Where(DocumentNode state)
    {
        string Vector(string member) => "(" + string.Join(", ", state.Find(member).Items.Select(v => v.ToNumber().ToString("0.#####", CultureInfo.InvariantCulture))) + ")";
        return $"{Vector("position")} m with {Vector("velocity")} m/s";
    }

    private static string Csv(Scene scene, Trajectories motion)
    {
        var text = new StringBuilder("body,t,x,y,z,qx,qy,qz,qw,vx,vy,vz,wx,wy,wz\n");
        for (int b = 0; b < scene.Bodies.Count; b++)
        {
            if (scene.Bodies[b].IsDynamic) Append(scene.Bodies[b].Name, b);
        }
        var things = new SceneThings(scene);
        foreach (SceneDeformable deformable in scene.Deformables)
        {
            int first = things.Find(deformable.Name, 0), count = things.Shapes[scene.Deformables.IndexOf(deformable)].Points.Count;
            for (int p = 0; p < count; p++) Append($"{deformable.Name}.{p}", first + p);
        }
        return text.ToString();

        void Append(string name, int thing)
        {
            Span<double> state = stackalloc double[Trajectories.StateSize];
            for (int s = 0; s < motion.Samples; s++)
            {
                motion.ReadThing(0, s, thing, state);
                text.Append(name).Append(',').Append((motion.Durations[0] * s / (motion.Samples - 1)).ToString("R", CultureInfo.InvariantCulture));
                foreach (double value in state) text.Append(',').Append(value.ToString("R", CultureInfo.InvariantCulture));
                text.Append('\n');
            }
        }
    }
}
