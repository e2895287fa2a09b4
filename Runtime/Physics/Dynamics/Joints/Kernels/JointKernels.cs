using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Joints within a substep. The impulses expected from those before act on the flight like constant forces, along rows taken at half of it;
    /// what they lack is solved at its end for all joints together, and acts like a constant force too, so that it moves bodies by half
    /// of impulse times h. Both coordinates and speeds of locked axes are right at the end, and the whole is of second order in h.
    /// </summary>
    internal static class JointKernels
    {
        /// <summary>Coordinate and speed of each row in the present states.</summary>
        public static Kernel Measure(JointSignature signature, int size) => Kernel.Define("measure joints", k =>
        {
            RigidState a = new RigidState(k.Gather("stateA", "a", RigidState.Size)), b = new RigidState(k.Gather("stateB", "b", RigidState.Size));
            RowCoordinate[] q = new JointCoordinates(signature, k.Gather("frames", "joint", JointCoordinates.FrameSize)).Evaluate(a, b);
            Real[] angles = k.Gather("angles", "joint", 2 * size), measured = Zeros(2 * size);
            for (int r = 0; r < q.Length; r++)
            {
                measured[2 * r] = q[r].Near(angles[2 * r], angles[2 * r + 1]).value;
                measured[2 * r + 1] = JointRow.Rate(q[r].Value, a, b);
            }

            k.StoreAt("measured", "joint", measured);
        });

        /// <summary>
        /// Rows at the end of the substep, motion of the coordinates, of which rigid rows need only the speed and the angles, and K = J W J^T of
        /// the joint alone.
        /// </summary>
        public static Kernel Prepare(JointSignature signature, int size) => Kernel.Define("prepare joints", k =>
        {
            (RigidState endA, RigidState endB) = (new RigidState(k.Gather("endA", "a", RigidState.Size)), new RigidState(k.Gather("endB", "b", RigidState.Size)));
            RowCoordinate[] q = new JointCoordinates(signature, k.Gather("frames", "joint", JointCoordinates.FrameSize)).Evaluate(endA, endB);
            Real[] begin = k.Gather("begin", "joint", WarmKernels.StartPerRow * size);
            var rows = new JointRow[signature.Rows];
            Real[] values = Zeros(JointRow.Size * size), motion = Zeros(RowLaw.MotionSize * size), own = Zeros(size * size);
            for (int r = 0; r < rows.Length; r++)
            {
                rows[r] = JointRow.Of(q[r].Value, endA, endB);
                rows[r].Values.CopyTo(values, JointRow.Size * r);
                int at = WarmKernels.StartPerRow * r;
                (Real after, Real first, Real second) = q[r].Near(begin[at + 2], begin[at + 3]);
                new[] { begin[at], signature.Rigid[r] ? 0 : after, begin[at + 1], rows[r].Speed(endA, endB), first, second }.CopyTo(motion, RowLaw.MotionSize * r);
            }

            Real[] inverseA = k.Gather("inverseA", "a", BodyImpulse.InverseSize), inverseB = k.Gather("inverseB", "b", BodyImpulse.InverseSize);
            for (int r = 0; r < rows.Length; r++)
            {
                var a = new BodyImpulse(inverseA, rows[r].OnA(1));
                var b = new BodyImpulse(inverseB, rows[r].OnB(1));
                for (int c = 0; c <= r; c++) own[r * size + c] = own[c * size + r] = rows[c].Response(a, b);
            }

            k.StoreAt("rows", "joint", values);
            k.StoreAt("motion", "joint", motion);
            k.StoreAt("own", "joint", own);
        });

        /// <summary>J_i W J_j^T of two joints i and j that share a body, on which their rows act by the sides -1 (A) or 1 (B).</summary>
        public static Kernel Couple(int size) => Kernel.Define("couple joints", k =>
        {
            Real[] first = k.Gather("firstRows", "first", JointRow.Size * size), second = k.Gather("secondRows", "second", JointRow.Size * size);
            Real[] inverse = k.Gather("inverse", "body", BodyImpulse.InverseSize), sides = k.Lane("sides", 2);
            k.Constant("sides");
            var values = new Real[size * size];
            for (int c = 0; c < size; c++)
            {
                var response = new BodyImpulse(inverse, Wrench(second, c, sides[1]));
                for (int r = 0; r < size; r++)
                {
                    Real[] row = Wrench(first, r, sides[0]);
                    values[r * size + c] = Real3.Dot(new Real3(row, 0), response.Linear) + Real3.Dot(new Real3(row, 3), response.Angular);
                }
            }

            k.AccumulateAt("coupling", "pair", values);
        });

        /// <summary>The laws of a joint's rows in their modes, and its own block S + B K.</summary>
        public static Kernel Weigh(int size, bool[] rigid, double give) => Kernel.Define("weigh joints", k =>
        {
            Real[] numbers = k.Lane("numbers", JointAxis.NumberCount * size), motion = k.Lane("motion", RowLaw.MotionSize * size);
            Real[] modes = k.Lane("modes", RowLaw.ModeSize * size), own = k.Lane("own", size * size), laws = new Real[RowLaw.Size * size], block = new Real[size * size];
            Real h = k.Gather(BodyBuffers.Substep, "world");
            k.Constant("modes");
            for (int r = 0; r < size; r++)
            {
                Real mobility = own[r * size + r];
                RowLaw law = RowLaw.Of(new RowNumbers(numbers, r), new RowMotion(motion, r), new RowMode(modes, r), rigid[r], mobility, h, give);
                law.Values.CopyTo(laws, RowLaw.Size * r);
                for (int c = 0; c < size; c++) block[r * size + c] = law.Response * own[r * size + c];
                block[r * size + r] += law.Own;
            }

            k.Store("laws", laws);
            k.Store("blocks", block);
        });

        /// <summary>The blocks B_i C and B_j C^T of two joints, where C = J_i W J_j^T.</summary>
        public static Kernel Spread(int size) => Kernel.Define("spread couplings", k =>
        {
            Real[] first = k.Gather("lawsOfFirst", "first", RowLaw.Size * size), second = k.Gather("lawsOfSecond", "second", RowLaw.Size * size);
            Real[] coupling = k.Lane("coupling", size * size), upper = new Real[size * size], lower = new Real[size * size];
            for (int r = 0; r < size; r++)
            {
                for (int c = 0; c < size; c++)
                {
                    upper[r * size + c] = new RowLaw(first, r).Response * coupling[r * size + c];
                    lower[r * size + c] = new RowLaw(second, r).Response * coupling[c * size + r];
                }
            }

            k.StoreAt("upper", "upper", upper);
            k.StoreAt("lower", "lower", lower);
        });

        /// <summary>
        /// What the laws lack with the impulses found so far: -(s j + b u + r). Refining leaves out the s of hard rows: the first solve
        /// settles how rows that ask for the same share the impulse, the second what the sharing let slip.
        /// </summary>
        public static Kernel Lack(int size, bool refines) => Kernel.Define("lacking impulses", k =>
        {
            Real[] modes = k.Lane("modes", RowLaw.ModeSize * size);
            Real[] laws = k.Lane("laws", RowLaw.Size * size), total = k.Lane("total", size), rows = k.Lane("rows", JointRow.Size * size), lack = new Real[size];
            (BodyImpulse a, BodyImpulse b) = Bodies(k, "impulse");
            k.Constant("modes");
            for (int r = 0; r < size; r++)
            {
                var law = new RowLaw(laws, r);
                var mode = new RowMode(modes, r);
                Real own = refines ? Real.Select((mode.Hard > 0) & (mode.On > 0), 0, law.Own) : law.Own;
                lack[r] = Real.Select(mode.Solves > 0, -(own * total[r] + law.Response * new JointRow(rows, r).Response(a, b) + law.Rest), 0);
            }

            k.Store("right", lack);
        });

        /// <summary>How far hard rows are from where they are held, at the displaced poses.</summary>
        public static Kernel Miss(JointSignature signature, int size) => Kernel.Define("missed positions", k =>
        {
            RigidState a = Displaced(k, "A", "a"), b = Displaced(k, "B", "b");
            RowCoordinate[] q = new JointCoordinates(signature, k.Gather("frames", "joint", JointCoordinates.FrameSize)).Evaluate(a, b);
            Real[] numbers = k.Gather("numbers", "joint", JointAxis.NumberCount * size), motion = k.Gather("motion", "joint", RowLaw.MotionSize * size);
            Real[] modes = k.Gather("modes", "joint", RowLaw.ModeSize * size), laws = k.Gather("laws", "joint", RowLaw.Size * size);
            Real[] own = k.Gather("own", "joint", size * size), miss = Zeros(size);
            k.Constant("modes");
            for (int r = 0; r < signature.Rows; r++)
            {
                var n = new RowNumbers(numbers, r);
                var mode = new RowMode(modes, r);
                var before = new RowMotion(motion, r);
                var law = new RowLaw(laws, r);
                (Real value, _, _) = q[r].Near(before.First, before.Second);
                Real lower = n[JointNumber.Lower] - value, upper = n[JointNumber.Upper] - value, mobility = own[r * size + r];
                // A row that is free to move back pushes too, with what would move it alone.
                Real beyond = Real.Select((mode.Limit < 0) | (lower > 0), lower, Real.Select((mode.Limit > 0) | (upper < 0), upper, 0));
                beyond *= law.Response + Real.Select(mobility > 0, law.Own / mobility, 0);
                Real wanted = signature.Locked[r] ? Real.Select(mode.Hard > 0, n[JointNumber.Rest] - value, 0) : beyond;
                miss[r] = Real.Select(mode.On > 0, wanted, 0);
            }

            k.StoreAt("right", "joint", miss);
        });

        /// <summary>Adds impulses that were found to the totals and to the bodies.</summary>
        public static Kernel Apply(int size) => Kernel.Define("apply joints", k =>
        {
            Real[] step = k.Lane("step", size), total = k.Lane("total", size), rows = k.Lane("rows", JointRow.Size * size);
            for (int r = 0; r < size; r++) total[r] += step[r];
            k.Store("total", total);
            Accumulate(k, "impulse", Rows(rows, size), step);
        });

        /// <summary>Sets out with the impulses that the flight has had.</summary>
        public static Kernel Begin(int size) => Kernel.Define("begin joints", k => k.Store("total", k.Lane("guess", size)));

        /// <summary>Displacements by the impulses found: half of impulse times h. Keeps impulses and angles for the next substep.</summary>
        public static Kernel Keep(int size) => Kernel.Define("keep joints", k =>
        {
            Real[] total = k.Lane("total", size), guess = k.Lane("guess", size), rows = k.Lane("rows", JointRow.Size * size), motion = k.Lane("motion", RowLaw.MotionSize * size);
            Real half = 0.5 * k.Gather(BodyBuffers.Substep, "world");
            var shift = new Real[size];
            var angles = new Real[2 * size];
            for (int r = 0; r < size; r++)
            {
                shift[r] = (total[r] - guess[r]) * half;
                var at = new RowMotion(motion, r);
                (angles[2 * r], angles[2 * r + 1]) = (at.First, at.Second);
            }

            Accumulate(k, "shift", Rows(rows, size), shift);
            k.Store("earlier", k.Lane("kept", size));
            k.Store("kept", total);
            k.Store("age", Real.Min(k.Lane("age") + 1, 2));
            k.Store("angles", angles);
        });

        /// <summary>Numbers that <see cref="Judge"/> writes for each row.</summary>
        public const int JudgedPerRow = 5;

        /// <summary>
        /// What modes are picked from: impulse, coordinate and speed at the end of the substep, and what spring and armature, and the drive
        /// without bound, would give at that motion. It is not differentiated.
        /// </summary>
        public static Kernel Judge(int size) => Kernel.Define("judge joints", k =>
        {
            Real[] numbers = k.Lane("numbers", JointAxis.NumberCount * size), motion = k.Lane("motion", RowLaw.MotionSize * size);
            Real[] total = k.Lane("total", size), rows = k.Lane("rows", JointRow.Size * size), own = k.Lane("own", size * size), judged = new Real[JudgedPerRow * size];
            (BodyImpulse a, BodyImpulse b) = Bodies(k, "impulse");
            Real h = k.Gather(BodyBuffers.Substep, "world");
            for (int r = 0; r < size; r++)
            {
                var n = new RowNumbers(numbers, r);
                var m = new RowMotion(motion, r);
                Real u = new JointRow(rows, r).Response(a, b), end = m.End + 0.5 * h * u, endSpeed = m.EndSpeed + u;
                Real mobility = own[r * size + r], inverse = mobility / (1 + n[JointNumber.Armature] * mobility);
                Real w = RowLaw.Weight(n[JointNumber.Stiffness] + n[JointNumber.DriveStiffness], n[JointNumber.Damping] + n[JointNumber.DriveDamping], inverse, h);
                Real middle = m.Start + w * (end - m.Start), speed = m.StartSpeed + w * (endSpeed - m.StartSpeed);
                Real spring = -h * (n[JointNumber.Stiffness] * (middle - n[JointNumber.Rest]) + n[JointNumber.Damping] * speed) - n[JointNumber.Armature] * (endSpeed - m.StartSpeed);
                Real drive = -h * (n[JointNumber.DriveStiffness] * (middle - n[JointNumber.Target]) + n[JointNumber.DriveDamping] * (speed - n[JointNumber.TargetSpeed]) - n[JointNumber.DriveForce]);
                new[] { total[r], end, endSpeed, spring, drive }.CopyTo(judged, JudgedPerRow * r);
            }

            k.Store("judged", judged);
        });

        private static (BodyImpulse a, BodyImpulse b) Bodies(KernelBuilder k, string slot) => (
            new BodyImpulse(k.Gather("inverseA", "a", BodyImpulse.InverseSize), k.Gather(slot + "A", "a", 6)),
            new BodyImpulse(k.Gather("inverseB", "b", BodyImpulse.InverseSize), k.Gather(slot + "B", "b", 6)));

        // As the end of the substep puts displacements on.
        private static RigidState Displaced(KernelBuilder k, string side, string index)
        {
            var end = new RigidState(k.Gather("end" + side, index, RigidState.Size));
            Real[] shift = k.Gather("shift" + side, index, 6), push = k.Gather("push" + side, index, 6);
            for (int c = 0; c < 6; c++) shift[c] += push[c];
            var displacement = new BodyImpulse(k.Gather("inverse" + side, index, BodyImpulse.InverseSize), shift);
            return new RigidState(
                end.Position + displacement.Linear, RealQuaternion.Normalise(RealQuaternion.FromVector(displacement.Angular) * end.Rotation),
                end.Velocity, end.AngularVelocity);
        }

        private static JointRow[] Rows(Real[] values, int size)
        {
            var rows = new JointRow[size];
            for (int r = 0; r < size; r++) rows[r] = new JointRow(values, r);
            return rows;
        }

        internal static void Accumulate(KernelBuilder k, string slot, JointRow[] rows, Real[] impulses)
        {
            Real[] onA = Zeros(6), onB = Zeros(6);
            for (int r = 0; r < rows.Length; r++)
            {
                Real[] a = rows[r].OnA(impulses[r]), b = rows[r].OnB(impulses[r]);
                for (int c = 0; c < 6; c++)
                {
                    onA[c] += a[c];
                    onB[c] += b[c];
                }
            }

            k.AccumulateAt(slot + "A", "a", onA);
            k.AccumulateAt(slot + "B", "b", onB);
        }

        // A row as it acts on the body of side -1 (A) or 1 (B).
        private static Real[] Wrench(Real[] rows, int row, Real side)
        {
            var r = new JointRow(rows, row);
            Real3 move = Real3.Select(side > 0, r.MoveB, r.MoveA), turn = Real3.Select(side > 0, r.TurnB, r.TurnA);
            return new[] { move.X, move.Y, move.Z, turn.X, turn.Y, turn.Z };
        }

        internal static Real[] Zeros(int count)
        {
            var zeros = new Real[count];
            for (int c = 0; c < count; c++) zeros[c] = 0;
            return zeros;
        }
    }
}
