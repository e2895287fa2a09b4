using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    // What drives a world: controls over time, feedback controllers and muscles.
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
