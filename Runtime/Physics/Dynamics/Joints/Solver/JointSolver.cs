using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The joints of a world within a substep. Equality rows, springs and drives of all joints are one linear system, solved at once and
    /// not joint by joint, so that long chains and heavy loads hold; limits, friction and bounds are modes that the host picks.
    /// </summary>
    internal sealed class JointSolver
    {
        private readonly Joint[] joints;
        private readonly JointSystem system, trial;
        private readonly RowPicker picker;
        private readonly Launch[] warm, prepare, miss, measure;
        private readonly Launch halfway, zeroCoupling, couple, keep, copyImpulse;
        private readonly Buffer trialImpulse;
        private readonly FrameTape tape;
        private readonly BodyBuffers bodies;
        private readonly int worlds;
        private readonly bool mayBreak;
        private readonly Func<int, double> substep;
        private readonly Action tryModes;
        private readonly HostLog modes;
        private readonly IndexBuffer modeRows;
        private readonly Kernel copyModes;
        private Launch readModes;
        private bool isFactored, isWritten;
        private int measuredVersion = -1;

        public JointSolver(Joint[] joints, BodyBuffers bodies, bool[] isDynamic, FrameTape tape, Precision precision)
        {
            this.joints = joints;
            this.bodies = bodies;
            this.tape = tape;
            worlds = bodies.Worlds;
            substep = Substep;
            tryModes = Try;
            (int a, int b)[] ends = Array.ConvertAll(joints, joint => (joint.A.Index, joint.B.Index));
            var order = new EliminationOrder(ends, isDynamic);
            mayBreak = Array.Exists(joints, joint => !double.IsInfinity(joint.BreakingForce));
            int size = 1;
            foreach (Joint joint in joints) size = Math.Max(size, joint.Signature.Rows);
            int coupled = order.Pairs.Count;
            Size = size;
            Buffers = new JointBuffers(joints.Length, size, order.Couplings.Count, coupled, worlds, precision);

            double give = !order.HasLoops ? 0 : precision == Precision.Double ? 1e-4 : 3e-3;
            var kernels = new JointKernelLibrary(RigidRows(size), give);
            picker = new RowPicker(joints, size, worlds);
            system = new JointSystem(kernels, Buffers, bodies, order, ends, bodies.Impulse, tape, true);

            List<JointLanes> lanes = LanesBySignature(out List<JointSignature> signatures);
            halfway = new Launch(kernels.Halfway, isDynamic.Length * worlds).BindIndex("world", bodies.WorldOf);
            for (int s = 0; s < kernels.Halfway.Slots.Count; s++) bodies.TryBind(halfway, s);
            warm = Launches(kernels.Warm);
            prepare = Launches(kernels.Prepare);
            miss = Launches(kernels.Miss);
            measure = Launches(kernels.Measure);
            zeroCoupling = new JointLanes(Math.Max(coupled, 1), worlds).Launch(kernels.Zero(size * size), bodies, _ => Buffers.Coupling);
            if (coupled > 0)
            {
                List<Coupling> couplings = order.Couplings;
                couple = new JointLanes(couplings.Count, worlds).With("first", l => couplings[l].First).With("second", l => couplings[l].Second).With("body", l => couplings[l].Body)
                    .With("pair", l => couplings[l].Pair).Launch(kernels.Couple, bodies, Find);
                for (int e = 0; e < couplings.Count * worlds; e++) (Buffers.Sides[e, 0], Buffers.Sides[e, 1]) = (couplings[e / worlds].FirstSide, couplings[e / worlds].SecondSide);
            }

            keep = new JointLanes(joints.Length, worlds).With("a", l => ends[l].a).With("b", l => ends[l].b).Launch(kernels.Keep, bodies, Find);
            if (picker.HasChoices)
            {
                trialImpulse = new Buffer("trial impulse", bodies.Impulse.Elements, 6, precision);
                trial = new JointSystem(kernels, Buffers, bodies, order, ends, trialImpulse, tape, false);
                copyImpulse = new JointLanes(bodies.Impulse.Elements / worlds, worlds).Launch(
                    Kernel.Define("copy impulses", k => k.Store("to", k.Lane("from", 6))), bodies, slot => slot == "to" ? trialImpulse : bodies.Impulse);
            }

            int columns = RowLaw.ModeSize * size;
            modes = new HostLog("joint mode log", columns, precision);
            modeRows = new IndexBuffer("row", joints.Length * worlds);
            copyModes = Kernel.Define("read modes", k => k.Store("modes", k.Gather("log", "row", columns)));
            Reset();

            Buffer Find(string slot) => slot == "total" ? system.Total : slot == "modes" ? system.Modes : slot == "right" ? system.Right : slot == "laws" ? system.Laws : Buffers.Find(slot);

            Launch[] Launches(Func<JointSignature, Kernel> kernelOf)
            {
                var all = new Launch[lanes.Count];
                for (int k = 0; k < all.Length; k++) all[k] = lanes[k].Launch(kernelOf(signatures[k]), bodies, Find);
                return all;
            }
        }

        public JointBuffers Buffers { get; }

        /// <summary>Rows of every joint.</summary>
        public int Size { get; }

        /// <summary>Impulses of the last substep, row by row.</summary>
        public Buffer Impulses => Buffers.Kept;

        /// <summary>Called with a joint that breaks and the world in which it does.</summary>
        public Action<Joint, int> Broke { get; set; }

        /// <summary>Mends all joints and forgets impulses and turns.</summary>
        public void Reset()
        {
            Buffers.Kept.Clear();
            Buffers.Earlier.Clear();
            Buffers.Age.Clear();
            Buffers.Angles.Clear();
            picker.Reset();
        }

        /// <summary>Adds kept impulses, angles and which joints are broken to what is saved.</summary>
        public void Save(WorldState saved)
        {
            foreach (Buffer buffer in new[] { Buffers.Kept, Buffers.Earlier, Buffers.Age, Buffers.Angles }) saved.Add(buffer);
            saved.BrokenJoints = new bool[joints.Length * worlds];
            for (int e = 0; e < saved.BrokenJoints.Length; e++) saved.BrokenJoints[e] = picker.IsBroken(e);
        }

        /// <summary>Goes back to which joints were broken; buffers have been put back.</summary>
        public void Restore(WorldState saved)
        {
            picker.Reset();
            isFactored = false;
            for (int e = 0; e < saved.BrokenJoints.Length; e++) if (saved.BrokenJoints[e]) picker.Break(e);
        }

        /// <summary>Marks the bodies that joints hold.</summary>
        public void Touch(bool[] isTouched)
        {
            foreach (Joint joint in joints)
                for (int w = 0; w < worlds; w++) isTouched[joint.A.Index * worlds + w] = isTouched[joint.B.Index * worlds + w] = true;
        }

        public bool IsBroken(int joint, int world) => picker.IsBroken(joint * worlds + world);

        /// <summary>Hands the bodies the impulses of the substep before, for the flight.</summary>
        public void Warm()
        {
            tape.Run(halfway);
            foreach (Launch launch in warm) tape.Run(launch);
        }

        /// <summary>Rows at the end of the substep.</summary>
        public void Prepare()
        {
            foreach (Launch launch in prepare) tape.Run(launch);
            tape.Run(zeroCoupling);
            if (couple != null) tape.Run(couple);
            system.Begin();
            isWritten = isFactored = false;
        }

        /// <summary>Finds the joints' impulses, whatever contacts have done so far.</summary>
        public void SolveVelocities()
        {
            if (picker.SolveAll()) isWritten = false;
            Solve();
            if (!picker.HasChoices) return;
            system.Judge();
            if (!picker.Correct(false, system.Judged, Buffers.Numbers, substep)) return;
            picker.Pick(tryModes, trial.Judged, Buffers.Numbers, substep);
            picker.SolveChanged();
            isWritten = isFactored = false;
            Solve();
        }

        private void Solve()
        {
            if (!isWritten) WriteModes();
            isWritten = true;
            if (!isFactored)
            {
                system.Factor();
                isFactored = true;
            }

            system.SolveVelocities();
        }

        // Rows of a log, which the recording keeps; the launches read the system's own buffer.
        private void WriteModes()
        {
            int columns = system.Modes.Components, first = modes.Reserve(tape, joints.Length * worlds);
            HostNumbers rows = modes.Numbers;
            double[] picked = picker.Modes;
            Span<int> from = modeRows.Indices;
            for (int e = 0; e < from.Length; e++)
            {
                from[e] = first + e;
                for (int c = 0; c < columns; c++) rows[first + e, c] = picked[e * columns + c];
            }

            if (readModes == null || readModes.BufferOf(0) != modes.Rows)
                readModes = new Launch(copyModes, joints.Length * worlds).Bind("log", modes.Rows).Bind("modes", system.Modes).BindIndex("row", modeRows);
            tape.Run(readModes);
        }

        /// <summary>Adds the displacements of the impulses found, and keeps these.</summary>
        public void Keep()
        {
            tape.Run(keep);
        }

        /// <summary>Brings what is held to where it is held, without velocity.</summary>
        public void SolvePositions()
        {
            foreach (Launch launch in miss) tape.Run(launch);
            system.SolvePositions();
        }

        /// <summary>Breaks joints whose force was too great.</summary>
        public void Break()
        {
            if (!mayBreak) return;
            foreach (Joint joint in joints)
            {
                if (double.IsInfinity(joint.BreakingForce)) continue;
                for (int w = 0; w < worlds; w++)
                {
                    if (IsBroken(joint.Index, w) || !(HoldingForce(joint, w) > joint.BreakingForce)) continue;
                    picker.Break(joint.Index * worlds + w);
                    Broke?.Invoke(joint, w);
                }
            }
        }

        /// <summary>Length of the force that holds locked displacements of a joint.</summary>
        public double HoldingForce(Joint joint, int world)
        {
            double sum = 0;
            for (int k = 0; k < joint.Axes.Count; k++) // a foreach over an interface allocates
            {
                JointAxis axis = joint.Axes[k];
                if (!axis.HoldsDisplacement) continue;
                double impulse = Buffers.Kept[joint.Index * worlds + world, axis.Row];
                sum += impulse * impulse;
            }

            return Math.Sqrt(sum) / Substep(world);
        }

        public double Substep(int world) => bodies.Environment[world, BodyBuffers.EnvironmentSize - 1];

        /// <summary>Coordinate and speed of each row in the bodies' present states, 2 numbers a row. Recorded, it is what a controller reads.</summary>
        public Buffer Measure()
        {
            foreach (Launch launch in measure) tape.Run(launch);
            return Buffers.Measured;
        }

        /// <summary>Coordinate and speed of a row in the present states, outside of the recording.</summary>
        public (double position, double speed) Read(int element, int row)
        {
            if (measuredVersion != bodies.State.Version)
            {
                foreach (Launch launch in measure) launch.Run(tape.Executor);
                measuredVersion = bodies.State.Version;
            }

            return (Buffers.Measured[element, 2 * row], Buffers.Measured[element, 2 * row + 1]);
        }

        /// <summary>Lets go of the modes of a recording that is no more.</summary>
        public void RestartLog() => modes.Restart();

        public void Dispose()
        {
            modes.Rows.Dispose();
            modeRows.Dispose();
            system.Dispose();
            trial?.Dispose();
            trialImpulse?.Dispose();
            Buffers.Dispose();
        }

        // Outside of the recording: picks only.
        private void Try()
        {
            int columns = trial.Modes.Components, elements = trial.Modes.Elements;
            HostNumbers to = new HostNumbers(trial.Modes), total = new HostNumbers(trial.Total), from = new HostNumbers(system.Total);
            double[] picked = picker.Modes;
            for (int e = 0; e < elements; e++)
            {
                for (int c = 0; c < columns; c++) to[e, c] = c % RowLaw.ModeSize == 5 ? 1 : picked[e * columns + c];
                for (int row = 0; row < Size; row++) total[e, row] = from[e, row];
            }

            copyImpulse.Run(tape.Executor);
            trial.Factor();
            trial.SolveVelocities();
            trial.Judge();
        }

        // Rows that are rigid in all joints that have them.
        private bool[] RigidRows(int size)
        {
            var rigid = new bool[size];
            for (int row = 0; row < size; row++) rigid[row] = Array.TrueForAll(joints, joint => row >= joint.Signature.Rows || joint.Signature.Rigid[row]);
            return rigid;
        }

        private List<JointLanes> LanesBySignature(out List<JointSignature> signatures)
        {
            var found = new List<JointSignature>();
            var members = new List<List<Joint>>();
            foreach (Joint joint in joints)
            {
                int at = found.IndexOf(joint.Signature);
                if (at < 0)
                {
                    at = found.Count;
                    found.Add(joint.Signature);
                    members.Add(new List<Joint>());
                }

                members[at].Add(joint);
            }

            signatures = found;
            return members.ConvertAll(list => new JointLanes(list.Count, worlds)
                .With("joint", l => list[l].Index).With("a", l => list[l].A.Index).With("b", l => list[l].B.Index));
        }
    }
}
