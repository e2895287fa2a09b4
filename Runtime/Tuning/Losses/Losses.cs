using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Tuning
{
    /// <summary>The usual wishes. Each gives residuals, so that least-squares methods can use them too.</summary>
    public static class Losses
    {
        /// <summary>To be at a point at a time.</summary>
        /// <param name="body">The body.</param>
        /// <param name="point">The point in m.</param>
        /// <param name="time">When, in s; infinity for the end.</param>
        /// <param name="axes">Components that count, such as "xy"; null for all.</param>
        public static TrajectoryLoss Point(int body, double[] point, double time = double.PositiveInfinity, string axes = null)
        {
            return new TrajectoryLoss("point", f => Pick(f.Body().Position - f.Vector(0), axes), body) { Times = new[] { time }, Data = new[] { point } };
        }

        /// <summary>To have a velocity at a time.</summary>
        /// <param name="body">The body.</param>
        /// <param name="velocity">The velocity in m/s.</param>
        /// <param name="time">When, in s; infinity for the end.</param>
        /// <param name="axes">Components that count; null for all.</param>
        public static TrajectoryLoss Velocity(int body, double[] velocity, double time = double.PositiveInfinity, string axes = null)
        {
            return new TrajectoryLoss("velocity", f => Pick(f.Body().Velocity - f.Vector(0), axes), body) { Times = new[] { time }, Data = new[] { velocity } };
        }

        /// <summary>To be turned like a quaternion at a time. The residual is the rotation vector in rad between the two.</summary>
        /// <param name="body">The body.</param>
        /// <param name="rotation">Unit quaternion x y z w, of either sign.</param>
        /// <param name="time">When, in s; infinity for the end.</param>
        public static TrajectoryLoss Rotation(int body, double[] rotation, double time = double.PositiveInfinity)
        {
            return new TrajectoryLoss("rotation", f => Turn(f.Body().Rotation, new RealQuaternion(f.Data, 0)).ToArray(), body) { Times = new[] { time }, Data = new[] { rotation } };
        }

        /// <summary>To stand upright: the body's y axis shall point along a direction, at a time or, with no time, all along.</summary>
        /// <param name="body">The body.</param>
        /// <param name="direction">Unit direction in the world.</param>
        /// <param name="time">When, in s; infinity for the end; NaN for all along.</param>
        public static TrajectoryLoss Upright(int body, double[] direction, double time)
        {
            return At(new TrajectoryLoss("upright", f => (f.Body().Rotation.Rotate(Real3.UnitY) - Constant(direction)).ToArray(), body), time);
        }

        /// <summary>To be at a height.</summary>
        /// <param name="body">The body.</param>
        /// <param name="up">Unit direction of height.</param>
        /// <param name="height">Height in m.</param>
        /// <param name="time">When, in s; infinity for the end.</param>
        public static TrajectoryLoss Height(int body, double[] up, double height, double time = double.PositiveInfinity)
        {
            return At(new TrajectoryLoss("height", f => new[] { Real3.Dot(f.Body().Position, Constant(up)) - height }, body), time);
        }

        /// <summary>To be fast along a direction: minus the speed. Not a sum of squares.</summary>
        /// <param name="body">The body.</param>
        /// <param name="direction">Unit direction.</param>
        /// <param name="time">When, in s; infinity for the end.</param>
        public static TrajectoryLoss Speed(int body, double[] direction, double time = double.PositiveInfinity)
        {
            return At(new TrajectoryLoss("speed", f => new[] { -Real3.Dot(f.Body().Velocity, Constant(direction)) }, body) { IsCost = true }, time);
        }

        /// <summary>To have little kinetic energy of translation, per mass: v^2 / 2 in J/kg.</summary>
        /// <param name="body">The body.</param>
        /// <param name="time">When, in s; infinity for the end; NaN for the mean over all frames.</param>
        public static TrajectoryLoss Energy(int body, double time = double.PositiveInfinity)
        {
            return At(new TrajectoryLoss("energy", f => (f.Body().Velocity * Math.Sqrt(0.5)).ToArray(), body), time);
        }

        /// <summary>Two bodies' centres shall be at a distance.</summary>
        /// <param name="body">The one.</param>
        /// <param name="other">The other.</param>
        /// <param name="distance">Distance in m.</param>
        /// <param name="time">When, in s; infinity for the end.</param>
        public static TrajectoryLoss Distance(int body, int other, double distance, double time = double.PositiveInfinity)
        {
            return At(new TrajectoryLoss("distance", f => distance == 0
                ? (f.Body(0).Position - f.Body(1).Position).ToArray()
                : new[] { (f.Body(0).Position - f.Body(1).Position).Length - distance }, body, other), time);
        }

        /// <summary>Two bodies' centres shall never be nearer than a distance: only the shortfall counts.</summary>
        /// <param name="body">The one.</param>
        /// <param name="other">The other.</param>
        /// <param name="distance">Distance in m.</param>
        public static TrajectoryLoss Clearance(int body, int other, double distance)
        {
            return new TrajectoryLoss("clearance", f => new[] { Real.Max(distance - (f.End(0).Position - f.End(1).Position).Length, 0) }, body, other);
        }

        /// <summary>To follow way points in time, linearly in between: the mean over all way points.</summary>
        /// <param name="body">The body.</param>
        /// <param name="times">Rising times in s.</param>
        /// <param name="points">Points in m.</param>
        public static TrajectoryLoss Path(int body, IReadOnlyList<double> times, IReadOnlyList<double[]> points)
        {
            return new TrajectoryLoss("path", f => (f.Body().Position - f.Vector(0)).ToArray(), body) { Times = times, Data = points };
        }

        /// <summary>Particles that follow one another shall be at points at a time: the mean over them.</summary>
        /// <param name="first">The first of the particles, counted as in <see cref="TrajectoryLoss.Bodies"/>.</param>
        /// <param name="points">A point for each, in m.</param>
        /// <param name="time">When, in s; infinity for the end.</param>
        /// <param name="axes">Components that count; null for all.</param>
        public static TrajectoryLoss Shape(int first, IReadOnlyList<double[]> points, double time = double.PositiveInfinity, string axes = null)
        {
            return new TrajectoryLoss("shape", f => Pick(f.Body().Position - f.Vector(0), axes), first)
            {
                Times = Enumerable.Repeat(time, points.Count).ToArray(), MomentBodies = Enumerable.Range(first, points.Count).ToArray(), Data = points,
            };
        }

        /// <summary>To move evenly: the mean squared change of velocity from frame to frame, in m^2/s^2.</summary>
        /// <param name="body">The body.</param>
        public static TrajectoryLoss Smoothness(int body)
        {
            return new TrajectoryLoss("smoothness", f => (f.End().Velocity - f.Start().Velocity).ToArray(), body);
        }

        /// <summary>
        /// To move as recorded: the mean over samples of squared position differences, and squared rotation angles where
        /// rotation was recorded. Missing samples, and those after the run's end, do not count.
        /// </summary>
        /// <param name="body">The body.</param>
        /// <param name="recording">What was recorded; its clock starts with the run.</param>
        /// <param name="duration">Length of the run in s.</param>
        /// <param name="positionScale">Factor of positions in 1/m.</param>
        /// <param name="rotationScale">Factor of rotation angles in 1/rad; zero leaves rotation out.</param>
        /// <param name="axes">Components of the position that count; null for all.</param>
        public static TrajectoryLoss Recorded(int body, Recording recording, double duration, double positionScale = 1, double rotationScale = 1, string axes = null)
        {
            bool turns = recording.Rotations != null && rotationScale > 0;
            var times = new List<double>();
            var data = new List<double[]>();
            for (int i = 0; i < recording.Count; i++)
            {
                if (recording.Times[i] < 0 || recording.Times[i] > duration * (1 + 1e-12)) continue;
                if (!Recording.HasSample(recording.Positions, 3, i) || turns && !Recording.HasSample(recording.Rotations, 4, i)) continue;
                IEnumerable<double> sample = recording.Positions.Skip(3 * i).Take(3);
                data.Add((turns ? sample.Concat(recording.Rotations.Skip(4 * i).Take(4)) : sample).ToArray());
                times.Add(recording.Times[i]);
            }
            if (times.Count == 0) throw new ArgumentException($"No sample of the recording lies within the {duration} s of the run.");
            return new TrajectoryLoss("recording", f =>
            {
                LossBody state = f.Body();
                IEnumerable<Real> residuals = Pick((state.Position - f.Vector(0)) * positionScale, axes);
                if (turns) residuals = residuals.Concat((Turn(state.Rotation, new RealQuaternion(f.Data, 3)) * rotationScale).ToArray());
                return residuals.ToArray();
            }, body) { Times = times, Data = data };
        }

        /// <summary>
        /// Particles to be where they were recorded: the mean over all samples of all particles of squared distances. Missing samples, and those after the
        /// run's end, do not count.
        /// </summary>
        /// <param name="first">The first of the particles; they follow one another.</param>
        /// <param name="recordings">What was recorded of each particle, null where nothing was; clocks start with the run.</param>
        /// <param name="duration">Length of the run in s.</param>
        /// <param name="scale">Factor of positions in 1/m.</param>
        /// <param name="axes">Components of the position that count; null for all.</param>
        /// <exception cref="ArgumentException">No sample lies within the run.</exception>
        public static TrajectoryLoss Particles(int first, IReadOnlyList<Recording> recordings, double duration, double scale = 1, string axes = null)
        {
            var samples = recordings.SelectMany((r, particle) => Enumerable.Range(0, r?.Count ?? 0).Select(i => (Time: r.Times[i], Particle: particle, Index: i)))
                .Where(s => s.Time >= 0 && s.Time <= duration * (1 + 1e-12) && Recording.HasSample(recordings[s.Particle].Positions, 3, s.Index))
                .OrderBy(s => s.Time).ThenBy(s => s.Particle).ToArray();
            if (samples.Length == 0) throw new ArgumentException($"No sample of the recording lies within the {duration} s of the run.");
            return new TrajectoryLoss("particles", f => Pick((f.Body().Position - f.Vector(0)) * scale, axes), first)
            {
                Times = samples.Select(s => s.Time).ToArray(),
                MomentBodies = samples.Select(s => first + s.Particle).ToArray(),
                Data = samples.Select(s => recordings[s.Particle].Positions.Skip(3 * s.Index).Take(3).ToArray()).ToArray(),
            };
        }

        // The rotation vector from b to a, at most pi long whatever the signs of the quaternions.
        private static Real3 Turn(RealQuaternion a, RealQuaternion b)
        {
            RealQuaternion between = a * b.Conjugate;
            return RealQuaternion.Select(between.W < 0, -between, between).ToVector();
        }

        private static TrajectoryLoss At(TrajectoryLoss loss, double time)
        {
            loss.Times = double.IsNaN(time) ? null : new[] { time };
            return loss;
        }

        private static Real3 Constant(double[] vector) => new Real3(vector[0], vector[1], vector[2]);

        private static Real[] Pick(Real3 vector, string axes)
        {
            return axes == null ? vector.ToArray() : axes.Select(axis => axis == 'x' ? vector.X : axis == 'y' ? vector.Y : vector.Z).ToArray();
        }
    }
}
