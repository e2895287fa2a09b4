using System;
using System.Collections.Generic;

namespace DiffPhysics.Scenes
{
    /// <summary>One number of a type of force, as paths name it, in the order of the force's parameters in a world.</summary>
    internal sealed class ForceNumber
    {
        private const string Axes = "xyz";

        private ForceNumber(string word, string unit, bool isSigned, Func<SceneForce, double> get, Action<SceneForce, double> set)
        {
            Word = word;
            Unit = unit;
            IsSigned = isSigned;
            Get = get;
            Set = set;
        }

        // As in thrust or place.x.
        public string Word { get; }
        public string Unit { get; }
        public bool IsSigned { get; }
        public Func<SceneForce, double> Get { get; }
        public Action<SceneForce, double> Set { get; }

        // A blow has no time over which a control could lead it, and places on a body are constants of the formula.
        public bool CanBeControlled(string type) => type != "explosion" && !Word.StartsWith("place.", StringComparison.Ordinal);

        public static IReadOnlyList<ForceNumber> Of(string type)
        {
            var numbers = new List<ForceNumber>();
            switch (type)
            {
                case "wind":
                    Vector("velocity", "m/s", f => f.Velocity);
                    Add("drag", "kg/s", f => f.Drag, (f, v) => f.Drag = v);
                    break;
                case "drag":
                    Add("linear", "kg/s", f => f.Linear, (f, v) => f.Linear = v);
                    Add("quadratic", "kg/m", f => f.Quadratic, (f, v) => f.Quadratic = v);
                    break;
                case "buoyancy":
                    Add("level", "m", f => f.Level, (f, v) => f.Level = v, true);
                    Add("density", "kg/m^3", f => f.Density, (f, v) => f.Density = v);
                    Add("radius", "m", f => f.Radius, (f, v) => f.Radius = v);
                    Add("drag", "1/s", f => f.Drag, (f, v) => f.Drag = v);
                    break;
                case "thruster":
                    Add("thrust", "N", f => f.Thrust, (f, v) => f.Thrust = v, true);
                    Vector("place", "m", f => f.Place);
                    Vector("direction", "", f => f.Direction);
                    break;
                case "blast":
                    Vector("place", "m", f => f.Place);
                    Add("strength", "N", f => f.Strength, (f, v) => f.Strength = v, true);
                    Add("radius", "m", f => f.Radius, (f, v) => f.Radius = v);
                    break;
                case "explosion":
                    Vector("place", "m", f => f.Place);
                    Add("impulse", "N s", f => f.Impulse, (f, v) => f.Impulse = v, true);
                    Add("radius", "m", f => f.Radius, (f, v) => f.Radius = v);
                    break;
            }
            return numbers;

            void Add(string word, string unit, Func<SceneForce, double> get, Action<SceneForce, double> set, bool isSigned = false) => numbers.Add(new ForceNumber(word, unit, isSigned, get, set));

            void Vector(string word, string unit, Func<SceneForce, double[]> vector)
            {
                for (int axis = 0; axis < 3; axis++)
                {
                    int component = axis;
                    Add(word + "." + Axes[axis], unit, f => vector(f)[component], (f, v) => vector(f)[component] = v, true);
                }
            }
        }
    }
}
