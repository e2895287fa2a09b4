using System.Collections.Generic;

namespace DiffPhysics.Scenes
{
    /// <summary>A force on all dynamic bodies; which values count depends on its type.</summary>
    public sealed class SceneForce
    {
        /// <summary>Types of forces.</summary>
        public static IReadOnlyList<string> Types { get; } = new[] { "wind", "drag", "buoyancy" };

        /// <summary>Name that paths refer to.</summary>
        public string Name { get; set; }

        /// <summary><c>wind</c>: drag (wind - v). <c>drag</c>: -(linear + quadratic |v|) v. <c>buoyancy</c>: lift along y below a level, as of balls of one radius.</summary>
        public string Type { get; set; } = "drag";

        /// <summary>Velocity of the wind in m/s.</summary>
        public double[] Velocity { get; set; } = { 0, 0, 0 };

        /// <summary>Drag of the wind in kg/s; of a liquid, over the displaced mass, in 1/s.</summary>
        public double Drag { get; set; }

        /// <summary>Drag over speed in kg/s.</summary>
        public double Linear { get; set; }

        /// <summary>Drag over the square of speed in kg/m.</summary>
        public double Quadratic { get; set; }

        /// <summary>Height of the liquid's surface in m.</summary>
        public double Level { get; set; }

        /// <summary>Density of the liquid in kg/m^3.</summary>
        public double Density { get; set; } = 1000;

        /// <summary>Radius of the balls that bodies count as, in m.</summary>
        public double Radius { get; set; } = 0.5;
    }
}
