using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>Turns what a document wishes into terms of a loss.</summary>
    public static class SceneLosses
    {
        /// <summary>The terms of a scene's loss that look at motion; effort looks at controls alone.</summary>
        /// <param name="scene">The scene.</param>
        /// <param name="recordings">The recordings that losses follow.</param>
        public static IReadOnlyList<TrajectoryLoss> Create(Scene scene, SceneRecordings recordings)
        {
            var things = new SceneThings(scene);
            return scene.Losses.Where(loss => loss.Type != "effort").Select(loss => Create(scene, things, loss, recordings)).ToArray();
        }

        private static TrajectoryLoss Create(Scene scene, SceneThings things, SceneLoss loss, SceneRecordings recordings)
        {
            int body = things.Find(loss.Body, loss.Particle), other = things.Find(loss.Other);
            // A soft minimum looks at all times, so it has none of its own.
            double time = double.IsNaN(loss.Time) ? double.PositiveInfinity : loss.Time;
            TrajectoryLoss term = Plain(scene, loss, body, other, time, recordings);
            var result = new TrajectoryLoss(loss.Name ?? loss.Type, term.Formula, term.Bodies.ToArray())
            {
                Weight = loss.Weight,
                Huber = loss.Huber,
                Softness = loss.Softness,
                Times = term.Times,
                MomentBodies = term.MomentBodies,
                Data = term.Data,
                IsCost = term.IsCost,
            };
            if (loss.Softness > 0 && term.Times != null && term.Times.Count == 1)
            {
                int frames = scene.Simulation.FrameCount;
                result.Times = null;
                if (term.Data != null) result.Data = Enumerable.Repeat(term.Data[0], frames).ToArray();
            }
            return result;
        }

        private static TrajectoryLoss Plain(Scene scene, SceneLoss loss, int body, int other, double time, SceneRecordings recordings)
        {
            switch (loss.Type)
            {
                case "point": return Losses.Point(body, loss.Target, time, loss.Axes);
                case "velocity": return Losses.Velocity(body, loss.Target, time, loss.Axes);
                case "rotation": return Losses.Rotation(body, loss.Target, time);
                case "upright": return Losses.Upright(body, loss.Target ?? new double[] { 0, 1, 0 }, double.IsNaN(loss.Time) ? double.NaN : time);
                case "height": return Losses.Height(body, Up(scene), loss.Value, time);
                case "speed": return Losses.Speed(body, loss.Target, time);
                case "energy": return Losses.Energy(body, time);
                case "distance": return Losses.Distance(body, other, loss.Value, time);
                case "clearance": return Losses.Clearance(body, other, loss.Value);
                case "touch": return new TrajectoryLoss("touch", f => new[] { Real.Max(Gap(scene, loss, f.Body(0), f.Body(1)), 0) }, body, other) { Times = new[] { time } };
                case "apart": return new TrajectoryLoss("apart", f => new[] { Real.Max(loss.Value - Gap(scene, loss, f.End(0), f.End(1)), 0) }, body, other);
                case "path": return Losses.Path(body, loss.Points.Select(p => p[0]).ToArray(), loss.Points.Select(p => p.Skip(1).ToArray()).ToArray());
                case "shape": return Losses.Shape(new SceneThings(scene).Find(loss.Body, 0), loss.Points, time, loss.Axes);
                case "smoothness": return Losses.Smoothness(body);
                case "recording":
                case "particles":
                    try
                    {
                        if (loss.Type == "particles") return Losses.Particles(new SceneThings(scene).Find(loss.Body, 0), recordings.FindParticles(loss.Recording), scene.Simulation.Duration, loss.PositionScale, loss.Axes);
                        return Losses.Recorded(body, recordings.Find(loss.Recording), scene.Simulation.Duration, loss.PositionScale, loss.RotationScale, loss.Axes);
                    }
                    catch (ArgumentException error)
                    {
                        throw new SceneException(scene.File, 0, "recordings." + loss.Recording, error.Message);
                    }

                default: throw new ArgumentException($"There is no loss of type '{loss.Type}'{NearestName.Hint(loss.Type, SceneFormat.LossTypes)}");
            }
        }

        private static Real Gap(Scene scene, SceneLoss loss, LossBody body, LossBody other)
        {
            return ShapeGap.Between(scene.Bodies.Find(b => b.Name == loss.Body).Shape, body, scene.Bodies.Find(b => b.Name == loss.Other).Shape, other);
        }

        private static double[] Up(Scene scene)
        {
            double length = Math.Sqrt(scene.Gravity.Sum(g => g * g));
            return length == 0 ? new double[] { 0, 1, 0 } : scene.Gravity.Select(g => -g / length).ToArray();
        }
    }
}
