using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>The kernels of a set of elements, made from the formulas of their kind.</summary>
    internal sealed class ElementKernels
    {
        private readonly ElementSet set;

        public ElementKernels(ElementSet set) => this.set = set;

        private ElementKind Kind => set.Kind;

        /// <summary>Rest data and mass from rest positions; null if the kind needs neither.</summary>
        public Kernel Prepare() => Kind.RestSize == 0 && !Kind.HasMass ? null : Kernel.Define($"rest shape of {set.Name}", k =>
        {
            var position = new Real3[Kind.Particles];
            for (int p = 0; p < position.Length; p++) position[p] = k.Gather3("rest position " + p, Particle(p));
            var e = new ElementInputs(position, null, null, Parameters(k, false));
            Real[] rest = Kind.Rest(e);
            if (rest.Length != Kind.RestSize) throw new InvalidOperationException($"The rest data of {Kind.Name} are {rest.Length} numbers; RestSize says {Kind.RestSize}.");
            if (rest.Length > 0) k.Store("rest", rest);
            if (!Kind.HasMass) return;
            Real mass = Kind.Mass(new ElementInputs(position, null, rest, Parameters(k, false)));
            for (int p = 0; p < position.Length; p++) k.AccumulateAt("mass " + p, Particle(p), mass);
        });

        /// <summary>
        /// Adds to the particles' forces: for each strain C with rate C', f = -(k C + d C') dC/dx; of a kind with an energy E of its own, f = -dE/dx
        /// in place of the first term; and the forces of the kind.
        /// </summary>
        public Kernel Force(bool elastic) => Kernel.Define($"forces of {set.Name}", k =>
        {
            ElementInputs e = Inputs(k);
            Real[] x = Flat(e.Position), v = Flat(e.Velocity);
            var force = new Real[x.Length];
            if (elastic && Kind.HasOwnEnergy) Add(force, Derivatives.Cotangents(Kind.Energy(e), -1, x));
            if (elastic)
                foreach (Strain s in Kind.Strains(e))
                {
                    bool isDamped = !s.Damping.IsConstant(out double none) || none != 0;
                    if (Kind.HasOwnEnergy && !isDamped) continue;
                    Real pull = Kind.HasOwnEnergy ? 0 : s.Stiffness * s.Value;
                    if (isDamped) pull += s.Damping * Derivatives.Directional(s.Value, x, v);
                    Add(force, Derivatives.Cotangents(s.Value, -pull, x));
                }

            if (Kind.HasForces) Add(force, Flat(Kind.Forces(e)));
            for (int p = 0; p < Kind.Particles; p++) k.AccumulateAt("force " + p, Particle(p), new Real3(force, 3 * p));
        }, KernelRounding.ShareDivisions);

        /// <summary>Sums the elastic energy.</summary>
        public Kernel Energy() => Kernel.Define($"energy of {set.Name}", k => k.Sum("energy", Kind.Energy(Inputs(k))));

        public static string Particle(int p) => "particle " + p;

        /// <summary>What formulas read, of the lane's element.</summary>
        public ElementInputs Inputs(KernelBuilder k)
        {
            var position = new Real3[Kind.Particles];
            var velocity = new Real3[Kind.Particles];
            for (int p = 0; p < position.Length; p++)
            {
                Real[] state = k.Gather("state " + p, Particle(p), ParticleBuffers.StateSize);
                position[p] = new Real3(state, 0);
                velocity[p] = new Real3(state, 3);
            }

            return new ElementInputs(position, velocity, Rest(k, false), Parameters(k, false), Kind.ReadsMass ? InverseMass(k) : null);
        }

        private Real[] InverseMass(KernelBuilder k)
        {
            var inverse = new Real[Kind.Particles];
            for (int p = 0; p < inverse.Length; p++)
            {
                inverse[p] = Real.Select(k.Gather("mobility " + p, Particle(p)) > 0, 1 / k.Gather("mass " + p, Particle(p)), 0);
                k.Constant("mobility " + p);
                if (set.HasConstantInertia) k.Constant("mass " + p);
            }

            return inverse;
        }

        /// <summary>Rest data of the lane's element; or, for batches, of the row that an index names.</summary>
        public Real[] Rest(KernelBuilder k, bool byIndex) => Kind.RestSize == 0 ? Array.Empty<Real>()
            : byIndex ? k.Gather("rest", "row", Kind.RestSize) : k.Lane("rest", Kind.RestSize);

        public Dictionary<string, Real[]> Parameters(KernelBuilder k, bool byIndex)
        {
            var values = new Dictionary<string, Real[]>();
            foreach (ElementParameter parameter in Kind.Parameters)
            {
                values[parameter.Name] = set.IsShared(parameter.Name) ? k.Shared(parameter.Name, parameter.Components)
                    : byIndex ? k.Gather(parameter.Name, "element", parameter.Components) : k.Lane(parameter.Name, parameter.Components);
                if (set.IsConstant(parameter.Name)) k.Constant(parameter.Name);
            }

            return values;
        }

        public static Real[] Flat(Real3[] vectors)
        {
            var flat = new Real[3 * vectors.Length];
            for (int p = 0; p < vectors.Length; p++) (flat[3 * p], flat[3 * p + 1], flat[3 * p + 2]) = (vectors[p].X, vectors[p].Y, vectors[p].Z);
            return flat;
        }

        private static void Add(Real[] sum, Real[] terms)
        {
            for (int c = 0; c < sum.Length; c++) sum[c] = sum[c].IsConstant(out double none) && none == 0 ? terms[c] : sum[c] + terms[c];
        }
    }
}
