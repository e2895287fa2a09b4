using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Lasting contacts: slow or resting, solved after the impacts. Their impulses act like constant forces for the time tau for which
    /// the contact lasts within the substep, so an impulse j moves a body by j tau / (2 m). Normal impulses push and end closing;
    /// friction is one impulse at the manifold's centre inside the cone of their sum. Where slip ends at a time t* before the end, the
    /// mean slip is s0 t* / 2, and not what a constant force gives: positions are put right for that.
    /// </summary>
    internal static class LastingKernels
    {
        // Slip below this, in metres per second, is what iterations leave over; where it ends, positions are not put right.
        private const double SlipSpeed = 1e-4;

        /// <summary>
        /// Inverse mass and inverse inertia in the world of the bodies with lasting contacts, with the rotation at the end of the substep.
        /// Their impulses and displacements start from zero.
        /// </summary>
        public static Kernel Begin() => Kernel.Define("begin lasting contacts", k =>
        {
            var state = new RigidState(k.Gather("end", "body", RigidState.Size));
            var mass = new RigidMass(k.Gather("mass", "body", RigidMass.Size), k.Gather("mobility", "body"));
            k.Constant("mobility");
            Real3 x = mass.InverseInertia(state.Rotation, new Real3(1, 0, 0)), y = mass.InverseInertia(state.Rotation, new Real3(0, 1, 0)),
                z = mass.InverseInertia(state.Rotation, new Real3(0, 0, 1));
            k.StoreAt("inverse", "body", mass.Inverse, x.X, x.Y, x.Z, y.Y, y.Z, z.Z);
            foreach (string slot in new[] { "impulse", "push", "shift" }) k.StoreAt(slot, "body", 0, 0, 0, 0, 0, 0);
        });

        /// <summary>Makes the rows of a manifold, and hands the bodies the impulses it starts with.</summary>
        public static Kernel Prepare(ManifoldSignature signature, MaterialRules rules) => Kernel.Define("prepare lasting contacts", k =>
        {
            int points = signature.Points;
            var manifold = new ManifoldKernel(k, signature);
            (Real friction, _) = manifold.Material(rules);
            Real[] choice = k.Gather("choice", "feature", 2 * points); // active, share in the centre
            k.Constant("choice");
            Real begin = k.Gather("eventTime", "manifold"), tau = manifold.Substep - begin;

            // Axes are taken where the contact begins to act, because there the surfaces touch: at the end of the substep they overlap by
            // what gravity would do without the contact, and levers would be wrong by that.
            (RigidState a, RigidState b) = manifold.At(begin);
            var contacts = new TracedContact[points];
            for (int p = 0; p < points; p++) contacts[p] = manifold.Contact(p, a, b);
            var axes = new ContactAxes(manifold, a, b, contacts, new ArraySegment<Real>(choice, points, points).ToArray());

            var gap = new Real[points];
            var speed = new Real[axes.Count];
            for (int i = 0; i < axes.Count; i++)
                speed[i] = axes.Speed(i, manifold.A.Velocity, manifold.A.AngularVelocity, manifold.B.Velocity, manifold.B.AngularVelocity);
            for (int p = 0; p < points; p++) gap[p] = manifold.Contact(p, manifold.A, manifold.B).Gap;
            Real[] gainA = k.Gather("gainA", "a", 6), gainB = k.Gather("gainB", "b", 6);
            var slip = new Real[2];
            for (int t = 0; t < 2; t++)
            {
                Real built = axes.Speed(points + t, new Real3(gainA, 0), new Real3(gainA, 3), new Real3(gainB, 0), new Real3(gainB, 3));
                slip[t] = speed[points + t] - built * (tau / manifold.Substep);
            }
            LastingRow row = LastingRow.Make(axes, speed, gap, new ArraySegment<Real>(choice, 0, points).ToArray(), slip, tau, friction);
            k.StoreAt("rows", "row", row.Values);

            var impulse = new Real[axes.Count];
            for (int p = 0; p < points; p++) impulse[p] = row.Active(p) * k.Gather("warmNormal" + p, "warmNormal" + p);
            var warm = new Real3(k.Gather("warmFriction", "warmManifold", 3), 0);
            for (int t = 0; t < 2; t++) impulse[points + t] = Real3.Dot(axes.Direction[points + t], warm);
            k.StoreAt("impulses", "row", impulse);
            Add(k, "impulse", row.Wrench(impulse));
        });

        /// <summary>
        /// Some sweeps over the axes of a manifold: friction, its two tangents together and kept on the disc of the cone, then the
        /// normals, each kept from pulling (projected Gauss-Seidel on D). A point that is near but open is held as if it were closed:
        /// letting it close first makes stacks chatter. Normals go once ahead, so that the cone is there for friction.
        /// </summary>
        public static Kernel Velocity(int points, int sweeps) => Kernel.Define("solve velocities", k =>
        {
            var row = new LastingRow(k.Gather("rows", "row", LastingRow.Size(points)), points);
            Real[] impulse = k.Gather("impulses", "row", points + 2), before = (Real[])impulse.Clone();
            Real[] speed = Response(k, row, "impulse");
            for (int i = 0; i < speed.Length; i++) speed[i] += row.Speed(i);
            Normals();
            for (int sweep = 0; sweep < sweeps; sweep++)
            {
                Real cap = 0;
                for (int p = 0; p < points; p++) cap += impulse[p];
                cap *= row.Friction;
                // Sticking ends the slip. Sliding takes the friction on the disc that slip drags it to, so that it opposes the slip also
                // where D is not the same along both tangents.
                (Real x, Real y) = TangentStep(row, points, -speed[points], -speed[points + 1]);
                x += impulse[points];
                y += impulse[points + 1];
                Real step = 1 / (row.Mobility(points, points) + row.Mobility(points + 1, points + 1));
                Real dragX = impulse[points] - step * speed[points], dragY = impulse[points + 1] - step * speed[points + 1];
                Real drag = dragX * dragX + dragY * dragY;
                // Where there is neither slip nor load, it slides: were it to stick, friction would answer to slip without any load.
                Bool slides = x * x + y * y >= cap * cap;
                Real onDisc = Real.Select(drag > 0, cap / Real.Sqrt(drag), 0);
                Change(row, impulse, speed, points, Real.Select(slides, dragX * onDisc, x));
                Change(row, impulse, speed, points + 1, Real.Select(slides, dragY * onDisc, y));
                Normals();
            }
            k.StoreAt("impulses", "row", impulse);
            AddChange(k, row, impulse, before);

            void Normals()
            {
                for (int p = 0; p < points; p++)
                {
                    Real wanted = impulse[p] - speed[p] / row.Mobility(p, p);
                    Change(row, impulse, speed, p, row.Active(p) * Real.Max(wanted, 0));
                }
            }
        });

        /// <summary>The displacement that constant forces make: half of impulse times duration, added up on the bodies.</summary>
        public static Kernel Shift(int points) => Kernel.Define("shift", k =>
        {
            var row = new LastingRow(k.Gather("rows", "row", LastingRow.Size(points)), points);
            Real[] impulse = k.Gather("impulses", "row", points + 2);
            Add(k, "shift", row.Wrench(Array.ConvertAll(impulse, z => z * (0.5 * row.Duration))));
        });

        /// <summary>Numbers that <see cref="Target"/> writes: for each point the displacement wanted and the least push; slip wanted, and whether it ends.</summary>
        public static int TargetSize(int points) => 2 * points + 3;

        /// <summary>
        /// The displacements wanted of the position solve. Loaded points keep their place, and lose a part of any overlap. Where slip has
        /// ended: with pre the slip without contact, f the friction impulse that ended it and F = mu times the normal impulses, slip
        /// falls from s0 at the rate (|pre| F/|f| - (pre . s0/|s0| - |s0|)) / tau, which gives t*; wanted is -(tau - t*) s0 / 2 more.
        /// </summary>
        public static Kernel Target(int points, double pushOut, double slop) => Kernel.Define("position targets", k =>
        {
            var row = new LastingRow(k.Gather("rows", "row", LastingRow.Size(points)), points);
            Real[] impulse = k.Gather("impulses", "row", points + 2), shift = Response(k, row, "shift");
            var target = new Real[TargetSize(points)];
            Real cap = 0, tau = row.Duration;
            for (int p = 0; p < points; p++)
            {
                Real gap = row.Gap(p) + shift[p], overlap = Real.Max(-gap - slop, 0);
                target[p] = pushOut * overlap - Real.Select(impulse[p] > 0, 0, Real.Max(gap, 0));
                target[points + p] = -0.5 * tau * impulse[p];
                cap += impulse[p];
            }
            cap *= row.Friction;
            Real fx = impulse[points], fy = impulse[points + 1], sx = row.StartSlip(0), sy = row.StartSlip(1), px = row.Speed(points), py = row.Speed(points + 1);
            Real friction = Length(fx, fy), start = Length(sx, sy), free = Length(px, py);
            Bool ends = (friction < cap * (1 - 1e-9)) & (friction > 0) & (start > 1e-12);
            Real built = Real.Select(start > 1e-12, (px * sx + py * sy) / start, 0) - start;
            Real rate = Real.Select(friction > 0, free * cap / friction, 0) - built;
            Real stop = Real.Clamp(Real.Select(ends & (rate > 0), tau * start / rate, tau), 0, tau);
            target[2 * points] = -0.5 * (tau - stop) * sx;
            target[2 * points + 1] = -0.5 * (tau - stop) * sy;
            target[2 * points + 2] = (ends & (start > SlipSpeed)).ToReal();
            k.StoreAt("targets", "row", target);
        });

        /// <summary>Sweeps like those of <see cref="Velocity"/> for the displacements of <see cref="Target"/>; a point may give back its own shift.</summary>
        public static Kernel Position(int points, int sweeps) => Kernel.Define("solve positions", k =>
        {
            var row = new LastingRow(k.Gather("rows", "row", LastingRow.Size(points)), points);
            Real[] target = k.Gather("targets", "row", TargetSize(points));
            Real[] push = k.Gather("pushes", "row", points + 2), before = (Real[])push.Clone();
            Real[] moved = Response(k, row, "impulse");
            for (int sweep = 0; sweep < sweeps; sweep++)
            {
                (Real x, Real y) = TangentStep(row, points, target[2 * points] - moved[points], target[2 * points + 1] - moved[points + 1]);
                Change(row, push, moved, points, push[points] + target[2 * points + 2] * x);
                Change(row, push, moved, points + 1, push[points + 1] + target[2 * points + 2] * y);
                for (int p = 0; p < points; p++)
                {
                    Real wanted = push[p] + (target[p] - moved[p]) / row.Mobility(p, p);
                    Change(row, push, moved, p, row.Active(p) * Real.Max(wanted, target[points + p]));
                }
            }
            k.StoreAt("pushes", "row", push);
            AddChange(k, row, push, before);
        });

        /// <summary>Carries a batch's changes over to the bodies' accumulated impulses.</summary>
        public static Kernel Gather() => Kernel.Define("gather impulses", k =>
        {
            Real[] impulse = k.Gather("impulse", "body", 6), change = k.Gather("change", "body", 6);
            for (int c = 0; c < 6; c++) impulse[c] += change[c];
            k.StoreAt("impulse", "body", impulse);
            k.StoreAt("change", "body", Array.ConvertAll(change, _ => (Real)0));
        });

        /// <summary>Keeps the impulses for the next substep to start with.</summary>
        public static Kernel Keep(int points) => Kernel.Define("keep impulses", k =>
        {
            var row = new LastingRow(k.Gather("rows", "row", LastingRow.Size(points)), points);
            Real[] impulse = k.Gather("impulses", "row", points + 2);
            for (int p = 0; p < points; p++) k.AccumulateAt("keptNormal" + p, "keptNormal" + p, impulse[p]);
            Real3 friction = row.Direction(points) * impulse[points] + row.Direction(points + 1) * impulse[points + 1];
            k.AccumulateAt("keptFriction", "keptManifold", friction.X, friction.Y, friction.Z);
        });

        /// <summary>Adds what lasting contacts have done to the states of their bodies.</summary>
        public static Kernel Finish() => Kernel.Define("finish lasting contacts", k =>
        {
            var end = new RigidState(k.Gather("end", "body", RigidState.Size));
            Real[] inverse = k.Gather("inverse", "body", BodyImpulse.InverseSize), shift = k.Gather("shift", "body", 6), push = k.Gather("push", "body", 6);
            var velocity = new BodyImpulse(inverse, k.Gather("impulse", "body", 6));
            for (int c = 0; c < 6; c++) shift[c] += push[c];
            var displacement = new BodyImpulse(inverse, shift);
            k.StoreAt("state", "body", new RigidState(
                end.Position + displacement.Linear, RealQuaternion.Normalise(RealQuaternion.FromVector(displacement.Angular) * end.Rotation),
                end.Velocity + velocity.Linear, end.AngularVelocity + velocity.Angular).Values);
        });

        private static Real Length(Real x, Real y)
        {
            Real squared = x * x + y * y;
            return Real.Select(squared > 0, Real.Sqrt(squared), 0);
        }

        // The 2 x 2 system of the tangents, by Cramer's rule.
        private static (Real, Real) TangentStep(LastingRow row, int points, Real x, Real y)
        {
            Real xx = row.Mobility(points, points), xy = row.Mobility(points, points + 1), yy = row.Mobility(points + 1, points + 1);
            Real over = 1 / (xx * yy - xy * xy);
            return ((yy * x - xy * y) * over, (xx * y - xy * x) * over);
        }

        private static void Change(LastingRow row, Real[] impulse, Real[] speed, int axis, Real value)
        {
            Real change = value - impulse[axis];
            impulse[axis] = value;
            for (int i = 0; i < speed.Length; i++) speed[i] += row.Mobility(i, axis) * change;
        }

        private static Real[] Response(KernelBuilder k, LastingRow row, string slot) => row.Response(
            new BodyImpulse(k.Gather("inverseA", "a", BodyImpulse.InverseSize), k.Gather(slot + "A", "a", 6)),
            new BodyImpulse(k.Gather("inverseB", "b", BodyImpulse.InverseSize), k.Gather(slot + "B", "b", 6)));

        private static void AddChange(KernelBuilder k, LastingRow row, Real[] after, Real[] before)
        {
            var change = new Real[after.Length];
            for (int i = 0; i < change.Length; i++) change[i] = after[i] - before[i];
            Add(k, "change", row.Wrench(change));
        }

        private static void Add(KernelBuilder k, string slot, (Real3 linear, Real3 aboutA, Real3 aboutB) w)
        {
            k.AccumulateAt(slot + "A", "a", w.linear.X, w.linear.Y, w.linear.Z, w.aboutA.X, w.aboutA.Y, w.aboutA.Z);
            k.AccumulateAt(slot + "B", "b", -w.linear.X, -w.linear.Y, -w.linear.Z, -w.aboutB.X, -w.aboutB.Y, -w.aboutB.Z);
        }
    }
}
