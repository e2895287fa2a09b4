using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Lets islands that have come to rest sleep: bodies that touch one another, all of them slow for a while. A sleeping body counts as one
    /// that contacts cannot move, so that its island has neither pairs nor contacts of its own. An island wakes as a whole, by what hits or
    /// touches it or when its numbers have been changed from outside.
    /// </summary>
    internal sealed class Sleeping
    {
        private const int Awake = -1, Numbers = 26; // state, mass, force, response
        private readonly Stepper stepper;
        private readonly IReadOnlyList<CollisionDetector> detectors;
        private readonly IReadOnlyList<ForceField> forces;
        private readonly HostNumbers state, mass, force, response, mobility, environment;
        private readonly bool[] canSleep, isKinematic; // by element
        private readonly bool hasKinematic;
        private readonly double[] slowFor, seen, seenEnvironment;
        private readonly int[] island, parent;
        private readonly List<int> sleepers = new List<int>();
        private int shapesSeen, parametersSeen;
        private bool woke;

        /// <param name="stepper">The stepper.</param>
        /// <param name="detectors">Of each world.</param>
        /// <param name="forces">Whose parameters wake all when they change.</param>
        /// <param name="stayAwake">Bodies that do not sleep, since joints hold them.</param>
        /// <param name="kinematic">Bodies that move with their velocity.</param>
        public Sleeping(Stepper stepper, IReadOnlyList<CollisionDetector> detectors, IReadOnlyList<ForceField> forces, bool[] stayAwake, bool[] kinematic)
        {
            (this.stepper, this.detectors, this.forces) = (stepper, detectors, forces);
            int elements = stepper.IsDynamic.Length, worlds = stepper.Worlds;
            BodyBuffers b = stepper.Bodies;
            (state, mass, force) = (new HostNumbers(b.State), new HostNumbers(b.Mass), new HostNumbers(b.Force));
            (response, mobility, environment) = (new HostNumbers(b.Response), new HostNumbers(b.Mobility), new HostNumbers(b.Environment));
            (canSleep, isKinematic, slowFor, island, parent) = (new bool[elements], new bool[elements], new double[elements], new int[elements], new int[elements]);
            (seen, seenEnvironment) = (new double[elements * Numbers], new double[worlds * BodyBuffers.EnvironmentSize]);
            for (int e = 0; e < elements; e++)
            {
                canSleep[e] = stepper.IsDynamic[e] && !stayAwake[e / worlds];
                isKinematic[e] = kinematic[e / worlds];
                island[e] = Awake;
            }

            hasKinematic = Array.IndexOf(kinematic, true) >= 0;
        }

        public bool Any => sleepers.Count > 0;

        public bool IsAsleep(int element) => island[element] != Awake;

        /// <summary>Wakes all bodies and starts their time at rest anew.</summary>
        public void WakeAll()
        {
            while (sleepers.Count > 0) Wake(sleepers[0]);
            Array.Clear(slowFor, 0, slowFor.Length);
        }

        /// <summary>Wakes the island of a body.</summary>
        public void Wake(int element)
        {
            slowFor[element] = 0;
            int woken = island[element];
            if (woken == Awake) return;
            for (int k = sleepers.Count - 1; k >= 0; k--)
            {
                int e = sleepers[k];
                if (island[e] != woken) continue;
                Set(e, Awake);
                slowFor[e] = 0;
                sleepers.RemoveAt(k);
            }

            woke = true;
        }

        /// <summary>Wakes what has been changed from outside since the last step, and all where a recording runs.</summary>
        public void BeginStep()
        {
            if (sleepers.Count > 0) WakeChanged();
            woke = false; // in time for the step
        }

        private void WakeChanged()
        {
            if (stepper.Tape.IsRecording || stepper.ShapeChanges != shapesSeen || Parameters() != parametersSeen) WakeAll();
            for (int w = 0; w < stepper.Worlds; w++)
                for (int c = 0; c < BodyBuffers.EnvironmentSize; c++)
                    if (environment[w, c] != seenEnvironment[w * BodyBuffers.EnvironmentSize + c]) WakeWorld(w);

            for (int e = 0; e < island.Length; e++)
            {
                if (IsAsleep(e) && IsChanged(e, Numbers)) Wake(e);
                else if (!stepper.IsDynamic[e] && !IsAsleep(e) && IsChanged(e, 7)) WakeWorld(e % stepper.Worlds); // what may have been rested on
            }
        }

        /// <summary>Whether something has woken since this was asked last.</summary>
        public bool TakeWoken()
        {
            bool was = woke;
            woke = false;
            return was;
        }

        /// <summary>Wakes islands that something kinematic comes near to.</summary>
        public void Near(int world, ReadOnlySpan<ContactPair> pairs)
        {
            if (!hasKinematic || sleepers.Count == 0) return;
            foreach (ContactPair pair in pairs)
            {
                int a = pair.BodyA * stepper.Worlds + world, b = pair.BodyB * stepper.Worlds + world;
                if (IsAsleep(a) && IsDriven(b)) Wake(a);
                else if (IsAsleep(b) && IsDriven(a)) Wake(b);
            }
        }

        /// <summary>Wakes islands that are hit.</summary>
        public void Hit(List<Manifold> hits)
        {
            if (sleepers.Count == 0) return;
            foreach (Manifold m in hits)
            {
                Wake(m.A);
                Wake(m.B);
            }
        }

        /// <summary>Wakes islands that something awake lies on at the end of a substep.</summary>
        public void EndSubstep()
        {
            for (int k = 0; k < stepper.Table.Count && sleepers.Count > 0; k++)
            {
                Manifold m = stepper.Table.Items[k];
                bool a = IsAsleep(m.A), b = IsAsleep(m.B);
                if (a == b || !stepper.IsDynamic[a ? m.B : m.A] || !Touch(m)) continue;
                Wake(a ? m.A : m.B);
            }

            woke = false; // in time for the next one
        }

        /// <summary>After a step: islands that have been slow for long enough fall asleep.</summary>
        public void EndStep()
        {
            if (stepper.Tape.IsRecording) return;
            WorldOptions options = stepper.Options;
            for (int e = 0; e < island.Length; e++)
            {
                parent[e] = e;
                if (!canSleep[e] || IsAsleep(e)) continue;
                slowFor[e] = Speed(e) < options.SleepSpeed ? slowFor[e] + stepper.Substep(e % stepper.Worlds) * options.Substeps : 0;
            }

            // Islands are unions of bodies that touch; one that touches what moves of its own, or cannot sleep, stays awake.
            for (int k = 0; k < stepper.Table.Count; k++)
            {
                Manifold m = stepper.Table.Items[k];
                if (!Touch(m)) continue;
                if (canSleep[m.A] && canSleep[m.B]) parent[Root(m.A)] = Root(m.B);
                else if (canSleep[m.A] && KeepsAwake(m.B)) slowFor[m.A] = 0;
                else if (canSleep[m.B] && KeepsAwake(m.A)) slowFor[m.B] = 0;
            }

            for (int e = 0; e < island.Length; e++)
                if (canSleep[e] && !IsAsleep(e)) slowFor[Root(e)] = Math.Min(slowFor[Root(e)], slowFor[e]);
            for (int e = 0; e < island.Length; e++)
            {
                if (!canSleep[e] || IsAsleep(e) || slowFor[Root(e)] < options.SleepTime) continue;
                for (int c = 7; c < RigidState.Size; c++) state[e, c] = 0;
                Set(e, Root(e));
                sleepers.Add(e);
            }

            See();
        }

        public void Save(WorldState saved) => (saved.Islands, saved.SlowFor) = ((int[])island.Clone(), (double[])slowFor.Clone());

        public void Restore(WorldState saved)
        {
            WakeAll();
            for (int e = 0; e < island.Length; e++)
            {
                if (saved.Islands[e] == Awake) continue;
                Set(e, saved.Islands[e]);
                sleepers.Add(e);
            }

            saved.SlowFor.CopyTo(slowFor, 0);
            See();
        }

        // With something kinematic about, sleeping bodies stay what pairs are looked for with: two that contacts cannot move make none.
        private void Set(int element, int group)
        {
            bool awake = group == Awake;
            island[element] = group;
            stepper.IsDynamic[element] = awake;
            mobility[element, 0] = awake ? 1 : 0;
            if (!hasKinematic) detectors[element % stepper.Worlds].SetDynamic(element / stepper.Worlds, awake);
        }

        private void WakeWorld(int world)
        {
            for (int k = sleepers.Count - 1; k >= 0; k--)
                if (k < sleepers.Count && sleepers[k] % stepper.Worlds == world) Wake(sleepers[k]);
        }

        private int Root(int element)
        {
            while (parent[element] != element) element = parent[element] = parent[parent[element]];
            return element;
        }

        private bool IsDriven(int element) => isKinematic[element] && Speed(element) > 0;

        private bool KeepsAwake(int element) => stepper.IsDynamic[element] || IsDriven(element);

        private bool Touch(Manifold m)
        {
            for (int p = 0; p < m.Points; p++)
                if (m.Gap[p] < stepper.Options.ContactMargin) return true;
            return false;
        }

        // The root of twice the kinetic energy per mass, in metres per second; of a kinematic body, whose mass does not matter, of one metre.
        private double Speed(int element)
        {
            Double3 v = state.Vector(element, 7), w = state.Vector(element, 10);
            if (!canSleep[element]) return Math.Sqrt(v.LengthSquared + w.LengthSquared);
            var rotation = new DoubleQuaternion(state[element, 3], state[element, 4], state[element, 5], state[element, 6]);
            w = rotation.InverseRotate(w);
            return Math.Sqrt(v.LengthSquared + Double3.Dot(w * mass.Vector(element, 1), w) / mass[element, 0]);
        }

        // Keeps the numbers that tell whether somebody has changed them between steps.
        private void See()
        {
            for (int e = 0; e < island.Length; e++)
            {
                if (stepper.IsDynamic[e]) continue;
                for (int c = 0; c < Numbers; c++) seen[e * Numbers + c] = NumberOf(e, c);
            }

            for (int w = 0; w < stepper.Worlds; w++)
                for (int c = 0; c < BodyBuffers.EnvironmentSize; c++) seenEnvironment[w * BodyBuffers.EnvironmentSize + c] = environment[w, c];
            (shapesSeen, parametersSeen) = (stepper.ShapeChanges, Parameters());
        }

        private bool IsChanged(int element, int numbers)
        {
            for (int c = 0; c < numbers; c++)
                if (seen[element * Numbers + c] != NumberOf(element, c)) return true;
            return false;
        }

        private double NumberOf(int e, int c) => c < 13 ? state[e, c] : c < 17 ? mass[e, c - 13] : c < 23 ? force[e, c - 17] : response[e, c - 23];

        private int Parameters()
        {
            int sum = stepper.Bodies.Material.Version;
            for (int k = 0; k < forces.Count; k++) sum += forces[k].Parameters.Version;
            return sum;
        }
    }
}
