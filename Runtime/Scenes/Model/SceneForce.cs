using System.Collections.Generic;

namespace DiffPhysics.Scenes
{
    /// <summary>A force on all dynamic bodies, or on one; which values count depends on its type.</summary>
    public sealed class SceneForce
    {
        /// <summary>Types of forces.</summary>
        public static IReadOnlyList<string> Types { get; } = new[] { "wind", "drag", "buoyancy", "thruster", "blast", "explosion" };

        /// <summary>Name that paths refer to.</summary>
        public string Name { get; set; }

        /// <summary>
        /// <c>wind</c>: drag (wind - v). <c>drag</c>: -(linear + quadratic |v|) v. <c>buoyancy</c>: lift along y below a level, as of balls of one radius.
        /// <c>thruster</c>: a push that is fixed to one body and turns with it. <c>blast</c>: strength / (1 + d^2 / radius^2) away from a place, all the
        /// time; <c>explosion</c>: an impulse that falls off alike, once.
        /// </summary>
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

        /// <summary>Radius of the balls that bodies count as in a liquid; of a blast or explosion, where it is half as strong as at its place. In m.</summary>
        public double Radius { get; set; } = 0.5;

        /// <summary>The dynamic body that a thruster is fixed to.</summary>
        public string Body { get; set; }

        /// <summary>Where a thruster pushes, in the frame of its body's shape; where a blast or explosion is, in the world. In m.</summary>
        public double[] Place { get; set; } = { 0, 0, 0 };

        /// <summary>Where a thruster pushes to, in the frame of its body's shape. Of any length but zero.</summary>
        public double[] Direction { get; set; } = { 0, 1, 0 };

        /// <summary>Force of a thruster in N.</summary>
        public double Thrust { get; set; }

        /// <summary>Force of a blast at its place in N.</summary>
        public double Strength { get; set; }

        /// <summary>Impulse of an explosion at its place in N s.</summary>
        public double Impulse { get; set; }

        /// <summary>When an explosion happens, in s: at the start of the substep that contains it. It has no gradient.</summary>
        public double Time { get; set; }
    }
}
