using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The impacts of a substep, each body's earliest first: sweeps look at the manifolds whose bodies have changed, take the impacts that
    /// no neighbour's earlier one can change, apply them, and end when none is left.
    /// </summary>
    internal sealed class ImpactSolver
    {
        private const int MostSweeps = 200, MostTries = 50, RefineSteps = 30, Scans = 4;
        private const double Settled = 1e-12, RootTolerance = 1e-4;
        private readonly Stepper stepper;
        private readonly ImpactChoice choice = new ImpactChoice();
        private readonly List<Manifold> look = new List<Manifold>(), active = new List<Manifold>(), refining = new List<Manifold>(), hits = new List<Manifold>(), group = new List<Manifold>();
        private readonly double[] first, near;
        private readonly bool[] changed, taken;
        private readonly BodyBatch touched;
        private readonly Comparison<Manifold> byTime = (x, y) =>
            x.Earliest != y.Earliest ? x.Earliest.CompareTo(y.Earliest) : x.Index.CompareTo(y.Index);
        private readonly Comparison<Manifold> byIndex = (x, y) => x.Index.CompareTo(y.Index);
        private readonly Predicate<Manifold> isSettled = m => m.IsSettled, cannotAct;
        private readonly Action<ManifoldLaunches, List<Manifold>> find, strike; // made once: a delegate is an allocation

        public ImpactSolver(Stepper stepper)
        {
            this.stepper = stepper;
            int bodies = stepper.IsDynamic.Length;
            first = new double[bodies];
            near = new double[bodies];
            changed = new bool[bodies];
            taken = new bool[bodies];
            touched = new BodyBatch(bodies, stepper.Kernels, stepper.Bodies);
            cannotAct = m => !(Free(m.A, m.Earliest) && Free(m.B, m.Earliest) && Take(m.A, m.B));
            (find, strike) = (Find, Strike);
        }

        /// <summary>Runs all impacts of the substep; false if the next one hits sleeping bodies, which it has woken.</summary>
        public bool Run()
        {
            for (int body = 0; body < changed.Length; body++) changed[body] = true;
            for (int sweep = 0; sweep < MostSweeps; sweep++)
            {
                Look();
                Pick();
                if (hits.Count == 0) return true;
                if (stepper.Sleeping is Sleeping sleeping)
                {
                    sleeping.Hit(hits);
                    if (sleeping.TakeWoken()) return false;
                }

                Array.Clear(changed, 0, changed.Length);
                touched.Lanes.Count = 0;
                ForGroups(hits, strike);
                stepper.Reports?.AddImpacts(hits);
                if (touched.Lanes.Count > 0) touched.Run(stepper.Tape, touched.Impacts);
            }

            return true;
        }

        // Runs an action over runs of manifolds with one signature.
        private void ForGroups(List<Manifold> manifolds, Action<ManifoldLaunches, List<Manifold>> action)
        {
            for (int start = 0; start < manifolds.Count;)
            {
                ManifoldSignature signature = manifolds[start].Signature;
                group.Clear();
                while (start < manifolds.Count && manifolds[start].Signature.Equals(signature)) group.Add(manifolds[start++]);
                ManifoldLaunches launches = stepper.LaunchesOf(signature);
                launches.FollowLogs();
                action(launches, group);
            }
        }

        // Finds impacts at the manifolds of bodies that have changed.
        private void Look()
        {
            look.Clear();
            for (int k = 0; k < stepper.Table.Count; k++)
            {
                Manifold m = stepper.Table.Items[k];
                if (changed[m.A] || changed[m.B]) look.Add(m);
            }

            ForGroups(look, find);
        }

        private void Find(ManifoldLaunches launches, List<Manifold> manifolds)
        {
            foreach (Manifold m in manifolds)
            {
                m.Earliest = double.PositiveInfinity;
                m.Substep = stepper.Substep(m.World);
                for (int p = 0; p < m.Points; p++) (m.Time[p], m.Rate[p]) = (m.Substep, 0);
            }

            Probe(launches, manifolds);
            active.Clear();
            foreach (Manifold m in manifolds)
            {
                for (int p = 0; p < m.Points; p++)
                {
                    (m.Gap[p], m.Opening[p], m.Built[p]) = Found(launches, m, p);
                    m.IsHit[p] = !m.Signature.IsSoft && IsImpact(m.Gap[p], m.Opening[p], m.Built[p]);
                }
            }

            // What moves past another thing within the substep is found on the way.
            for (int scan = 1; scan < Scans; scan++)
            {
                foreach (Manifold m in manifolds)
                    for (int p = 0; p < m.Points; p++)
                        if (!m.IsHit[p]) m.Time[p] = m.Substep * scan / Scans;
                if (!MayPass(manifolds[0])) break;
                Probe(launches, manifolds);
                foreach (Manifold m in manifolds)
                {
                    for (int p = 0; p < m.Points; p++)
                    {
                        if (m.IsHit[p]) continue;
                        (double gap, double opening, double built) = Found(launches, m, p);
                        m.IsHit[p] = IsImpact(gap, opening, built);
                    }
                }
            }

            foreach (Manifold m in manifolds)
                if (m.Tries < MostTries && IsAnyHit(m)) active.Add(m);
            refining.Clear();
            refining.AddRange(active);
            for (int step = 0; step < RefineSteps && refining.Count > 0; step++)
            {
                Probe(launches, refining);
                foreach (Manifold m in refining)
                {
                    m.IsSettled = true;
                    double h = m.Substep;
                    for (int p = 0; p < m.Points; p++)
                    {
                        double rate = Rate(launches, m, p), before = m.Time[p];
                        if (!m.IsHit[p] || rate >= 0) continue;
                        double newton = before - Found(launches, m, p).gap / rate;
                        m.Time[p] = Math.Max(-h, Math.Min(h, newton));
                        m.Rate[p] = Math.Abs(newton - before) <= RootTolerance * h ? rate : 0;
                        m.IsSettled &= Math.Abs(m.Time[p] - before) <= Settled * h;
                    }
                }

                refining.RemoveAll(isSettled);
            }

            foreach (Manifold m in active)
                for (int p = 0; p < m.Points; p++)
                    if (m.IsHit[p]) m.Earliest = Math.Min(m.Earliest, m.Time[p]);
        }

        private static bool IsAnyHit(Manifold m)
        {
            for (int p = 0; p < m.Points; p++) if (m.IsHit[p]) return true;
            return false;
        }

        // Only round things have gaps that open again behind them: all manifolds of a signature, or none.
        private static bool MayPass(Manifold m) =>
            !m.Signature.IsSoft && (m.Signature.Formula(0) == ContactFormula.PointPoint || m.Signature.Formula(0) == ContactFormula.PointEdge);

        private bool IsImpact(double gap, double opening, double built) => gap < 0 && -opening - built > stepper.Options.RestitutionThreshold;

        private void Probe(ManifoldLaunches launches, List<Manifold> manifolds)
        {
            Open(launches, manifolds);
            int points = manifolds[0].Points;
            HostNumbers time = launches.Time;
            for (int lane = 0; lane < manifolds.Count; lane++)
                for (int p = 0; p < points; p++) time[lane, p] = manifolds[lane].Time[p];
            launches.Probe.Elements = manifolds.Count;
            launches.Probe.Run(stepper.Tape.Executor);
        }

        private static void Open(ManifoldLaunches launches, List<Manifold> manifolds)
        {
            launches.Lanes.Count = 0;
            for (int lane = 0; lane < manifolds.Count; lane++)
            {
                manifolds[lane].Row = lane;
                launches.Lanes.Add(manifolds[lane]);
            }
        }

        private static (double gap, double opening, double built) Found(ManifoldLaunches launches, Manifold m, int point)
        {
            int at = EventKernels.FoundPerPoint * point;
            return (launches.Found[m.Row, at], launches.Found[m.Row, at + 1], launches.Found[m.Row, at + 2]);
        }

        private static double Rate(ManifoldLaunches launches, Manifold m, int point) => launches.Found[m.Row, EventKernels.FoundPerPoint * point + 3];

        // Takes impacts in order of time, but none of a body that has an earlier one, or whose neighbour has.
        private void Pick()
        {
            hits.Clear();
            for (int body = 0; body < first.Length; body++) first[body] = near[body] = double.PositiveInfinity;
            Array.Clear(taken, 0, taken.Length);
            ManifoldTable table = stepper.Table;
            for (int k = 0; k < table.Count; k++)
            {
                Manifold m = table.Items[k];
                if (double.IsPositiveInfinity(m.Earliest)) continue;
                hits.Add(m);
                first[m.A] = Math.Min(first[m.A], m.Earliest);
                first[m.B] = Math.Min(first[m.B], m.Earliest);
            }

            if (hits.Count == 0) return;
            Array.Copy(first, near, first.Length);
            for (int k = 0; k < table.Count; k++)
            {
                Manifold m = table.Items[k];
                if (!stepper.IsDynamic[m.A] || !stepper.IsDynamic[m.B]) continue;
                near[m.A] = Math.Min(near[m.A], first[m.B]);
                near[m.B] = Math.Min(near[m.B], first[m.A]);
            }

            hits.Sort(byTime);
            hits.RemoveAll(cannotAct);
            hits.Sort(byIndex);
        }

        private bool Free(int body, double time) => !stepper.IsDynamic[body] || near[body] >= time && !taken[body];

        private bool Take(int a, int b) => taken[a] = taken[b] = true;

        // One impact for each manifold of the group: which points meet, whether they stick, and the launch.
        private void Strike(ManifoldLaunches launches, List<Manifold> manifolds)
        {
            int points = manifolds[0].Points;
            HostLog log = stepper.Logs.Impacts[points];
            int first = log.Reserve(stepper.Tape, manifolds.Count);
            launches.FollowLogs();
            HostNumbers choices = log.Numbers;
            for (int lane = 0; lane < manifolds.Count; lane++)
            {
                Manifold m = manifolds[lane];
                launches.Choice.Indices[lane] = first + lane;
                for (int p = 0; p < points; p++)
                {
                    choices[first + lane, p] = m.Time[p];
                    choices[first + lane, 4 * points + 1 + p] = m.Rate[p];
                }
            }

            // Points that meet together: near enough and not parting at the time of the earliest.
            foreach (Manifold m in manifolds)
                for (int p = 0; p < points; p++) m.Time[p] = m.Earliest;
            Probe(launches, manifolds);
            for (int lane = 0; lane < manifolds.Count; lane++)
            {
                Manifold m = manifolds[lane];
                int timed = 0, together = 0, row = first + lane;
                for (int p = 0; p < points; p++)
                {
                    (double gap, double opening, _) = Found(launches, m, p);
                    bool meets = gap < stepper.Options.ContactMargin && opening < stepper.Options.RestitutionThreshold;
                    m.IsTimed[p] = meets && m.IsHit[p];
                    m.IsHit[p] = meets;
                    timed += m.IsTimed[p] ? 1 : 0;
                    together += meets ? 1 : 0;
                }

                for (int p = 0; p < points; p++)
                {
                    choices[row, points + p] = m.IsTimed[p] ? 1.0 / timed : 0;
                    choices[row, 2 * points + p] = m.IsHit[p] ? 1.0 / together : 0;
                    choices[row, 3 * points + p] = m.IsHit[p] ? 1 : 0;
                }

                if (timed == 0) m.Tries = MostTries;
            }

            launches.Weigh.Elements = manifolds.Count;
            launches.Weigh.Run(stepper.Tape.Executor);
            for (int lane = 0; lane < manifolds.Count; lane++)
            {
                Manifold m = manifolds[lane];
                Read(launches, lane, m.Signature.Impact);
                bool sticks = choice.Choose(m.Signature.Impact, m.IsHit, out bool spinSticks);
                for (int p = 0; p < points; p++) choices[first + lane, 3 * points + p] = m.IsHit[p] ? 1 : 0;
                choices[first + lane, 4 * points] = sticks ? 1 : 0;
                choices[first + lane, 5 * points + 1] = spinSticks ? 1 : 0;
                stepper.Choices.AddImpact(m, sticks, spinSticks);
                m.Tries++;
                m.Earliest = double.PositiveInfinity;
                Touch(m.A);
                Touch(m.B);
            }

            launches.Run(stepper.Tape, launches.Impact);
        }

        private void Read(ManifoldLaunches launches, int lane, ImpactLayout layout)
        {
            int n = layout.Axes, at = 0;
            choice.Friction = launches.System[lane, at++];
            choice.Restitution = launches.System[lane, at++];
            choice.Torsional = launches.System[lane, at++];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) choice.Mobility[i, j] = launches.System[lane, at++];
            for (int i = 0; i < n; i++) choice.Speed[i] = launches.System[lane, at++];
        }

        private void Touch(int body)
        {
            if (!stepper.IsDynamic[body] || changed[body]) return;
            changed[body] = true;
            touched.Add(body);
        }
    }
}
