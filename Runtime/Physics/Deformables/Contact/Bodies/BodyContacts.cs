using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Contact of particles with the bodies of the world that they are coupled to, at the end of a substep: impacts first, then what lasts. Which contacts
    /// act, and whether they stick, is chosen by trying; the choice is a constant of the recording.
    /// </summary>
    internal sealed class BodyContacts
    {
        private const int MostTries = 8;
        private const double Rounding = 1e-9, Near = 0.2, Opposite = -0.5; // parts of the contact radius; cosine between normals
        private const double Immovable = 100; // times a body's mass: what all particles weigh that lie between it and what stands
        private readonly World host;
        private readonly ParticleBuffers particles;
        private readonly ParticleOptions options;
        private readonly BodyContactKernels kernels;
        private readonly BodyContactFinder finder;
        private readonly HostLog features, choices;
        private readonly Buffer start, tried;
        private readonly HostNumbers triedNumbers, environment;
        private readonly Launch remember;
        private readonly List<int> acting = new List<int>();
        private readonly Dictionary<int, int> grounded = new Dictionary<int, int>(); // contacts of particles with what stands
        private readonly int[] borne; // by how many particles each body is
        private readonly Predicate<int> doesNotAct, isNoImpact, isOpen, isSlow;
        private Launch noImpacts;
        private BodyContactLanes lanes, trial;
        private int capacity;
        private bool hasMoved;

        public BodyContacts(World host, ParticleBuffers particles, ParticleOptions options, BodyContactFinder finder, Buffer material)
        {
            this.finder = finder;
            this.host = host;
            this.particles = particles;
            this.options = options;
            Material = material;
            kernels = new BodyContactKernels(new MaterialRules(host.Options.FrictionRule, host.Options.RestitutionRule, host.Options.ResistanceRule), options, finder.Triangles != null);
            features = new HostLog("features of particle contacts", BodyContactKernels.FeatureSize, options.Precision);
            choices = new HostLog("choices of particle contacts", BodyContactKernels.ChoiceSize, options.Precision);
            start = new Buffer("bodies at the start", host.Bodies.Count, RigidState.Size, options.Precision);
            environment = new HostNumbers(particles.Environment);
            remember = new Launch(kernels.Remember, host.Bodies.Count).Bind("state", host.State).Bind("start", start);
            doesNotAct = k => !finder.Contacts[k].Acts;
            isOpen = k => finder.Contacts[k].Gap >= 0 || finder.Contacts[k].Opening > 0;
            isSlow = k => finder.Contacts[k].Opening > -0.5 * options.RestitutionThreshold;
            isNoImpact = k => finder.Contacts[k].Speed - finder.Contacts[k].Pressed >= -options.RestitutionThreshold;
            borne = new int[host.Bodies.Count];
            tried = new Buffer("tried choices", Math.Max(particles.State.Elements, finder.Triangles?.Length ?? 0), BodyContactKernels.ChoiceSize, options.Precision);
            triedNumbers = new HostNumbers(tried);
        }

        /// <summary>Friction 0 and restitution 1 of the particles.</summary>
        public Buffer Material { get; }

        /// <summary>Lets go of what a recording keeps outside of the tape.</summary>
        public void Restart()
        {
            features.Restart();
            choices.Restart();
        }

        /// <summary>Keeps the bodies' states at the start of the substep.</summary>
        public void Begin(FrameTape tape) => tape.Run(remember);

        /// <summary>Resolves the contacts of a substep, when both particles and bodies have moved.</summary>
        public void Run(FrameTape tape)
        {
            finder.Find(environment[0, 3], environment[0, 4]);
            if (finder.Count == 0) return;
            if (finder.Count > capacity) Grow(finder.Count);
            WriteFeatures(tape);
            noImpacts.Elements = finder.Count;
            tape.Run(noImpacts);
            hasMoved = true;
            if (finder.Layers > 1 && finder.Triangles == null) FindBearing(tape);
            for (int layer = 0; layer < finder.Layers; layer++) Solve(tape, layer, true);
            for (int layer = 0; layer < finder.Layers; layer++) Solve(tape, layer, false);
        }

        public void Dispose()
        {
            lanes?.Dispose();
            trial?.Dispose();
            foreach (Buffer buffer in new[] { start, tried }) buffer.Dispose();
        }

        private void Solve(FrameTape tape, int layer, bool isImpact)
        {
            Look(tape, layer);
            acting.RemoveAll(isOpen);
            if (isImpact) Probe(tape);
            Try(tape, isImpact);
            if (acting.Count == 0) return;
            hasMoved = true;
            int row = choices.Reserve(tape, acting.Count);
            lanes.Follow(features.Rows, choices.Rows);
            lanes.Clear();
            foreach (int k in acting)
            {
                Tell(finder.Contacts[k], finder.Features[k].Id, isImpact);
                finder.Contacts[k].Write(choices.Numbers, row);
                lanes.Add(finder.Contacts[k], k, row++);
            }

            tape.Run(lanes.Sized(isImpact ? lanes.Impact : lanes.Rest));
            tape.Run(lanes.Sized(lanes.Answer));
            tape.Run(lanes.Sized(lanes.Push));
            tape.Run(lanes.Sized(lanes.Move));
        }

        // Cloth between a body and its floor carries the body: its particles, pressed from both sides, are stopped by the floor first, and then count as immovable.
        private void FindBearing(FrameTape tape)
        {
            for (int layer = 0; layer < finder.Layers; layer++) Look(tape, layer);
            hasMoved = true;
            grounded.Clear();
            Array.Clear(borne, 0, borne.Length);
            for (int k = 0; k < finder.Count; k++)
            {
                BodyContact contact = finder.Contacts[k];
                if (!IsDynamic(contact.Body) && contact.Gap < Near * environment[0, 4]) grounded[contact.Particle] = k;
            }

            for (int k = 0; k < finder.Count; k++)
            {
                ref BodyContact contact = ref finder.Contacts[k];
                if (!IsDynamic(contact.Body) || !(contact.Gap < Near * environment[0, 4]) || !grounded.TryGetValue(contact.Particle, out int floor)) continue;
                if (Double3.Dot(finder.Contacts[floor].Normal, contact.Normal) > Opposite) continue;
                if (contact.Layer < finder.Contacts[floor].Layer) (contact.Layer, finder.Contacts[floor].Layer) = (finder.Contacts[floor].Layer, contact.Layer);
                contact.Bearing = Immovable;
                borne[contact.Body]++;
            }

            for (int k = 0; k < finder.Count; k++)
                if (finder.Contacts[k].Bearing > 0) finder.Contacts[k].Bearing /= borne[finder.Contacts[k].Body];
        }

        private bool IsDynamic(int body) => host.Bodies[body].Kind == BodyKind.Dynamic;

        private void Tell(in BodyContact contact, ulong feature, bool isImpact)
        {
            if (!isImpact && contact.Gap > -TracedChoices.Nothing && contact.Opening > -TracedChoices.Nothing) return;
            host.ChoiceSums.AddParticle(0, isImpact, finder.Triangles == null ? contact.Particle : ~contact.Particle, contact.Collider, feature, contact.Sticks);
        }

        // Looks at all contacts of a layer.
        private void Look(FrameTape tape, int layer)
        {
            acting.Clear();
            for (int k = 0; k < finder.Count; k++)
                if (finder.Contacts[k].Layer == layer) acting.Add(k);
            // With one layer, what was seen before impacts still holds if there were none.
            if (hasMoved || finder.Layers > 1)
            {
                Ask(tape, trial.Look);
                for (int lane = 0; lane < acting.Count; lane++) finder.Contacts[acting[lane]].ReadEnd(trial.Found, lane);
            }

            hasMoved = false;
        }

        // Keeps the contacts that are impacts. What closes much slower than the threshold is none, and need not be looked at more closely.
        private void Probe(FrameTape tape)
        {
            acting.RemoveAll(isSlow);
            if (acting.Count == 0) return;
            Ask(tape, trial.Probe);
            for (int lane = 0; lane < acting.Count; lane++) finder.Contacts[acting[lane]].ReadImpact(trial.Found, lane);
            acting.RemoveAll(isNoImpact);
        }

        private void Ask(FrameTape tape, Launch launch)
        {
            trial.Follow(features.Rows, tried);
            trial.Clear();
            for (int lane = 0; lane < acting.Count; lane++) trial.Add(finder.Contacts[acting[lane]], acting[lane], lane);
            trial.Sized(launch).Run(tape.Executor);
        }

        // Leaves out what would pull, and lets slide what does not hold, until all impulses are as chosen.
        private void Try(FrameTape tape, bool isImpact)
        {
            bool changed = acting.Count > 0;
            foreach (int k in acting) finder.Contacts[k].Acts = finder.Contacts[k].Sticks = true;
            for (int turn = 0; changed && acting.Count > 0 && turn < MostTries; turn++)
            {
                changed = false;
                trial.Clear();
                for (int lane = 0; lane < acting.Count; lane++)
                {
                    finder.Contacts[acting[lane]].Write(triedNumbers, lane);
                    trial.Add(finder.Contacts[acting[lane]], acting[lane], lane);
                }

                foreach (Launch launch in isImpact ? trial.ImpactTrial : trial.RestTrial) trial.Sized(launch).Run(tape.Executor);
                for (int lane = 0; lane < acting.Count; lane++)
                {
                    ref BodyContact contact = ref finder.Contacts[acting[lane]];
                    Double3 impulse = trial.Impulse.Vector(lane, 0), normal = trial.Row.Vector(acting[lane], 0);
                    double push = Double3.Dot(impulse, normal), across = (impulse - normal * push).Length;
                    if (push < 0) contact.Acts = false;
                    else if (contact.Sticks && across > trial.Row[acting[lane], 7] * push * (1 + Rounding)) contact.Sticks = false;
                    else continue;
                    changed = true;
                }

                acting.RemoveAll(doesNotAct);
            }
        }

        private void WriteFeatures(FrameTape tape)
        {
            int row = features.Reserve(tape, finder.Count);
            HostNumbers numbers = features.Numbers;
            for (int k = 0; k < finder.Count; k++, row++)
            {
                ContactFeature feature = finder.Features[k];
                // Among balls either may be first.
                FeatureSide side = feature.First.Body == finder.Contacts[k].Body ? feature.First : feature.Second;
                numbers.Set(row, 0, side.Point.Constant);
                numbers.Set(row, 3, side.Point.Scale);
                numbers.Set(row, 6, side.Direction);
                numbers[row, 9] = (double)(int)feature.Kind;
                finder.Contacts[k].Feature = row;
            }
        }

        private void Grow(int least)
        {
            capacity = Math.Max(Math.Max(2 * capacity, least), 64);
            lanes = new BodyContactLanes(capacity, kernels, host, particles, finder.Triangles, Material, start, options.Precision);
            trial = new BodyContactLanes(capacity, kernels, host, particles, finder.Triangles, Material, start, options.Precision, lanes.EventTime);
            noImpacts = new Launch(kernels.NoImpacts, 0) { Prefix = true }.Bind("event time", lanes.EventTime);
        }
    }
}
