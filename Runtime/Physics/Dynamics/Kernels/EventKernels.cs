using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Impacts. The time t of an event is the root of the gap along the predicted motion, run backwards from the end of the substep;
    /// gap, normal and contact points are evaluated at the poses at t, velocities likewise, and all of them carry their derivatives.
    /// The impulse acts at t, and the bodies fly on to the end of the substep from there.
    /// </summary>
    internal static class EventKernels
    {
        // t <- t - gap(t) / r with r = d gap / dt at the root, both found beforehand (chord steps): the first step gives t its first
        // derivative by everything the gap depends on (implicit function theorem), the second step its second.
        private const int ChordSteps = 2;

        /// <summary>Slip below this part of the closing speed is what rounding leaves, and has no direction.</summary>
        public const double NoSlip = 1e-5;

        /// <summary>
        /// Numbers of a choice: seeds and weights of the points' times, shares in the centre, which points are hit; whether they stick;
        /// rates of the gaps at the seeds, negative where the seed is a root, and 0 where it is not; whether the spin of a single point sticks.
        /// </summary>
        public static int ChoiceSize(int points) => 5 * points + 2;

        /// <summary>Numbers that <see cref="Probe"/> writes for each point.</summary>
        public const int FoundPerPoint = 4;

        /// <summary>
        /// Looks at each point at a trial time: its gap, the speed at which it opens, how much of a closing speed at the end of the
        /// substep forces have built up within it, and the rate of the gap. What it finds picks events; it is not differentiated.
        /// </summary>
        public static Kernel Probe(ManifoldSignature signature) => Kernel.Define("probe", k =>
        {
            var manifold = new ManifoldKernel(k, signature);
            Real[] time = k.Lane("time", signature.Points);
            Real[] gainA = k.Gather("gainA", "a", 6), gainB = k.Gather("gainB", "b", 6);
            var found = new Real[FoundPerPoint * signature.Points];
            for (int p = 0; p < signature.Points; p++)
            {
                (RigidState a, RigidState b) = manifold.At(time[p]);
                TracedContact contact = manifold.Contact(p, a, b);
                Real3 gain = new Real3(gainA, 0) + Real3.Cross(new Real3(gainA, 3), contact.Point - a.Position)
                    - new Real3(gainB, 0) - Real3.Cross(new Real3(gainB, 3), contact.Point - b.Position);
                found[FoundPerPoint * p] = contact.Gap;
                found[FoundPerPoint * p + 1] = ManifoldKernel.OpeningSpeed(contact, a, b);
                found[FoundPerPoint * p + 2] = Real.Max(0, -Real3.Dot(contact.Normal, gain));
                found[FoundPerPoint * p + 3] = Derivatives.Directional(contact.Gap, new[] { time[p] }, new Real[] { 1 });
            }
            k.Store("found", found);
        });

        /// <summary>
        /// What the choice of points and of sticking or sliding is made from: friction, restitution and torsional friction, then the
        /// system of <see cref="Impact"/>: D by rows, then opening speeds, slip along the two tangents and speed about the normal.
        /// </summary>
        public static Kernel Weigh(ManifoldSignature signature, MaterialRules rules) => Kernel.Define("weigh", k =>
        {
            var block = new Block(k, signature, rules);
            int n = block.Axes.Count, at = 0;
            Real[] system = Array.ConvertAll(new double[WeighSize(signature.Points)], zero => (Real)zero);
            foreach (Real number in new[] { block.Friction, block.Restitution, block.Torsional }) system[at++] = number;
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) system[at++] = block.Axes.Mobility[i, j];
            for (int i = 0; i < n; i++) system[at++] = block.Speed[i];
            k.Store("system", system);
        });

        /// <summary>Numbers that <see cref="Weigh"/> writes, at most.</summary>
        public static int WeighSize(int points) => (points + 3) * (points + 4) + 3;

        /// <summary>
        /// The coupled impact law. Unknown are the normal impulses of the points that are hit and one friction impulse at their centre.
        /// Each point leaves with v_n' = -e v_n. Friction makes slip end (sticking), or is mu times the sum of normal impulses against
        /// the slip at t (sliding); which of the two, and which points are hit, has been chosen so that impulses push and lie in the cone.
        /// The twist about the normal of several points counts as slip at their mean lever; the spin of a single point ends, or is slowed
        /// by torsional friction times the normal impulse.
        /// </summary>
        public static Kernel Impact(ManifoldSignature signature, MaterialRules rules) => Kernel.Define("impact", k =>
        {
            var block = new Block(k, signature, rules);
            ManifoldKernel manifold = block.Manifold;
            ContactAxes axes = block.Axes;
            int n = axes.Count, points = signature.Points;
            ImpactLayout layout = signature.Impact;
            Real[] slips = SlipDirection(block, layout);
            Real slip = Real.Length(slips[0], slips[1], layout.Twists ? slips[2] : 0);
            Real overSlip = Real.Select(slip > 0, 1 / slip, 0);

            var matrix = new Real[n, n];
            var impulse = new Real[n];
            for (int i = 0; i < points; i++)
            {
                for (int j = 0; j < n; j++) matrix[i, j] = Real.Select(block.Hit[i] > 0, axes.Mobility[i, j], i == j ? 1 : 0);
                Real target = -block.Restitution * Real.Min(block.Speed[i], 0);
                impulse[i] = Real.Select(block.Hit[i] > 0, target - block.Speed[i], 0);
            }
            for (int i = points; i < n; i++)
            {
                bool isSlip = i < points + layout.SlipAxes;
                Real against = isSlip ? block.Friction * slips[i - points] * overSlip : block.Torsional * Real.Select(block.Speed[i] < 0, -1, 1);
                Bool sticks = (isSlip ? block.Sticks : block.SpinSticks) > 0;
                for (int j = 0; j < n; j++) matrix[i, j] = Real.Select(sticks, axes.Mobility[i, j], j < points ? against : i == j ? 1 : 0);
                impulse[i] = Real.Select(sticks, -block.Speed[i], 0);
            }
            SmallSystem.Solve(matrix, impulse); // the normal block is positive definite for the points that are hit

            Real3 push = Real3.Zero, turnA = Real3.Zero, turnB = Real3.Zero;
            Real normal = 0;
            for (int i = 0; i < n; i++)
            {
                if (i < layout.LinearAxes) push += axes.Direction[i] * impulse[i];
                turnA += axes.MomentA[i] * impulse[i];
                turnB += axes.MomentB[i] * impulse[i];
                if (i < points) normal += impulse[i];
            }
            Real rest = manifold.Substep - block.Time;
            RigidState a = block.A.Kick(manifold.MassA, push, turnA).Fly(manifold.MassA, manifold.AccelerationA, rest);
            RigidState b = block.B.Kick(manifold.MassB, -push, -turnB).Fly(manifold.MassB, manifold.AccelerationB, rest);
            k.AccumulateAt("kickA", "a", Difference(a, manifold.A));
            k.AccumulateAt("kickB", "b", Difference(b, manifold.B));
            k.StoreAt("eventTime", "manifold", block.Time);
            k.StoreAt("eventImpulse", "manifold", push.X, push.Y, push.Z, normal);
        });

        // The slip at t, which friction acts against; where there is none, the slip that normal impulses begin: sum of D_tn.
        private static Real[] SlipDirection(Block block, ImpactLayout layout)
        {
            int points = layout.Points;
            Real closing = 0, squared = 0;
            for (int p = 0; p < points; p++) closing += block.Hit[p] * Real.Abs(block.Speed[p]);
            for (int i = 0; i < layout.SlipAxes; i++) squared += block.Speed[points + i] * block.Speed[points + i];
            Real least = NoSlip * closing;
            Bool slips = squared > least * least;
            var direction = new Real[layout.SlipAxes];
            for (int i = 0; i < direction.Length; i++)
            {
                Real begin = 0;
                for (int p = 0; p < points; p++) begin += block.Hit[p] * block.Axes.Mobility[points + i, p];
                direction[i] = Real.Select(slips, block.Speed[points + i], begin);
            }
            return direction;
        }

        /// <summary>Carries what impacts have changed over to the bodies.</summary>
        public static Kernel Apply() => Kernel.Define("apply impacts", k =>
        {
            Real[] end = k.Gather("end", "body", RigidState.Size), kick = k.Gather("kick", "body", RigidState.Size);
            for (int c = 0; c < kick.Length; c++) end[c] += kick[c];
            k.StoreAt("end", "body", end);
            k.StoreAt("kick", "body", Array.ConvertAll(kick, _ => (Real)0));
        });

        private static Real[] Difference(RigidState after, RigidState before)
        {
            Real[] x = after.Values, y = before.Values;
            for (int c = 0; c < x.Length; c++) x[c] -= y[c];
            return x;
        }

        /// <summary>The points of a manifold that are hit together, at their common time.</summary>
        private sealed class Block
        {
            public readonly ManifoldKernel Manifold;
            public readonly RigidState A, B;
            public readonly ContactAxes Axes;
            public readonly Real[] Speed, Hit;
            public readonly Real Time, Friction, Restitution, Torsional, Sticks, SpinSticks;

            public Block(KernelBuilder k, ManifoldSignature signature, MaterialRules rules)
            {
                int points = signature.Points;
                Manifold = new ManifoldKernel(k, signature);
                PairMaterial material = Manifold.Material(rules);
                ImpactLayout layout = signature.Impact;
                (Friction, Restitution) = (material.Friction, material.Restitution);
                Torsional = layout.Spins ? material.TorsionalFriction : 0;
                Real[] choice = k.Gather("choice", "choice", ChoiceSize(points));
                k.Constant("choice");
                Real[] share = new ArraySegment<Real>(choice, 2 * points, points).ToArray();
                Hit = new ArraySegment<Real>(choice, 3 * points, points).ToArray();
                (Sticks, SpinSticks) = (choice[4 * points], choice[5 * points + 1]);
                Time = 0;
                for (int p = 0; p < points; p++)
                {
                    Real time = choice[p], rate = choice[4 * points + 1 + p];
                    for (int step = 0; step < ChordSteps; step++)
                    {
                        (RigidState a, RigidState b) = Manifold.At(time);
                        time -= Manifold.Contact(p, a, b).Gap / rate;
                    }
                    time = Real.Select(rate < 0, time, -Manifold.Substep);
                    Time += Real.Select(choice[points + p] > 0, choice[points + p] * time, 0);
                }

                (A, B) = Manifold.At(Time);
                var contacts = new TracedContact[points];
                for (int p = 0; p < points; p++) contacts[p] = Manifold.Contact(p, A, B);
                Axes = new ContactAxes(Manifold, A, B, contacts, share, layout.Axes, layout.Twists, layout.Resists, material);
                Speed = new Real[Axes.Count];
                for (int i = 0; i < Speed.Length; i++) Speed[i] = Axes.Speed(i, A.Velocity, A.AngularVelocity, B.Velocity, B.AngularVelocity);
            }
        }
    }
}
