using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>The scene document: what may stand in it, how it is read and written, and its JSON Schema.</summary>
    public static class SceneFormat
    {
        /// <summary>Types of shapes.</summary>
        public static IReadOnlyList<string> ShapeTypes => DescribeShapes().Types;

        /// <summary>Types of losses.</summary>
        public static IReadOnlyList<string> LossTypes => LossFormat.Describe().Types;

        /// <summary>Ways in which particles move.</summary>
        public static IReadOnlyList<string> Integrators { get; } = new[] { "ballistic", "symplectic", "constraints" };

        /// <summary>Reads a document and checks everything in it.</summary>
        /// <param name="document">The root of the document.</param>
        /// <param name="file">Its file, for errors and relative paths; null for none.</param>
        /// <exception cref="SceneException">The first thing that is wrong.</exception>
        public static Scene Read(DocumentNode document, string file = null)
        {
            var context = new ReadContext(file);
            DocumentNode version = document.Kind == NodeKind.Object ? document.Find("version") : null;
            if (version != null && version.Kind == NodeKind.Number && version.Number != Scene.CurrentVersion)
                throw context.Error(version, "version", $"found {version.Describe()}, expected {Scene.CurrentVersion}, the version this program reads");
            Scene scene = DescribeScene().Read(document, "", context);
            scene.File = file;
            SceneValidator.Validate(scene, context.Lines);
            return scene;
        }

        /// <summary>Writes a scene; what has its default value is left out.</summary>
        /// <param name="scene">The scene.</param>
        public static DocumentNode Write(Scene scene) => DescribeScene().Write(scene);

        /// <summary>A copy that shares nothing with the original.</summary>
        /// <param name="scene">The scene.</param>
        public static Scene Copy(Scene scene) => Read(Write(scene), scene.File);

        /// <summary>The JSON Schema (draft 2020-12) of the document.</summary>
        public static DocumentNode Schema()
        {
            DocumentNode schema = DocumentNode.Object()
                .Add("$schema", DocumentNode.Of("https://json-schema.org/draft/2020-12/schema"))
                .Add("title", DocumentNode.Of("DiffPhysics scene, version " + Scene.CurrentVersion));
            DocumentNode root = DescribeScene().Schema();
            for (int i = 0; i < root.Items.Count; i++) schema.Add(root.Names[i], root.Items[i]);
            return schema;
        }

        private static ObjectFormat<Scene> DescribeScene()
        {
            var materials = new ObjectFormat<SceneMaterial>("A surface.")
                .Number("friction", NumberRule.NotNegative, m => m.Friction, (m, v) => m.Friction = v, "Coulomb friction coefficient.")
                .Number("restitution", NumberRule.Fraction, m => m.Restitution, (m, v) => m.Restitution = v, "Speed after over speed before an impact.")
                .Number("rollingFriction", NumberRule.NotNegative, m => m.RollingFriction, (m, v) => m.RollingFriction = v, "Largest torque against rolling over the normal force, in m.")
                .Number("torsionalFriction", NumberRule.NotNegative, m => m.TorsionalFriction, (m, v) => m.TorsionalFriction = v, "Largest torque against spinning about the normal over the normal force, in m.")
                .Number("frequency", NumberRule.NotNegative, m => m.Frequency, (m, v) => m.Frequency = v, "Frequency of soft contacts in Hz; 0 for rigid.")
                .Number("dampingRatio", NumberRule.NotNegative, m => m.DampingRatio, (m, v) => m.DampingRatio = v, "Damping ratio of soft contacts; 1 is critical.");
            var recordings = new ObjectFormat<SceneRecording>("A recorded motion of one body, or of many particles: a CSV file, or samples in place.")
                .Text("path", r => r.Path, (r, v) => r.Path = v, "CSV file, relative to this scene; with * in its name, several files, each of which is run. Columns t, x, y, z, and optionally qx qy qz qw, vx vy vz, wx wy wz; empty cells are missing samples.")
                .Text("of", r => r.Of, (r, v) => r.Of = v, "Whose motion it is: that of a body, or that of many particles of a deformable. Then the columns are t, particle, x, y, z.", choices: new[] { "body", "particles" })
                .Add("samples", new TableFormat(4, 5, "a list of rows [t, x, y, z]"), r => r.Samples, (r, v) => r.Samples = v, "Samples in place: rows of t in s and x, y, z in m; of particles rows of t, particle, x, y, z.")
                .Text("quaternionOrder", r => r.QuaternionOrder, (r, v) => r.QuaternionOrder = v, "Order of columns q0 to q3.", choices: new[] { "xyzw", "wxyz" })
                .Text("angularVelocityFrame", r => r.AngularVelocityFrame, (r, v) => r.AngularVelocityFrame = v, "Frame of wx, wy, wz.", choices: new[] { "world", "body" })
                .Text("up", r => r.Up, (r, v) => r.Up = v, "Up axis of the file; z is turned to y.", choices: new[] { "y", "z" })
                .Number("lengthScale", NumberRule.Positive, r => r.LengthScale, (r, v) => r.LengthScale = v, "Factor on recorded lengths.")
                .Number("leaveOut", NumberRule.Whole(0), r => r.LeaveOut, (r, v) => r.LeaveOut = (int)v, "Every how manieth of several files is not fitted but predicted; 0 for none.");
            var parameters = new ObjectFormat<SceneParameter>("A value that may change, alone or shared by several paths.")
                .Text("name", p => p.Name, (p, v) => p.Name = v, "Name in reports; the first path by default.")
                .Add("paths", new ListFormat<string>(new TextFormat(), "a list of at least one path", 1), p => p.Paths, (p, v) => p.Paths = v, "Paths of the values it drives, e.g. bodies.ball.velocity.x; in a path, * stands for any one word.", true)
                .Add("each", new BooleanFormat(), p => p.Each, (p, v) => p.Each = v, "Whether each of the values is a parameter of its own.")
                .Number("initial", NumberRule.Any, p => p.Initial, (p, v) => p.Initial = v, "Start value; by default the scene's own.")
                .Number("min", NumberRule.Any, p => p.Min, (p, v) => p.Min = v, "Smallest value.")
                .Number("max", NumberRule.Any, p => p.Max, (p, v) => p.Max = v, "Largest value.")
                .Number("typical", NumberRule.Positive, p => p.Typical, (p, v) => p.Typical = v, "A typical change; by default the width of the bounds or the size of the start value.")
                .Text("scale", p => p.Scale, (p, v) => p.Scale = v, "Whether differences or ratios count.", choices: new[] { "linear", "logarithmic" });
            var terms = new ObjectFormat<SceneCouplingTerm>("A summand.")
                .Text("source", t => t.Source, (t, v) => t.Source = v, "Name of a parameter or path of a driven value.", true)
                .Number("factor", NumberRule.Any, t => t.Factor, (t, v) => t.Factor = v, "Factor of the source.");
            var couplings = new ObjectFormat<SceneCoupling>("A value that follows others: target = offset + sum of factor x source.")
                .Text("target", c => c.Target, (c, v) => c.Target = v, "Path of the value that follows.", true)
                .Number("offset", NumberRule.Any, c => c.Offset, (c, v) => c.Offset = v, "Constant summand.")
                .Add("terms", new ListFormat<SceneCouplingTerm>(terms, "a list of at least one summand", 1), c => c.Terms, (c, v) => c.Terms = v, "Summands.", true);

            return new ObjectFormat<Scene>("A scene: what is simulated, what may change, and what should happen. SI units; y up unless gravity says otherwise; quaternions x y z w.")
                .Text("$schema", s => null, (s, v) => { }, "Where the schema of this document is.")
                .Number("version", NumberRule.Whole(1), s => s.Version, (s, v) => s.Version = (int)v, "Version of the format: 1.", true)
                .Text("name", s => s.Name, (s, v) => s.Name = v, "Name, for people and output folders.")
                .Text("description", s => s.Description, (s, v) => s.Description = v, "What the scene shows.")
                .Add("gravity", new VectorFormat(3, 3), s => s.Gravity, (s, v) => s.Gravity = v, "Gravity in m/s^2.")
                .Add("simulation", DescribeSimulation(), s => s.Simulation, (s, v) => s.Simulation = v, "Duration and step.", true)
                .Map("materials", materials, s => s.Materials, m => m.Name, (m, n) => m.Name = n, "Materials by name.")
                .Map("bodies", DescribeBody(), s => s.Bodies, b => b.Name, (b, n) => b.Name = n, "Bodies by name.")
                .Map("deformables", DeformableFormat.Describe(), s => s.Deformables, d => d.Name, (d, n) => d.Name = n, "Springs, cloth, ropes and soft bodies by name.")
                .Map("joints", JointFormat.Describe(), s => s.Joints, j => j.Name, (j, n) => j.Name = n, "Joints by name.")
                .Map("forces", ForceFormat.Describe(), s => s.Forces, f => f.Name, (f, n) => f.Name = n, "Forces on bodies, by name.")
                .Map("controls", ControlFormat.Describe(), s => s.Controls, c => c.Name, (c, n) => c.Name = n, "Numbers over time, by name.")
                .Map("controllers", ControllerFormat.Describe(), s => s.Controllers, c => c.Name, (c, n) => c.Name = n, "Feedback controllers by name.")
                .Map("recordings", recordings, s => s.Recordings, r => r.Name, (r, n) => r.Name = n, "Recorded motions by name.")
                .Add("parameters", new ListFormat<SceneParameter>(parameters, "a list of parameters"), s => s.Parameters, (s, v) => s.Parameters = v, "What may change.")
                .Add("couplings", new ListFormat<SceneCoupling>(couplings, "a list of couplings"), s => s.Couplings, (s, v) => s.Couplings = v, "Values that follow.")
                .Add("losses", new ListFormat<SceneLoss>(LossFormat.Describe(), "a list of losses"), s => s.Losses, (s, v) => s.Losses = v, "What should happen; the loss is the weighted sum.")
                .Add("tuning", TuningFormat.Describe(), s => s.Tuning, (s, v) => s.Tuning = v, "How to search.");
        }

        private static ObjectFormat<SimulationSettings> DescribeSimulation()
        {
            return new ObjectFormat<SimulationSettings>("How long and in what steps.")
                .Number("duration", NumberRule.Positive, s => s.Duration, (s, v) => s.Duration = v, "Simulated time in s.", true)
                .Number("frameRate", NumberRule.Positive, s => s.FrameRate, (s, v) => s.FrameRate = v, "Frames per second, at least.")
                .Number("substeps", NumberRule.Whole(1, 1000), s => s.Substeps, (s, v) => s.Substeps = (int)v, "Substeps in a frame.")
                .Number("restitutionThreshold", NumberRule.Positive, s => s.RestitutionThreshold, (s, v) => s.RestitutionThreshold = v, "Closing speed in m/s up to which a contact lasts and has no restitution.")
                .Text("integrator", s => s.Integrator, (s, v) => s.Integrator = v, "How particles move: explicit forces with exact flight, explicit forces by symplectic Euler, or soft constraints.", choices: Integrators)
                .Number("iterations", NumberRule.Whole(1, 1000), s => s.Iterations, (s, v) => s.Iterations = (int)v, "Sweeps over soft constraints in a substep.")
                .Number("particleRadius", NumberRule.NotNegative, s => s.ParticleRadius, (s, v) => s.ParticleRadius = v, "How far from surfaces particles are held, in m.")
                .Add("particlesTouchBodies", new BooleanFormat(), s => s.ParticlesTouchBodies, (s, v) => s.ParticlesTouchBodies = v, "Whether particles touch all bodies, moving ones too; otherwise they touch those that stand still.")
                .Add("particlesTouchOneAnother", new BooleanFormat(), s => s.ParticlesTouchOneAnother, (s, v) => s.ParticlesTouchOneAnother = v, "Whether particles touch one another.")
                .Number("particleFriction", NumberRule.NotNegative, s => s.ParticleFriction, (s, v) => s.ParticleFriction = v, "Friction of particles that touch bodies or one another.")
                .Number("particleRestitution", NumberRule.Fraction, s => s.ParticleRestitution, (s, v) => s.ParticleRestitution = v, "Restitution of particles that touch bodies.");
        }

        private static ObjectFormat<SceneBody> DescribeBody()
        {
            return new ObjectFormat<SceneBody>("A body.")
                .Text("motion", b => b.Motion, (b, v) => b.Motion = v, "Whether it moves.", choices: new[] { "dynamic", "static" })
                .Add("shape", DescribeShapes(), b => b.Shape, (b, v) => b.Shape = v, "Its shape.", true)
                .Text("material", b => b.Material, (b, v) => b.Material = v, "Name of its material; by default friction 0.5 and restitution 0.")
                .Number("mass", NumberRule.Positive, b => b.Mass, (b, v) => b.Mass = v, "Mass in kg; by default from shape and density.")
                .Number("density", NumberRule.Positive, b => b.Density, (b, v) => b.Density = v, "Density in kg/m^3.")
                .Add("inertia", new VectorFormat(3, 3, NumberRule.Positive), b => b.Inertia, (b, v) => b.Inertia = v, "Principal moments in kg m^2; by default from shape and mass.")
                .Add("centreOfMass", new VectorFormat(3, 3), b => b.CentreOfMass, (b, v) => b.CentreOfMass = v, "Centre of mass in the body's frame in m; by default the shape's centre.")
                .Add("position", new VectorFormat(3, 3), b => b.Position, (b, v) => b.Position = v, "Centre of the shape in m; a point of a plane.")
                .Add("rotation", new VectorFormat(4, 4), b => b.Rotation, (b, v) => b.Rotation = v, "Unit quaternion x y z w, body to world.")
                .Add("velocity", new VectorFormat(3, 3), b => b.Velocity, (b, v) => b.Velocity = v, "Velocity in m/s.")
                .Add("angularVelocity", new VectorFormat(3, 3), b => b.AngularVelocity, (b, v) => b.AngularVelocity = v, "Angular velocity in rad/s, world frame.")
                .Text("startFrom", b => b.StartFrom, (b, v) => b.StartFrom = v, "Recording whose first sample gives position, rotation and velocities at the start.")
                .Number("startFlight", NumberRule.NotNegative, b => b.StartFlight, (b, v) => b.StartFlight = v, "Time in s, at most, over which the start is fitted to the recording as free flight; 0 takes the first sample.");
        }

        private static VariantFormat<SceneShape> DescribeShapes()
        {
            var shapes = new VariantFormat<SceneShape>(s => s.Type, (s, v) => s.Type = v);
            shapes.Variant("sphere", "A ball.")
                .Number("radius", NumberRule.Positive, s => s.Radius, (s, v) => s.Radius = v, "Radius in m.", true);
            shapes.Variant("box", "A box.")
                .Add("halfSize", new VectorFormat(3, 3, NumberRule.Positive), s => s.HalfSize, (s, v) => s.HalfSize = v, "Half edge lengths in m.", true);
            shapes.Variant("capsule", "A capsule along the body's y axis.")
                .Number("radius", NumberRule.Positive, s => s.Radius, (s, v) => s.Radius = v, "Radius in m.", true)
                .Number("halfHeight", NumberRule.Positive, s => s.HalfHeight, (s, v) => s.HalfHeight = v, "Half length of the axis in m.", true);
            shapes.Variant("plane", "A half space; static only.")
                .Add("normal", new VectorFormat(3, 3), s => s.Normal, (s, v) => s.Normal = v, "Outward unit normal.", true);
            return shapes;
        }
    }
}
