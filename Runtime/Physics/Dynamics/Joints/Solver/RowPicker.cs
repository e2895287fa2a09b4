using System;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Picks the modes of rows with limits, friction or bounded drives: whether a limit holds, whether friction holds or slides, whether a
    /// drive is at its bound. Modes are right when forces obey their bounds and motion the limits; until then what is wrong is changed and
    /// the system solved again, all rows together at first, then one at a time, which ends (Murty's least-index rule).
    /// </summary>
    internal sealed class RowPicker
    {
        private const int MostTries = 40, TriesTogether = 8;
        private readonly int size, worlds;
        private readonly JointAxis[] axes; // row by row of one world
        private readonly bool[] isBroken, hasChanged; // of joints in worlds; of worlds
        private bool solvesAll;

        public RowPicker(Joint[] joints, int size, int worlds)
        {
            this.size = size;
            this.worlds = worlds;
            axes = new JointAxis[joints.Length * size];
            isBroken = new bool[joints.Length * worlds];
            hasChanged = new bool[worlds];
            Modes = new double[joints.Length * worlds * size * RowLaw.ModeSize];
            foreach (Joint joint in joints)
            {
                foreach (JointAxis axis in joint.Axes)
                {
                    if (axis.Row < 0) continue;
                    axes[joint.Index * size + axis.Row] = axis;
                    HasChoices |= axis.HasLimits || axis.HasFriction || axis.HasBoundedDrive;
                }
            }

            Reset();
        }

        /// <summary>Whether any row has modes to choose from.</summary>
        public bool HasChoices { get; }

        /// <summary>The modes, row by row of each joint in each world.</summary>
        public double[] Modes { get; }

        public bool IsBroken(int element) => isBroken[element];

        /// <summary>Modes of a start: rows act, friction holds, limits and bounds do not.</summary>
        public void Reset()
        {
            Array.Clear(isBroken, 0, isBroken.Length);
            for (int element = 0; element < isBroken.Length; element++) Reset(element);
        }

        /// <summary>Takes a joint out.</summary>
        public void Break(int element)
        {
            isBroken[element] = true;
            Reset(element);
        }

        /// <summary>Makes the next solve one for all worlds.</summary>
        /// <returns>Whether the last was not.</returns>
        public bool SolveAll()
        {
            if (solvesAll) return false;
            Array.Fill(hasChanged, true);
            SolveChanged();
            return solvesAll = true;
        }

        /// <summary>Makes the next solve one for worlds whose modes have changed since: the bits of others stay as they are.</summary>
        public void SolveChanged()
        {
            for (int element = 0; element < isBroken.Length; element++)
                for (int row = 0; row < size; row++) Modes[(element * size + row) * RowLaw.ModeSize + 5] = hasChanged[element % worlds] ? 1 : 0;
            Array.Clear(hasChanged, 0, worlds);
            solvesAll = false;
        }

        /// <summary>Tries modes on a system until they are right.</summary>
        /// <param name="attempt">Solves with the modes and writes what they are judged by.</param>
        /// <param name="judged">What is written.</param>
        /// <param name="numbers">Numbers of the axes.</param>
        /// <param name="substep">Length of the substep of a world, in seconds.</param>
        /// <returns>Whether any mode has changed.</returns>
        public bool Pick(Action attempt, Buffer judged, Buffer numbers, Func<int, double> substep)
        {
            bool any = false;
            for (int tries = 0; tries < MostTries; tries++)
            {
                attempt();
                if (!Correct(tries >= TriesTogether, judged, numbers, substep)) return any;
                any = true;
            }

            return any;
        }

        /// <summary>Changes what is wrong, all at once or the first of each world.</summary>
        /// <returns>Whether anything was.</returns>
        public bool Correct(bool one, Buffer judged, Buffer numbers, Func<int, double> substep)
        {
            bool changed = false;
            HostNumbers found = new HostNumbers(judged), given = new HostNumbers(numbers);
            for (int world = 0; world < worlds; world++)
            {
                if (!Correct(world, one, found, given, substep(world))) continue;
                changed = hasChanged[world] = true;
            }

            return changed;
        }

        private bool Correct(int world, bool one, HostNumbers judged, HostNumbers numbers, double h)
        {
            bool changed = false;
            for (int row = 0; row < axes.Length; row++)
            {
                int element = row / size * worlds + world;
                if (axes[row] == null || axes[row].IsLocked || isBroken[element] || !Correct(axes[row], element, row % size, judged, numbers, h)) continue;
                changed = true;
                if (one) break;
            }

            return changed;
        }

        private void Reset(int element)
        {
            for (int row = 0; row < size; row++)
            {
                int at = (element * size + row) * RowLaw.ModeSize;
                Array.Clear(Modes, at, RowLaw.ModeSize);
                Modes[at + 5] = 1;
                JointAxis axis = axes[element / worlds * size + row];
                if (axis == null || isBroken[element]) continue;
                Modes[at] = 1;
                Modes[at + 1] = axis.IsLocked ? axis.IsSoft ? 0 : 1 : axis.HasFriction ? 1 : 0;
            }
        }

        private bool Correct(JointAxis axis, int joint, int row, HostNumbers judged, HostNumbers numbers, double h)
        {
            int at = row * JointKernels.JudgedPerRow, first = row * JointAxis.NumberCount, mode = (joint * size + row) * RowLaw.ModeSize;
            double impulse = judged[joint, at], end = judged[joint, at + 1], speed = judged[joint, at + 2], spring = judged[joint, at + 3], drive = judged[joint, at + 4];
            double lower = numbers[joint, first], upper = numbers[joint, first + (int)JointNumber.Upper];
            double bound = h * numbers[joint, first + (int)JointNumber.MaxForce], friction = h * numbers[joint, first + (int)JointNumber.Friction];
            double oldHard = Modes[mode + 1], oldLimit = Modes[mode + 2], oldSlide = Modes[mode + 3], oldBound = Modes[mode + 4];
            double tiny = 1e-12 * (1 + Math.Abs(impulse));
            double limit = oldLimit, slide = oldSlide, side = oldBound;
            if (axis.HasBoundedDrive) side = drive > bound ? 1 : drive < -bound ? -1 : 0;
            double given = spring + Math.Max(-bound, Math.Min(bound, drive));
            bool sticks = axis.HasFriction && oldHard > 0 && oldLimit == 0;

            // What holds the limit besides spring and drive must push away from it, after friction has resisted all it can.
            if (oldLimit != 0)
            {
                if ((impulse - given) * -oldLimit < -tiny) limit = 0;
            }
            else if (axis.HasLimits)
            {
                if (end < lower && speed < 0) limit = -1;
                else if (end > upper && speed > 0) limit = 1;
            }

            bool hard = limit != 0;
            if (limit == 0 && axis.HasFriction)
            {
                if (oldLimit != 0) (hard, slide) = (true, 0);
                else if (sticks)
                {
                    double held = impulse - given;
                    hard = Math.Abs(held) <= friction + tiny;
                    slide = hard ? 0 : Math.Sign(held);
                }
                else if (speed * slide > 0 || slide == 0) (hard, slide) = (true, 0);
            }
            else
            {
                slide = 0;
            }

            Modes[mode + 1] = hard ? 1 : 0;
            Modes[mode + 2] = limit;
            Modes[mode + 3] = slide;
            Modes[mode + 4] = side;
            return Modes[mode + 1] != oldHard || limit != oldLimit || slide != oldSlide || side != oldBound;
        }
    }
}
