using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>What a scene value is, for a simulator that has to find its own place for it.</summary>
    public enum SceneValueKind
    {
        /// <summary>A component of a body's position in m.</summary>
        Position,

        /// <summary>A component of a body's velocity in m/s.</summary>
        Velocity,

        /// <summary>A component of a body's angular velocity in rad/s, world frame.</summary>
        AngularVelocity,

        /// <summary>A body's mass in kg. Inertia that the scene does not give scales with it.</summary>
        Mass,

        /// <summary>A principal moment of a body in kg m^2.</summary>
        Inertia,

        /// <summary>A component of a body's centre of mass in its own frame, in m.</summary>
        CentreOfMass,

        /// <summary>A sphere's or capsule's radius in m.</summary>
        Radius,

        /// <summary>Half an edge length of a box in m.</summary>
        HalfSize,

        /// <summary>Half the axis length of a capsule in m.</summary>
        HalfHeight,

        /// <summary>A material's friction coefficient.</summary>
        Friction,

        /// <summary>A material's restitution.</summary>
        Restitution,

        /// <summary>A material's rolling friction in m.</summary>
        RollingFriction,

        /// <summary>A material's torsional friction in m.</summary>
        TorsionalFriction,

        /// <summary>A material's contact frequency in Hz.</summary>
        ContactFrequency,

        /// <summary>A material's contact damping ratio.</summary>
        ContactDampingRatio,

        /// <summary>A component of gravity in m/s^2.</summary>
        Gravity,

        /// <summary>The simulated time in s.</summary>
        Duration,

        /// <summary>A parameter of a force; the axis of the value says which.</summary>
        Force,

        /// <summary>A point of a control, in the unit of what it sets; the axis of the value says which.</summary>
        Control,

        /// <summary>A parameter of a feedback controller; the axis of the value says which.</summary>
        Controller,

        /// <summary>A component of where a joint holds, in m; of a distance, the point of A.</summary>
        JointAnchor,

        /// <summary>A component of the point of B that a distance joint or a rope over pulleys holds, in m.</summary>
        JointAnchorB,

        /// <summary>A component of the pulley that A hangs from, in m.</summary>
        JointPulleyA,

        /// <summary>A component of the pulley that B hangs from, in m.</summary>
        JointPulleyB,

        /// <summary>Ratio of a gear, or of a rope over pulleys.</summary>
        JointRatio,

        /// <summary>A number of a joint's axes; the axis of the value says which <see cref="DiffPhysics.Physics.JointNumber"/>, and of which coordinate: the joint's own come first, then those of each coordinate of a six-degree joint.</summary>
        JointNumber,

        /// <summary>A number of a deformable; the axis of the value counts them.</summary>
        Deformable,

        /// <summary>Friction of particles (axis 0), or their restitution (axis 1).</summary>
        ParticleContact,
    }

    /// <summary>One number of a scene that a parameter can drive.</summary>
    public sealed class SceneValue
    {
        private readonly Func<double> _get;
        private readonly Action<double> _set;
        private readonly bool _mayBeNegative;
        private readonly double _most;

        internal SceneValue(string path, SceneValueKind kind, int owner, int axis, string unit, Func<double> get, Action<double> set, bool mayBeNegative = false, double most = double.PositiveInfinity)
        {
            _most = most;
            Path = path;
            Kind = kind;
            Owner = owner;
            Axis = axis;
            Unit = unit;
            _get = get;
            _set = set;
            _mayBeNegative = mayBeNegative;
        }

        /// <summary>Its path, e.g. <c>bodies.ball.velocity.x</c>.</summary>
        public string Path { get; }

        /// <summary>What it is.</summary>
        public SceneValueKind Kind { get; }

        /// <summary>Index of the body, deformable, material, joint, force, control or controller; zero for the scene's own values.</summary>
        public int Owner { get; }

        /// <summary>Component, zero to two; zero for scalars; which number of a joint, force or controller, which point of a control.</summary>
        public int Axis { get; }

        /// <summary>SI unit.</summary>
        public string Unit { get; }

        /// <summary>The value in the document.</summary>
        public double Value
        {
            get => _get();
            set => _set(value);
        }

        /// <summary>Smallest value that makes sense physically.</summary>
        public double Least => IsSigned ? double.NegativeInfinity : 0;

        /// <summary>Largest value that makes sense physically.</summary>
        public double Most => Kind == SceneValueKind.Restitution || Kind == SceneValueKind.ParticleContact && Axis == 1 ? 1 : _most;

        private bool IsSigned
        {
            get
            {
                switch (Kind)
                {
                    case SceneValueKind.Position:
                    case SceneValueKind.Velocity:
                    case SceneValueKind.AngularVelocity:
                    case SceneValueKind.CentreOfMass:
                    case SceneValueKind.Gravity:
                    case SceneValueKind.Control:
                    case SceneValueKind.Controller:
                    case SceneValueKind.JointAnchor:
                    case SceneValueKind.JointAnchorB:
                    case SceneValueKind.JointPulleyA:
                    case SceneValueKind.JointPulleyB: return true;
                    case SceneValueKind.Force:
                    case SceneValueKind.JointRatio:
                    case SceneValueKind.Deformable: return _mayBeNegative;
                    case SceneValueKind.JointNumber: return SceneJoint.IsSigned((JointNumber)(Axis % JointAxis.NumberCount));
                    default: return false;
                }
            }
        }
    }

    /// <summary>The numbers of a scene by path.</summary>
    public static class ScenePaths
    {
        private static readonly string[] Axes = { "x", "y", "z" };

        /// <summary>All numbers that parameters can drive. A body's mass and inertia and a joint's numbers are among them only where the document gives them.</summary>
        /// <param name="scene">The scene.</param>
        public static IReadOnlyList<SceneValue> List(Scene scene)
        {
            var values = new List<SceneValue>();
            for (int i = 0; i < scene.Bodies.Count; i++) AddBody(values, scene.Bodies[i], i);
            for (int i = 0; i < scene.Materials.Count; i++)
            {
                SceneMaterial material = scene.Materials[i];
                string path = "materials." + material.Name;
                values.Add(new SceneValue(path + ".friction", SceneValueKind.Friction, i, 0, "", () => material.Friction, v => material.Friction = v));
                values.Add(new SceneValue(path + ".restitution", SceneValueKind.Restitution, i, 0, "", () => material.Restitution, v => material.Restitution = v));
                values.Add(new SceneValue(path + ".rollingFriction", SceneValueKind.RollingFriction, i, 0, "m", () => material.RollingFriction, v => material.RollingFriction = v));
                values.Add(new SceneValue(path + ".torsionalFriction", SceneValueKind.TorsionalFriction, i, 0, "m", () => material.TorsionalFriction, v => material.TorsionalFriction = v));
                // A rigid contact has no frequency that could change a little.
                if (!(material.Frequency > 0)) continue;
                values.Add(new SceneValue(path + ".frequency", SceneValueKind.ContactFrequency, i, 0, "Hz", () => material.Frequency, v => material.Frequency = v));
                values.Add(new SceneValue(path + ".dampingRatio", SceneValueKind.ContactDampingRatio, i, 0, "", () => material.DampingRatio, v => material.DampingRatio = v));
            }
            for (int i = 0; i < scene.Deformables.Count; i++) DeformablePaths.Add(values, scene.Deformables[i], i);
            for (int i = 0; i < scene.Joints.Count; i++) AddJoint(values, scene.Joints[i], i);
            for (int i = 0; i < scene.Forces.Count; i++) AddForce(values, scene.Forces[i], i);
            for (int i = 0; i < scene.Controls.Count; i++) AddControl(values, scene, i);
            for (int i = 0; i < scene.Controllers.Count; i++) AddController(values, scene.Controllers[i], i);
            AddVector(values, "gravity", SceneValueKind.Gravity, 0, "m/s^2", scene.Gravity);
            values.Add(new SceneValue("simulation.duration", SceneValueKind.Duration, 0, 0, "s", () => scene.Simulation.Duration, v => scene.Simulation.Duration = v));
            if (scene.Simulation.ParticlesTouchBodies || scene.Simulation.ParticlesTouchOneAnother)
                values.Add(new SceneValue("simulation.particleFriction", SceneValueKind.ParticleContact, 0, 0, "", () => scene.Simulation.ParticleFriction, v => scene.Simulation.ParticleFriction = v));
            if (scene.Simulation.ParticlesTouchBodies)
                values.Add(new SceneValue("simulation.particleRestitution", SceneValueKind.ParticleContact, 0, 1, "", () => scene.Simulation.ParticleRestitution, v => scene.Simulation.ParticleRestitution = v));
            return values;
        }

        /// <summary>The number at a path, or null.</summary>
        /// <param name="scene">The scene.</param>
        /// <param name="path">The path.</param>
        public static SceneValue Find(Scene scene, string path)
        {
            return List(scene).FirstOrDefault(v => v.Path == path);
        }

        private static void AddBody(List<SceneValue> values, SceneBody body, int index)
        {
            string path = "bodies." + body.Name;
            AddVector(values, path + ".position", SceneValueKind.Position, index, "m", body.Position);
            SceneShape shape = body.Shape;
            if (shape.Type == "sphere" || shape.Type == "capsule") values.Add(new SceneValue(path + ".shape.radius", SceneValueKind.Radius, index, 0, "m", () => shape.Radius, v => shape.Radius = v));
            if (shape.Type == "capsule") values.Add(new SceneValue(path + ".shape.halfHeight", SceneValueKind.HalfHeight, index, 0, "m", () => shape.HalfHeight, v => shape.HalfHeight = v));
            if (shape.Type == "box") AddVector(values, path + ".shape.halfSize", SceneValueKind.HalfSize, index, "m", shape.HalfSize);
            if (!body.IsDynamic) return;
            AddVector(values, path + ".velocity", SceneValueKind.Velocity, index, "m/s", body.Velocity);
            AddVector(values, path + ".angularVelocity", SceneValueKind.AngularVelocity, index, "rad/s", body.AngularVelocity);
            if (!double.IsNaN(body.Mass)) values.Add(new SceneValue(path + ".mass", SceneValueKind.Mass, index, 0, "kg", () => body.Mass, v => body.Mass = v));
            if (body.Inertia != null) AddVector(values, path + ".inertia", SceneValueKind.Inertia, index, "kg m^2", body.Inertia);
            if (body.CentreOfMass != null) AddVector(values, path + ".centreOfMass", SceneValueKind.CentreOfMass, index, "m", body.CentreOfMass);
        }

        private static void AddJoint(List<SceneValue> values, SceneJoint joint, int index)
        {
            string path = "joints." + joint.Name;
            if (joint.Type != "gear") AddVector(values, path + ".anchor", SceneValueKind.JointAnchor, index, "m", joint.Anchor);
            if (joint.HasAnchorB) AddVector(values, path + ".anchorB", SceneValueKind.JointAnchorB, index, "m", joint.AnchorB);
            if (joint.Type == "pulley")
            {
                AddVector(values, path + ".pulleyA", SceneValueKind.JointPulleyA, index, "m", joint.PulleyA);
                AddVector(values, path + ".pulleyB", SceneValueKind.JointPulleyB, index, "m", joint.PulleyB);
            }
            if (joint.Type == "pulley" || joint.Type == "gear") values.Add(new SceneValue(path + ".ratio", SceneValueKind.JointRatio, index, 0, "", () => joint.Ratio, v => joint.Ratio = v, joint.Type == "gear"));
            foreach (JointValue value in joint.Values())
                values.Add(new SceneValue(path + "." + value.Path, SceneValueKind.JointNumber, index, value.Place, value.Unit, () => value.Owner[value.Number], v => value.Owner[value.Number] = v));
        }

        private static void AddForce(List<SceneValue> values, SceneForce force, int index)
        {
            IReadOnlyList<ForceNumber> numbers = ForceNumber.Of(force.Type);
            for (int k = 0; k < numbers.Count; k++)
            {
                ForceNumber number = numbers[k];
                values.Add(new SceneValue($"forces.{force.Name}.{number.Word}", SceneValueKind.Force, index, k, number.Unit, () => number.Get(force), v => number.Set(force, v), number.IsSigned));
            }
        }

        private static void AddControl(List<SceneValue> values, Scene scene, int index)
        {
            SceneControl control = scene.Controls[index];
            string unit = SceneControl.TargetsOf(scene).FirstOrDefault(t => t.Path == control.Target).Unit ?? "";
            // A constant control has its first point only.
            int count = control.Shape == "constant" ? 1 : control.Points.Length;
            for (int k = 0; k < count; k++)
            {
                int point = k;
                values.Add(new SceneValue($"controls.{control.Name}.points.{k}", SceneValueKind.Control, index, k, unit, () => control.Points[point], v => control.Points[point] = v));
            }
        }

        private static void AddController(List<SceneValue> values, SceneController controller, int index)
        {
            IReadOnlyList<ControllerNumber> numbers = controller.Numbers();
            for (int k = 0; k < numbers.Count; k++) values.Add(new SceneValue($"controllers.{controller.Name}.{numbers[k].Path}", SceneValueKind.Controller, index, k, "", numbers[k].Get, numbers[k].Set));
        }

        private static void AddVector(List<SceneValue> values, string path, SceneValueKind kind, int owner, string unit, double[] vector)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                int component = axis;
                values.Add(new SceneValue(path + "." + Axes[axis], kind, owner, axis, unit, () => vector[component], v => vector[component] = v));
            }
        }
    }
}
