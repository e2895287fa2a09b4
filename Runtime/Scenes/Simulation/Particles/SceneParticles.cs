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
    /// The deformables of a scene in a <see cref="ParticleWorld"/>, alone or beside the bodies of a world: its particles touch static bodies, or all, targets
    /// are written into its buffers, and states are copied out after every frame, all on the world's tape.
    /// </summary>
    internal sealed class SceneParticles : IDisposable
    {
        private readonly Scene _scene;
        private readonly SceneThings _things;
        private readonly ParticleWorld _world;
        private readonly Buffer _targets;
        private readonly AffineWrites _writes;
        private readonly DeformablePart[] _parts;
        private readonly List<(SceneBody Body, Obstacle Obstacle)> _obstacles = new List<(SceneBody, Obstacle)>();
        private ParticleSamples _samples;
        private Launch[] _begin;

        // bodies: those of the world beside it, in the scene's order; null when it is alone.
        public SceneParticles(Scene scene, ParticleWorld world, IReadOnlyList<Body> bodies, IReadOnlyList<SceneValue> targets, int worlds)
        {
            _scene = scene;
            _things = new SceneThings(scene);
            _world = world;
            _targets = new Buffer("targets", Math.Max(1, targets.Count), 1, Precision.Double, worlds);
            _writes = new AffineWrites(_targets, targets);
            world.ContactRadius = scene.Simulation.ParticleRadius;
            if (scene.Simulation.ParticlesTouchBodies) world.TouchBodies(scene.Simulation.ParticleFriction, scene.Simulation.ParticleRestitution);
            else foreach (SceneBody body in scene.Bodies.Where(b => !b.IsDynamic)) _obstacles.Add((body, AddObstacle(body)));
            if (scene.Simulation.ParticlesTouchOneAnother) world.TouchOneAnother(scene.Simulation.ParticleFriction);
            _parts = scene.Deformables.Select((d, i) => new DeformablePart(d, _things.Shapes[i], world, bodies, scene, _writes)).ToArray();
        }

        // How a scene's particles move.
        public static ParticleOptions Options(Scene scene) => new ParticleOptions
        {
            Precision = Precision.Double,
            TimeStep = scene.Simulation.Duration / scene.Simulation.FrameCount,
            Substeps = scene.Simulation.Substeps,
            Integrator = scene.Simulation.Integrator == "constraints" ? ParticleIntegrator.SoftConstraints : scene.Simulation.Integrator == "symplectic" ? ParticleIntegrator.Symplectic : ParticleIntegrator.Ballistic,
            Iterations = scene.Simulation.Iterations,
            RestitutionThreshold = scene.Simulation.RestitutionThreshold,
            StopsAtDivergence = false, // the simulator looks at every sample, world by world
        };

        // After the world was built.
        public void Wire()
        {
            foreach (DeformablePart part in _parts) part.Wire(_scene);
            foreach ((SceneBody body, Obstacle obstacle) in _obstacles) WireObstacle(body, obstacle);
            if (_scene.Simulation.ParticlesTouchBodies)
            {
                _writes.Drive("simulation.particleFriction", _world.ContactMaterial, 0, 0);
                _writes.Drive("simulation.particleRestitution", _world.ContactMaterial, 0, 1);
            }
            if (_scene.Simulation.ParticlesTouchOneAnother) _writes.Drive("simulation.particleFriction", _world.PairFriction, 0, 0);
            for (int c = 0; c < 3; c++) _writes.Drive("gravity." + "xyz"[c], _world.Environment, 0, c);
            _writes.Drive("simulation.duration", _world.Environment, 0, 3, 1.0 / (_scene.Simulation.FrameCount * _scene.Simulation.Substeps));
            _begin = _writes.Launches().ToArray();
            _samples = new ParticleSamples(_scene, _things, _world, _targets.Worlds);
        }

        public void Write(int world, double[] targets)
        {
            for (int t = 0; t < targets.Length; t++) _targets[t, 0, world] = targets[t];
        }

        // Before the first frame: targets go into buffers, and masses follow.
        public void Begin()
        {
            _world.Run(_begin);
            _world.Prepare();
        }

        public void Copy(int sample) => _world.Run(_samples.Copies(sample));

        // What contacts have chosen, those of bodies beside too.
        public ulong Choices(int world) => _world.Choices(world);

        public void Read(int world, int sample, Trajectories motion, int to) => _samples.Read(world, sample, motion, to);

        // Seeds the tape with tangents of the targets; whether anything reads them.
        public bool SeedTangent(double[][] directions, int first)
        {
            if (!_world.Tape.Uses(_targets)) return false;
            Buffer seeds = _world.Tape.SeedTangent(_targets);
            for (int w = 0; w < _targets.Worlds; w++)
            {
                for (int t = 0; t < directions[first + w].Length; t++) seeds[t, 0, w] = directions[first + w][t];
            }
            return true;
        }

        public void ReadTangent(int world, int sample, Trajectories tangents, int to) => _samples.ReadTangent(_world.Tape, world, sample, tangents, to);

        // Seeds the tape with cotangents; whether any is not zero.
        public bool Seed(Trajectories cotangents, int first) => _samples.Seed(_world.Tape, cotangents, first);

        // Adds what the tape knows of the targets.
        public void AddGradient(int world, double[] gradient)
        {
            if (!_world.Tape.Depends(_targets)) return;
            Buffer known = _world.Tape.Gradient(_targets);
            for (int t = 0; t < gradient.Length; t++) gradient[t] += known[t, 0, world];
        }

        public void Dispose()
        {
            _samples?.Dispose();
            _writes.Dispose();
            _targets.Dispose();
        }

        private Obstacle AddObstacle(SceneBody body)
        {
            double[] n = body.Shape.Normal, q = body.Rotation, h = body.Shape.HalfSize;
            Shape shape = body.Shape.Type == "sphere" ? new SphereShape(body.Shape.Radius)
                : body.Shape.Type == "box" ? new BoxShape(new Double3(h[0], h[1], h[2]))
                : body.Shape.Type == "capsule" ? (Shape)new CapsuleShape(body.Shape.Radius, body.Shape.HalfHeight) : new PlaneShape();
            DoubleQuaternion rotation = body.Shape.Type == "plane" ? PlaneShape.PoseFor(new Double3(n[0], n[1], n[2]), 0).Rotation : new DoubleQuaternion(q[0], q[1], q[2], q[3]).Normalised();
            SceneMaterial material = _scene.Materials.Find(m => m.Name == body.Material) ?? new SceneMaterial();
            return _world.AddObstacle(shape, new Pose(new Double3(body.Position[0], body.Position[1], body.Position[2]), rotation), material.Friction, material.Restitution, body.Name);
        }

        private void WireObstacle(SceneBody body, Obstacle obstacle)
        {
            string path = "bodies." + body.Name + ".";
            _writes.Drive(path + "shape.radius", obstacle.Geometry, 0, 0);
            _writes.Drive(path + "shape.halfHeight", obstacle.Geometry, 0, 2);
            for (int c = 0; c < 3; c++)
            {
                _writes.Drive(path + "shape.halfSize." + "xyz"[c], obstacle.Geometry, 0, 1 + c);
                _writes.Drive(path + "position." + "xyz"[c], obstacle.Geometry, 0, 4 + c);
            }
            _writes.Drive($"materials.{body.Material}.friction", obstacle.Material, 0, 0);
            _writes.Drive($"materials.{body.Material}.restitution", obstacle.Material, 0, 1);
        }
    }
}
