using System;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;

namespace DiffPhysics.Benchmarks.Dynamics;

/// <summary>The scenes that steps are timed on: float, 60 Hz, 4 substeps, default options.</summary>
internal static class BenchmarkScenes
{
    public static World StackOf20(Executor executor)
    {
        World world = Ground(executor);
        for (int k = 0; k < 20; k++) world.AddBody(new BoxShape(new Double3(0.5, 0.5, 0.5))).At(0, 0.5 + k, 0).MadeOf(0.6, 0);
        return world;
    }

    public static World PyramidOf55(Executor executor)
    {
        World world = Ground(executor);
        for (int row = 0; row < 10; row++)
            for (int k = 0; k < 10 - row; k++)
                world.AddBody(new BoxShape(new Double3(0.5, 0.5, 0.5))).At((k - (9 - row) * 0.5) * 1.05, 0.5 + row, 0).MadeOf(0.6, 0);
        return world;
    }

    /// <summary>200 spheres dropped into a box without a lid, 1.4 m wide.</summary>
    public static World SpheresInABox(Executor executor)
    {
        World world = Ground(executor);
        Walls(world, 0.7);
        var random = new Random(3);
        for (int k = 0; k < 200; k++)
        {
            int layer = k / 25, x = k % 5 - 2, z = k / 5 % 5 - 2;
            double Jitter() => 0.02 * (random.NextDouble() - 0.5);
            world.AddBody(new SphereShape(0.1)).At(0.25 * x + Jitter(), 0.15 + 0.25 * layer, 0.25 * z + Jitter()).MadeOf(0.4, 0.3).Damped(0.05, 0.3);
        }

        return world;
    }

    /// <summary>1,000 spheres, boxes and capsules dropped in a heap.</summary>
    public static World MixedThousand(Executor executor)
    {
        World world = Ground(executor);
        Walls(world, 2.2);
        var random = new Random(4);
        for (int k = 0; k < 1000; k++)
        {
            int layer = k / 100, x = k % 10, z = k / 10 % 10;
            double Jitter() => 0.04 * (random.NextDouble() - 0.5);
            Shape shape = (k % 3) switch
            {
                0 => new SphereShape(0.15),
                1 => new BoxShape(new Double3(0.15, 0.1, 0.12)),
                _ => new CapsuleShape(0.1, 0.1),
            };
            var turn = DoubleQuaternion.FromVector(new Double3(random.NextDouble(), random.NextDouble(), random.NextDouble()));
            world.AddBody(shape).At(new Pose(new Double3(0.42 * (x - 4.5) + Jitter(), 0.25 + 0.42 * layer, 0.42 * (z - 4.5) + Jitter()), turn)).MadeOf(0.5, 0.1).Damped(0.05, 0.3);
        }

        return world;
    }

    /// <summary>200 spheres that stand in columns and touch from the start.</summary>
    public static World SpheresInContact(Executor executor)
    {
        World world = Ground(executor);
        for (int k = 0; k < 200; k++)
        {
            int layer = k / 25, x = k % 5, z = k / 5 % 5;
            world.AddBody(new SphereShape(0.1)).At(0.1999 * x, 0.0999 + 0.1999 * layer, 0.1999 * z).MadeOf(0.4, 0.3);
        }

        return world;
    }

    /// <summary>1,000 spheres, boxes and capsules in columns of ten, which touch from the start in all the ways that they can.</summary>
    public static World MixedInContact(Executor executor)
    {
        World world = Ground(executor);
        for (int column = 0; column < 100; column++)
        {
            double top = 0;
            for (int k = 0; k < 10; k++)
            {
                int kind = (k + column) * (1 + column % 2) % 3;
                (Shape shape, double half) = kind switch
                {
                    0 => ((Shape)new SphereShape(0.15), 0.15),
                    1 => (new BoxShape(new Double3(0.15, 0.1, 0.12)), 0.1),
                    _ => (new CapsuleShape(0.1, 0.1), 0.2),
                };
                world.AddBody(shape).At(0.2999 * (column % 10), top + half, 0.2999 * (column / 10)).MadeOf(0.5, 0.1);
                top += 2 * half - 1e-4;
            }
        }

        return world;
    }

    private static World Ground(Executor executor)
    {
        var world = new World(new WorldOptions { Executor = executor });
        world.AddStatic(new PlaneShape(), "ground").MadeOf(0.6, 0);
        return world;
    }

    private static void Walls(World world, double half)
    {
        foreach (Double3 n in new[] { new Double3(1, 0, 0), new Double3(-1, 0, 0), new Double3(0, 0, 1), new Double3(0, 0, -1) })
            world.AddStatic(new PlaneShape()).At(PlaneShape.PoseFor(n, -half)).MadeOf(0.4, 0);
    }
}
