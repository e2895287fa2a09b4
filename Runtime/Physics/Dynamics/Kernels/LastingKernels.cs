using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Lasting contacts: slow or resting, solved after the impacts. Their impulses act like constant forces for the time tau for which
    /// the contact lasts within the substep, so an impulse j moves a body by j tau / (2 m). Normal impulses push and end closing;
    /// friction is one impulse at the manifold's centre, with a twist where there are several points, inside the cone of their sum. Where slip ends at a time t* before the end, the
    /// mean slip is s0 t* / 2, and not what a constant force gives: positions are put right for that.
    /// </summary>
    internal static class LastingKernels
    {
        // Slip below this, in metres per second, is what iterations leave over; where it ends, positions are not put right.
        private const double SlipSpeed = 1e-4;

        /// <summary>
        /// Inverse mass and inverse inertia in the world of the bodies with lasting contacts, with the rotation at the end of the substep.
        /// Their impulses and displacements start from zero. Forces F that joints exert at levers l turn a body like a spring of stiffness
        /// F l; where the substep is too long for that swing, inertia g^2 / (g + I) with g = h^2 F l / 2 is added, which is of fourth order
        /// in h (in the manner of Tournier et al., Stable Constrained Dynamics, 2015).
        /// </summary>
        public static Kernel Begin(bool jointed) => Kernel.Define("begin lasting contacts", k =>
        {
            var state = new RigidState(k.Gather("end", "body", RigidState.Size));
            Real[] values = k.Gather("mass", "body", RigidMass.Size);
            if (jointed)
            {
                Real g = 0.5 * k.Gather(BodyBuffers.Substep, "world") * k.Gather("strain", "body");
                for (int axis = 1; axis < RigidMass.Size; axis++) values[axis] += g * g / (g + values[axis]);
            }

            var mass = new RigidMass(values, k.Gather("mobility", "body"));
            k.Constant("mobility");
            Real3 x = mass.InverseInertia(state.Rotation, new Real3(1, 0, 0)), y = mass.InverseInertia(state.Rotation, new Real3(0, 1, 0)),
                z = mass.InverseInertia(state.Rotation, new Real3(0, 0, 1));
            k.StoreAt("inverse", "body", mass.Inverse, x.X, x.Y, x.Z, y.Y, y.Z, z.Z);
            foreach (string slot in new[] { "impulse", "push", "shift" }) k.StoreAt(slot, "body", 0, 0, 0, 0, 0, 0);
        });

        /// <summary>Makes the rows of a manifold, and hands the bodies the impulses it starts with.</summary>
        public static Kernel Prepare(ManifoldSignature signature, MaterialRules rules) => Kernel.Define("prepare lasting contacts", k =>
        {
            LastingLayout layout = signature.Layout;
            int points = layout.Points;
            var manifold = new ManifoldKernel(k, signature);
            Real[] choice = k.Gather("choice", "feature", 2 * points), share = new ArraySegment<Real>(choice, points, points).ToArray(); // active, share in the centre
            k.Constant("choice");
            Real begin = k.Gather("eventTime", "manifold"), tau = manifold.Substep - begin;

            // Axes are taken where the contact begins to act, because there the surfaces touch: at the end of the substep they overlap by
            // what gravity would do without the contact, and levers would be wrong by that.
            (RigidState a, RigidState b) = manifold.At(begin);
            var contacts = new TracedContact[points];
            for (int p = 0; p < points; p++) contacts[p] = manifold.Contact(p, a, b);
            PairMaterial material = manifold.Material(rules);
            var axes = new ContactAxes(manifold, a, b, contacts, share, layout.Axes, layout.Twists, layout.Resists, material);

            var gap = new Real[points];
            var speed = new Real[axes.Count];
            for (int i = 0; i < axes.Count; i++)
                speed[i] = axes.Speed(i, manifold.A.Velocity, manifold.A.AngularVelocity, manifold.B.Velocity, manifold.B.AngularVelocity);
            for (int p = 0; p < points; p++) gap[p] = manifold.Contact(p, manifold.A, manifold.B).Gap;
            Real[] gainA = k.Gather("gainA", "a", 6), gainB = k.Gather("gainB", "b", 6);
            var start = new Real[axes.Count - points];
            for (int t = 0; t < start.Length; t++)
            {
                Real built = axes.Speed(points + t, new Real3(gainA, 0), new Real3(gainA, 3), new Real3(gainB, 0), new Real3(gainB, 3));
                start[t] = speed[points + t] - built * (tau / manifold.Substep);
            }
            Real[] softness = layout.IsSoft ? Softness(material, share, manifold.MassA.Inverse + manifold.MassB.Inverse) : null;
            LastingRow row = LastingRow.Make(layout, axes, speed, gap, new ArraySegment<Real>(choice, 0, points).ToArray(), start, tau, material, softness);
            k.StoreAt("rows", "row", row.Values);

            var impulse = new Real[axes.Count];
            for (int p = 0; p < points; p++) impulse[p] = row.Active(p) * k.Gather("warmNormal" + p, "warmNormal" + p);
            Real[] kept = k.Gather("warmFriction", "warmManifold", KeptSize);
            for (int i = points; i < axes.Count; i++)
                impulse[i] = i < layout.LinearAxes ? Real3.Dot(axes.Direction[i], new Real3(kept, 0)) : Along(axes.MomentA[i], new Real3(kept, 3));
            k.StoreAt("impulses", "row", impulse);
            Add(k, "impulse", row.Wrench(impulse));

            // The part of a torque that an axis takes, which is not always of length 1.
            Real Along(Real3 axis, Real3 torque)
            {
                Real length = Real3.Dot(axis, axis);
                return Real.Select(length > 0, Real3.Dot(axis, torque) / length, 0);
            }
        });

        /// <summary>
        /// Some sweeps over the axes of a manifold: friction and what resists turning, each kept to the part of the load that its cone
        /// allows, then the normals, each kept from pulling (projected Gauss-Seidel on D). A point that is near but open is held as if it
        /// were closed: letting it close first makes stacks chatter. Normals go once ahead, so that the cone is there for friction.
        /// A soft point pushes with z = -tau (k g + c v), gap g and speed v as they are at the end.
        /// </summary>
        public static Kernel Velocity(LastingLayout layout, int sweeps, double part) => Kernel.Define("solve velocities", k =>
        {
            int points = layout.Points;
            var row = new LastingRow(k.Gather("rows", "row", LastingRow.Size(layout)), layout);
            Real[] impulse = k.Gather("impulses", "row", layout.Axes), before = (Real[])impulse.Clone();
            Real[] speed = Response(k, row, "impulse");
            for (int i = 0; i < speed.Length; i++) speed[i] += row.Speed(i);
            Normals();
            for (int sweep = 0; sweep < sweeps; sweep++)
            {
                Real load = Load(impulse, points);
                KeepWithin(row, impulse, speed, layout.Slip, layout.SlipAxes, load * row.Friction);
                if (layout.Resists && !layout.Twists)
                {
                    Real most = load * row.TorsionalFriction, wanted = impulse[layout.Spin] - speed[layout.Spin] / row.Mobility(layout.Spin, layout.Spin);
                    Change(row, impulse, speed, layout.Spin, Real.Clamp(wanted, -most, most));
                }

                if (layout.Resists) KeepWithin(row, impulse, speed, layout.Roll, 2, load * row.RollingFriction);
                Normals();
            }
            k.StoreAt("impulses", "row", impulse);
            AddChange(k, row, impulse, before);

            void Normals()
            {
                for (int p = 0; p < points; p++)
                {
                    Real step = speed[p] / row.Mobility(p, p);
                    if (layout.IsSoft)
                    {
                        // The gap at the end: a speed gained by impulses moves by a part of it times tau.
                        Real tau = row.Duration, gap = row.Gap(p) + part * tau * (speed[p] - row.Speed(p));
                        Real error = impulse[p] + tau * (row.Stiffness(p) * gap + row.Damping(p) * speed[p]);
                        step = error / (1 + tau * (part * tau * row.Stiffness(p) + row.Damping(p)) * row.Mobility(p, p));
                    }
                    Change(row, impulse, speed, p, row.Active(p) * Real.Max(impulse[p] - step, 0));
                }
            }
        });

        /// <summary>
        /// The displacement that impulses make, added up on the bodies: half of impulse times duration, as by constant forces, or all of it
        /// in symplectic steps, where positions move with the new velocity.
        /// </summary>
        public static Kernel Shift(LastingLayout layout, double part) => Kernel.Define("shift", k =>
        {
            var row = new LastingRow(k.Gather("rows", "row", LastingRow.Size(layout)), layout);
            Real[] impulse = k.Gather("impulses", "row", layout.Axes);
            Add(k, "shift", row.Wrench(Array.ConvertAll(impulse, z => z * (part * row.Duration))));
        });

        /// <summary>
        /// Numbers that <see cref="Target"/> writes: the displacement wanted along each axis, the least push at each point, and for each of
        /// slip, spin and roll whether it is put right.
        /// </summary>
        public static int TargetSize(LastingLayout layout) => layout.Axes + layout.Points + layout.Groups;

        /// <summary>
        /// The displacements wanted of the position solve. Loaded points keep their place, and lose a part of any overlap. Where slip has
        /// ended: with pre the slip without contact, f the friction impulse that ended it and F = mu times the normal impulses, slip
        /// falls from s0 at the rate (|pre| F/|f| - (pre . s0/|s0| - |s0|)) / tau, which gives t*; wanted is -(tau - t*) s0 / 2 more. The
        /// same for spin and roll; where roll ends, the slip that there is not must stay away.
        /// Symplectic steps know no time within a step, and put nothing right.
        /// </summary>
        public static Kernel Target(LastingLayout layout, double errorReduction, double slop, double part) => Kernel.Define("position targets", k =>
        {
            int points = layout.Points;
            var row = new LastingRow(k.Gather("rows", "row", LastingRow.Size(layout)), layout);
            Real[] impulse = k.Gather("impulses", "row", layout.Axes), shift = Response(k, row, "shift");
            var target = new Real[TargetSize(layout)];
            Real load = Load(impulse, points), tau = row.Duration;
            for (int p = 0; p < points; p++)
            {
                Real gap = row.Gap(p) + shift[p], overlap = Real.Max(-gap - slop, 0);
                target[p] = errorReduction * overlap - Real.Select(impulse[p] > 0, 0, Real.Max(gap, 0));
                target[layout.Axes + p] = -part * tau * impulse[p];
            }
            int ends = layout.Axes + points;
            Bool grips = Stop(layout.Slip, layout.SlipAxes, load * row.Friction, ends);
            if (layout.Resists)
            {
                if (layout.Twists) target[ends + 1] = 0;
                else Stop(layout.Spin, 1, load * row.TorsionalFriction, ends + 1);
                Stop(layout.Roll, 2, load * row.RollingFriction, ends + 2);
                target[ends] = Real.Max(target[ends], (grips & (target[ends + 2] > 0)).ToReal());
            }
            k.StoreAt("targets", "row", target);

            // Writes what one group of axes wants; says whether its impulse lies inside of its limit.
            Bool Stop(int axis, int count, Real limit, int flag)
            {
                Real impulses = 0, starts = 0, frees = 0, along = 0;
                for (int i = axis; i < axis + count; i++)
                {
                    impulses += impulse[i] * impulse[i];
                    starts += row.Start(i) * row.Start(i);
                    frees += row.Speed(i) * row.Speed(i);
                    along += row.Speed(i) * row.Start(i);
                }
                Real used = Length(impulses), start = Length(starts), free = Length(frees);
                Bool inside = used < limit * (1 - 1e-9), stops = inside & (used > 0) & (start > 1e-12);
                Real built = Real.Select(start > 1e-12, along / start, 0) - start;
                Real rate = Real.Select(used > 0, free * limit / used, 0) - built;
                Real stop = Real.Clamp(Real.Select(stops & (rate > 0), tau * start / rate, tau), 0, tau);
                for (int i = axis; i < axis + count; i++) target[i] = -0.5 * (tau - stop) * row.Start(i);
                target[flag] = part < 1 ? (stops & (start > SlipSpeed)).ToReal() : 0;
                return inside;
            }
        });

        /// <summary>Sweeps like those of <see cref="Velocity"/> for the displacements of <see cref="Target"/>; a point may give back its own shift.</summary>
        public static Kernel Position(LastingLayout layout, int sweeps) => Kernel.Define("solve positions", k =>
        {
            var row = new LastingRow(k.Gather("rows", "row", LastingRow.Size(layout)), layout);
            Real[] target = k.Gather("targets", "row", TargetSize(layout));
            Real[] push = k.Gather("pushes", "row", layout.Axes), before = (Real[])push.Clone();
            Real[] moved = Response(k, row, "impulse");
            int ends = layout.Axes + layout.Points;
            for (int sweep = 0; sweep < sweeps; sweep++)
            {
                Meet(layout.Slip, layout.SlipAxes, target[ends]);
                if (layout.Resists && !layout.Twists) Meet(layout.Spin, 1, target[ends + 1]);
                if (layout.Resists) Meet(layout.Roll, 2, target[ends + 2]);
                if (layout.IsSoft) continue; // overlap is what carries
                for (int p = 0; p < layout.Points; p++)
                {
                    Real wanted = push[p] + (target[p] - moved[p]) / row.Mobility(p, p);
                    Change(row, push, moved, p, row.Active(p) * Real.Max(wanted, target[layout.Axes + p]));
                }
            }
            k.StoreAt("pushes", "row", push);
            AddChange(k, row, push, before);

            void Meet(int axis, int count, Real asked)
            {
                var missing = new Real[count];
                for (int i = 0; i < count; i++) missing[i] = target[axis + i] - moved[axis + i];
                Real[] step = Together(row, axis, missing);
                for (int i = 0; i < count; i++) Change(row, push, moved, axis + i, push[axis + i] + asked * step[i]);
            }
        });

        /// <summary>Carries a batch's changes over to the bodies' accumulated impulses.</summary>
        public static Kernel Gather() => Kernel.Define("gather impulses", k =>
        {
            Real[] impulse = k.Gather("impulse", "body", 6), change = k.Gather("change", "body", 6);
            for (int c = 0; c < 6; c++) impulse[c] += change[c];
            k.StoreAt("impulse", "body", impulse);
            k.StoreAt("change", "body", Array.ConvertAll(change, _ => (Real)0));
        });

        /// <summary>Numbers kept of a manifold besides its normal impulses: friction, and the torque that resists turning.</summary>
        public const int KeptSize = 6;

        /// <summary>Keeps the impulses for the next substep to start with.</summary>
        public static Kernel Keep(LastingLayout layout) => Kernel.Define("keep impulses", k =>
        {
            var row = new LastingRow(k.Gather("rows", "row", LastingRow.Size(layout)), layout);
            Real[] impulse = k.Gather("impulses", "row", layout.Axes);
            for (int p = 0; p < layout.Points; p++) k.AccumulateAt("keptNormal" + p, "keptNormal" + p, impulse[p]);
            Real3 friction = Real3.Zero, torque = Real3.Zero;
            for (int i = layout.Slip; i < layout.Axes; i++)
            {
                if (i < layout.LinearAxes) friction += row.Direction(i) * impulse[i];
                else torque += row.MomentA(i) * impulse[i];
            }
            k.AccumulateAt("keptFriction", "keptManifold", friction.X, friction.Y, friction.Z, torque.X, torque.Y, torque.Z);
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

        // Stiffnesses, then dampings, of the points: the mass that moves is the reduced one, 1 / (1/m_A + 1/m_B), shared by the points.
        private static Real[] Softness(PairMaterial material, Real[] share, Real inverseMass)
        {
            (Real stiffness, Real damping) = material.Softness;
            var values = new Real[2 * share.Length];
            for (int p = 0; p < share.Length; p++)
            {
                values[p] = share[p] * stiffness / inverseMass;
                values[share.Length + p] = share[p] * damping / inverseMass;
            }
            return values;
        }

        private static Real Load(Real[] impulse, int points)
        {
            Real load = 0;
            for (int p = 0; p < points; p++) load += impulse[p];
            return load;
        }

        private static Real Length(Real squared) => Real.Select(squared > 0, Real.Sqrt(squared), 0);

        // Some axes together end their motion, if the impulse for it lies within the limit. If not, they take the impulse at the limit that
        // motion drags it to, so that it opposes the motion also where D is not the same along all.
        private static void KeepWithin(LastingRow row, Real[] impulse, Real[] speed, int axis, int count, Real limit)
        {
            var grip = new Real[count];
            Real mobility = 0, gripSquared = 0, dragSquared = 0;
            for (int i = 0; i < count; i++)
            {
                grip[i] = -speed[axis + i];
                mobility += row.Mobility(axis + i, axis + i);
            }
            grip = Together(row, axis, grip);
            Real step = 1 / mobility;
            var drag = new Real[count];
            for (int i = 0; i < count; i++)
            {
                grip[i] += impulse[axis + i];
                drag[i] = impulse[axis + i] - step * speed[axis + i];
                gripSquared += grip[i] * grip[i];
                dragSquared += drag[i] * drag[i];
            }

            // Where there is neither motion nor load, it slides: were it to stick, friction would answer to motion without any load.
            Bool slides = gripSquared >= limit * limit;
            Real toLimit = Real.Select(dragSquared > 0, limit / Real.Sqrt(dragSquared), 0);
            for (int i = 0; i < count; i++) Change(row, impulse, speed, axis + i, Real.Select(slides, drag[i] * toLimit, grip[i]));
        }

        // Solves the system of one to three axes, D x = right, by Cramer's rule.
        private static Real[] Together(LastingRow row, int axis, Real[] right)
        {
            Real xx = row.Mobility(axis, axis);
            if (right.Length == 1) return new[] { right[0] / xx };
            Real xy = row.Mobility(axis, axis + 1), yy = row.Mobility(axis + 1, axis + 1), x = right[0], y = right[1];
            if (right.Length == 2)
            {
                Real inverse = 1 / (xx * yy - xy * xy);
                return new[] { (yy * x - xy * y) * inverse, (xx * y - xy * x) * inverse };
            }

            Real xz = row.Mobility(axis, axis + 2), yz = row.Mobility(axis + 1, axis + 2), zz = row.Mobility(axis + 2, axis + 2), z = right[2];
            Real a = yy * zz - yz * yz, b = xz * yz - xy * zz, c = xy * yz - xz * yy, d = xx * zz - xz * xz, e = xy * xz - xx * yz, f = xx * yy - xy * xy;
            Real over = 1 / (xx * a + xy * b + xz * c);
            return new[] { (a * x + b * y + c * z) * over, (b * x + d * y + e * z) * over, (c * x + e * y + f * z) * over };
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
