using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>The start of a substep with joints: where bodies are halfway, and the impulses that those of the two substeps before lead to expect.</summary>
    internal static class WarmKernels
    {
        /// <summary>Numbers that <see cref="Warm"/> writes for each row: coordinate, speed and angles at the start.</summary>
        public const int StartPerRow = 4;

        /// <summary>
        /// Where each body would be at half of the substep if nothing acted on it, which all its joints read. Sets to zero what these add up.
        /// </summary>
        public static Kernel Halfway() => Kernel.Define("halfway", k =>
        {
            var state = new RigidState(k.Lane("state", RigidState.Size));
            var mass = new RigidMass(k.Lane("mass", RigidMass.Size), k.Lane("mobility"));
            k.Constant("mobility");
            RigidState half = state.Fly(mass, Real3.Zero, 0.5 * k.Gather(BodyBuffers.Substep, "world"));
            k.Store("halfway", new HalfwayBody(half, mass).Values);
            k.Store("warm", JointKernels.Zeros(6));
            k.Store("strain", 0);
        });

        /// <summary>
        /// Hands the bodies the impulses expected of joints, along rows at half of the substep, and writes down where coordinates start. Rigid
        /// rows need of that only their angles.
        /// </summary>
        public static Kernel Warm(JointSignature signature, int size) => Kernel.Define("warm joints", k =>
        {
            RigidState startA = new RigidState(k.Gather("stateA", "a", RigidState.Size)), startB = new RigidState(k.Gather("stateB", "b", RigidState.Size));
            HalfwayBody a = new HalfwayBody(k.Gather("halfwayA", "a", HalfwayBody.Size)), b = new HalfwayBody(k.Gather("halfwayB", "b", HalfwayBody.Size));
            Real half = 0.5 * k.Gather(BodyBuffers.Substep, "world");
            var coordinates = new JointCoordinates(signature, k.Gather("frames", "joint", JointCoordinates.FrameSize));
            RowCoordinate[] q = coordinates.Evaluate(a.Pose, b.Pose), q0 = coordinates.Evaluate(startA, startB);
            Real[] angles = k.Gather("angles", "joint", 2 * size), begin = JointKernels.Zeros(StartPerRow * size);
            for (int r = 0; r < q0.Length; r++)
            {
                (Real value, Real first, Real second) = q0[r].Near(angles[2 * r], angles[2 * r + 1]);
                bool isRigid = signature.Rigid[r];
                new[] { isRigid ? 0 : value, isRigid ? 0 : JointRow.Rate(q0[r].Value, startA, startB), first, second }.CopyTo(begin, StartPerRow * r);
            }

            k.StoreAt("begin", "joint", begin);
            Real[] kept = k.Gather("kept", "joint", size), earlier = k.Gather("earlier", "joint", size), guess = JointKernels.Zeros(size);
            JointRow[] rows = Array.ConvertAll(q, c => JointRow.Of(c.Value, a.Pose, b.Pose));
            // A row that has just begun to act has no trend. One without load has: its two zeros depend on what would load it.
            Bool isOld = k.Gather("age", "joint") > 1;
            for (int r = 0; r < rows.Length; r++)
                guess[r] = Real.Select((earlier[r] == 0) & !(isOld & (kept[r] == 0)), kept[r], 2 * kept[r] - earlier[r]);
            (Real strainA, Real strainB) = Strain(rows, kept, coordinates);
            k.AccumulateAt("strainA", "a", strainA);
            k.AccumulateAt("strainB", "b", strainB);
            Real swingA = strainA * half * a.GreatestInverseMoment, swingB = strainB * half * b.GreatestInverseMoment;
            Real swing = swingA * swingA + swingB * swingB;
            Real trust = Trust(rows, guess, a, b, half) / (1 + 16 * swing * swing);
            for (int r = 0; r < rows.Length; r++) guess[r] *= trust;
            JointKernels.Accumulate(k, "warm", rows, guess);
            k.StoreAt("guess", "joint", guess);
        });

        // Force times lever of the joint on each body, an impulse here: what makes a loaded body swing fast between its joints.
        private static (Real onA, Real onB) Strain(JointRow[] rows, Real[] impulses, JointCoordinates coordinates)
        {
            Real3 onA = Real3.Zero, onB = Real3.Zero;
            for (int r = 0; r < rows.Length; r++)
            {
                onA += rows[r].MoveA * impulses[r];
                onB += rows[r].MoveB * impulses[r];
            }

            return (onA.Length * coordinates.LeverA, onB.Length * coordinates.LeverB);
        }

        // Impulses that follow from those before are a guess. Where they would turn a body far, after an impact or with a heavy load on a light
        // link, the guess is not used: 1 / (1 + (x / x0)^4) of the angle x keeps it smooth, and leaves the order as it is.
        private static Real Trust(JointRow[] rows, Real[] impulses, HalfwayBody a, HalfwayBody b, Real half)
        {
            const double Far = 0.1;
            Real3 turnA = Real3.Zero, turnB = Real3.Zero;
            for (int r = 0; r < rows.Length; r++)
            {
                turnA += rows[r].TurnA * impulses[r];
                turnB += rows[r].TurnB * impulses[r];
            }

            Real3 x = a.InverseInertia(turnA) * half, y = b.InverseInertia(turnB) * half;
            Real far = (x.LengthSquared + y.LengthSquared) * (1 / (Far * Far));
            return 1 / (1 + far * far);
        }
    }

    /// <summary>What joints read of a body at half of the substep: pose, inverse inertia in the world, and the greatest inverse moment.</summary>
    internal readonly struct HalfwayBody
    {
        /// <summary>Numbers: position 0..2, rotation 3..6, inverse inertia 7..12 (xx, xy, xz, yy, yz, zz), greatest inverse moment 13.</summary>
        public const int Size = 14;

        public readonly RigidState Pose;
        public readonly Real GreatestInverseMoment;
        private readonly Real3 x, y, z;

        public HalfwayBody(RigidState half, RigidMass mass)
        {
            Pose = half;
            x = mass.InverseInertia(half.Rotation, Real3.UnitX);
            y = mass.InverseInertia(half.Rotation, Real3.UnitY);
            z = mass.InverseInertia(half.Rotation, Real3.UnitZ);
            GreatestInverseMoment = mass.GreatestInverseMoment;
        }

        public HalfwayBody(Real[] values)
        {
            Pose = new RigidState(new Real3(values, 0), new RealQuaternion(values, 3), Real3.Zero, Real3.Zero);
            x = new Real3(values, 7);
            y = new Real3(values[8], values[10], values[11]);
            z = new Real3(values[9], values[11], values[12]);
            GreatestInverseMoment = values[13];
        }

        public Real[] Values => new[]
        {
            Pose.Position.X, Pose.Position.Y, Pose.Position.Z, Pose.Rotation.X, Pose.Rotation.Y, Pose.Rotation.Z, Pose.Rotation.W,
            x.X, x.Y, x.Z, y.Y, y.Z, z.Z, GreatestInverseMoment,
        };

        /// <summary>I^-1 L, and 0 for a body that contacts cannot move.</summary>
        public Real3 InverseInertia(Real3 momentum) => x * momentum.X + y * momentum.Y + z * momentum.Z;
    }
}
