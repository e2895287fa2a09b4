using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>The launches over manifolds of one signature, which share their lanes.</summary>
    internal sealed class ManifoldLaunches
    {
        public readonly IndexLists Lanes;
        public readonly Launch Probe, Weigh, Impact;
        public readonly Launch[] Prepare = new Launch[2];

        /// <summary>What probes are asked and find, and the systems of impacts; a row for each lane.</summary>
        public readonly HostNumbers Time, Found, System;

        /// <summary>The rows of choices of impacts; where the impulses that lasting contacts start with are kept.</summary>
        public readonly IndexBuffer Choice, WarmManifold;
        public readonly IndexBuffer[] WarmNormal;

        private readonly ContactLogs logs;
        private readonly int points;
        private Buffer features, impacts;

        public ManifoldLaunches(ManifoldSignature signature, KernelLibrary kernels, BodyBuffers bodies, ContactBuffers contacts, ContactLogs logs)
        {
            this.logs = logs;
            points = signature.Points;
            Lanes = new IndexLists(contacts.Capacity);
            Buffer time = contacts.Of("time", points, points), found = contacts.Of("found", points, EventKernels.FoundPerPoint * points),
                system = contacts.Of("system", points, EventKernels.WeighSize(points));
            (Time, Found, System) = (new HostNumbers(time), new HostNumbers(found), new HostNumbers(system));
            (Choice, WarmManifold, WarmNormal) = (Lanes["choice"], Lanes["warmManifold"], Lanes.ForPoints("warmNormal", points));
            features = logs.Features[points].Rows;
            impacts = logs.Impacts[points].Rows;
            Probe = Lanes.Launch(kernels.Probe(signature), bodies, slot => Find(slot, 0));
            Weigh = Lanes.Launch(kernels.Weigh(signature), bodies, slot => slot == "choice" ? impacts : Find(slot, 0));
            Impact = Lanes.Launch(kernels.Impact(signature), bodies, slot => slot == "choice" ? impacts : Find(slot, 0));
            for (int k = 0; k < 2; k++)
            {
                int before = k;
                Prepare[k] = Lanes.Launch(kernels.Prepare(signature), bodies, slot => slot == "choice" ? features : Find(slot, before))
                    .Bind("choice", features, ContactLogs.LastingChoice(points));
            }

            Buffer Find(string slot, int before)
            {
                if (slot.StartsWith("warmNormal", global::System.StringComparison.Ordinal)) return contacts.KeptNormal[before];
                switch (slot)
                {
                    case "features": return features;
                    case "eventTime": return contacts.EventTime;
                    case "eventImpulse": return contacts.EventImpulse;
                    case "time": return time;
                    case "found": return found;
                    case "system": return system;
                    case "warmFriction": return contacts.KeptFriction[before];
                    case "rows": return contacts.Of("rows", signature.Layout, LastingRow.Size(signature.Layout));
                    case "impulses": return contacts.Of("impulses", signature.Layout, signature.Layout.Axes);
                    default: return null;
                }
            }
        }

        /// <summary>Follows the logs to new buffers, where they have outgrown the old ones.</summary>
        public void FollowLogs()
        {
            if (logs.Features[points].Rows != features)
            {
                features = logs.Features[points].Rows;
                foreach (Launch launch in new[] { Probe, Weigh, Impact, Prepare[0], Prepare[1] }) launch.Bind("features", features);
                foreach (Launch launch in Prepare) launch.Bind("choice", features, ContactLogs.LastingChoice(points));
            }

            if (logs.Impacts[points].Rows == impacts) return;
            impacts = logs.Impacts[points].Rows;
            Weigh.Bind("choice", impacts);
            Impact.Bind("choice", impacts);
        }

        /// <summary>Runs one of the launches over the lanes.</summary>
        public void Run(FrameTape tape, Launch launch)
        {
            launch.Elements = Lanes.Count;
            tape.Run(launch);
        }
    }

    /// <summary>
    /// The launches over a batch of lasting manifolds with one layout, no two of which share a body that moves; or over all of them,
    /// where none of the launches that want this is run.
    /// </summary>
    internal sealed class LastingBatch
    {
        public readonly IndexLists Lanes;
        public readonly Launch Velocity, Shift, Target, Position;
        public readonly Launch[] Keep = new Launch[2];
        public readonly LastingLayout Layout;

        /// <summary>What the position solve has pushed by.</summary>
        public readonly Buffer Pushes;

        /// <summary>Where impulses are kept.</summary>
        public readonly IndexBuffer KeptManifold;
        public readonly IndexBuffer[] KeptNormal;

        public LastingBatch(LastingLayout layout, KernelLibrary kernels, BodyBuffers bodies, ContactBuffers contacts)
        {
            Layout = layout;
            Pushes = contacts.Of("pushes", layout, layout.Axes);
            Lanes = new IndexLists(contacts.Capacity);
            (KeptManifold, KeptNormal) = (Lanes["keptManifold"], Lanes.ForPoints("keptNormal", layout.Points));
            Velocity = Lanes.Launch(kernels.Velocity(layout), bodies, slot => Find(slot, 0));
            Shift = Lanes.Launch(kernels.Shift(layout), bodies, slot => Find(slot, 0));
            Target = Lanes.Launch(kernels.Target(layout), bodies, slot => Find(slot, 0));
            Position = Lanes.Launch(kernels.Position(layout), bodies, slot => slot.StartsWith("impulse", global::System.StringComparison.Ordinal) ? bodies.Push : Find(slot, 0));
            for (int k = 0; k < 2; k++)
            {
                int kept = k;
                Keep[k] = Lanes.Launch(kernels.Keep(layout), bodies, slot => Find(slot, kept));
            }

            Buffer Find(string slot, int kept)
            {
                if (slot.StartsWith("keptNormal", global::System.StringComparison.Ordinal)) return contacts.KeptNormal[kept];
                switch (slot)
                {
                    case "keptFriction": return contacts.KeptFriction[kept];
                    case "rows": return contacts.Of("rows", layout, LastingRow.Size(layout));
                    case "impulses": return contacts.Of("impulses", layout, layout.Axes);
                    case "pushes": return Pushes;
                    case "targets": return contacts.Of("targets", layout, LastingKernels.TargetSize(layout));
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
        private readonly IndexBuffer bodies, world;
        private readonly int worlds;

        public BodyBatch(int bodyCount, KernelLibrary kernels, BodyBuffers bodies)
        {
            worlds = bodies.Worlds;
            Lanes = new IndexLists(bodyCount);
            (this.bodies, world) = (Lanes["body"], Lanes["world"]);
            Impacts = Lanes.Launch(kernels.ApplyImpacts, bodies);
            Begin = Lanes.Launch(kernels.BeginLasting, bodies);
            Impulses = Lanes.Launch(kernels.GatherImpulses, bodies);
            Pushes = Lanes.Launch(kernels.GatherImpulses, bodies, slot => slot == "impulse" ? bodies.Push : null);
            Finish = Lanes.Launch(kernels.FinishLasting, bodies);
        }

        public void Add(int body)
        {
            world.Indices[Lanes.Count] = body % worlds;
            bodies.Indices[Lanes.Count++] = body;
        }

        public void Run(FrameTape tape, Launch launch)
        {
            launch.Elements = Lanes.Count;
            tape.Run(launch);
        }
    }
}
