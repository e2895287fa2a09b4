using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Soft constraints of implicit Euler. A strain C with stiffness k has the multiplier l = -h^2 k C; it moves particles by M^-1 (dC/dx)^T l. All
    /// strains of an element are solved together, by a step of Newton's method on their multipliers, with J = dC/dx, D = diag(h^2 k) and
    /// W = J M^-1 J^T:
    /// <code>(1 + D W) dl = -(l + D C),   x += M^-1 J^T dl</code>
    /// Damping d acts on the velocities that result, by the same equations with D = diag(h d):
    /// <code>(1 + D W) dl = -D J v,   v += M^-1 J^T dl</code>
    /// Both exist for every k and d, zero included; where the forces of an element cancel nothing moves, and where nothing moves nothing is damped.
    /// A kind with an energy E of its own moves by the forces of E, and takes only the stiffness from its strains: with p the forces that earlier
    /// sweeps applied,
    /// <code>y = -h^2 M^-1 (dE/dx + p),   x += y - M^-1 J^T (1 + D W)^-1 D J y</code>
    /// which is (M / h^2 + J^T diag(k) J)^-1 (-dE/dx - p) by the identity of Woodbury.
    /// Source: Macklin, Mueller and Chentanez, "XPBD" (2016), with the compliance divided out, blocks in place of rows, and damping apart.
    /// </summary>
    internal static class ConstraintKernels
    {
        /// <summary>Moves the particles of a batch's elements.</summary>
        /// <param name="elements">The formulas.</param>
        /// <param name="set">The elements.</param>
        /// <param name="keepsMultipliers">Whether there are several sweeps, which add to the same multipliers.</param>
        public static Kernel Project(ElementKernels elements, ElementSet set, bool keepsMultipliers) =>
            set.Kind.HasOwnEnergy ? ByEnergy(elements, set, keepsMultipliers) : ByStrains(elements, set, keepsMultipliers);

        private static Kernel ByStrains(ElementKernels elements, ElementSet set, bool keepsMultipliers) => Kernel.Define($"constraints of {set.Name}", k =>
        {
            var block = new Block(k, elements, set.Kind, false);
            Strain[] strains = Elastic(block.Strains);
            Real[] multipliers = keepsMultipliers ? k.Gather("multipliers", "row", strains.Length) : null;
            Real[] due = Array.ConvertAll(strains, s => block.Substep * block.Substep * s.Stiffness * s.Value);
            for (int i = 0; i < due.Length && keepsMultipliers; i++) due[i] += multipliers[i];
            Real3[] shift = block.Solve(strains, s => block.Substep * block.Substep * s.Stiffness, _ => due, out Real[] change);
            for (int p = 0; p < shift.Length; p++) k.StoreAt("position " + p, ElementKernels.Particle(p), block.Position[p] + shift[p]);
            for (int i = 0; i < due.Length && keepsMultipliers; i++) multipliers[i] += change[i];
            if (keepsMultipliers) k.StoreAt("multipliers", "row", multipliers);
        });

        private static Kernel ByEnergy(ElementKernels elements, ElementSet set, bool keepsForces) => Kernel.Define($"constraints of {set.Name}", k =>
        {
            var block = new Block(k, elements, set.Kind, false);
            int n = block.Position.Length;
            Real[] slope = Derivatives.Gradient(set.Kind.Energy(block.Inputs), ElementKernels.Flat(block.Position));
            Real[] forces = keepsForces ? k.Gather("multipliers", "row", 3 * n) : null;
            Real square = block.Substep * block.Substep;
            var free = new Real3[n];
            for (int p = 0; p < n; p++)
            {
                Real3 due = -new Real3(slope, 3 * p);
                if (keepsForces) due -= new Real3(forces, 3 * p);
                free[p] = due * (square * block.InverseMass[p]);
            }

            Real3[] held = block.Solve(Elastic(block.Strains), s => square * s.Stiffness, rates => rates(free), out _);
            for (int p = 0; p < n; p++)
            {
                Real3 shift = free[p] + held[p];
                k.StoreAt("position " + p, ElementKernels.Particle(p), block.Position[p] + shift);
                if (!keepsForces) continue;
                Real over = square * block.InverseMass[p];
                Real3 added = shift * Real.Select(over > 0, 1 / over, 0);
                forces[3 * p] += added.X;
                forces[3 * p + 1] += added.Y;
                forces[3 * p + 2] += added.Z;
            }

            if (keepsForces) k.StoreAt("multipliers", "row", forces);
        });

        /// <summary>Damps the velocities of a batch's particles.</summary>
        public static Kernel Damp(ElementKernels elements, ElementSet set) => Kernel.Define($"damping of {set.Name}", k =>
        {
            var block = new Block(k, elements, set.Kind, true);
            Strain[] strains = Damped(block.Strains);
            Real3[] kick = block.Solve(strains, s => block.Substep * s.Damping, rates => rates(block.Velocity), out _);
            for (int p = 0; p < kick.Length; p++) k.StoreAt("velocity " + p, ElementKernels.Particle(p), block.Velocity[p] + kick[p]);
        });

        /// <summary>Puts rest data into the order of rows.</summary>
        public static Kernel RestInRows(int size) => Kernel.Define("rest shapes in rows", k => k.Store("rows", k.Gather("rest", "element", size)));

        /// <summary>Sets multipliers to zero.</summary>
        public static Kernel Clear(int strains) => Kernel.Define("clear multipliers", k =>
        {
            var zeros = new Real[strains];
            Array.Fill(zeros, 0);
            k.Store("multipliers", zeros);
        });

        /// <summary>How many multipliers the sweeps over a kind's elements keep, and how many of its strains have damping.</summary>
        public static (int elastic, int damped) Count(ElementKind kind)
        {
            (int, int) count = default;
            Kernel.Define("count strains", k =>
            {
                var x = new Real3[kind.Particles];
                for (int p = 0; p < x.Length; p++) x[p] = k.Lane3("x" + p);
                Real[] rest = kind.RestSize > 0 ? k.Lane("rest", kind.RestSize) : Array.Empty<Real>();
                var parameters = new Dictionary<string, Real[]>();
                foreach (ElementParameter parameter in kind.Parameters) parameters[parameter.Name] = k.Lane(parameter.Name, parameter.Components);
                Strain[] strains = kind.Strains(new ElementInputs(x, null, rest, parameters, k.Lane("inverse mass", x.Length)));
                count = (kind.HasOwnEnergy ? 3 * kind.Particles : Elastic(strains).Length, Damped(strains).Length);
                k.Store("x", x[0]);
            });
            return count;
        }

        private static Strain[] Elastic(Strain[] strains) => Array.FindAll(strains, s => !IsZero(s.Stiffness));

        private static Strain[] Damped(Strain[] strains) => Array.FindAll(strains, s => !IsZero(s.Damping));

        private static bool IsZero(Real number) => number.IsConstant(out double value) && value == 0;

        /// <summary>An element's particles and strains, and the system of some of the strains.</summary>
        private sealed class Block
        {
            public readonly Real3[] Position, Velocity;
            public readonly Strain[] Strains;
            public readonly Real Substep;
            public readonly Real[] InverseMass;
            public readonly ElementInputs Inputs;

            public Block(KernelBuilder k, ElementKernels elements, ElementKind kind, bool moves)
            {
                int n = kind.Particles;
                Position = new Real3[n];
                Velocity = new Real3[n];
                InverseMass = new Real[n];
                for (int p = 0; p < n; p++)
                {
                    Position[p] = k.Gather3("position " + p, ElementKernels.Particle(p));
                    if (moves) Velocity[p] = k.Gather3("velocity " + p, ElementKernels.Particle(p));
                    InverseMass[p] = k.Gather("inverse mass " + p, ElementKernels.Particle(p));
                }

                Substep = k.Shared("environment", ParticleBuffers.EnvironmentSize)[3];
                Inputs = new ElementInputs(Position, null, elements.Rest(k, true), elements.Parameters(k, true), InverseMass);
                Strains = kind.Strains(Inputs);
            }

            /// <summary>
            /// Solves (1 + D W) dl = -b.
            /// </summary>
            /// <param name="strains">The strains of the system.</param>
            /// <param name="weight">The entry of D of a strain.</param>
            /// <param name="due">b, given what makes D J u of vectors u.</param>
            /// <param name="change">dl.</param>
            /// <returns>M^-1 J^T dl.</returns>
            public Real3[] Solve(Strain[] strains, Func<Strain, Real> weight, Func<Func<Real3[], Real[]>, Real[]> due, out Real[] change)
            {
                int count = strains.Length, n = Position.Length;
                Real[][] slopes = Array.ConvertAll(strains, s => Derivatives.Gradient(s.Value, ElementKernels.Flat(Position)));
                Real[] weights = Array.ConvertAll(strains, s => weight(s));
                var matrix = new Real[count, count];
                for (int i = 0; i < count; i++)
                    for (int j = 0; j < count; j++)
                    {
                        Real w = 0;
                        for (int p = 0; p < n; p++) w += InverseMass[p] * Real3.Dot(new Real3(slopes[i], 3 * p), new Real3(slopes[j], 3 * p));
                        matrix[i, j] = weights[i] * w + (i == j ? 1 : 0);
                    }

                change = Array.ConvertAll(due(Rates), b => -b);
                // 1 + D W is similar to a positive definite matrix.
                SmallSystem.Solve(matrix, change);
                var moved = new Real3[n];
                for (int p = 0; p < n; p++)
                {
                    moved[p] = Real3.Zero;
                    for (int i = 0; i < count; i++) moved[p] += new Real3(slopes[i], 3 * p) * (InverseMass[p] * change[i]);
                }

                return moved;

                Real[] Rates(Real3[] u)
                {
                    var rates = new Real[count];
                    for (int i = 0; i < count; i++)
                    {
                        Real rate = 0;
                        for (int p = 0; p < n; p++) rate += Real3.Dot(new Real3(slopes[i], 3 * p), u[p]);
                        rates[i] = weights[i] * rate;
                    }

                    return rates;
                }
            }
        }
    }
}
