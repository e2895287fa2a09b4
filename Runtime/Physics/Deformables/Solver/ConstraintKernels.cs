using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Soft constraints of implicit Euler. A strain C with stiffness k and damping d has the multiplier l = -h^2 k C - h d C', where h C' is
    /// dC/dx . (x - x_start); it moves particles by M^-1 (dC/dx)^T l. All strains of an element are solved together, by a step of Newton's
    /// method on their multipliers, with J = dC/dx, D = diag(h^2 k + h d) and W = J M^-1 J^T:
    /// <code>(1 + D W) dl = -(l + h^2 k C + h d J (x - x_start))</code>
    /// It exists for every k and d, zero included, and where the forces of an element cancel nothing moves. Source: Macklin, Mueller and
    /// Chentanez, "XPBD" (2016), with the compliance divided out and blocks in place of rows.
    /// </summary>
    internal static class ConstraintKernels
    {
        /// <summary>Moves the particles of a batch's elements.</summary>
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
            Strain[] strains = set.Kind.Strains(new ElementInputs(x, null, rest, parameters));
            int count = strains.Length;
            Real[] multipliers = keepsMultipliers ? k.Gather("multipliers", "element", count) : null;
            Real[][] slopes = Array.ConvertAll(strains, strain => Derivatives.Gradient(strain.Value, ElementKernels.Flat(x)));
            var matrix = new Real[count, count];
            var change = new Real[count];
            for (int i = 0; i < count; i++)
            {
                Real stiff = h * h * strains[i].Stiffness, damp = h * strains[i].Damping, moved = 0;
                for (int p = 0; p < n; p++) moved += Real3.Dot(new Real3(slopes[i], 3 * p), x[p] - start[p]);
                change[i] = -(stiff * strains[i].Value + damp * moved);
                if (keepsMultipliers) change[i] -= multipliers[i];
                for (int j = 0; j < count; j++)
                {
                    Real w = 0;
                    for (int p = 0; p < n; p++) w += inverseMass[p] * Real3.Dot(new Real3(slopes[i], 3 * p), new Real3(slopes[j], 3 * p));
                    matrix[i, j] = (stiff + damp) * w + (i == j ? 1 : 0);
                }
            }

            Solve(matrix, change);
            for (int i = 0; i < count; i++)
            {
                if (keepsMultipliers) multipliers[i] += change[i];
                for (int p = 0; p < n; p++) x[p] += new Real3(slopes[i], 3 * p) * (inverseMass[p] * change[i]);
            }

            for (int p = 0; p < n; p++) k.StoreAt("state " + p, ElementKernels.Particle(p), x[p]);
            if (keepsMultipliers) k.StoreAt("multipliers", "element", multipliers);
        });

        /// <summary>Sets multipliers to zero.</summary>
        public static Kernel Clear(int strains) => Kernel.Define("clear multipliers", k =>
        {
            var zeros = new Real[strains];
            Array.Fill(zeros, 0);
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
                Real[] rest = kind.RestSize > 0 ? k.Lane("rest", kind.RestSize) : Array.Empty<Real>();
                var parameters = new Dictionary<string, Real[]>();
                foreach (ElementParameter parameter in kind.Parameters) parameters[parameter.Name] = k.Lane(parameter.Name, parameter.Components);
                count = kind.Strains(new ElementInputs(x, null, rest, parameters)).Length;
                k.Store("x", x[0]);
            });
            return count;
        }

        // Gaussian elimination without exchanges: 1 + D W is similar to a positive definite matrix, so pivots are positive.
        private static void Solve(Real[,] m, Real[] x)
        {
            int n = x.Length;
            for (int p = 0; p < n; p++)
            {
                Real inverse = 1 / m[p, p];
                for (int i = p + 1; i < n; i++)
                {
                    Real factor = m[i, p] * inverse;
                    for (int j = p + 1; j < n; j++) m[i, j] -= factor * m[p, j];
                    x[i] -= factor * x[p];
                }
            }

            for (int i = n - 1; i >= 0; i--)
            {
                for (int j = i + 1; j < n; j++) x[i] -= m[i, j] * x[j];
                x[i] /= m[i, i];
            }
        }
    }
}
