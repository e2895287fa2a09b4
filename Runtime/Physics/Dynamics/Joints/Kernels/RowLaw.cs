using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The law between the impulse j of a row over a substep and the change u of its speed by all impulses: s j + b u + r = 0.
    /// Hard rows, which rigid ones always are, end their speed: b = 1, r = speed, and s = 0, or a little of the row's mobility where joints close
    /// loops, so that rows that ask for the same twice share the impulse. Soft ones follow spring, drive, friction and armature, see <see cref="Soft"/>.
    /// </summary>
    internal readonly struct RowLaw
    {
        /// <summary>Numbers of a law: s, b, r.</summary>
        public const int Size = 3;

        /// <summary>Numbers of a row's motion: coordinate at the start and end of the substep, speed at both, the two angles at the end.</summary>
        public const int MotionSize = 6;

        /// <summary>Numbers of a row's mode: whether it acts; whether it is hard; active limit (-1 lower, 1 upper); direction of sliding friction; side at which the drive is at its bound; whether this solve is for the row's world.</summary>
        public const int ModeSize = 6;

        public readonly Real Own, Response, Rest;

        private RowLaw(Real own, Real response, Real rest)
        {
            Own = own;
            Response = response;
            Rest = rest;
        }

        public RowLaw(Real[] values, int row)
            : this(values[Size * row], values[Size * row + 1], values[Size * row + 2])
        {
        }

        public static RowLaw Of(RowNumbers n, RowMotion motion, RowMode mode, bool isRigid, Real mobility, Real h, double give)
        {
            Bool on = mode.On > 0, hard = mode.Hard > 0;
            if (isRigid) return new RowLaw(Real.Select(on, give * mobility, 1), Real.Select(on, 1, 0), Real.Select(on, motion.EndSpeed, 0));
            RowLaw soft = Soft(n, motion, mode, mobility, h);
            return new RowLaw(
                Real.Select(on & hard, give * mobility, 1), Real.Select(on, Real.Select(hard, 1, soft.Response), 0),
                Real.Select(on, Real.Select(hard, motion.EndSpeed, soft.Rest), 0));
        }

        /// <summary>
        /// Spring k, damper c and drive kd, cd are averaged over the substep with the weight w on its end; the impulse j acts like a
        /// constant force, so it changes the end speed by u and the end coordinate by h u / 2:
        /// j = -h (k (q_w - rest) + c v_w + kd (q_w - target) + cd (v_w - speed) - f) - I (v_end - v_start) + slide h friction.
        /// w = 1/2 is the trapezoidal rule, second order and stable for any stiffness, but it rings where the step is long against the
        /// period; w = (1 + z^2 / (16 + z^2)) / 2, z = h^2 k/m + (h c/m)^2, turns it to implicit Euler there and keeps the order.
        /// </summary>
        private static RowLaw Soft(RowNumbers n, RowMotion motion, RowMode mode, Real mobility, Real h)
        {
            Real inertia = n[JointNumber.Armature], omega = 2 * Math.PI * n[JointNumber.Frequency];
            Real mass = Real.Select(mobility > 0, 1 / mobility, 0), inverse = mobility / (1 + inertia * mobility);
            Real k = n[JointNumber.Stiffness] + mass * omega * omega, c = n[JointNumber.Damping] + 2 * n[JointNumber.DampingRatio] * mass * omega;
            Bool follows = mode.Bound == 0;
            Real kd = Real.Select(follows, n[JointNumber.DriveStiffness], 0), cd = Real.Select(follows, n[JointNumber.DriveDamping], 0);
            Real given = Real.Select(follows, n[JointNumber.DriveForce], mode.Bound * n[JointNumber.MaxForce]);

            Real w = Weight(k + kd, c + cd, inverse, h);
            Real position = motion.Start + w * (motion.End - motion.Start), speed = motion.StartSpeed + w * (motion.EndSpeed - motion.StartSpeed);
            Real force = k * (position - n[JointNumber.Rest]) + c * speed + kd * (position - n[JointNumber.Target])
                + cd * (speed - n[JointNumber.TargetSpeed]) - given - mode.Slide * n[JointNumber.Friction];
            return new RowLaw(1, w * (0.5 * h * h * (k + kd) + h * (c + cd)) + inertia, h * force + inertia * (motion.EndSpeed - motion.StartSpeed));
        }

        /// <summary>The weight w on the end of the substep; see <see cref="Soft"/>.</summary>
        public static Real Weight(Real stiffness, Real damping, Real inverseMass, Real h)
        {
            Real damped = h * damping * inverseMass, z = h * h * stiffness * inverseMass + damped * damped;
            return 0.5 + 0.5 * (z * z) / (16 + z * z);
        }

        public Real[] Values => new[] { Own, Response, Rest };
    }

    /// <summary>The numbers of one row's axis.</summary>
    internal readonly struct RowNumbers
    {
        private readonly Real[] values;
        private readonly int start;

        public RowNumbers(Real[] values, int row)
        {
            this.values = values;
            start = row * JointAxis.NumberCount;
        }

        public Real this[JointNumber number] => values[start + (int)number];
    }

    /// <summary>Coordinate and speed of a row at the start and, before the solve, at the end of a substep.</summary>
    internal readonly struct RowMotion
    {
        public readonly Real Start, End, StartSpeed, EndSpeed, First, Second;

        public RowMotion(Real[] values, int row)
        {
            int at = row * RowLaw.MotionSize;
            (Start, End, StartSpeed, EndSpeed, First, Second) = (values[at], values[at + 1], values[at + 2], values[at + 3], values[at + 4], values[at + 5]);
        }
    }

    /// <summary>What the host has picked for a row.</summary>
    internal readonly struct RowMode
    {
        public readonly Real On, Hard, Limit, Slide, Bound, Solves;

        public RowMode(Real[] values, int row)
        {
            int at = row * RowLaw.ModeSize;
            (On, Hard, Limit, Slide, Bound, Solves) = (values[at], values[at + 1], values[at + 2], values[at + 3], values[at + 4], values[at + 5]);
        }
    }
}
