using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;

namespace DiffPhysics.Scenes
{
    /// <summary>The kernels between a scene's targets and a world's buffers; traced once per scene.</summary>
    internal sealed class WorldKernels
    {
        private readonly Scene _scene;
        private readonly string[] _paths;
        private readonly Kernel[] _bodies;
        private readonly Kernel[] _joints;
        private readonly Kernel[] _forces;
        private readonly Kernel[] _controllers;

        public WorldKernels(Scene scene, IReadOnlyList<string> targets)
        {
            _scene = scene;
            _paths = targets.ToArray();
            Values = ScenePaths.List(scene);
            Targets = targets.Select(path => Values.First(v => v.Path == path)).ToArray();
            _bodies = new Kernel[scene.Bodies.Count];
            _joints = new Kernel[scene.Joints.Count];
            _forces = Enumerable.Range(0, scene.Forces.Count).Select(f => WorldForces.Trace(scene, f, Numbers)).ToArray();
            _controllers = Enumerable.Range(0, scene.Controllers.Count).Select(c => WorldControllers.Trace(scene, c, Numbers)).ToArray();
            Environment = Kernel.Define("environment", k =>
            {
                SceneNumbers numbers = Numbers(k);
                Real step = numbers.Of(SceneValueKind.Duration) / (_scene.Simulation.FrameCount * _scene.Simulation.Substeps);
                k.Store("environment", numbers.Vector(SceneValueKind.Gravity).ToArray().Append(step).ToArray());
            });
            foreach (SceneValue target in Targets)
            {
                bool isSize = target.Kind == SceneValueKind.Radius || target.Kind == SceneValueKind.HalfHeight;
                SceneBody body = isSize ? scene.Bodies[target.Owner] : null;
                if (isSize && body.Shape.Type == "capsule" && body.IsDynamic && (double.IsNaN(body.Mass) || body.Inertia == null))
                    throw new SceneException(scene.File, 0, target.Path, "found a capsule whose mass or inertia follows its size, expected both to be given where its size is tuned");
            }
        }

        // All numbers of the scene, and those that differ between worlds.
        public IReadOnlyList<SceneValue> Values { get; }
        public IReadOnlyList<SceneValue> Targets { get; }

        // From the centre of mass to the shape's centre: p - R c, v - w x R c.
        public Kernel Copy { get; } = Kernel.Define("sample", k =>
        {
            Real[] state = k.Lane("state", 13);
            Real3 arm = new RealQuaternion(state, 3).Rotate(new Real3(k.Lane("centre", 3), 0));
            Real3 position = new Real3(state, 0) - arm, velocity = new Real3(state, 7) - Real3.Cross(new Real3(state, 10), arm);
            k.Store("sample", position.ToArray().Concat(state.Skip(3).Take(4)).Concat(velocity.ToArray()).Concat(state.Skip(10)).ToArray());
        });

        // Gravity and the substep's length.
        public Kernel Environment { get; }

        // State, mass, size and material of a body. What no target drives comes from the world as it was built.
        public Kernel Body(int index, World world)
        {
            return _bodies[index] = _bodies[index] ?? Kernel.Define("body " + _scene.Bodies[index].Name, k =>
            {
                SceneBody body = _scene.Bodies[index];
                SceneNumbers numbers = Numbers(k);
                RealQuaternion rotation = new RealQuaternion(Enumerable.Range(3, 4).Select(c => (Real)world.State[world.Element(index, 0), c]).ToArray(), 0);
                Real3 velocity = body.IsDynamic ? numbers.Vector(SceneValueKind.Velocity, index) : Real3.Zero;
                Real3 spin = body.IsDynamic ? numbers.Vector(SceneValueKind.AngularVelocity, index) : Real3.Zero;
                Real3 position = numbers.Vector(SceneValueKind.Position, index);
                Real[] size = Size(numbers, body, index);
                if (body.CentreOfMass == null) k.StoreAt("shape", "body", size);
                else
                {
                    Real3 centre = numbers.Vector(SceneValueKind.CentreOfMass, index), arm = rotation.Rotate(centre);
                    position += arm;
                    velocity += Real3.Cross(spin, arm);
                    // The shape lies in the frame of the centre of mass, along its axes.
                    k.StoreAt("shape", "body", size.Concat((-centre).ToArray()).Concat(new Real[] { 0, 0, 0, 1 }).ToArray());
                    k.StoreAt("centre", "body", centre.ToArray());
                }
                k.StoreAt("state", "body", position.ToArray().Concat(rotation.ToArray()).Concat(velocity.ToArray()).Concat(spin.ToArray()).ToArray());
                if (body.IsDynamic) k.StoreAt("mass", "body", Mass(numbers, body, index, size, world));
                int material = _scene.Materials.FindIndex(m => m.Name == body.Material);
                if (material >= 0) k.StoreAt("material", "body", Surface(numbers, material));
            });
        }

        // A point of a control.
        public Kernel Point { get; } = Kernel.Define("control point", k => k.StoreAt("point", "element", k.Lane("value")));

        // Parameters of a force.
        public Kernel Force(int index) => _forces[index];

        // Parameters of a feedback controller.
        public Kernel Controller(int index) => _controllers[index];

        // Frames and numbers of a joint.
        public Kernel Joint(int index, World world) => _joints[index] = _joints[index] ?? WorldJoints.Trace(_scene, index, world, Numbers);

        // Friction, restitution, rolling and torsional friction, frequency and damping ratio, as materials are kept in a world.
        private static Real[] Surface(SceneNumbers numbers, int material)
        {
            bool isSoft = numbers.Has(SceneValueKind.ContactFrequency, material);
            return new[]
            {
                numbers.Of(SceneValueKind.Friction, material), numbers.Of(SceneValueKind.Restitution, material),
                numbers.Of(SceneValueKind.RollingFriction, material), numbers.Of(SceneValueKind.TorsionalFriction, material),
                isSoft ? numbers.Of(SceneValueKind.ContactFrequency, material) : 0, isSoft ? numbers.Of(SceneValueKind.ContactDampingRatio, material) : 0,
            };
        }

        private SceneNumbers Numbers(KernelBuilder k) => new SceneNumbers(_scene, _paths, k.Lane("targets", Math.Max(1, _paths.Length)));

        // Radius and extents, as shapes are kept in a world.
        private static Real[] Size(SceneNumbers numbers, SceneBody body, int index)
        {
            switch (body.Shape.Type)
            {
                case "sphere": return new Real[] { numbers.Of(SceneValueKind.Radius, index), 0, 0, 0 };
                case "box": return new Real[] { 0 }.Concat(numbers.Vector(SceneValueKind.HalfSize, index).ToArray()).ToArray();
                case "capsule": return new Real[] { numbers.Of(SceneValueKind.Radius, index), 0, numbers.Of(SceneValueKind.HalfHeight, index), 0 };
                default: return new Real[] { 0, 0, 0, 0 };
            }
        }

        // Mass and principal moments. Sphere: 2/5 m r^2. Box with half sizes a, b, c: m (b^2 + c^2) / 3 and so on.
        private static Real[] Mass(SceneNumbers numbers, SceneBody body, int index, Real[] size, World world)
        {
            bool given = numbers.Has(SceneValueKind.Mass, index);
            Real r2 = size[0] * size[0];
            Real mass;
            Real3 perMass;
            switch (body.Shape.Type)
            {
                case "sphere":
                    mass = given ? numbers.Of(SceneValueKind.Mass, index) : body.Density * (4.0 / 3 * Math.PI) * size[0] * r2;
                    perMass = new Real3(0.4 * r2, 0.4 * r2, 0.4 * r2);
                    break;
                case "box":
                    mass = given ? numbers.Of(SceneValueKind.Mass, index) : body.Density * 8 * size[1] * size[2] * size[3];
                    Real3 s = new Real3(size[1] * size[1], size[2] * size[2], size[3] * size[3]) / 3;
                    perMass = new Real3(s.Y + s.Z, s.Z + s.X, s.X + s.Y);
                    break;
                default:
                    mass = given ? numbers.Of(SceneValueKind.Mass, index) : (Real)world.Mass[world.Element(index, 0), 0];
                    perMass = new Real3(world.Mass[world.Element(index, 0), 1], world.Mass[world.Element(index, 0), 2], world.Mass[world.Element(index, 0), 3]) / world.Mass[world.Element(index, 0), 0];
                    break;
            }
            Real3 moments = body.Inertia != null ? numbers.Vector(SceneValueKind.Inertia, index) : perMass * mass;
            return new[] { mass, moments.X, moments.Y, moments.Z };
        }
    }
}
