using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    // Forces on bodies: written by users, and those that games want.
    public sealed partial class World
    {
        private readonly List<(string name, double[] parameters, Func<BodyInputs, BodyForce> formula, Body only)> forces =
            new List<(string, double[], Func<BodyInputs, BodyForce>, Body)>();

        private readonly List<ForceField> fields = new List<ForceField>();
        private readonly List<Explosion> explosions = new List<Explosion>();

        /// <summary>
        /// Adds a force on all dynamic bodies, written on <see cref="Real"/>: it is compiled and differentiated like the engine's own. It
        /// kicks velocities at the start of each substep.
        /// </summary>
        /// <param name="name">What error messages call it.</param>
        /// <param name="parameters">Numbers that the formula reads by <see cref="BodyInputs.Parameter"/>, and that have gradients.</param>
        /// <param name="formula">Force, and torque where there is one, of a body.</param>
        /// <returns>The number of the force, for <see cref="ForceParameters"/> and <see cref="ControlTarget.OfForce"/>.</returns>
        /// <example><code>world.AddForce("wind", new[] { 0.3, 5.0 }, b => (new Real3(b.Parameter(1), 0, 0) - b.Velocity) * b.Parameter(0));</code></example>
        public int AddForce(string name, double[] parameters, Func<BodyInputs, BodyForce> formula) => AddForce(name, parameters, formula, null);

        /// <summary>Adds drag: -(linear + quadratic |v|) v. The two coefficients, in kg/s and kg/m, are the force's parameters.</summary>
        public int AddDrag(double linear, double quadratic) => AddForce(
            "drag", new[] { linear, quadratic }, body => body.Velocity * -(body.Parameter(0) + body.Parameter(1) * body.Velocity.Length));

        /// <summary>Adds wind: drag (wind - v) on all dynamic bodies. Its parameters are the wind 0..2 (m/s) and the drag 3 (kg/s).</summary>
        public int AddWind(Double3 wind, double drag) => AddForce("wind", new[] { wind.X, wind.Y, wind.Z, drag }, body =>
            (new Real3(body.Parameter(0), body.Parameter(1), body.Parameter(2)) - body.Velocity) * body.Parameter(3));

        /// <summary>
        /// Adds the lift of a liquid below a level, on all dynamic bodies as if they were balls of one radius: density * gravity * volume of
        /// the cap below the level, pi d^2 (3 r - d) / 3 for a depth d up to 2 r, and a drag in proportion to it. Parameters: level 0
        /// (metres), density 1 (kg/m^3), radius 2 (metres), drag 3 (1/s), gravity 4 (m/s^2).
        /// </summary>
        public int AddBuoyancy(double level, double density, double radius, double drag) => AddForce("buoyancy", new[] { level, density, Positive("radius of force 'buoyancy'", radius), drag, gravity.Length }, body =>
        {
            Real r = body.Parameter(2), depth = Real.Clamp(body.Parameter(0) - body.Position.Y + r, 0, 2 * r);
            Real displaced = body.Parameter(1) * (Math.PI / 3) * depth * depth * (3 * r - depth);
            return new Real3(0, displaced * body.Parameter(4), 0) - body.Velocity * (displaced * body.Parameter(3));
        });

        /// <summary>
        /// Adds a lasting blast that pushes away from a place: strength / (1 + d^2 / r^2) newtons at distance d. Parameters: place 0..2,
        /// strength 3, r 4 (metres); the strength may follow a control. For a single blow see <see cref="AddExplosion"/>.
        /// </summary>
        public int AddBlast(Double3 place, double strength, double radius) => AddForce(
            "blast", new[] { place.X, place.Y, place.Z, strength, Positive("radius of force 'blast'", radius) },
            body => Explosion.Push(body.Position, new[] { body.Parameter(0), body.Parameter(1), body.Parameter(2), body.Parameter(3), body.Parameter(4) }));

        /// <summary>
        /// Adds a thruster: a force fixed to a body, that turns with it. Parameters: thrust 0 (newtons), place 1..3 (metres) and direction
        /// 4..6 of the push, both in the body's frame; the direction's length has no effect.
        /// </summary>
        /// <param name="body">A dynamic body.</param>
        /// <param name="place">Where it pushes, in the body's frame.</param>
        /// <param name="direction">Where it pushes to, in the body's frame; not zero.</param>
        /// <param name="thrust">In newtons.</param>
        /// <param name="name">What error messages call it.</param>
        /// <returns>The number of the force, for <see cref="ForceParameters"/> and <see cref="ControlTarget.OfForce"/>.</returns>
        /// <example><code>
        /// int engine = world.AddThruster(rocket, new Double3(0, -1, 0), Double3.UnitY, 20);
        /// world.AddControl("throttle", ControlTarget.OfForce(engine, 0), ControlShape.Linear, duration: 3, 20, 30, 0);
        /// </code></example>
        public int AddThruster(Body body, Double3 place, Double3 direction, double thrust, string name = null)
        {
            name ??= $"thruster {forces.Count}";
            if (body == null || body.Index >= bodies.Count || bodies[body.Index] != body) throw new ArgumentException($"Thruster '{name}' needs a body of its world.");
            if (body.Kind != BodyKind.Dynamic) throw new ArgumentException($"Thruster '{name}' needs a dynamic body, but '{body.Name}' is {body.Kind}.");
            if (!(direction.Length > 0)) throw new ArgumentException($"The direction of thruster '{name}' must not be zero, but is {direction}.");
            return AddForce(name, new[] { thrust, place.X, place.Y, place.Z, direction.X, direction.Y, direction.Z }, b =>
            {
                // Formulas are traced when the world is built, after bodies were weighed: these are numbers.
                Pose massFromBody = body.BodyFromMass.Inverse;
                DoubleQuaternion turn = massFromBody.Rotation;
                RealQuaternion worldFromBody = b.Rotation * new RealQuaternion(turn.X, turn.Y, turn.Z, turn.W);
                Double3 origin = massFromBody.Position;
                Real3 at = b.Position + b.Rotation.Rotate(new Real3(origin.X, origin.Y, origin.Z)) + worldFromBody.Rotate(new Real3(b.Parameter(1), b.Parameter(2), b.Parameter(3)));
                Real3 along = Real3.Normalise(new Real3(b.Parameter(4), b.Parameter(5), b.Parameter(6)));
                return BodyForce.AtPoint(b, at, worldFromBody.Rotate(along) * b.Parameter(0));
            }, body);
        }

        /// <summary>Adds an explosion: one blow on all dynamic bodies at a given time; see <see cref="Explosion"/>.</summary>
        /// <param name="place">In the world, in metres.</param>
        /// <param name="impulse">At its place, in N s.</param>
        /// <param name="radius">Distance at which the impulse is half of that; positive.</param>
        /// <param name="time">When, in seconds: at the start of the substep that contains it.</param>
        /// <param name="name">What error messages call it.</param>
        public Explosion AddExplosion(Double3 place, double impulse, double radius, double time, string name = null)
        {
            name ??= $"explosion {explosions.Count}";
            if (IsBuilt) throw new InvalidOperationException($"Explosion '{name}' cannot be added: the world has been built by its first step.");
            if (!place.IsFinite) throw new ArgumentException($"The place of explosion '{name}' must be finite, but is {place}.");
            if (double.IsNaN(impulse) || double.IsInfinity(impulse)) throw new ArgumentException($"The impulse of explosion '{name}' must be finite, but is {impulse}.");
            if (!(time >= 0) || double.IsInfinity(time)) throw new ArgumentException($"The time of explosion '{name}' must be finite and not negative, but is {time}.");
            var explosion = new Explosion(name, time, new[] { place.X, place.Y, place.Z, impulse, Positive($"radius of explosion '{name}'", radius) });
            explosions.Add(explosion);
            return explosion;
        }

        /// <summary>The parameters of a force in the components, one element a world.</summary>
        public Buffer ForceParameters(int force)
        {
            Build();
            return fields[force].Parameters;
        }

        private static double Positive(string what, double value) =>
            value > 0 && !double.IsInfinity(value) ? value : throw new ArgumentException($"The {what} must be positive and finite, but is {value}.");

        private int AddForce(string name, double[] parameters, Func<BodyInputs, BodyForce> formula, Body only)
        {
            if (IsBuilt) throw new InvalidOperationException($"Force '{name}' cannot be added: the world has been built by its first step.");
            if (formula == null) throw new ArgumentNullException(nameof(formula), $"Force '{name}' needs a formula.");
            parameters ??= Array.Empty<double>();
            for (int k = 0; k < parameters.Length; k++)
                if (double.IsNaN(parameters[k]) || double.IsInfinity(parameters[k]))
                    throw new ArgumentException($"Parameter {k} of force '{name}' must be finite, but is {parameters[k]}.", nameof(parameters));
            forces.Add((name, parameters, formula, only));
            return forces.Count - 1;
        }

        private void BuildForces(bool[] isDynamic)
        {
            foreach ((string name, double[] parameters, Func<BodyInputs, BodyForce> formula, Body only) in forces)
            {
                bool[] acts = isDynamic;
                if (only != null) (acts = new bool[isDynamic.Length])[only.Index] = true;
                fields.Add(new ForceField(name, parameters, formula, acts, Worlds, options.Precision));
            }

            foreach (Explosion explosion in explosions) explosion.Build(buffers, isDynamic, options.Precision);
        }

        // Those whose time lies in a substep that begins.
        private void Explode(int substep)
        {
            if (explosions.Count == 0) return;
            int now = Frame * options.Substeps + substep;
            foreach (Explosion explosion in explosions)
            {
                if ((int)Math.Floor(explosion.Time / options.TimeStep * options.Substeps + 1e-9) != now) continue;
                stepper.Sleeping?.WakeAll();
                explosion.Run(Tape);
            }
        }
    }
}
