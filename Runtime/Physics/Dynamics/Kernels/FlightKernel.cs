using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Predicts every body to the end of the substep as if nothing were in its way. Forces kick first, v1 = v + h f/m; gravity acts
    /// ballistically during the flight, x(t) = x + v1 t + a t^2/2, or, when all is symplectic, as a kick too. Damping c divides
    /// velocities by 1 + h c (implicit Euler of dv/dt = -c v), before the flight. Where there are joints, their impulses of the substep
    /// before act like constant forces: linear ones ballistically, angular ones as half a kick at the start and half at the end.
    /// </summary>
    internal static class FlightKernel
    {
        /// <summary>Numbers of a body's response to its surroundings: gravity scale, linear damping, angular damping.</summary>
        public const int ResponseSize = 3;

        /// <summary>What acts on the bodies: the given forces, to which the forces written on <see cref="Real"/> are added.</summary>
        public static Kernel Given() => Kernel.Define("given forces", k => k.Store("applied", k.Lane("force", 6)));

        public static Kernel Trace(bool symplectic, bool jointed) => Kernel.Define("flight", k =>
        {
            var state = new RigidState(k.Lane("state", RigidState.Size));
            Real mobility = k.Lane("mobility");
            var mass = new RigidMass(k.Lane("mass", RigidMass.Size), mobility);
            Real[] response = k.Lane("response", ResponseSize), environment = k.Gather("environment", "world", 4), force = k.Lane("applied", 6);
            k.Constant("mobility");
            Real h = environment[3];
            Real3 gravity = new Real3(environment, 0) * (response[0] * mobility);

            Real3 velocity = state.Velocity + new Real3(force, 0) * (h * mass.Inverse);
            Real3 angular = state.AngularVelocity + mass.InverseInertia(state.Rotation, new Real3(force, 3) * h);
            Real3 acceleration = symplectic ? Real3.Zero : gravity;
            if (symplectic) velocity += gravity * h;
            velocity *= 1 / (1 + h * response[1] * mobility);
            angular *= 1 / (1 + h * response[2] * mobility);

            Real[] warm = jointed ? k.Lane("warm", 6) : null;
            if (jointed)
            {
                acceleration += new Real3(warm, 0) * (mass.Inverse / h);
                angular += mass.InverseInertia(state.Rotation, new Real3(warm, 3) * 0.5);
            }

            var kicked = new RigidState(state.Position, state.Rotation, velocity, angular);
            RigidState end = kicked.Fly(mass, acceleration, h);
            if (jointed) end = end.Kick(mass, Real3.Zero, new Real3(warm, 3) * 0.5);
            Real3 gain = end.Velocity - state.Velocity, angularGain = end.AngularVelocity - state.AngularVelocity;
            k.Store("end", end.Values);
            k.Store("acceleration", acceleration.X, acceleration.Y, acceleration.Z);
            k.Store("gain", gain.X, gain.Y, gain.Z, angularGain.X, angularGain.Y, angularGain.Z);
        });

        /// <summary>The state at the end of the substep: impacts are in it already, lasting contacts come on top.</summary>
        public static Kernel Finish() => Kernel.Define("finish substep", k => k.Store("state", k.Lane("end", RigidState.Size)));
    }
}
