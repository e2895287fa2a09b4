using System;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>A car of 1.2 t with four driven wheels of 20 kg on spring suspensions, headed along z.</summary>
    internal sealed class VehicleScene
    {
        public VehicleScene(World world, Double3 at)
        {
            Chassis = world.AddBody(new BoxShape(new Double3(0.8, 0.3, 1.8)), "chassis").At(at.X, at.Y, at.Z).Weighing(1200).OnLayer(1, ~2u);
            for (int k = 0; k < 4; k++)
            {
                var offset = new Double3(k % 2 == 0 ? -0.85 : 0.85, -0.35, k < 2 ? -1.3 : 1.3);
                Body wheel = world.AddBody(new SphereShape(0.35), $"wheel {k}").At(at.X + offset.X, at.Y + offset.Y, at.Z + offset.Z).Weighing(20).MadeOf(1, 0).OnLayer(1, ~2u);
                Wheels[k] = world.AddWheel(Chassis, wheel, Double3.UnitX, Double3.UnitY, 40e3, 4e3, 0.15);
                Wheels[k].Axes[3].Turning(8, 200, 400);
            }
        }

        public Body Chassis { get; }

        public Joint[] Wheels { get; } = new Joint[4];

        public static VehicleScene OnHills(World world)
        {
            var heights = new double[13, 60];
            for (int i = 0; i < 13; i++)
                for (int j = 0; j < 60; j++) heights[i, j] = 0.15 * Math.Sin(0.9 * j) + 0.1 * Math.Sin(0.7 * i + 0.4 * j);
            world.AddStatic(new HeightFieldShape(heights, 1, 1)).At(-6, 0, -5).MadeOf(1, 0);
            return new VehicleScene(world, new Double3(0, 1.1, 0));
        }
    }
}
