using System.Collections.Generic;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// A scene and what is to be done with it: bodies and materials, how long and how finely it is simulated, which
    /// values may change, what should happen, and how to search. A plain document; nothing in it runs.
    /// </summary>
    public sealed class Scene
    {
        /// <summary>Version of the format that this assembly reads and writes.</summary>
        public const int CurrentVersion = 1;

        /// <summary>Version of the format.</summary>
        public int Version { get; set; } = CurrentVersion;

        /// <summary>Name, for people and for output folders.</summary>
        public string Name { get; set; } = "scene";

        /// <summary>What the scene shows, in a sentence.</summary>
        public string Description { get; set; } = "";

        /// <summary>Gravity in m/s^2.</summary>
        public double[] Gravity { get; set; } = { 0, -9.81, 0 };

        /// <summary>Duration and step.</summary>
        public SimulationSettings Simulation { get; set; } = new SimulationSettings();

        /// <summary>Materials by name, in document order.</summary>
        public List<SceneMaterial> Materials { get; set; } = new List<SceneMaterial>();

        /// <summary>Bodies by name, in document order.</summary>
        public List<SceneBody> Bodies { get; set; } = new List<SceneBody>();

        /// <summary>Springs, cloth, ropes and soft bodies by name, in document order.</summary>
        public List<SceneDeformable> Deformables { get; set; } = new List<SceneDeformable>();

        /// <summary>Joints by name, in document order.</summary>
        public List<SceneJoint> Joints { get; set; } = new List<SceneJoint>();

        /// <summary>Forces on bodies, by name.</summary>
        public List<SceneForce> Forces { get; set; } = new List<SceneForce>();

        /// <summary>Numbers over time, by name.</summary>
        public List<SceneControl> Controls { get; set; } = new List<SceneControl>();

        /// <summary>Feedback controllers, by name.</summary>
        public List<SceneController> Controllers { get; set; } = new List<SceneController>();

        /// <summary>Recorded motions to fit, by name.</summary>
        public List<SceneRecording> Recordings { get; set; } = new List<SceneRecording>();

        /// <summary>What may change.</summary>
        public List<SceneParameter> Parameters { get; set; } = new List<SceneParameter>();

        /// <summary>Values that follow parameters.</summary>
        public List<SceneCoupling> Couplings { get; set; } = new List<SceneCoupling>();

        /// <summary>What should happen; the loss is their weighted sum.</summary>
        public List<SceneLoss> Losses { get; set; } = new List<SceneLoss>();

        /// <summary>How to search.</summary>
        public TuningSettings Tuning { get; set; } = new TuningSettings();

        /// <summary>Where the document came from, for error texts and relative paths; null when it was built in code.</summary>
        public string File { get; set; }
    }

    /// <summary>How long a scene runs and in what steps.</summary>
    public sealed class SimulationSettings
    {
        /// <summary>Simulated time in s.</summary>
        public double Duration { get; set; } = 1;

        /// <summary>
        /// Frames per second. A run has the least whole number of frames that is at least this fast, all of equal length.
        /// </summary>
        public double FrameRate { get; set; } = 60;

        /// <summary>Substeps in a frame.</summary>
        public int Substeps { get; set; } = 1;

        /// <summary>Closing speed in m/s up to which a contact has no restitution and lasts, as in <c>WorldOptions</c>.</summary>
        public double RestitutionThreshold { get; set; } = 0.5;

        /// <summary>How particles move: <c>ballistic</c> or <c>symplectic</c> (explicit forces), or <c>constraints</c> (soft constraints).</summary>
        public string Integrator { get; set; } = "ballistic";

        /// <summary>Sweeps over soft constraints in a substep.</summary>
        public int Iterations { get; set; } = 1;

        /// <summary>How far from surfaces particles are held, in m.</summary>
        public double ParticleRadius { get; set; }

        /// <summary>Whether particles touch all bodies, moving ones too, and are touched by them; otherwise they touch those that stand still.</summary>
        public bool ParticlesTouchBodies { get; set; }

        /// <summary>Whether particles touch one another, as balls of <see cref="ParticleRadius"/>.</summary>
        public bool ParticlesTouchOneAnother { get; set; }

        /// <summary>Friction of particles, where they touch moving bodies or one another.</summary>
        public double ParticleFriction { get; set; } = 0.5;

        /// <summary>Restitution of particles, where they touch moving bodies.</summary>
        public double ParticleRestitution { get; set; }

        /// <summary>Frames of the whole run.</summary>
        public int FrameCount => (int)System.Math.Ceiling(Duration * FrameRate - 1e-9);
    }

    /// <summary>Surface properties.</summary>
    public sealed class SceneMaterial
    {
        /// <summary>Name that bodies refer to.</summary>
        public string Name { get; set; }

        /// <summary>Coulomb friction coefficient.</summary>
        public double Friction { get; set; } = 0.5;

        /// <summary>Restitution: speed after over speed before an impact.</summary>
        public double Restitution { get; set; }

        /// <summary>What resists rolling in lasting contacts: the largest torque over the normal force, in m.</summary>
        public double RollingFriction { get; set; }

        /// <summary>What resists spinning about the normal in lasting contacts: the largest torque over the normal force, in m.</summary>
        public double TorsionalFriction { get; set; }

        /// <summary>Frequency of soft contacts in Hz, which give way like springs and do not bounce; 0 for rigid.</summary>
        public double Frequency { get; set; }

        /// <summary>Damping ratio of soft contacts; 1 is critical.</summary>
        public double DampingRatio { get; set; } = 1;
    }

    /// <summary>A body.</summary>
    public sealed class SceneBody
    {
        /// <summary>Name that paths and losses refer to.</summary>
        public string Name { get; set; }

        /// <summary>Whether it moves: <c>dynamic</c> or <c>static</c>.</summary>
        public string Motion { get; set; } = "dynamic";

        /// <summary>Its shape.</summary>
        public SceneShape Shape { get; set; } = new SceneShape();

        /// <summary>Name of its material; null for the default (friction 0.5, restitution 0).</summary>
        public string Material { get; set; }

        /// <summary>Mass in kg; NaN computes it from <see cref="Density"/>.</summary>
        public double Mass { get; set; } = double.NaN;

        /// <summary>Density in kg/m^3, used where no mass is given.</summary>
        public double Density { get; set; } = 1000;

        /// <summary>Principal moments of inertia about the body's axes in kg m^2; null computes them from shape and mass.</summary>
        public double[] Inertia { get; set; }

        /// <summary>
        /// Centre of mass in the body's frame, in m; null where it is the shape's centre. Needs <see cref="Inertia"/>, which is about it.
        /// </summary>
        public double[] CentreOfMass { get; set; }

        /// <summary>Position of the shape's centre in m.</summary>
        public double[] Position { get; set; } = { 0, 0, 0 };

        /// <summary>Rotation from body to world, quaternion x y z w of unit length.</summary>
        public double[] Rotation { get; set; } = { 0, 0, 0, 1 };

        /// <summary>Velocity of the shape's centre in m/s.</summary>
        public double[] Velocity { get; set; } = { 0, 0, 0 };

        /// <summary>Angular velocity in the world frame in rad/s.</summary>
        public double[] AngularVelocity { get; set; } = { 0, 0, 0 };

        /// <summary>Name of a recording whose first sample gives position, rotation and velocities at the start; null for none.</summary>
        public string StartFrom { get; set; }

        /// <summary>
        /// Time in s over which the start is fitted to the recording as free flight, at most: single samples are noisy. Zero takes the
        /// first sample as it is.
        /// </summary>
        public double StartFlight { get; set; }

        /// <summary>Whether it moves under forces.</summary>
        public bool IsDynamic => Motion == "dynamic";
    }

    /// <summary>A shape; which values count depends on its type.</summary>
    public sealed class SceneShape
    {
        /// <summary><c>sphere</c>, <c>box</c>, <c>capsule</c> or <c>plane</c>.</summary>
        public string Type { get; set; } = "sphere";

        /// <summary>Radius of a sphere or capsule in m.</summary>
        public double Radius { get; set; } = 0.5;

        /// <summary>Half edge lengths of a box in m.</summary>
        public double[] HalfSize { get; set; } = { 0.5, 0.5, 0.5 };

        /// <summary>Half length of a capsule's axis, along the body's y, in m.</summary>
        public double HalfHeight { get; set; } = 0.5;

        /// <summary>Outward unit normal of a plane, in the world frame.</summary>
        public double[] Normal { get; set; } = { 0, 1, 0 };
    }

    /// <summary>A recorded motion of one body, or of many particles.</summary>
    public sealed class SceneRecording
    {
        /// <summary>Name that losses refer to.</summary>
        public string Name { get; set; }

        /// <summary>
        /// Path of the CSV file, relative to the scene file. With <c>*</c> in the file's name it stands for several files: the scene is
        /// run once for each, and its loss is the mean.
        /// </summary>
        public string Path { get; set; }

        /// <summary>Whose motion it is: that of a <c>body</c> (or of one point of a deformable), or that of many <c>particles</c> of a deformable.</summary>
        public string Of { get; set; } = "body";

        /// <summary>Whether it is of particles.</summary>
        public bool IsOfParticles => Of == "particles";

        /// <summary>Order of quaternion columns named q0 to q3: <c>xyzw</c> or <c>wxyz</c>. Named columns (qw, qx, ...) need no order.</summary>
        public string QuaternionOrder { get; set; } = "xyzw";

        /// <summary>Frame of recorded angular velocities: <c>world</c> or <c>body</c>.</summary>
        public string AngularVelocityFrame { get; set; } = "world";

        /// <summary>Up axis of the recording: <c>y</c> or <c>z</c>. z-up recordings are turned by -90 degrees about x, so that z becomes y.</summary>
        public string Up { get; set; } = "y";

        /// <summary>Factor on recorded lengths, for recordings whose metre is not quite one.</summary>
        public double LengthScale { get; set; } = 1;

        /// <summary>Every how manieth of several files is left out of the tuning and predicted at its end; 0 for none.</summary>
        public int LeaveOut { get; set; }

        /// <summary>Whether the path stands for several files.</summary>
        public bool IsSeveral => Path != null && Path.Contains("*");

        /// <summary>Samples given in the scene itself instead of a file, as rows of t, x, y, z, of particles t, particle, x, y, z; null when there is a file.</summary>
        public double[][] Samples { get; set; }
    }

    /// <summary>A parameter as the document writes it.</summary>
    public sealed class SceneParameter
    {
        /// <summary>Name; null for the first path.</summary>
        public string Name { get; set; }

        /// <summary>Paths of the values it drives. In a path, * stands for any one word.</summary>
        public List<string> Paths { get; set; } = new List<string>();

        /// <summary>Whether each value that the paths name is a parameter of its own; otherwise one drives all of them.</summary>
        public bool Each { get; set; }

        /// <summary>Start value; NaN for the value the scene has.</summary>
        public double Initial { get; set; } = double.NaN;

        /// <summary>Smallest value.</summary>
        public double Min { get; set; } = double.NegativeInfinity;

        /// <summary>Largest value.</summary>
        public double Max { get; set; } = double.PositiveInfinity;

        /// <summary>Typical change; NaN to choose.</summary>
        public double Typical { get; set; } = double.NaN;

        /// <summary>Scale: <c>linear</c> or <c>logarithmic</c>.</summary>
        public string Scale { get; set; } = "linear";
    }

    /// <summary>A value that follows others: target = offset + sum of factor x source.</summary>
    public sealed class SceneCoupling
    {
        /// <summary>Path of the value that follows.</summary>
        public string Target { get; set; }

        /// <summary>Constant summand.</summary>
        public double Offset { get; set; }

        /// <summary>Summands.</summary>
        public List<SceneCouplingTerm> Terms { get; set; } = new List<SceneCouplingTerm>();
    }

    /// <summary>One summand of a coupling.</summary>
    public sealed class SceneCouplingTerm
    {
        /// <summary>Name or path of the source.</summary>
        public string Source { get; set; }

        /// <summary>Its factor.</summary>
        public double Factor { get; set; } = 1;
    }

    /// <summary>One wish; which values count depends on its type.</summary>
    public sealed class SceneLoss
    {
        /// <summary>Type, as <see cref="SceneFormat"/> lists them.</summary>
        public string Type { get; set; }

        /// <summary>Name in reports; null for the type.</summary>
        public string Name { get; set; }

        /// <summary>Factor of the term in the sum.</summary>
        public double Weight { get; set; } = 1;

        /// <summary>The body it is about, or the deformable, which counts as its centre of mass.</summary>
        public string Body { get; set; }

        /// <summary>The particle of a deformable that it is about; negative for the centre of mass.</summary>
        public int Particle { get; set; } = -1;

        /// <summary>The control whose effort counts.</summary>
        public string Control { get; set; }

        /// <summary>The other body, for distances and contacts.</summary>
        public string Other { get; set; }

        /// <summary>Wanted point in m, velocity in m/s, direction, or quaternion x y z w.</summary>
        public double[] Target { get; set; }

        /// <summary>Components that count, such as <c>xy</c>; null for all.</summary>
        public string Axes { get; set; }

        /// <summary>Wanted number: a height or distance in m, a speed in m/s, an energy in J.</summary>
        public double Value { get; set; }

        /// <summary>When, in s; NaN for the end.</summary>
        public double Time { get; set; } = double.NaN;

        /// <summary>Temperature of the soft minimum over all times, in units of the loss; zero takes the loss at <see cref="Time"/> alone.</summary>
        public double Softness { get; set; }

        /// <summary>Residuals beyond this count linearly (Huber); infinity for plain squares.</summary>
        public double Huber { get; set; } = double.PositiveInfinity;

        /// <summary>Recording to follow.</summary>
        public string Recording { get; set; }

        /// <summary>Way points of a path: rows of t, x, y, z. Of a shape: rows of x, y, z, one for each particle.</summary>
        public double[][] Points { get; set; }

        /// <summary>Factor of the position in pose losses, in 1/m.</summary>
        public double PositionScale { get; set; } = 1;

        /// <summary>Factor of the rotation angle in pose losses, in 1/rad.</summary>
        public double RotationScale { get; set; } = 1;
    }

    /// <summary>How to search.</summary>
    public sealed class TuningSettings
    {
        /// <summary>The method and its options.</summary>
        public OptimiserSettings Optimiser { get; set; } = new OptimiserSettings();

        /// <summary>When to stop.</summary>
        public StoppingRules Stopping { get; set; } = new StoppingRules();

        /// <summary>Start points.</summary>
        public int Starts { get; set; } = 1;

        /// <summary>Seed.</summary>
        public int Seed { get; set; } = 1;
    }
}
