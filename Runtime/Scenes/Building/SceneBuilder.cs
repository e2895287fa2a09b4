using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>Builds a scene in code, in the words of the document.</summary>
    public sealed class SceneBuilder
    {
        private readonly Scene _scene = new Scene();

        /// <summary>Begins a scene.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="description">What it shows.</param>
        public SceneBuilder(string name, string description = "")
        {
            _scene.Name = name;
            _scene.Description = description;
        }

        /// <summary>Sets gravity in m/s^2.</summary>
        /// <param name="x">x component.</param>
        /// <param name="y">y component.</param>
        /// <param name="z">z component.</param>
        public SceneBuilder Gravity(double x, double y, double z)
        {
            _scene.Gravity = new[] { x, y, z };
            return this;
        }

        /// <summary>Sets how long and how finely is simulated.</summary>
        /// <param name="duration">Time in s.</param>
        /// <param name="frameRate">Frames per second, at least.</param>
        /// <param name="substeps">Substeps in a frame.</param>
        /// <param name="change">Further changes, or null.</param>
        public SceneBuilder Simulate(double duration, double frameRate = 60, int substeps = 1, Action<SimulationSettings> change = null)
        {
            _scene.Simulation = new SimulationSettings { Duration = duration, FrameRate = frameRate, Substeps = substeps };
            change?.Invoke(_scene.Simulation);
            return this;
        }

        /// <summary>Adds a material.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="friction">Friction coefficient.</param>
        /// <param name="restitution">Restitution, zero to one.</param>
        /// <param name="change">Further changes, or null.</param>
        public SceneBuilder Material(string name, double friction, double restitution, Action<SceneMaterial> change = null)
        {
            var material = new SceneMaterial { Name = name, Friction = friction, Restitution = restitution };
            change?.Invoke(material);
            _scene.Materials.Add(material);
            return this;
        }

        /// <summary>Adds a static plane.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="point">A point of it in m.</param>
        /// <param name="normal">Its outward unit normal.</param>
        /// <param name="material">Its material, or null.</param>
        public SceneBuilder Plane(string name, double[] point, double[] normal, string material = null)
        {
            _scene.Bodies.Add(new SceneBody { Name = name, Motion = "static", Material = material, Position = point, Shape = new SceneShape { Type = "plane", Normal = normal } });
            return this;
        }

        /// <summary>Adds a ball.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="radius">Radius in m.</param>
        /// <param name="position">Centre in m.</param>
        /// <param name="velocity">Velocity in m/s, or null for rest.</param>
        /// <param name="material">Its material, or null.</param>
        /// <param name="mass">Mass in kg, or NaN to take it from a density of 1000 kg/m^3.</param>
        /// <param name="change">Further changes, or null.</param>
        public SceneBuilder Sphere(string name, double radius, double[] position, double[] velocity = null, string material = null, double mass = double.NaN, Action<SceneBody> change = null)
        {
            return Body(name, new SceneShape { Type = "sphere", Radius = radius }, position, velocity, material, mass, change);
        }

        /// <summary>Adds a box.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="halfSize">Half edge lengths in m.</param>
        /// <param name="position">Centre in m.</param>
        /// <param name="velocity">Velocity in m/s, or null for rest.</param>
        /// <param name="material">Its material, or null.</param>
        /// <param name="mass">Mass in kg, or NaN to take it from a density of 1000 kg/m^3.</param>
        /// <param name="change">Further changes, or null.</param>
        public SceneBuilder Box(string name, double[] halfSize, double[] position, double[] velocity = null, string material = null, double mass = double.NaN, Action<SceneBody> change = null)
        {
            return Body(name, new SceneShape { Type = "box", HalfSize = halfSize }, position, velocity, material, mass, change);
        }

        /// <summary>Adds a capsule along its own y axis.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="radius">Radius in m.</param>
        /// <param name="halfHeight">Half length of the axis in m.</param>
        /// <param name="position">Centre in m.</param>
        /// <param name="velocity">Velocity in m/s, or null for rest.</param>
        /// <param name="material">Its material, or null.</param>
        /// <param name="mass">Mass in kg, or NaN to take it from a density of 1000 kg/m^3.</param>
        /// <param name="change">Further changes, or null.</param>
        public SceneBuilder Capsule(string name, double radius, double halfHeight, double[] position, double[] velocity = null, string material = null, double mass = double.NaN, Action<SceneBody> change = null)
        {
            return Body(name, new SceneShape { Type = "capsule", Radius = radius, HalfHeight = halfHeight }, position, velocity, material, mass, change);
        }

        /// <summary>Adds particles joined by damped springs.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="points">Positions of the particles in m.</param>
        /// <param name="springs">Pairs of particles that springs join.</param>
        /// <param name="change">Gives masses, stiffnesses and so on, or null.</param>
        public SceneBuilder Springs(string name, double[][] points, int[][] springs, Action<SceneDeformable> change = null)
        {
            return Deformable(new SceneDeformable { Name = name, Type = "springs", Points = points, Springs = springs }, change);
        }

        /// <summary>Adds a flat cloth in its plane y = 0.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="columns">Vertices along x.</param>
        /// <param name="rows">Vertices along z.</param>
        /// <param name="width">Extent along x in m.</param>
        /// <param name="length">Extent along z in m.</param>
        /// <param name="change">Gives it material, pins and so on, or null.</param>
        public SceneBuilder Cloth(string name, int columns, int rows, double width, double length, Action<SceneDeformable> change = null)
        {
            var mesh = new SceneMesh { Type = "sheet", Columns = columns, Rows = rows, Size = new[] { width, length } };
            return Deformable(new SceneDeformable { Name = name, Type = "cloth", Mesh = mesh }, change);
        }

        /// <summary>Adds a straight rope.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="from">Where it begins, in m.</param>
        /// <param name="to">Where it ends, in m.</param>
        /// <param name="segments">Number of its segments.</param>
        /// <param name="change">Gives it material, pins and so on, or null.</param>
        public SceneBuilder Rope(string name, double[] from, double[] to, int segments, Action<SceneDeformable> change = null)
        {
            return Deformable(new SceneDeformable { Name = name, Type = "rope", From = from, To = to, Segments = segments }, change);
        }

        /// <summary>Adds a soft box.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="size">Extents in m.</param>
        /// <param name="cells">Cells along the axes.</param>
        /// <param name="change">Gives it material and so on: at least <c>young</c> and <c>poisson</c>, or <c>mu</c> and <c>lambda</c>.</param>
        public SceneBuilder SoftBox(string name, double[] size, int[] cells, Action<SceneDeformable> change)
        {
            var mesh = new SceneMesh { Type = "box", Size = size, Cells = cells };
            return Deformable(new SceneDeformable { Name = name, Type = "soft", Mesh = mesh }, change);
        }

        /// <summary>Adds any deformable.</summary>
        /// <param name="deformable">The deformable.</param>
        /// <param name="change">Further changes, or null.</param>
        public SceneBuilder Deformable(SceneDeformable deformable, Action<SceneDeformable> change = null)
        {
            change?.Invoke(deformable);
            _scene.Deformables.Add(deformable);
            return this;
        }

        /// <summary>Adds a joint.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="type">One of <see cref="SceneJoint.Types"/>.</param>
        /// <param name="a">A body; null for the world.</param>
        /// <param name="b">The other body.</param>
        /// <param name="anchor">Where it holds, in m, where the bodies start.</param>
        /// <param name="axis">Direction of its axis, or null for x.</param>
        /// <param name="change">Gives it limits, springs, drives and so on, or null.</param>
        public SceneBuilder Joint(string name, string type, string a, string b, double[] anchor, double[] axis = null, Action<SceneJoint> change = null)
        {
            var joint = new SceneJoint { Name = name, Type = type, A = a, B = b, Anchor = anchor, Axis = axis ?? new double[] { 1, 0, 0 } };
            change?.Invoke(joint);
            _scene.Joints.Add(joint);
            return this;
        }

        /// <summary>Adds a wheel on a suspension: a joint that lets it turn about its axle, and move along the suspension.</summary>
        /// <param name="name">The joint's name.</param>
        /// <param name="chassis">What the suspension is fixed to.</param>
        /// <param name="wheel">The wheel.</param>
        /// <param name="centre">Its centre in m, where the bodies start.</param>
        /// <param name="axle">Direction of the axle.</param>
        /// <param name="stiffness">Of the suspension, in N/m.</param>
        /// <param name="damping">Of the suspension, in N s/m.</param>
        /// <param name="change">Gives it stops, a drive, another direction of the suspension than y and so on, or null.</param>
        public SceneBuilder Wheel(string name, string chassis, string wheel, double[] centre, double[] axle, double stiffness, double damping, Action<SceneJoint> change = null)
        {
            return Joint(name, "wheel", chassis, wheel, centre, axle, j =>
            {
                j[JointNumber.Stiffness] = stiffness;
                j[JointNumber.Damping] = damping;
                change?.Invoke(j);
            });
        }

        /// <summary>Adds a rope over two pulleys that are fixed in the world.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="a">A body.</param>
        /// <param name="b">Another body.</param>
        /// <param name="anchorA">Where the rope holds A, in m.</param>
        /// <param name="anchorB">Where the rope holds B, in m.</param>
        /// <param name="pulleyA">Pulley that A hangs from, in m.</param>
        /// <param name="pulleyB">Pulley that B hangs from, in m.</param>
        /// <param name="ratio">Factor of the length to B.</param>
        public SceneBuilder Pulley(string name, string a, string b, double[] anchorA, double[] anchorB, double[] pulleyA, double[] pulleyB, double ratio = 1)
        {
            return Joint(name, "pulley", a, b, anchorA, null, j => (j.AnchorB, j.PulleyA, j.PulleyB, j.Ratio) = (anchorB, pulleyA, pulleyB, ratio));
        }

        /// <summary>Adds a gear between the second bodies of two hinges: angle of the first + ratio times angle of the second stays 0.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="first">A hinge on the world or a static body, added before.</param>
        /// <param name="second">Another such hinge.</param>
        /// <param name="ratio">Not 0.</param>
        public SceneBuilder Gear(string name, string first, string second, double ratio)
        {
            _scene.Joints.Add(new SceneJoint { Name = name, Type = "gear", First = first, Second = second, Ratio = ratio });
            return this;
        }

        /// <summary>Adds a force on all dynamic bodies, or a thruster on one.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="type">One of <see cref="SceneForce.Types"/>.</param>
        /// <param name="change">Gives it its numbers, or null.</param>
        public SceneBuilder Force(string name, string type, Action<SceneForce> change = null)
        {
            var force = new SceneForce { Name = name, Type = type };
            change?.Invoke(force);
            _scene.Forces.Add(force);
            return this;
        }

        /// <summary>Adds a number over time.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="target">What it sets, e.g. <c>bodies.ball.force.x</c> or <c>joints.hip.driveForce</c>.</param>
        /// <param name="shape">One of <see cref="SceneControl.Shapes"/>.</param>
        /// <param name="points">Values at equal distances in time, from 0 to the simulation's duration.</param>
        public SceneBuilder Control(string name, string target, string shape, params double[] points)
        {
            _scene.Controls.Add(new SceneControl { Name = name, Target = target, Shape = shape, Points = points });
            return this;
        }

        /// <summary>Adds a feedback controller: outputs = bias + gains (references - inputs).</summary>
        /// <param name="name">Its name.</param>
        /// <param name="inputs">What it reads, separated by blanks, e.g. <c>bodies.drone.position.y joints.hip.speed</c>.</param>
        /// <param name="outputs">What it sets, separated by blanks: what a control can set.</param>
        /// <param name="gains">A row for each output, with a number for each input.</param>
        /// <param name="references">What the inputs shall be, or null for zeros.</param>
        /// <param name="bias">Outputs where the inputs are what they shall be, or null for zeros.</param>
        public SceneBuilder Feedback(string name, string inputs, string outputs, double[][] gains, double[] references = null, double[] bias = null)
        {
            _scene.Controllers.Add(new SceneController { Name = name, Inputs = Words(inputs), Outputs = Words(outputs), Gains = gains, References = references, Bias = bias });
            return this;
        }

        /// <summary>Adds a feedback controller that is a network: layers tanh(W x + b), the last one without tanh.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="inputs">What it reads, separated by blanks.</param>
        /// <param name="outputs">What it sets, separated by blanks.</param>
        /// <param name="hidden">Sizes of the layers in between.</param>
        /// <param name="weights">Layer by layer the rows of W, each row followed by its bias; null for random ones.</param>
        /// <param name="seed">Seed of random weights.</param>
        public SceneBuilder Network(string name, string inputs, string outputs, int[] hidden, double[] weights = null, int seed = 1)
        {
            _scene.Controllers.Add(new SceneController { Name = name, Type = "network", Inputs = Words(inputs), Outputs = Words(outputs), Hidden = hidden, Weights = weights, Seed = seed });
            return this;
        }

        /// <summary>Adds a recording with samples in place.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="samples">Rows of t in s and x, y, z in m.</param>
        public SceneBuilder Recording(string name, params double[][] samples)
        {
            _scene.Recordings.Add(new SceneRecording { Name = name, Samples = samples });
            return this;
        }

        /// <summary>Adds a recording that stands in a CSV file.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="path">The file, relative to the scene's.</param>
        /// <param name="change">States conventions of the file, or null.</param>
        public SceneBuilder Recording(string name, string path, Action<SceneRecording> change = null)
        {
            var recording = new SceneRecording { Name = name, Path = path };
            change?.Invoke(recording);
            _scene.Recordings.Add(recording);
            return this;
        }

        /// <summary>Lets a value change, or several together.</summary>
        /// <param name="paths">Paths of the values, separated by blanks.</param>
        /// <param name="min">Smallest value.</param>
        /// <param name="max">Largest value.</param>
        /// <param name="name">Name in reports, or null for the first path.</param>
        /// <param name="scale">Linear or logarithmic.</param>
        /// <param name="typical">Typical change, or NaN.</param>
        public SceneBuilder Tune(string paths, double min = double.NegativeInfinity, double max = double.PositiveInfinity, string name = null, ParameterScale scale = ParameterScale.Linear, double typical = double.NaN)
        {
            _scene.Parameters.Add(new SceneParameter
            {
                Name = name,
                Paths = Words(paths),
                Min = min,
                Max = max,
                Typical = typical,
                Scale = scale == ParameterScale.Logarithmic ? "logarithmic" : "linear",
            });
            return this;
        }

        /// <summary>Lets each of several values change on its own.</summary>
        /// <param name="paths">Paths of the values, separated by blanks; in a path, * stands for any one word.</param>
        /// <param name="min">Smallest value.</param>
        /// <param name="max">Largest value.</param>
        /// <param name="scale">Linear or logarithmic.</param>
        /// <param name="typical">Typical change, or NaN.</param>
        public SceneBuilder TuneEach(string paths, double min = double.NegativeInfinity, double max = double.PositiveInfinity, ParameterScale scale = ParameterScale.Linear, double typical = double.NaN)
        {
            Tune(paths, min, max, null, scale, typical);
            _scene.Parameters[_scene.Parameters.Count - 1].Each = true;
            return this;
        }

        /// <summary>Lets a value follow another: target = offset + factor x source.</summary>
        /// <param name="target">Path of the value that follows.</param>
        /// <param name="source">Parameter or path it follows.</param>
        /// <param name="factor">Factor.</param>
        /// <param name="offset">Offset.</param>
        public SceneBuilder Couple(string target, string source, double factor = 1, double offset = 0)
        {
            var coupling = new SceneCoupling { Target = target, Offset = offset };
            coupling.Terms.Add(new SceneCouplingTerm { Source = source, Factor = factor });
            _scene.Couplings.Add(coupling);
            return this;
        }

        /// <summary>Adds a wish: the body shall be at a point, at a time or at the end.</summary>
        /// <param name="body">The body.</param>
        /// <param name="point">The point in m.</param>
        /// <param name="time">Time in s, or NaN for the end.</param>
        /// <param name="axes">Components that count, or null for all.</param>
        public SceneBuilder Reach(string body, double[] point, double time = double.NaN, string axes = null)
        {
            return Loss(new SceneLoss { Type = "point", Body = body, Target = point, Time = time, Axes = axes });
        }

        /// <summary>Adds a wish: the body shall move like a recording.</summary>
        /// <param name="body">The body.</param>
        /// <param name="recording">Name of the recording.</param>
        /// <param name="axes">Components of the position that count, or null for all.</param>
        public SceneBuilder Follow(string body, string recording, string axes = null)
        {
            return Loss(new SceneLoss { Type = "recording", Body = body, Recording = recording, Axes = axes });
        }

        /// <summary>Adds a wish: the particles of a deformable shall move as they were recorded.</summary>
        /// <param name="deformable">The deformable.</param>
        /// <param name="recording">Name of a recording of particles.</param>
        public SceneBuilder FollowAll(string deformable, string recording) => Loss(new SceneLoss { Type = "particles", Body = deformable, Recording = recording });

        /// <summary>Adds any wish.</summary>
        /// <param name="loss">The wish.</param>
        public SceneBuilder Loss(SceneLoss loss)
        {
            _scene.Losses.Add(loss);
            return this;
        }

        /// <summary>Says how to search.</summary>
        /// <param name="method">Name of the method.</param>
        /// <param name="change">Further changes, or null.</param>
        public SceneBuilder Optimise(string method, Action<TuningSettings> change = null)
        {
            _scene.Tuning.Optimiser.Method = method;
            change?.Invoke(_scene.Tuning);
            return this;
        }

        /// <summary>The scene, checked.</summary>
        /// <exception cref="SceneException">The first thing that is wrong with it.</exception>
        public Scene Build()
        {
            SceneValidator.Validate(_scene);
            return _scene;
        }

        private static List<string> Words(string text) => text.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries).ToList();

        private SceneBuilder Body(string name, SceneShape shape, double[] position, double[] velocity, string material, double mass, Action<SceneBody> change)
        {
            var body = new SceneBody { Name = name, Shape = shape, Position = position, Velocity = velocity ?? new double[3], Material = material, Mass = mass };
            change?.Invoke(body);
            _scene.Bodies.Add(body);
            return this;
        }
    }
}
