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
        var csv = new Option<string>("--csv") { Description = "Write the motion of all bodies to this file." };
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
        if (json)
        {
            Console.Out.Write(DocumentNode.Object().Add("scene", DocumentNode.Of(scene.Name)).Add("seconds", DocumentNode.Of(motion.Durations[0])).Add("impacts", DocumentNode.Of(motion.Events[0])).Add("bodies", bodies).ToJson());
            return ExitCode.Success;
        }
        Console.Out.WriteLine($"{scene.Name}: {motion.Durations[0]:g4} s in {motion.Samples - 1} frames, {motion.Events[0]} impacts");
        for (int b = 0; b < bodies.Items.Count; b++)
        {
            string position = string.Join(", ", bodies.Items[b].Find("position").Items.Select(v => v.Number.ToString("0.#####", CultureInfo.InvariantCulture)));
            string velocity = string.Join(", ", bodies.Items[b].Find("velocity").Items.Select(v => v.Number.ToString("0.#####", CultureInfo.InvariantCulture)));
            Console.Out.WriteLine($"  {bodies.Names[b]} ends at ({position}) m with ({velocity}) m/s");
        }
        return ExitCode.Success;
    }

    private static string Csv(Scene scene, Trajectories motion)
    {
        var text = new StringBuilder("body,t,x,y,z,qx,qy,qz,qw,vx,vy,vz,wx,wy,wz\n");
        for (int b = 0; b < scene.Bodies.Count; b++)
        {
            for (int s = 0; s < motion.Samples && scene.Bodies[b].IsDynamic; s++)
            {
                double time = motion.Durations[0] * s / (motion.Samples - 1);
                text.Append(scene.Bodies[b].Name).Append(',').Append(time.ToString("R", CultureInfo.InvariantCulture));
                foreach (double value in motion.State(0, s, b)) text.Append(',').Append(value.ToString("R", CultureInfo.InvariantCulture));
                text.Append('\n');
            }
        }
        return text.ToString();
    }
}
