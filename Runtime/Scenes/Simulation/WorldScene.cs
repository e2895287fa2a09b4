using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// A scene as some worlds of a <see cref="World"/> that differ in the values of the targets. Kernels on the world's tape write what the
    /// targets drive into the world's buffers, and copy the state out after every frame, so that the tape leads from
    /// cotangents of the motion to cotangents of the targets.
    /// </summary>
    internal sealed class WorldScene : ISceneWorlds
    {
        private readonly Scene _scene;
        private readonly Dictionary<(SceneValueKind, int, int), double> _numbers = new Dictionary<(SceneValueKind, int, int), double>();
        private readonly World _world;
        private readonly Buffer _targets;
        private readonly Buffer _centres;
        private readonly Buffer[] _samples;
        private readonly Launch[] _begin;
        private readonly Launch[] _copies;
        private readonly SceneParticles _particles;
        private readonly List<IDisposable> _owned = new List<IDisposable>();

        // Built with one set of values; each run writes its own.
        public WorldScene(Scene scene, WorldKernels kernels, int worlds, double[] targets, Executor executor)
        {
            _scene = scene;
            Worlds = worlds;
            for (int v = 0; v < kernels.Values.Count; v++) _numbers[Key(kernels.Values[v])] = kernels.Values[v].Value;
            for (int t = 0; t < targets.Length; t++) _numbers[Key(kernels.Targets[t])] = targets[t];
            int frames = scene.Simulation.FrameCount;
            _world = new World(new WorldOptions
            {
                Worlds = worlds,
                Precision = Precision.Double,
                TimeStep = Number(SceneValueKind.Duration) / frames,
                Substeps = scene.Simulation.Substeps,
                RestitutionThreshold = scene.Simulation.RestitutionThreshold,
                Executor = executor,
            });
            _world.Gravity = Vector(SceneValueKind.Gravity, 0);
            for (int b = 0; b < scene.Bodies.Count; b++) Add(b);
            AddJoints();
            var forces = scene.Forces.Select(f => WorldForces.Add(_world, scene, f)).ToArray();
            Func<int, ControlTarget>[] led = forces.Select(f => f.Target).ToArray();
            Control[] controls = scene.Controls.Select(c => WorldControls.Add(_world, scene, led, c)).ToArray();
            Controller[] controllers = scene.Controllers.Select(c => WorldControllers.Add(_world, scene, led, c)).ToArray();
            if (scene.Deformables.Count > 0) _particles = new SceneParticles(scene, new ParticleWorld(_world, SceneParticles.Options(scene)), _world.Bodies, kernels.Targets, worlds);
            _world.Build();
            _particles?.Wire();
            _targets = Own(new Buffer("targets", worlds, Math.Max(1, targets.Length), Precision.Double));
            _centres = Own(new Buffer("centre of mass", scene.Bodies.Count * worlds, 3, Precision.Double));
            _samples = Enumerable.Range(0, frames + 1).Select(_ => Own(new Buffer("sample", scene.Bodies.Count * worlds, 13, Precision.Double))).ToArray();
            _begin = Enumerable.Range(0, scene.Bodies.Count).Select(b => BodyLaunch(kernels, b))
                .Concat(Enumerable.Range(0, scene.Joints.Count).Select(j => JointLaunch(kernels, j)))
                .Concat(forces.Select((f, i) => ParameterLaunch(kernels.Force(i), f.Parameters())))
                .Concat(controllers.Select((c, i) => ParameterLaunch(kernels.Controller(i), c.Parameters)))
                .Concat(PointLaunches(kernels, controls))
                .Append(EnvironmentLaunch(kernels)).ToArray();
            _copies = _samples.Select(s => new Launch(kernels.Copy, scene.Bodies.Count * worlds) { Prefix = true }.Bind("state", _world.State).Bind("centre", _centres).Bind("sample", s)).ToArray();
        }

        public int Worlds { get; }

        // Runs all frames from the start, recorded or not: as many worlds as there are, from one of the sets of targets on.
        public void Run(double[][] targets, int first, bool record)
        {
            for (int w = 0; w < Worlds; w++)
            {
                for (int t = 0; t < targets[first + w].Length; t++) _targets[w, t] = targets[first + w][t];
                _particles?.Write(w, targets[first + w]);
            }
            // The clock of controls starts anew; what targets drive is written below.
            _world.Reset();
            _world.Record();
            _world.Tape.IsRecording = record;
            _world.Tape.BeginFrame();
            foreach (Launch launch in _begin) _world.Tape.Run(launch);
            _world.Tape.Run(_copies[0]);
            _world.Tape.EndFrame();
            _particles?.Begin();
            _particles?.Copy(0);
            for (int frame = 1; frame < _copies.Length; frame++)
            {
                _world.Step();
                _world.Tape.BeginFrame();
                _world.Tape.Run(_copies[frame]);
                _world.Tape.EndFrame();
                _particles?.Copy(frame);
            }
        }

        public void Read(int world, int sample, Trajectories motion, int to)
        {
            for (int b = 0; b < _scene.Bodies.Count; b++)
            {
                Span<double> state = motion.State(to, sample, b);
                for (int c = 0; c < state.Length; c++) state[c] = _samples[sample][_world.Element(b, world), c];
            }
            if (sample == _copies.Length - 1) motion.Choices[to] = _particles?.Choices(world) ?? _world.Choices(world);
            _particles?.Read(world, sample, motion, to);
        }

        public void Pushforward(double[][] directions, Trajectories tangents, int first)
        {
            FrameTape tape = _world.Tape;
            bool any = _particles != null && _particles.SeedTangent(directions, first);
            if (tape.Uses(_targets))
            {
                any = true;
                Buffer seeds = tape.SeedTangent(_targets);
                for (int w = 0; w < Worlds; w++)
                {
                    for (int t = 0; t < directions[first + w].Length; t++) seeds[w, t] = directions[first + w][t];
                }
            }
            if (any) tape.Forward();
            for (int w = 0; w < Worlds; w++)
            {
                tangents.Fill(first + w, 0);
                for (int sample = 0; any && sample < _samples.Length; sample++)
                {
                    _particles?.ReadTangent(w, sample, tangents, first + w);
                    if (!tape.HasTangent(_samples[sample])) continue;
                    Buffer tangent = tape.Tangent(_samples[sample]);
                    for (int b = 0; b < _scene.Bodies.Count; b++)
                    {
                        Span<double> state = tangents.State(first + w, sample, b);
                        for (int c = 0; c < state.Length; c++) state[c] = tangent[_world.Element(b, w), c];
                    }
                }
            }
        }

        // Cotangents of the targets from those of the samples.
        public void Pullback(Trajectories cotangents, double[][] gradients, int first)
        {
            _world.Tape.ZeroGradients();
            bool any = _particles != null && _particles.Seed(cotangents, first);
            for (int sample = 0; sample < _samples.Length; sample++)
            {
                for (int b = 0; b < _scene.Bodies.Count * Worlds; b++)
                {
                    Span<double> cotangent = cotangents.State(first + b % Worlds, sample, b / Worlds);
                    if (IsZero(cotangent)) continue;
                    any = true;
                    Buffer seeds = _world.Tape.Seed(_samples[sample]);
                    for (int c = 0; c < cotangent.Length; c++) seeds[b, c] = cotangent[c];
                }
            }
            if (any) _world.Tape.Backward(false);
            bool depends = any && _world.Tape.Depends(_targets);
            for (int w = 0; w < Worlds; w++)
            {
                for (int t = 0; t < gradients[first + w].Length; t++) gradients[first + w][t] = depends ? _world.Tape.Gradient(_targets)[w, t] : 0;
                if (any) _particles?.AddGradient(w, gradients[first + w]);
            }
        }

        public void Dispose()
        {
            _particles?.Dispose();
            _world.Dispose();
            foreach (IDisposable item in _owned) item.Dispose();
        }

        private static bool IsZero(Span<double> values)
        {
            foreach (double value in values)
            {
                if (value != 0) return false;
            }
            return true;
        }

        private Launch EnvironmentLaunch(WorldKernels kernels)
        {
            return new Launch(kernels.Environment, Worlds).BindAll(kernels.Environment, ("targets", _targets), ("environment", _world.Environment));
        }

        private Launch BodyLaunch(WorldKernels kernels, int body)
        {
            Kernel kernel = kernels.Body(body, _world);
            Launch launch = new Launch(kernel, Worlds).BindAll(kernel, ("targets", _targets), ("state", _world.State), ("mass", _world.Mass), ("shape", _world.Shapes), ("material", _world.Materials), ("centre", _centres));
            return launch.BindIndex("body", Own(new IndexBuffer("body", Enumerable.Range(0, Worlds).Select(w => _world.Element(body, w)).ToArray())));
        }

        private Launch JointLaunch(WorldKernels kernels, int joint)
        {
            Kernel kernel = kernels.Joint(joint, _world);
            Launch launch = new Launch(kernel, Worlds).BindAll(kernel, ("targets", _targets), ("frames", _world.JointFrames), ("numbers", _world.JointNumbers));
            return launch.BindIndex("joint", Own(new IndexBuffer("joint", Enumerable.Range(0, Worlds).Select(w => _world.Element(joint, w)).ToArray())));
        }

        private Launch ParameterLaunch(Kernel kernel, Buffer parameters) => new Launch(kernel, Worlds).BindAll(kernel, ("targets", _targets), ("parameters", parameters));

        // Points that no target drives stay as the world was built.
        private IEnumerable<Launch> PointLaunches(WorldKernels kernels, Control[] controls)
        {
            for (int t = 0; t < kernels.Targets.Count; t++)
            {
                SceneValue target = kernels.Targets[t];
                if (target.Kind != SceneValueKind.Control) continue;
                var elements = new IndexBuffer("element", Enumerable.Range(0, Worlds).Select(w => _world.Element(target.Axis, w)).ToArray());
                yield return new Launch(kernels.Point, Worlds).Bind("value", _targets, t).Bind("point", controls[target.Owner].Points).BindIndex("element", Own(elements));
            }
        }

        private void AddJoints()
        {
            // Copies of states leave the world's own body out, which is the last.
            Body ground = WorldJoints.NeedsWorld(_scene) ? _world.AddStatic(null, "world") : null;
            Body BodyOf(string name) => name == null ? ground : _world.Bodies[WorldJoints.BodyOf(_scene, name)];
            foreach (SceneJoint joint in _scene.Joints) WorldJoints.Add(_world, _scene, joint, BodyOf(joint.A), BodyOf(joint.B));
        }

        private void Add(int index)
        {
            SceneBody body = _scene.Bodies[index];
            // States and shapes are put right for a centre of mass elsewhere by the kernels, before the first step.
            Body added = body.IsDynamic ? _world.AddBody(ShapeOf(index), body.Name) : _world.AddStatic(ShapeOf(index), body.Name);
            DoubleQuaternion rotation = new DoubleQuaternion(body.Rotation[0], body.Rotation[1], body.Rotation[2], body.Rotation[3]);
            if (body.Shape.Type == "plane")
            {
                double[] n = body.Shape.Normal;
                rotation = PlaneShape.PoseFor(new Double3(n[0], n[1], n[2]), 0).Rotation;
            }
            added.At(new Pose(Vector(SceneValueKind.Position, index), rotation.Normalised()));
            int material = _scene.Materials.FindIndex(m => m.Name == body.Material);
            added.MadeOf(material < 0 ? 0.5 : Number(SceneValueKind.Friction, material), material < 0 ? 0 : Number(SceneValueKind.Restitution, material));
            if (!body.IsDynamic) return;
            added.Moving(Vector(SceneValueKind.Velocity, index)).Spinning(Vector(SceneValueKind.AngularVelocity, index));
            added.Weighing(MassOf(index));
            if (body.Inertia == null) return;
            Double3 moments = Vector(SceneValueKind.Inertia, index);
            added.WithInertia(moments.X, moments.Y, moments.Z);
        }

        private Shape ShapeOf(int body)
        {
            switch (_scene.Bodies[body].Shape.Type)
            {
                case "sphere": return new SphereShape(Number(SceneValueKind.Radius, body));
                case "box": return new BoxShape(Vector(SceneValueKind.HalfSize, body));
                case "capsule": return new CapsuleShape(Number(SceneValueKind.Radius, body), Number(SceneValueKind.HalfHeight, body));
                default: return new PlaneShape();
            }
        }

        private double MassOf(int index)
        {
            SceneBody body = _scene.Bodies[index];
            if (_numbers.TryGetValue((SceneValueKind.Mass, index, 0), out double mass)) return mass;
            double r = body.Shape.Type == "box" ? 0 : Number(SceneValueKind.Radius, index);
            Double3 half = body.Shape.Type == "box" ? Vector(SceneValueKind.HalfSize, index) : Double3.Zero;
            switch (body.Shape.Type)
            {
                case "sphere": return body.Density * (4.0 / 3 * Math.PI) * r * r * r;
                case "box": return body.Density * 8 * half.X * half.Y * half.Z;
                default: return body.Density * Math.PI * r * r * (2 * Number(SceneValueKind.HalfHeight, index) + 4.0 / 3 * r);
            }
        }

        private double Number(SceneValueKind kind, int owner = 0, int axis = 0) => _numbers[(kind, owner, axis)];

        private Double3 Vector(SceneValueKind kind, int owner) => new Double3(Number(kind, owner, 0), Number(kind, owner, 1), Number(kind, owner, 2));

        private static (SceneValueKind, int, int) Key(SceneValue value) => (value.Kind, value.Owner, value.Axis);

        private T Own<T>(T item)
            where T : IDisposable
        {
            _owned.Add(item);
            return item;
        }
    }
}
