using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The lasting contacts of a substep: which points take part, the impulses that they start with, and batches in which no two share a
    /// body that moves.
    /// </summary>
    internal sealed class LastingSolver
    {
        private const int MostColours = 64;
        private readonly Stepper stepper;
        private readonly List<Manifold> manifolds = new List<Manifold>();
        private readonly KeptContacts kept;
        private readonly List<LastingBatch> whole = new List<LastingBatch>(), spare = new List<LastingBatch>();
        private readonly int[] rows = new int[LastingLayout.Count];
        private readonly Stack<LastingBatch[]> spareColours = new Stack<LastingBatch[]>();
        private readonly List<BodyBatch> spareBodies = new List<BodyBatch>();
        private readonly List<(LastingBatch[] batches, BodyBatch bodies)> colours = new List<(LastingBatch[], BodyBatch)>();
        private readonly BodyBatch touched;
        private readonly bool[] isTouched;
        private readonly ulong[] used;
        private int before;

        public LastingSolver(Stepper stepper)
        {
            this.stepper = stepper;
            kept = new KeptContacts(stepper);
            used = new ulong[stepper.IsDynamic.Length];
            isTouched = new bool[used.Length];
            touched = new BodyBatch(used.Length, stepper.Kernels, stepper.Bodies);
        }

        /// <summary>Drops launches that are bound to buffers that have been replaced.</summary>
        public void Forget()
        {
            whole.Clear();
            spare.Clear();
            colours.Clear();
        }

        /// <summary>Starts the next substep without impulses kept from the last.</summary>
        public void ForgetImpulses() => kept.Clear();

        /// <summary>Saves the impulses that the next substep starts with.</summary>
        public void Save(WorldState saved) =>
            kept.Save(saved, new HostNumbers(stepper.Contacts.KeptNormal[before]), new HostNumbers(stepper.Contacts.KeptFriction[before]));

        /// <summary>Takes saved impulses back; there is room for as many.</summary>
        public void Restore(WorldState saved)
        {
            stepper.Contacts.KeptNormal[before].Clear();
            stepper.Contacts.KeptFriction[before].Clear();
            kept.Restore(saved, new HostNumbers(stepper.Contacts.KeptNormal[before]), new HostNumbers(stepper.Contacts.KeptFriction[before]));
        }

        /// <summary>Finds the manifolds that last; false if there is none.</summary>
        public bool Choose()
        {
            manifolds.Clear();
            WorldOptions options = stepper.Options;
            Array.Clear(rows, 0, rows.Length);
            for (int k = 0; k < stepper.Table.Count; k++)
            {
                Manifold m = stepper.Table.Items[k];
                bool any = false;
                for (int p = 0; p < m.Points; p++)
                {
                    // Slow and near, or left over by impacts; soft ones where they overlap.
                    m.IsHit[p] = m.Signature.IsSoft ? m.Gap[p] < 0 : m.Gap[p] < options.ContactMargin && (-m.Opening[p] - m.Built[p] <= options.RestitutionThreshold || m.Gap[p] < 0);
                    any |= m.IsHit[p];
                }

                if (!any) continue;
                stepper.Choices.AddLasting(m);
                m.Row = rows[m.Signature.Layout.Number]++;
                manifolds.Add(m);
            }

            if (manifolds.Count > 0) return true;
            ForgetImpulses();
            return false;
        }

        public void Run()
        {
            FrameTape tape = stepper.Tape;
            Touch();
            touched.Run(tape, touched.Begin);
            JointSolver joints = stepper.Joints;
            joints?.Prepare();
            Prepare();
            Colour();
            for (int iteration = 0; iteration < Rounds(stepper.Options.VelocityIterations); iteration++)
            {
                joints?.SolveVelocities();
                foreach ((LastingBatch[] batches, BodyBatch bodies) in colours)
                {
                    foreach (LastingBatch batch in batches)
                        if (batch != null) batch.Run(tape, batch.Velocity);
                    bodies.Run(tape, bodies.Impulses);
                }
            }

            joints?.Keep();

            foreach (LastingBatch batch in whole) if (batch.Lanes.Count > 0) batch.Run(tape, batch.Shift);
            foreach (LastingBatch batch in whole)
            {
                if (batch.Lanes.Count == 0) continue;
                batch.Run(tape, batch.Target);
                stepper.Zero(batch.Pushes);
            }

            for (int iteration = 0; iteration < Rounds(stepper.Options.PositionIterations); iteration++)
            {
                foreach ((LastingBatch[] batches, BodyBatch bodies) in colours)
                {
                    foreach (LastingBatch batch in batches)
                        if (batch != null) batch.Run(tape, batch.Position);
                    bodies.Run(tape, bodies.Pushes);
                }

                joints?.SolvePositions();
            }

            if (manifolds.Count > 0) Keep();
            touched.Run(tape, touched.Finish);
            stepper.Reports?.AddLasting(manifolds, new HostNumbers(stepper.Contacts.KeptNormal[before]), new HostNumbers(stepper.Contacts.KeptFriction[before]));
        }

        // Lists the bodies that have lasting contacts or joints, in the order of bodies.
        private void Touch()
        {
            Array.Clear(isTouched, 0, isTouched.Length);
            foreach (Manifold m in manifolds) isTouched[m.A] = isTouched[m.B] = true;
            stepper.Joints?.Touch(isTouched);
            touched.Lanes.Count = 0;
            for (int body = 0; body < isTouched.Length; body++)
                if (isTouched[body]) touched.Add(body);
        }

        // Joints alone are solved at once.
        private int Rounds(int iterations) => stepper.Joints == null ? iterations : manifolds.Count == 0 ? 1 : Math.Max(iterations, 1);

        private void Prepare()
        {
            int none = stepper.Contacts.KeptNormal[before].Elements - 1, nonePair = stepper.Contacts.KeptFriction[before].Elements - 1;
            kept.Match(manifolds, none);
            for (int start = 0; start < manifolds.Count;)
            {
                ManifoldSignature signature = manifolds[start].Signature;
                ManifoldLaunches launches = stepper.LaunchesOf(signature);
                HostNumbers log = stepper.Logs.Features[signature.Points].Numbers;
                int count = signature.Points, choice = ContactLogs.LastingChoice(count);
                launches.Lanes.Count = 0;
                for (; start < manifolds.Count && manifolds[start].Signature.Equals(signature); start++)
                {
                    Manifold m = manifolds[start];
                    int lane = launches.Lanes.Count, active = 0;
                    launches.Lanes.Add(m);
                    for (int p = 0; p < count; p++) active += m.IsHit[p] ? 1 : 0;
                    for (int p = 0; p < count; p++)
                    {
                        log[m.Feature, choice + p] = m.IsHit[p] ? 1 : 0;
                        log[m.Feature, choice + count + p] = m.IsHit[p] ? 1.0 / active : 0;
                        launches.WarmNormal[p].Indices[lane] = m.Warm[p];
                    }

                    launches.WarmManifold.Indices[lane] = kept.PlaceOf((m.ShapeA, m.ShapeB), nonePair);
                }

                launches.Run(stepper.Tape, launches.Prepare[before]);
            }
        }

        // Greedy colouring in the order of the list; static bodies may be shared.
        private void Colour()
        {
            foreach ((LastingBatch[] batches, BodyBatch bodies) in colours)
            {
                foreach (LastingBatch batch in batches) if (batch != null) spare.Add(batch);
                Array.Clear(batches, 0, batches.Length);
                spareColours.Push(batches);
                spareBodies.Add(bodies);
            }

            colours.Clear();
            foreach (LastingBatch batch in whole) batch.Lanes.Count = 0;
            Array.Clear(used, 0, used.Length);
            foreach (Manifold m in manifolds)
            {
                Whole(m.Signature.Layout).Lanes.Add(m);
                ulong taken = (stepper.IsDynamic[m.A] ? used[m.A] : 0) | (stepper.IsDynamic[m.B] ? used[m.B] : 0);
                int colour = 0;
                while (colour < MostColours && (taken >> colour & 1) != 0) colour++;
                if (colour == MostColours) throw new InvalidOperationException($"Body {m.A} or {m.B} has more than {MostColours} lasting contacts at once.");
                while (colours.Count <= colour)
                    colours.Add((spareColours.Count > 0 ? spareColours.Pop() : new LastingBatch[LastingLayout.Count], TakeBodies()));
                (LastingBatch[] batches, BodyBatch bodies) = colours[colour];
                (batches[m.Signature.Layout.Number] ??= Take(m.Signature.Layout)).Lanes.Add(m);
                Mark(m.A, colour, bodies);
                Mark(m.B, colour, bodies);
            }
        }

        private void Mark(int body, int colour, BodyBatch bodies)
        {
            if (!stepper.IsDynamic[body]) return;
            used[body] |= 1ul << colour;
            bodies.Add(body);
        }

        private LastingBatch Whole(LastingLayout layout)
        {
            foreach (LastingBatch batch in whole) if (batch.Layout.Equals(layout)) return batch;
            whole.Add(new LastingBatch(layout, stepper.Kernels, stepper.Bodies, stepper.Contacts));
            return whole[whole.Count - 1];
        }

        private LastingBatch Take(LastingLayout layout)
        {
            int at = spare.Count - 1;
            while (at >= 0 && !spare[at].Layout.Equals(layout)) at--;
            if (at < 0) return new LastingBatch(layout, stepper.Kernels, stepper.Bodies, stepper.Contacts);
            LastingBatch batch = spare[at];
            spare.RemoveAt(at);
            batch.Lanes.Count = 0;
            return batch;
        }

        private BodyBatch TakeBodies()
        {
            if (spareBodies.Count == 0) return new BodyBatch(used.Length, stepper.Kernels, stepper.Bodies);
            BodyBatch bodies = spareBodies[spareBodies.Count - 1];
            spareBodies.RemoveAt(spareBodies.Count - 1);
            bodies.Lanes.Count = 0;
            return bodies;
        }

        private void Keep()
        {
            int after = 1 - before;
            stepper.Zero(stepper.Contacts.KeptNormal[after]);
            stepper.Zero(stepper.Contacts.KeptFriction[after]);
            kept.Clear();
            foreach (LastingBatch batch in whole) batch.Lanes.Count = 0;
            for (int k = 0; k < manifolds.Count; k++)
            {
                Manifold m = manifolds[k];
                LastingBatch batch = Whole(m.Signature.Layout);
                int lane = batch.Lanes.Count;
                batch.Lanes.Add(m);
                kept.Keep((m.ShapeA, m.ShapeB), k);
                for (int p = 0; p < m.Points; p++)
                {
                    int place = k * ManifoldSignature.MaxPoints + p;
                    batch.KeptNormal[p].Indices[lane] = place;
                    if (m.IsHit[p]) kept.Keep((m.ShapeA, m.ShapeB), m.Features[p], place);
                }

                batch.KeptManifold.Indices[lane] = k;
            }

            foreach (LastingBatch batch in whole) if (batch.Lanes.Count > 0) batch.Run(stepper.Tape, batch.Keep[after]);
            before = after;
        }
    }
}
