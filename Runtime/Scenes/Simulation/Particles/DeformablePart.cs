using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Physics;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Scenes
{
    /// <summary>A deformable in a world of particles: how it is added, and where its numbers went.</summary>
    internal sealed class DeformablePart
    {
        // What is zero is left out of kernels; a number that is driven from zero on must not be.
        private const double Tiny = 1e-300;
        private readonly SceneDeformable _deformable;
        private readonly string _path;
        private readonly DeformableShape _shape;
        private readonly ParticleWorld _world;
        private readonly AffineWrites _writes;
        private readonly Pose _pose;
        private readonly int _first;
        private readonly List<ElementSet> _sets = new List<ElementSet>();
        private readonly Attachments _attachments;

        public DeformablePart(SceneDeformable deformable, DeformableShape shape, ParticleWorld world, IReadOnlyList<Body> bodies, Scene scene, AffineWrites writes)
        {
            _deformable = deformable;
            _path = "deformables." + deformable.Name + ".";
            _shape = shape;
            _world = world;
            _writes = writes;
            double[] q = deformable.Rotation;
            _pose = new Pose(Vector(deformable.Position), new DoubleQuaternion(q[0], q[1], q[2], q[3]).Normalised());
            _first = world.Count;
            Add();
            foreach (int pin in deformable.Pins) world.Pin(_first + pin);
            if (deformable.Attachments.Count == 0) return;
            _attachments = world.Attach(
                deformable.Attachments.Select(a => (_first + a.Particle, bodies[scene.Bodies.FindIndex(b => b.Name == a.Body)])).ToArray(),
                deformable.Attachments.Select(a => a.Stiffness).ToArray(), deformable.Attachments.Select(a => a.Damping).ToArray());
        }

        // After the world was built: writes what its adding could not say, and ties targets to buffers.
        public void Wire(Scene scene)
        {
            WireStart();
            WireRest();
            for (int p = 0; p < _shape.Points.Count; p++)
            {
                _world.Drag[_first + p] = _deformable.Effective("linearDrag")[0];
                for (int w = 1; w < _world.Drag.Worlds; w++) _world.Drag[_first + p, 0, w] = _world.Drag[_first + p];
                _writes.Drive(_path + "linearDrag", _world.Drag, _first + p, 0);
            }
            foreach (DeformableNumber number in DeformableNumber.Of(_deformable.Type))
            {
                int count = _deformable.Effective(number.Word)?.Length ?? 0;
                for (int k = 0; k < count; k++) WireNumber(number, k, count);
            }
            WireAttachments(scene);
        }

        private void Add()
        {
            switch (_deformable.Type)
            {
                case "springs":
                    double[] masses = _deformable.Effective("mass");
                    for (int p = 0; p < _shape.Points.Count; p++) _world.AddParticle(_pose.TransformPoint(_shape.Points[p]), masses[masses.Length == 1 ? 0 : p]);
                    if (_deformable.Springs.Length == 0) return;
                    double[] rest = _deformable["restLength"] ?? Lengths().Select(l => l * _deformable.Effective("restScale")[0]).ToArray();
                    _sets.Add(_world.AddSprings(_deformable.Springs.Select(s => (_first + s[0], _first + s[1])).ToArray(), Number("stiffness"), Number("damping"), rest, _deformable.Name).Elements);
                    return;
                case "cloth":
                    Cloth cloth = _world.AddCloth(_shape.Triangles, new ClothMaterial
                    {
                        Density = Number("density"), WarpStiffness = Number("warpStiffness"), WeftStiffness = Number("weftStiffness"), ShearStiffness = Number("shearStiffness"),
                        AreaStiffness = Number("areaStiffness"), Damping = Number("damping"), BendingStiffness = Number("bendingStiffness"), BendingDamping = Number("bendingDamping"),
                        Drag = Number("drag"), Lift = Number("lift"), AirDensity = Number("airDensity"), Wind = Vector(_deformable.Effective("wind")),
                    }, _pose, _deformable.Name);
                    _sets.AddRange(new[] { cloth.Membrane, cloth.Hinges, cloth.Air }.Where(s => s != null));
                    return;
                case "rope":
                    Rope rope = _world.AddRope(_shape.Points.Select(_pose.TransformPoint).ToArray(), new RopeMaterial
                    {
                        Density = Number("density"), StretchStiffness = Number("stretchStiffness"), BendingStiffness = Number("bendingStiffness"), Damping = Number("damping").Numbers[0],
                    }, _deformable.Name);
                    _sets.AddRange(new[] { rope.Segments, rope.Bends }.Where(s => s != null));
                    return;
                default:
                    SoftMaterial material = _deformable["young"] != null ? SoftMaterial.Elastic(Number("young"), Number("poisson")) : SoftMaterial.Lame(Number("mu"), Number("lambda"));
                    material.Density = Number("density");
                    material.Viscosity = Number("viscosity");
                    if (_deformable["activation"] != null) material.Activation = Number("activation");
                    material.Fibre = Vector(_deformable.Effective("fibre"));
                    _sets.Add(_world.AddSoftBody(_shape.Tetrahedra, material, _pose, _deformable.Name).Tetrahedra);
                    return;
            }
        }

        // x = p + R c, v = velocity + w x R c + own velocity, with the point c in the deformable's frame.
        private void WireStart()
        {
            Double3 velocity = Vector(_deformable.Velocity), spin = Vector(_deformable.AngularVelocity);
            for (int p = 0; p < _shape.Points.Count; p++)
            {
                Double3 arm = _pose.TransformDirection(_shape.Points[p]), v = velocity + Double3.Cross(spin, arm);
                if (_deformable.Velocities != null) v += Vector(_deformable.Velocities[p]);
                for (int c = 0; c < 3; c++)
                {
                    char axis = "xyz"[c];
                    _writes.Set(_world.State, _first + p, 3 + c, v[c]);
                    _writes.Drive(_path + "velocity." + axis, _world.State, _first + p, 3 + c);
                    _writes.Drive($"{_path}velocities.{p}.{axis}", _world.State, _first + p, 3 + c);
                    _writes.Drive(_path + "position." + axis, _world.State, _first + p, c);
                    Double3 column = _pose.TransformDirection(Unit(c)), turn = Double3.Cross(Unit(c), arm);
                    for (int k = 0; k < 3; k++)
                    {
                        _writes.Drive(_path + "angularVelocity." + axis, _world.State, _first + p, 3 + k, turn[k]);
                        if (_deformable.Type == "springs") _writes.Drive($"{_path}points.{p}.{axis}", _world.State, _first + p, k, column[k]);
                    }
                }
            }
        }

        // Rest shapes are differences of rest positions, so scaling these about any point scales them.
        private void WireRest()
        {
            double scale = _deformable.Effective("restScale")[0];
            if (_deformable.Type == "springs")
            {
                double[] lengths = Lengths();
                for (int s = 0; s < lengths.Length && _deformable["restLength"] == null; s++) _writes.Drive(_path + "restScale", _sets[0]["rest length"], s, 0, lengths[s]);
                return;
            }
            Buffer rest = _world.RestPosition;
            for (int p = _first; p < _first + _shape.Points.Count; p++)
            {
                for (int c = 0; c < 3; c++)
                {
                    double whole = rest[p, c];
                    for (int w = 0; w < rest.Worlds; w++) rest[p, c, w] = scale * whole;
                    _writes.Drive(_path + "restScale", rest, p, c, whole);
                }
            }
        }

        private void WireNumber(DeformableNumber number, int k, int count)
        {
            string path = _path + number.PathOf(k, count);
            if (number.Word == "mass")
            {
                for (int p = 0; p < _shape.Points.Count; p++)
                {
                    if (count == 1 || p == k) _writes.Drive(path, _world.PointMass, _first + p, 0);
                }
                return;
            }
            foreach (ElementSet set in _sets.Where(s => s.Kind.Parameters.Any(p => p.Name == number.ElementName)))
            {
                Buffer buffer = set[number.ElementName];
                if (number.IsVector) _writes.Drive(path, buffer, 0, k);
                else if (count == buffer.Elements) _writes.Drive(path, buffer, k, 0);
                else
                {
                    for (int e = 0; e < buffer.Elements; e++) _writes.Drive(path, buffer, e, 0);
                }
            }
        }

        // The anchor R^T (x - p) in the frame of the body's centre of mass at p, turned by R, for the particle's start x.
        private void WireAttachments(Scene scene)
        {
            for (int k = 0; k < _deformable.Attachments.Count; k++)
            {
                SceneAttachment tie = _deformable.Attachments[k];
                SceneBody body = scene.Bodies.Find(b => b.Name == tie.Body);
                double[] q = body.Rotation;
                DoubleQuaternion toBody = new DoubleQuaternion(-q[0], -q[1], -q[2], q[3]).Normalised();
                for (int c = 0; c < 3; c++)
                {
                    if (body.CentreOfMass != null) _attachments.Anchor[k, c] -= body.CentreOfMass[c];
                    _writes.Drive($"bodies.{tie.Body}.centreOfMass.{"xyz"[c]}", _attachments.Anchor, k, c, -1);
                    Double3 column = toBody.Rotate(Unit(c));
                    for (int row = 0; row < 3; row++)
                    {
                        _writes.Drive($"{_path}position.{"xyz"[c]}", _attachments.Anchor, k, row, column[row]);
                        _writes.Drive($"bodies.{tie.Body}.position.{"xyz"[c]}", _attachments.Anchor, k, row, -column[row]);
                    }
                }
                _writes.Drive($"{_path}attachments.{k}.stiffness", _attachments.Stiffness, k, 0);
                _writes.Drive($"{_path}attachments.{k}.damping", _attachments.Damping, k, 0);
            }
        }

        private ElementValues Number(string word)
        {
            double[] values = _deformable.Effective(word);
            DeformableNumber number = DeformableNumber.Of(_deformable.Type).First(n => n.Word == word);
            return values.Select((v, k) => v == 0 && _writes.Drives(_path + number.PathOf(k, values.Length)) ? Tiny : v).ToArray();
        }

        private double[] Lengths() => _deformable.Springs.Select(s => Double3.Distance(_shape.Points[s[0]], _shape.Points[s[1]])).ToArray();

        private static Double3 Unit(int axis) => axis == 0 ? Double3.UnitX : axis == 1 ? Double3.UnitY : Double3.UnitZ;

        private static Double3 Vector(double[] v) => new Double3(v[0], v[1], v[2]);
    }
}
