using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>Where a body and a particle, or a triangle of particles, touch or would, at some time of a substep.</summary>
    internal readonly struct Touch
    {
        public readonly Real Gap;
        public readonly Real3 Normal, Point, Velocity;

        /// <summary>The shares that the corners of a triangle have in the point; one, 1, of a particle.</summary>
        public readonly Real[] Weights;

        private readonly RigidState body;

        /// <param name="gap">Of the surfaces.</param>
        /// <param name="normal">From the body.</param>
        /// <param name="point">Of the particle or triangle.</param>
        /// <param name="velocity">Of that point.</param>
        /// <param name="weights">Shares of particles.</param>
        /// <param name="body">The body then.</param>
        public Touch(Real gap, Real3 normal, Real3 point, Real3 velocity, Real[] weights, RigidState body)
        {
            (Gap, Normal, Point) = (gap, normal, point);
            (Velocity, Weights, this.body) = (velocity, weights, body);
        }

        /// <summary>Relative velocity.</summary>
        public Real3 Slip => Velocity - body.VelocityAt(Point);

        /// <summary>From the body's centre.</summary>
        public Real3 Arm => Point - body.Position;
    }

    /// <summary>A body and what it may touch, at the end of a substep, as kernels read them.</summary>
    internal abstract class ContactScene
    {
        public readonly RigidState Body;
        public readonly Real Substep, Friction, Restitution;
        protected readonly Real Radius;
        protected readonly TracedCollider Shape;
        protected readonly Real[] Feature;
        private readonly KernelBuilder k;
        private readonly RigidMass bodyMass;
        private readonly Real3 bodyAcceleration;

        protected ContactScene(KernelBuilder k, MaterialRules rules, ParticleOptions options)
        {
            this.k = k;
            Real[] environment = k.Shared("environment", ParticleBuffers.EnvironmentSize);
            Real[] material = k.Gather("material", "collider", PairMaterial.Size), own = k.Shared("contact material", 2);
            Radius = environment[4];
            Gravity = options.Integrator == ParticleIntegrator.Ballistic ? new Real3(environment, 0) : Real3.Zero;
            Substep = k.Shared("substep");
            Body = new RigidState(k.Gather("state", "body", RigidState.Size));
            bodyMass = new RigidMass(k.Gather("mass", "body", RigidMass.Size), k.Gather("mobility", "body"));
            bodyAcceleration = new Real3(k.Gather("acceleration", "body", 3), 0);
            Shape = new TracedCollider(k.Gather("shape", "collider", TracedCollider.Size));
            Feature = k.Gather("feature", "feature", BodyContactKernels.FeatureSize);
            Friction = rules.Friction.Combine(material[0], own[0]);
            Restitution = rules.Restitution.Combine(material[1], own[1]);
            k.Constant("feature", "mobility");
            if (options.ConstantInertia) k.Constant("substep");
        }

        /// <summary>What acts steadily through the substep.</summary>
        public Real3 Gravity { get; }

        /// <summary>At the end of the substep.</summary>
        public Touch AtEnd => See(null, Body);

        /// <summary>At a time of the substep.</summary>
        public Touch At(Real time) => See(time, Body.Fly(bodyMass, bodyAcceleration, time - Substep));

        /// <summary>What forces added to the velocity of a touch.</summary>
        public abstract Real3 Kick(Touch touch);

        /// <summary>What the body feels, by an impulse at a touch.</summary>
        public abstract Real Mass(Touch touch);

        /// <summary>
        /// What the body feels of a choice. What cannot give way, as something that stands is behind it, weighs as much as many bodies: what the body gives to it goes there.
        /// </summary>
        public Real MassFor(Real[] choice, Touch touch) => Real.Select(choice[3] > 0, choice[3] / Real.Select(bodyMass.Inverse > 0, bodyMass.Inverse, 1), Mass(touch));

        public Real[] Choice()
        {
            Real[] choice = k.Gather("choice", "choice", BodyContactKernels.ChoiceSize);
            k.Constant("choice");
            return choice;
        }

        /// <summary>The touch with a body somewhere; without a time, at the end.</summary>
        protected abstract Touch See(Real? time, RigidState body);

        protected static (Real3 x, Real3 v) Along(ParticlePath path, Real? time) => time is Real t ? (path.PositionAt(t), path.VelocityAt(t)) : (path.Position, path.Velocity);
    }

    /// <summary>A body and a particle, a small ball, at a feature of the body.</summary>
    internal sealed class ParticleTouchScene : ContactScene
    {
        private readonly ParticlePath path;
        private readonly Real3 kick;
        private readonly Real mass;

        public ParticleTouchScene(KernelBuilder k, MaterialRules rules, ParticleOptions options)
            : base(k, rules, options)
        {
            Real[] state = k.Gather("particle state", "particle", ParticleBuffers.StateSize);
            path = new ParticlePath(new Real3(state, 0), new Real3(state, 3), Gravity, Substep);
            mass = k.Gather("particle mass", "particle");
            kick = new Real3(k.Gather("kick", "particle", 3), 0);
            if (options.ConstantInertia) k.Constant("particle mass");
        }

        public override Real3 Kick(Touch touch) => kick;

        public override Real Mass(Touch touch) => mass;

        // The formulas are those of ContactFeature.
        protected override Touch See(Real? time, RigidState body)
        {
            (Real3 point, Real3 velocity) = Along(path, time);
            Real3 b = Shape.Point(body, new Real3(Feature, 0), new Real3(Feature, 3)), w = Shape.Direction(body, new Real3(Feature, 6)), r = point - b;
            Bool isFace = Feature[9] < 0.5, isEdge = Feature[9] > 1.5;
            Real along = Real3.Dot(w, r);
            Real3 round = Real3.Normalise(r - w * Real.Select(isEdge, along, 0), out Real distance);
            return new Touch(Real.Select(isFace, along, distance) - Shape.Radius - Radius, Real3.Select(isFace, w, round), point, velocity, new Real[] { 1 }, body);
        }
    }

    /// <summary>
    /// A vertex of a body (the corner of a box or hull, the centre of a ball, the end of a capsule) and a triangle of particles. With the corners x_i, their normal n and the body's
    /// vertex b, the gap is n . (x_0 - b) less the radii; the impulse at the point below b goes to the corners by their shares w_i in it, which give the point the mass 1 / sum(w_i^2 / m_i).
    /// </summary>
    internal sealed class TriangleTouchScene : ContactScene
    {
        private readonly ParticlePath[] paths = new ParticlePath[3];
        private readonly Real3[] kicks = new Real3[3];
        private readonly Real[] inverseMass;

        public TriangleTouchScene(KernelBuilder k, MaterialRules rules, ParticleOptions options)
            : base(k, rules, options)
        {
            inverseMass = InverseMass(k, options);
            for (int c = 0; c < 3; c++)
            {
                string corner = Corner(c);
                Real[] state = k.Gather("particle state " + c, corner, ParticleBuffers.StateSize);
                paths[c] = new ParticlePath(new Real3(state, 0), new Real3(state, 3), Real3.Select(inverseMass[c] > 0, Gravity, Real3.Zero), Substep);
                kicks[c] = new Real3(k.Gather("kick " + c, corner, 3), 0);
            }
        }

        public static string Corner(int c) => "corner " + c;

        /// <summary>1 / m of the corners, 0 of pinned ones.</summary>
        public static Real[] InverseMass(KernelBuilder k, ParticleOptions options)
        {
            var inverse = new Real[3];
            for (int c = 0; c < 3; c++)
            {
                inverse[c] = Real.Select(k.Gather("particle mobility " + c, Corner(c)) > 0, 1 / k.Gather("particle mass " + c, Corner(c)), 0);
                k.Constant("particle mobility " + c);
                if (options.ConstantInertia) k.Constant("particle mass " + c);
            }

            return inverse;
        }

        public override Real3 Kick(Touch touch) => Sum(touch.Weights, kicks);

        public override Real Mass(Touch touch)
        {
            Real sum = 0;
            for (int c = 0; c < 3; c++) sum += touch.Weights[c] * touch.Weights[c] * inverseMass[c];
            return 1 / sum;
        }

        protected override Touch See(Real? time, RigidState body)
        {
            var x = new Real3[3];
            var v = new Real3[3];
            for (int c = 0; c < 3; c++) (x[c], v[c]) = Along(paths[c], time);
            Real3 b = Shape.Point(body, new Real3(Feature, 0), new Real3(Feature, 3)), r = b - x[0], e = x[1] - x[0], f = x[2] - x[0], area = Real3.Cross(e, f);
            Real over = 1 / area.LengthSquared, w1 = Real3.Dot(Real3.Cross(r, f), area) * over, w2 = Real3.Dot(Real3.Cross(e, r), area) * over;
            Real[] weights = { 1 - w1 - w2, w1, w2 };
            Real3 normal = Real3.Normalise(area) * Feature[6];
            return new Touch(-Real3.Dot(normal, r) - Shape.Radius - Radius, normal, Sum(weights, x), Sum(weights, v), weights, body);
        }

        private static Real3 Sum(Real[] weights, Real3[] vectors) => vectors[0] * weights[0] + vectors[1] * weights[1] + vectors[2] * weights[2];
    }
}
