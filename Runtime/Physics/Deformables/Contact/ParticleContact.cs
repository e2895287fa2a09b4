using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Contact of a particle with obstacles during a substep, event-consistent: the time of an impact enters velocity and position, and so
    /// do normal and slip at that time.
    /// </summary>
    internal static class ParticleContact
    {
        private const int NewtonSteps = 3;
        private const int MostImpacts = 2;

        /// <summary>The path after impacts and lasting contact.</summary>
        /// <param name="k">The kernel, from which obstacles are read.</param>
        /// <param name="obstacles">What may be touched.</param>
        /// <param name="path">The path without contact.</param>
        /// <param name="kick">What forces added to the velocity at the start. It presses on a surface, but is not an impact.</param>
        /// <param name="isFree">Whether the particle moves freely; pinned ones touch nothing.</param>
        /// <param name="isBallistic">Whether steady forces act through the substep; otherwise all act at its start.</param>
        /// <param name="threshold">Closing speed up to which there is no impact.</param>
        /// <param name="choices">What is told of choices.</param>
        public static ParticlePath Resolve(
            KernelBuilder k, IReadOnlyList<Obstacle> obstacles, ParticlePath path, Real3 kick, Bool isFree, bool isBallistic, double threshold, ref TracedChoices choices)
        {
            if (obstacles.Count == 0) return path;
            Real radius = k.Shared("environment", ParticleBuffers.EnvironmentSize)[4];
            var traced = new TracedObstacle[obstacles.Count];
            for (int o = 0; o < traced.Length; o++) traced[o] = new TracedObstacle(k, obstacles[o].Shape.Kind, o);
            Real lasts = path.Substep; // for how long a lasting contact can have been
            for (int n = 0; n < Math.Min(traced.Length, MostImpacts); n++)
            {
                Impact first = Earliest(traced, path, kick, radius, isFree, threshold);
                path.Kick(first.Change, first.Time);
                choices.Add(first.Happens, first.Obstacle, first.Sticks);
                lasts = Real.Select(first.Happens, path.Substep - first.Time, lasts);
            }

            for (int o = 0; o < traced.Length; o++) Rest(traced[o], o, ref path, ref choices, kick, radius, isFree, isBallistic, lasts);
            return path;
        }

        private static Impact Earliest(TracedObstacle[] obstacles, ParticlePath path, Real3 kick, Real radius, Bool isFree, double threshold)
        {
            Impact first = Find(obstacles[0], 0, path, kick, radius, isFree, threshold);
            for (int o = 1; o < obstacles.Length; o++)
            {
                Impact other = Find(obstacles[o], o, path, kick, radius, isFree, threshold);
                first = Impact.Select(other.Happens & (!first.Happens | other.Time < first.Time), other, first);
            }

            return first;
        }

        // The law of impact of a point: v_n' = -e v_n; the slip stops, or shrinks by mu times the normal change of velocity.
        private static Impact Find(TracedObstacle obstacle, int number, ParticlePath path, Real3 kick, Real radius, Bool isFree, double threshold)
        {
            Real time = path.Substep;
            Bool isClosed = isFree;
            for (int step = 0; step < NewtonSteps; step++)
            {
                (Real distance, Real3 n) = obstacle.At(path.PositionAt(time));
                Real gap = distance - radius, rate = Real3.Dot(n, path.VelocityAt(time));
                if (step == 0) isClosed &= gap < 0 & rate < 0;
                time -= Real.Select(rate < 0, gap / rate, 0);
            }

            time = Real.Clamp(time, -path.Substep, path.Substep);
            (_, Real3 normal) = obstacle.At(path.PositionAt(time));
            Real3 velocity = path.VelocityAt(time);
            Real speed = Real3.Dot(normal, velocity), pressed = Real.Min(Real3.Dot(normal, kick), 0);
            Bool happens = isClosed & speed - pressed < -threshold;
            Real change = -(1 + obstacle.Restitution) * speed;
            Real3 slip = velocity - normal * speed;
            Real3 friction = Friction(slip, obstacle.Friction * change, out Bool sticks);
            return new Impact(happens, Real.Select(happens, time, path.Substep), Real3.Select(happens, normal * change + friction, Real3.Zero), number, sticks);
        }

        // What is closed at the end and still closing stays on the surface. Along it, steady acceleration a, friction, and the kick of the forces
        // spread over the substep, act together through the time that the contact lasts, so that what friction holds does not creep. The slip from
        // s0 stops at t* = |s0| / (f - a . s0 / |s0|), with f the friction's deceleration.
        private static void Rest(TracedObstacle obstacle, int number, ref ParticlePath path, ref TracedChoices choices, Real3 kick, Real radius, Bool isFree, bool isBallistic, Real lasts)
        {
            (Real distance, Real3 normal) = obstacle.At(path.Position);
            Real gap = distance - radius, speed = Real3.Dot(normal, path.Velocity);
            Bool rests = isFree & gap < 0 & speed <= 0;
            Real3 slip = path.Velocity - normal * speed;
            Real bound = obstacle.Friction * -speed;
            Real3 friction = Friction(slip, bound, out Bool sticks), moved = friction * (isBallistic ? 0.5 * lasts : lasts);
            Bool stopped = false;
            if (isBallistic)
            {
                Real3 pull = Real3.Select(lasts >= path.Substep, kick, Real3.Zero);
                pull -= normal * Real3.Dot(normal, pull);
                Real3 along = (path.Acceleration - normal * Real3.Dot(normal, path.Acceleration)) * lasts + pull;
                Real3 first = slip - along, direction = Real3.Normalise(first, out Real s0);
                Real net = bound - Real3.Dot(along, direction); // change of the slip over the whole time, if it did not stop
                Bool stops = slip.Length <= bound & net > s0;
                Real unused = Real.Select(stops, 1 - s0 / net, 0); // the part of the time after the slip has stopped
                moved -= first * (0.5 * lasts * unused) + pull * (0.5 * lasts); // the slip, not its size times its direction, which has no slope at rest
                stopped = stops & s0 > TracedChoices.Nothing;
            }

            choices.AddLasting(rests & (gap < -TracedChoices.Nothing | speed < -TracedChoices.Nothing), number, sticks, stopped);

            path.Velocity += Real3.Select(rests, friction - normal * speed, Real3.Zero);
            path.Position += Real3.Select(rests, moved - normal * gap, Real3.Zero);
        }

        // Against the slip, as large as it takes to stop it and at most the bound.
        private static Real3 Friction(Real3 slip, Real bound, out Bool sticks)
        {
            Real size = slip.Length;
            sticks = size <= bound & bound > 0;
            return slip * -Real.Select(sticks, 1, bound * Real.Select(size > 0, 1 / size, 0));
        }

        private readonly struct Impact
        {
            public readonly Bool Happens;
            public readonly Real Time;
            public readonly Real3 Change;
            public readonly Real Obstacle;
            public readonly Bool Sticks;

            public Impact(Bool happens, Real time, Real3 change, Real obstacle, Bool sticks)
            {
                (Happens, Time, Change) = (happens, time, change);
                (Obstacle, Sticks) = (obstacle, sticks);
            }

            public static Impact Select(Bool condition, Impact a, Impact b) => new Impact(
                Real.Select(condition, a.Happens, b.Happens), Real.Select(condition, a.Time, b.Time), Real3.Select(condition, a.Change, b.Change), Real.Select(condition, a.Obstacle, b.Obstacle), Real.Select(condition, a.Sticks, b.Sticks));
        }
    }
}
