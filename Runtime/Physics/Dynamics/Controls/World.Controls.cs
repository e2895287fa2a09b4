using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    // What drives a world: controls over time, feedback controllers, muscles, and forces that games want.
    public sealed partial class World
    {
        private readonly List<Control> controls = new List<Control>();
        private readonly List<Controller> controllers = new List<Controller>();

        /// <summary>Coordinate and speed of each row of the joints as <see cref="MeasureJoints"/> last wrote them.</summary>
        public DiffPhysics.Autodiff.Buffer JointMeasures => JointParts.Measured;

        /// <summary>Adds a control: a number over time that is set at the middle of each substep.</summary>
        /// <param name="name">What error messages call it.</param>
        /// <param name="target">The number.</param>
        /// <param name="shape">How it runs between points.</param>
        /// <param name="duration">Time of the last point, in seconds; positive.</param>
        /// <param name="points">The points, at equal distances from time 0; at least one.</param>
        public Control AddControl(string name, ControlTarget target, ControlShape shape, double duration, params double[] points)
        {
            if (IsBuilt) throw new InvalidOperationException($"Control '{name}' cannot be added: the world has been built by its first step.");
            if (!(duration > 0) || double.IsInfinity(duration)) throw new ArgumentException($"The duration of control '{name}' must be positive and finite, but is {duration}.");
            if (points == null || points.Length == 0) throw new ArgumentException($"Control '{name}' needs at least one point.");
            foreach (double point in points)
                if (double.IsNaN(point) || double.IsInfinity(point)) throw new ArgumentException($"The points of control '{name}' must be finite, but one is {point}.");
            var control = new Control(this, name, target, shape, duration, (double[])points.Clone());
            controls.Add(control);
            return control;
        }

        /// <summary>Adds a feedback controller, run at the start of each substep after the controls, in the order in which they are added.</summary>
        /// <param name="name">What error messages call it.</param>
        /// <param name="parameters">Gains or weights, with gradients.</param>
        /// <param name="outputs">What the numbers of the formula are set to.</param>
        /// <param name="formula">State in, one number for each output out.</param>
        /// <example><code>
        /// world.AddController("balance", new[] { 40.0, 8 }, new[] { ControlTarget.Of(slider, slider.Axes[0], JointNumber.DriveForce) },
        ///     c => { var (angle, speed) = c.Read(hinge, hinge.Axes[3]); return new[] { c.Parameter(0) * angle + c.Parameter(1) * speed }; });
        /// </code></example>
        public Controller AddController(string name, double[] parameters, ControlTarget[] outputs, Func<ControllerInputs, Real[]> formula)
        {
            if (IsBuilt) throw new InvalidOperationException($"Controller '{name}' cannot be added: the world has been built by its first step.");
            if (formula == null) throw new ArgumentNullException(nameof(formula), $"Controller '{name}' needs a formula.");
            if (outputs == null || outputs.Length == 0) throw new ArgumentException($"Controller '{name}' needs at least one output.");
            var controller = new Controller(this, name, (double[])(parameters ?? Array.Empty<double>()).Clone(), outputs, formula);
            controllers.Add(controller);
            return controller;
        }

        /// <summary>Adds a muscle between two points; see <see cref="Muscle"/>.</summary>
        /// <param name="a">A body.</param>
        /// <param name="b">Another body.</param>
        /// <param name="anchorA">Where it holds A, in the world.</param>
        /// <param name="anchorB">Where it holds B, in the world.</param>
        /// <param name="maxForce">Pull at full activation and optimal length, in newtons.</param>
        /// <param name="optimalLength">In metres; 0 for the length at the start.</param>
        /// <param name="stiffness">Of the passive spring, in N/m.</param>
        /// <param name="damping">In N s/m.</param>
        /// <param name="name">What error messages call it.</param>
        public Muscle AddMuscle(Body a, Body b, Double3 anchorA, Double3 anchorB, double maxForce, double optimalLength = 0, double stiffness = 0, double damping = 0, string name = null)
        {
            Joint joint = AddDistance(a, b, anchorA, anchorB, name ?? $"muscle {joints.Count}");
            double length = (anchorA - anchorB).Length;
            if (!(maxForce >= 0) || double.IsInfinity(maxForce)) throw joint.Bad("maximal force", maxForce, "must be finite and not negative");
            if (!(optimalLength >= 0) || double.IsInfinity(optimalLength)) throw joint.Bad("optimal length", optimalLength, "must be finite and not negative");
            joint.Sprung(stiffness, damping, length);
            ControlTarget pull = ControlTarget.Of(joint, joint.Axes[0], JointNumber.DriveForce);
            Controller controller = AddController(joint.Name, new[] { 0, maxForce, optimalLength > 0 ? optimalLength : length }, new[] { pull }, c => new[] { Muscle.Pull(c, joint) });
            return new Muscle(joint, controller);
        }

        /// <summary>Adds wind: drag (wind - v) on all dynamic bodies. Its parameters are the wind 0..2 (m/s) and the drag 3 (kg/s).</summary>
        public int AddWind(Double3 wind, double drag) => AddForce("wind", new[] { wind.X, wind.Y, wind.Z, drag }, body =>
            (new Real3(body.Parameter(0), body.Parameter(1), body.Parameter(2)) - body.Velocity) * body.Parameter(3));

        /// <summary>
        /// Adds the lift of a liquid below a level, on all dynamic bodies as if they were balls of one radius: density * gravity * volume of
        /// the cap below the level, pi d^2 (3 r - d) / 3 for a depth d up to 2 r, and a drag in proportion to it. Parameters: level 0
        /// (metres), density 1 (kg/m^3), radius 2 (metres), drag 3 (1/s), gravity 4 (m/s^2).
        /// </summary>
        public int AddBuoyancy(double level, double density, double radius, double drag) => AddForce("buoyancy", new[] { level, density, radius, drag, gravity.Length }, body =>
        {
            Real r = body.Parameter(2), depth = Real.Clamp(body.Parameter(0) - body.Position.Y + r, 0, 2 * r);
            Real displaced = body.Parameter(1) * (Math.PI / 3) * depth * depth * (3 * r - depth);
            return new Real3(0, displaced * body.Parameter(4), 0) - body.Velocity * (displaced * body.Parameter(3));
        });

        /// <summary>
        /// Adds a blast that pushes away from a place: strength / (1 + d^2 / r^2) newtons at distance d. Parameters: place 0..2, strength 3,
        /// r 4 (metres); set the strength to 0 (or by a control) when it is over.
        /// </summary>
        public int AddBlast(Double3 place, double strength, double radius) => AddForce("blast", new[] { place.X, place.Y, place.Z, strength, radius }, body =>
        {
            Real3 away = body.Position - new Real3(body.Parameter(0), body.Parameter(1), body.Parameter(2));
            Real r = body.Parameter(4);
            return Real3.Normalise(away) * (body.Parameter(3) / (1 + away.LengthSquared / (r * r)));
        });

        private void BuildControls()
        {
            foreach (Control control in controls) control.Build(options.Precision);
            foreach (Controller controller in controllers) controller.Build(options.Precision);
        }

        private void DisposeControls()
        {
            foreach (Control control in controls) control.Dispose();
            foreach (Controller controller in controllers) controller.Dispose();
        }

        private void RunControls(int substep)
        {
            double time = (Frame + (substep + 0.5) / options.Substeps) * options.TimeStep;
            for (int k = 0; k < controls.Count; k++) controls[k].Run(Tape, time);
            for (int k = 0; k < controllers.Count; k++) controllers[k].Run(Tape);
        }
    }
}
