using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Soft constraints of implicit Euler. A strain C with stiffness k and damping d has the multiplier l = -h^2 k C - h d C', where h C' is
    /// dC/dx . (x - x_start); it moves particles by M^-1 (dC/dx)^T l. A step of Newton's method on l alone, with w = dC/dx M^-1 (dC/dx)^T:
    /// <code>dl = -(l + h^2 k C + h d dC/dx . (x - x_start)) / (1 + (h^2 k + h d) w)</code>
    /// It exists for every k and d, zero included. Source: Macklin, Mueller and Chentanez, "XPBD" (2016), with the compliance divided out.
    /// </summary>
    internal static class ConstraintKernels
    {
        /// <summary>Moves the particles of a batch's elements, strain after strain.</summary>
        /// <param name="elements">The formulas.</param>
        /// <param name="set">The elements.</param>
        /// <param name="keepsMultipliers">Whether there are several sweeps, which add to the same multipliers.</param>
        public static Kernel Project(ElementKernels elements, ElementSet set, bool keepsMultipliers) => Kernel.Define($"constraints of {set.Name}", k =>
        {
            int n = set.Kind.Particles;
            var x = new Real3[n];
            var start = new Real3[n];
            var inverseMass = new Real[n];
            var states = new Real[n][];
            for (int p = 0; p < n; p++)
            {
                states[p] = k.Gather("state " + p, ElementKernels.Particle(p), 3);
                x[p] = new Real3(states[p], 0);
                start[p] = k.Gather3("start " + p, ElementKernels.Particle(p));
                Real mass = k.Gather("mass " + p, ElementKernels.Particle(p));
                inverseMass[p] = Real.Select(k.Gather("mobility " + p, ElementKernels.Particle(p)) > 0, 1 / mass, 0);
            }

            Real h = k.Shared("environment", ParticleBuffers.EnvironmentSize)[3];
            Real[] rest = elements.Rest(k, true);
            var parameters = elements.Parameters(k, true);
            int count = StrainCount(set.Kind, x, rest, parameters);
            Real[] multipliers = keepsMultipliers ? k.Gather("multipliers", "element", count) : null;
            for (int s = 0; s < count; s++)
            {
                // The formula is traced anew for each strain, at the positions that the one before left.
                Strain strain = set.Kind.Strains(new ElementInputs(x, null, rest, parameters))[s];
                Real[] slope = Derivatives.Gradient(strain.Value, ElementKernels.Flat(x));
                Real w = 0, moved = 0;
                for (int p = 0; p < n; p++)
                {
                    var g = new Real3(slope, 3 * p);
                    w += inverseMass[p] * g.LengthSquared;
                    moved += Real3.Dot(g, x[p] - start[p]);
                }

                Real stiff = h * h * strain.Stiffness, damp = h * strain.Damping;
                Real due = stiff * strain.Value + damp * moved;
                if (keepsMultipliers) due += multipliers[s];
                Real change = -due / (1 + (stiff + damp) * w);
                if (keepsMultipliers) multipliers[s] += change;
                for (int p = 0; p < n; p++) x[p] += new Real3(slope, 3 * p) * (inverseMass[p] * change);
            }

            for (int p = 0; p < n; p++) k.StoreAt("state " + p, ElementKernels.Particle(p), x[p]);
            if (keepsMultipliers) k.StoreAt("multipliers", "element", multipliers);
        });

        /// <summary>Sets multipliers to zero.</summary>
        public static Kernel Clear(int strains) => Kernel.Define("clear multipliers", k =>
        {
            var zeros = new Real[strains];
            System.Array.Fill(zeros, 0);
            k.Store("multipliers", zeros);
        });

        /// <summary>How many strains a kind has.</summary>
        public static int StrainCount(ElementKind kind)
        {
            int count = 0;
            Kernel.Define("count strains", k =>
            {
                var x = new Real3[kind.Particles];
                for (int p = 0; p < x.Length; p++) x[p] = k.Lane3("x" + p);
                Real[] rest = kind.RestSize > 0 ? k.Lane("rest", kind.RestSize) : System.Array.Empty<Real>();
                var parameters = new System.Collections.Generic.Dictionary<string, Real[]>();
                foreach (ElementParameter parameter in kind.Parameters) parameters[parameter.Name] = k.Lane(parameter.Name, parameter.Components);
                count = StrainCount(kind, x, rest, parameters);
                k.Store("x", x[0]);
            });
            return count;
        }

        private static int StrainCount(ElementKind kind, Real3[] x, Real[] rest, System.Collections.Generic.Dictionary<string, Real[]> parameters) =>
            kind.Strains(new ElementInputs(x, null, rest, parameters)).Length;
    }
}
