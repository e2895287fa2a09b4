using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// What bodies answer to all that particles do to them at the end of a substep. With impulses that follow the change c = dv + dw x r of the velocity of the body's point as j = K (c + b),
    /// <code>(M + sum J^T K J) (dv, dw) = -sum J^T K b,   J = (1, -[r]x)</code>
    /// six equations for a body, however many particles there are; the same with another right side for positions.
    /// </summary>
    internal static class BodySystem
    {
        /// <summary>Numbers of a body's system: the sum by rows, and two right sides.</summary>
        public const int Size = 48;

        /// <summary>Numbers of a change of velocity and angular velocity, then of position and turn; or of the impulses that make them.</summary>
        public const int ChangeSize = 12;

        /// <summary>Solves the system of a body, and clears it.</summary>
        public static Kernel Answer() => Kernel.Define("answer of bodies", k =>
        {
            var state = new RigidState(k.Gather("state", "body", RigidState.Size));
            var mass = new RigidMass(k.Gather("mass", "body", RigidMass.Size), k.Gather("mobility", "body"));
            Real[] system = k.Gather("system", "body", Size);
            k.Constant("mobility");
            // (1 + M^-1 sum) x = M^-1 right side, which also holds for bodies that nothing moves.
            var matrix = new Real[6, 6];
            for (int j = 0; j < 6; j++)
            {
                Real[] column = Over(new Real3(system[j], system[6 + j], system[12 + j]), new Real3(system[18 + j], system[24 + j], system[30 + j]));
                for (int i = 0; i < 6; i++) matrix[i, j] = column[i] + (i == j ? 1 : 0);
            }

            var change = new Real[ChangeSize];
            for (int side = 0; side < 2; side++)
            {
                Real[] right = Over(new Real3(system, 36 + 6 * side), new Real3(system, 39 + 6 * side));
                SmallSystem.Solve((Real[,])matrix.Clone(), right);
                right.CopyTo(change, 6 * side);
            }

            k.StoreAt("change", "body", change);
            k.StoreAt("system", "body", Zeros(Size));

            Real[] Over(Real3 linear, Real3 angular)
            {
                Real3 v = linear * mass.Inverse, w = mass.InverseInertia(state.Rotation, angular);
                return new[] { v.X, v.Y, v.Z, w.X, w.Y, w.Z };
            }
        });

        /// <summary>Moves bodies by the impulses that were added up: momentum and angular momentum change by just these.</summary>
        public static Kernel Move() => Kernel.Define("move bodies", k =>
        {
            var state = new RigidState(k.Gather("state", "body", RigidState.Size));
            var mass = new RigidMass(k.Gather("mass", "body", RigidMass.Size), k.Gather("mobility", "body"));
            Real[] wrench = k.Gather("wrench", "body", ChangeSize);
            k.Constant("mobility");
            Real3 momentum = mass.AngularMomentum(state.Rotation, state.AngularVelocity) + new Real3(wrench, 3);
            Real3 turn = mass.InverseInertia(state.Rotation, new Real3(wrench, 9));
            RealQuaternion rotation = RealQuaternion.Normalise(RealQuaternion.FromVector(turn) * state.Rotation);
            k.StoreAt("state", "body", new RigidState(
                state.Position + new Real3(wrench, 6) * mass.Inverse, rotation, state.Velocity + new Real3(wrench, 0) * mass.Inverse,
                mass.AngularVelocity(rotation, momentum, state.AngularVelocity)).Values);
            k.StoreAt("wrench", "body", Zeros(ChangeSize));
        });

        /// <summary>Adds what a particle does, given K y for any y, to the system of a body.</summary>
        /// <param name="k">The kernel, which has a slot "system" and an index "body".</param>
        /// <param name="arm">From the body's centre.</param>
        /// <param name="answer">K y.</param>
        /// <param name="velocity">K b for velocities.</param>
        /// <param name="position">K b for positions.</param>
        public static void Add(KernelBuilder k, Real3 arm, System.Func<Real3, Real3> answer, Real3 velocity, Real3 position)
        {
            var system = new Real[Size];
            Real3[] axes = { Real3.UnitX, Real3.UnitY, Real3.UnitZ };
            for (int j = 0; j < 6; j++) Column(j, 6, answer(j < 3 ? axes[j] : Real3.Cross(axes[j - 3], arm)));
            Column(36, 1, -velocity);
            Column(42, 1, -position);
            k.AccumulateAt("system", "body", system);

            void Column(int at, int stride, Real3 force)
            {
                Real3 moment = Real3.Cross(arm, force);
                Real[] numbers = { force.X, force.Y, force.Z, moment.X, moment.Y, moment.Z };
                for (int i = 0; i < 6; i++) system[at + stride * i] = numbers[i];
            }
        }

        /// <summary>Takes impulses from a body that a particle gets, for velocities and for positions.</summary>
        public static void Take(KernelBuilder k, Real3 arm, Real3 velocity, Real3 position)
        {
            Real3 turn = Real3.Cross(arm, velocity), shift = Real3.Cross(arm, position);
            k.AccumulateAt(
                "wrench", "body", -velocity.X, -velocity.Y, -velocity.Z, -turn.X, -turn.Y, -turn.Z, -position.X, -position.Y, -position.Z, -shift.X, -shift.Y, -shift.Z);
        }

        private static Real[] Zeros(int count)
        {
            var zeros = new Real[count];
            for (int c = 0; c < count; c++) zeros[c] = 0;
            return zeros;
        }
    }
}
