using System;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;

namespace DiffPhysics.Benchmarks.Dynamics;

/// <summary>
/// Drops mixed bodies (balls, boxes, capsules, hulls) in a heap, without damping, and prints how they come to rest: float, 60 Hz,
/// 4 substeps, default options.
/// </summary>
internal static class HeapAtRest
{
    public static void Run(int bodies, double seconds, double rolling, double torsional)
    {
        using World world = Heap(bodies, rolling, torsional);
        world.Build();
        Body[] moving = world.Bodies.Where(b => b.Kind == BodyKind.Dynamic).ToArray();
        double mass = moving.Sum(b => world.Mass[b.Index]), before = world.KineticEnergy + world.PotentialEnergy;
        Console.WriteLine($"{bodies} bodies, rolling friction {rolling} m, torsional friction {torsional} m");
        Console.WriteLine("time  kinetic J/kg  gained J/kg in the second  speed: median      95 %       most, m/s");
        double gained = 0;
        for (int step = 1; step <= seconds * 60; step++)
        {
            world.Step();
            double energy = world.KineticEnergy + world.PotentialEnergy;
            gained += Math.Max(0, energy - before);
            before = energy;
            if (step % 60 != 0) continue;
            // Of the fastest point of a ball of 0.15 m.
            double[] speeds = moving.Select(b => b.Velocity.Length + 0.15 * b.AngularVelocity.Length).OrderBy(v => v).ToArray();
            Console.WriteLine($"{step / 60,3} s {world.KineticEnergy / mass,12:E1} {gained / mass,15:E1} {speeds[bodies / 2],28:E1} {speeds[bodies * 95 / 100],10:E1} {speeds[^1],10:E1}");
            gained = 0;
        }
    }

    private static World Heap(int bodies, double rolling, double torsional)
    {
        var world = new World();
        int side = Math.Max(2, (int)Math.Ceiling(Math.Pow(bodies / 1.5, 1.0 / 3)));
        double half = 0.25 * side + 0.2;
        world.AddStatic(new PlaneShape(), "ground");
        foreach (Double3 n in new[] { new Double3(1, 0, 0), new Double3(-1, 0, 0), new Double3(0, 0, 1), new Double3(0, 0, -1) })
            world.AddStatic(new PlaneShape()).At(PlaneShape.PoseFor(n, -half));
        var random = new Random(3);
        double Next(double from, double to) => from + (to - from) * random.NextDouble();
        Double3 Vector() => new Double3(Next(-1, 1), Next(-1, 1), Next(-1, 1));
        for (int k = 0; k < bodies; k++)
        {
            Shape shape = (k % 4) switch
            {
                0 => new SphereShape(Next(0.1, 0.2)),
                1 => new BoxShape(new Double3(Next(0.1, 0.2), Next(0.1, 0.2), Next(0.1, 0.2))),
                2 => new CapsuleShape(Next(0.07, 0.12), Next(0.06, 0.12)),
                _ => new HullShape(Enumerable.Range(0, 10).Select(_ => Double3.Normalise(Vector()) * Next(0.15, 0.2)).ToArray()),
            };
            double x = k % side - (side - 1) / 2.0, z = k / side % side - (side - 1) / 2.0;
            world.AddBody(shape).At(new Pose(new Double3(0.5 * x, 0.3 + 0.5 * (k / side / side), 0.5 * z), DoubleQuaternion.FromVector(Vector())));
        }

        foreach (Body body in world.Bodies) body.MadeOf(0.5, 0).Resisting(rolling, torsional);
        return world;
    }
}
