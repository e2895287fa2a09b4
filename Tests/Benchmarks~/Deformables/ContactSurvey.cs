using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using DiffPhysics.Physics;

namespace DiffPhysics.Benchmarks.Deformables;

/// <summary>
/// What contact of a cloth costs: a sheet by soft constraints, in float on one thread, that has fallen over a ball and lies on it and on the ground; milliseconds of a frame of 1/60 s
/// with 8 substeps, each way of contact in one process, by turns.
/// </summary>
internal static class ContactSurvey
{
    private const int Side = 100, Settled = 90, Counted = 30, Rounds = 3;
    private const double Size = 2, Ball = 0.4, Radius = 0.4 * Size / (Side - 1);

    public static void Run()
    {
        (string name, Func<World> step)[] ways =
        {
            ("flies, and touches nothing", () => new World(hasGround: false)),
            ("on obstacles", () => new World()),
            ("on obstacles and on itself", () => new World(onItself: true)),
            ("on static bodies", () => new World(asBodies: true)),
            ("on a ball that moves, and static ground", () => new World(asBodies: true, moves: true)),
        };
        List<double>[] times = ways.Select(_ => new List<double>()).ToArray();
        var worlds = ways.Select(w => w.step()).ToArray();
        foreach (World world in worlds)
            for (int frame = 0; frame < Settled; frame++) world.Step();
        for (int round = 0; round < Rounds; round++)
            for (int w = 0; w < worlds.Length; w++)
                for (int frame = 0; frame < Counted / Rounds; frame++) times[w].Add(worlds[w].Step());
        for (int w = 0; w < worlds.Length; w++)
        {
            times[w].Sort();
            Console.WriteLine($"cloth {Side} x {Side} {ways[w].name}: {times[w][times[w].Count / 2]:F1} ms a frame, {times[w][^1]:F1} at most; its highest particle at {worlds[w].Top:F3} m");
            worlds[w].Dispose();
        }
    }

    // A sheet over a ball that lies on the ground.
    private sealed class World : IDisposable
    {
        private readonly DiffPhysics.Physics.World bodies;
        private readonly ParticleWorld particles;

        public World(bool hasGround = true, bool onItself = false, bool asBodies = false, bool moves = false)
        {
            var options = new ParticleOptions { Integrator = ParticleIntegrator.SoftConstraints, Substeps = 8 };
            if (asBodies)
            {
                bodies = new DiffPhysics.Physics.World(new WorldOptions { Substeps = 8 });
                bodies.AddStatic(new PlaneShape());
                if (moves) bodies.AddBody(new SphereShape(Ball)).Weighing(20).At(0, Ball, 0);
                else bodies.AddStatic(new SphereShape(Ball)).At(0, Ball, 0);
                particles = new ParticleWorld(bodies, options) { ContactRadius = Radius };
                particles.TouchBodies();
            }
            else
            {
                particles = new ParticleWorld(options) { ContactRadius = Radius };
                if (hasGround)
                {
                    particles.AddObstacle(new PlaneShape());
                    particles.AddObstacle(new SphereShape(Ball), new Pose(new Double3(0, Ball, 0)));
                }
            }

            particles.AddCloth(TriangleMesh.Sheet(Side, Side, Size, Size), null, new Pose(new Double3(0, 2 * Ball + 0.02, 0)));
            if (onItself) particles.TouchOneAnother();
            particles.Build();
        }

        public double Top => Enumerable.Range(0, particles.Count).Max(p => particles.Position(p).Y);

        // Milliseconds.
        public double Step()
        {
            long start = Stopwatch.GetTimestamp();
            particles.Step();
            return (Stopwatch.GetTimestamp() - start) * 1e3 / Stopwatch.Frequency;
        }

        public void Dispose()
        {
            particles.Dispose();
            bodies?.Dispose();
        }
    }
}
