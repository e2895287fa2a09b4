using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>The launches over manifolds of one signature, which share their lanes.</summary>
    internal sealed class ManifoldLaunches
    {
        public readonly IndexLists Lanes;
        public readonly Launch Probe, Weigh, Impact;
        public readonly Launch[] Prepare = new Launch[2];
        public readonly Buffer Time, Found, System, TrialChoice, ImpactChoice, LastingChoice;

        /// <summary>Numbers for the buffers that the stepper writes.</summary>
        public readonly double[] Data;

        public ManifoldLaunches(ManifoldSignature signature, KernelLibrary kernels, BodyBuffers bodies, ContactBuffers contacts)
        {
            int points = signature.Points;
            Lanes = new IndexLists(contacts.Capacity);
            Time = contacts.Of("time", points, points);
            Found = contacts.Of("found", points, EventKernels.FoundPerPoint * points);
            System = contacts.Of("system", points, EventKernels.WeighSize(points));
            TrialChoice = contacts.Of("trialChoice", points, EventKernels.ChoiceSize(points));
            ImpactChoice = contacts.Of("impactChoice", points, EventKernels.ChoiceSize(points));
            LastingChoice = contacts.Of("lastingChoice", points, 2 * points);
            Data = new double[contacts.Capacity * EventKernels.ChoiceSize(points)];
            Probe = Lanes.Launch(kernels.Probe(signature), bodies, slot => Find(slot, null, 0));
            Weigh = Lanes.Launch(kernels.Weigh(signature), bodies, slot => Find(slot, TrialChoice, 0));
            Impact = Lanes.Launch(kernels.Impact(signature), bodies, slot => Find(slot, ImpactChoice, 0));
            for (int k = 0; k < 2; k++)
            {
                int before = k;
                Prepare[k] = Lanes.Launch(kernels.Prepare(signature), bodies, slot => Find(slot, LastingChoice, before));
            }

            Buffer Find(string slot, Buffer choice, int before)
            {
                if (slot.StartsWith("warmNormal", global::System.StringComparison.Ordinal)) return contacts.KeptNormal[before];
                switch (slot)
                {
                    case "features": return contacts.Features;
                    case "eventTime": return contacts.EventTime;
                    case "eventImpulse": return contacts.EventImpulse;
                    case "time": return Time;
                    case "found": return Found;
                    case "system": return System;
                    case "choice": return choice;
                    case "warmFriction": return contacts.KeptFriction[before];
                    case "rows": return contacts.Of("rows", points, LastingRow.Size(points));
                    case "impulses": return contacts.Of("impulses", points, points + 2);
                    default: return null;
                }
            }
        }

        /// <summary>Runs one of the launches over the lanes.</summary>
        public void Run(FrameTape tape, Launch launch)
        {
            launch.Elements = Lanes.Count;
            tape.Run(launch);
        }
    }

    /// <summary>
    /// The launches over a batch of lasting manifolds with as many points, no two of which share a body that moves; or over all of them,
    /// where none of the launches that want this is run.
    /// </summary>
    internal sealed class LastingBatch
    {
        public readonly IndexLists Lanes;
        public readonly Launch Velocity, Shift, Target, Position;
        public readonly Launch[] Keep = new Launch[2];
        public readonly int Points;

        public LastingBatch(int points, KernelLibrary kernels, BodyBuffers bodies, ContactBuffers contacts)
        {
            Points = points;
            Lanes = new IndexLists(contacts.Capacity);
            Velocity = Lanes.Launch(kernels.Velocity(points), bodies, slot => Find(slot, 0));
            Shift = Lanes.Launch(kernels.Shift(points), bodies, slot => Find(slot, 0));
            Target = Lanes.Launch(kernels.Target(points), bodies, slot => Find(slot, 0));
            Position = Lanes.Launch(kernels.Position(points), bodies, slot => slot.StartsWith("impulse", global::System.StringComparison.Ordinal) ? bodies.Push : Find(slot, 0));
            for (int k = 0; k < 2; k++)
            {
                int kept = k;
                Keep[k] = Lanes.Launch(kernels.Keep(points), bodies, slot => Find(slot, kept));
            }

            Buffer Find(string slot, int kept)
            {
                if (slot.StartsWith("keptNormal", global::System.StringComparison.Ordinal)) return contacts.KeptNormal[kept];
                switch (slot)
                {
                    case "keptFriction": return contacts.KeptFriction[kept];
                    case "rows": return contacts.Of("rows", points, LastingRow.Size(points));
                    case "impulses": return contacts.Of("impulses", points, points + 2);
                    case "pushes": return contacts.Of("pushes", points, points + 2);
                    case "targets": return contacts.Of("targets", points, LastingKernels.TargetSize(points));
                    default: return null;
                }
            }
        }

        public void Run(FrameTape tape, Launch launch)
        {
            launch.Elements = Lanes.Count;
            tape.Run(launch);
        }
    }

    /// <summary>Launches over some of the bodies: those that a batch touches, or those that have lasting contacts.</summary>
    internal sealed class BodyBatch
    {
        public readonly IndexLists Lanes;
        public readonly Launch Impacts, Begin, Impulses, Pushes, Finish;

        public BodyBatch(int bodyCount, KernelLibrary kernels, BodyBuffers bodies)
        {
            Lanes = new IndexLists(bodyCount);
            Impacts = Lanes.Launch(kernels.ApplyImpacts, bodies);
            Begin = Lanes.Launch(kernels.BeginLasting, bodies);
            Impulses = Lanes.Launch(kernels.GatherImpulses, bodies);
            Pushes = Lanes.Launch(kernels.GatherImpulses, bodies, slot => slot == "impulse" ? bodies.Push : null);
            Finish = Lanes.Launch(kernels.FinishLasting, bodies);
        }

        public void Add(int body) => Lanes["body"].Indices[Lanes.Count++] = body;

        public void Run(FrameTape tape, Launch launch)
        {
            launch.Elements = Lanes.Count;
            tape.Run(launch);
        }
    }
}
