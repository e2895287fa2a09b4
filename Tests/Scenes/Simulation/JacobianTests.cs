using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    // Jacobians of residuals from the tape against central differences of the residuals.
    public sealed class JacobianTests
    {
        private const double Tolerance = 1e-6;

        private static readonly Dictionary<string, Func<SceneBuilder>> Scenes = new Dictionary<string, Func<SceneBuilder>>
        {
            // Few parameters and a residual for every frame: tangents forward.
            ["bounce along a path"] = () => new SceneBuilder("bounce")
                .Simulate(0.5)
                .Material("rubber", 0.3, 0.8)
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, "rubber")
                .Box("brick", new[] { 0.2, 0.1, 0.15 }, new[] { 0, 0.5, 0 }, new[] { 1, -2, 0.2 }, "rubber", 2, b => b.AngularVelocity = new[] { 0.2, 0.1, 1.0 })
                .Recording("seen", new[] { 0.03, 0.1, 0.5, 0 }, new[] { 0.2, 0.3, 0.2, 0 }, new[] { 0.47, 0.3, 0.2, 0 })
                .Tune("bodies.brick.velocity.x").Tune("bodies.brick.angularVelocity.z").Tune("materials.rubber.friction").Tune("materials.rubber.restitution").Tune("gravity.y")
                .Couple("bodies.brick.velocity.z", "bodies.brick.velocity.x", 0.5, 0.1)
                .Follow("brick", "seen")
                .Loss(new SceneLoss { Type = "height", Body = "brick", Value = 2, Huber = 0.4 }),
            // Materials without friction, whose root has its own derivative at 0.
            ["a pass without friction"] = () => new SceneBuilder("pass")
                .Gravity(0, -9.8, 0)
                .Simulate(0.6)
                .Material("rubber", 0, 0.92)
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, "rubber")
                .Plane("wall", new[] { 1.75, 0, 0 }, new double[] { -1, 0, 0 }, "rubber")
                .Sphere("ball", 0.1, new[] { -0.5, 1, 0 }, new double[] { 5, -5, 0 }, "rubber", 1)
                .Tune("bodies.ball.velocity.x", -20, 20).Tune("bodies.ball.velocity.y", -20, 20)
                .Reach("ball", new[] { -2, 1.5, 0 }),
            ["a pendulum that is driven"] = () => new SceneBuilder("arm")
                .Simulate(0.4)
                .Box("arm", new[] { 0.3, 0.03, 0.03 }, new[] { 0.3, 0, 0 }, null, null, 1)
                .Joint("pivot", "hinge", null, "arm", new double[3], new double[] { 0, 0, 1 }, j => { j[Physics.JointNumber.DriveForce] = 0; j[Physics.JointNumber.Damping] = 0.1; })
                .Control("torque", "joints.pivot.driveForce", "linear", 1, 2, -1)
                .Tune("joints.pivot.damping").TuneEach("controls.torque.points.*").Tune("joints.pivot.anchor.x")
                .Loss(new SceneLoss { Type = "effort", Control = "torque", Weight = 0.01 })
                .Loss(new SceneLoss { Type = "path", Body = "arm", Points = new[] { new[] { 0.1, 0.3, 0, 0 }, new[] { 0.33, 0.2, 0.2, 0 } } }),
            // Many parameters and one end: gradients backward.
            ["a push by many points"] = () => new SceneBuilder("push")
                .Gravity(0, 0, 0)
                .Simulate(0.5)
                .Sphere("puck", 0.1, new double[3], null, null, 2)
                .Control("push", "bodies.puck.force.x", "cubic", 1, 2, -1, 0.5, 3, 1)
                .TuneEach("controls.push.points.*").Tune("bodies.puck.mass")
                .Loss(new SceneLoss { Type = "effort", Control = "push", Weight = 0.01 })
                .Reach("puck", new[] { 0.3, 0.1, 0 }, axes: "x"),
            ["springs alone"] = () => Net().TuneEach("deformables.net.mass.*").Tune("deformables.net.stiffness").Tune("deformables.net.velocity.y").Tune("gravity.x")
                .Loss(new SceneLoss { Type = "path", Body = "net", Particle = 1, Points = new[] { new[] { 0.05, 0.3, 0, 0 }, new[] { 0.17, 0.2, -0.1, 0.1 } } })
                .Loss(new SceneLoss { Type = "point", Body = "net", Target = new[] { 0.2, 0.1, 0.3 } }),
            ["springs beside a body, forward"] = () => Net().Sphere("ball", 0.1, new[] { 0, 1.0, 0 }, new[] { 0.1, 0, 0 }, null, 1)
                .Tune("deformables.net.stiffness").Tune("bodies.ball.velocity.x").Tune("gravity.y")
                .Loss(new SceneLoss { Type = "path", Body = "ball", Points = new[] { new[] { 0.05, 0.3, 0, 0 }, new[] { 0.17, 0.2, -0.1, 0.1 } } })
                .Loss(new SceneLoss { Type = "point", Body = "net", Particle = 2, Target = new[] { 0.2, 0.1, 0.3 } }),
            ["springs beside a body, backward"] = () => Net().Sphere("ball", 0.1, new[] { 0, 1.0, 0 }, new[] { 0.1, 0, 0 }, null, 1)
                .TuneEach("deformables.net.mass.*").Tune("deformables.net.stiffness").Tune("gravity.y").Tune("bodies.ball.velocity.x").Tune("bodies.ball.velocity.y").Tune("bodies.ball.position.z")
                .Loss(new SceneLoss { Type = "distance", Body = "net", Other = "ball", Value = 0.5 }),
        };

        private static IEnumerable<string> Names => Scenes.Keys;

        [TestCaseSource(nameof(Names))]
        public void JacobiansEqualCentralDifferences(string name)
        {
            using (var objective = TestScenes.Objective(Scenes[name]().Build()))
            {
                int n = objective.Dimension, m = objective.ResidualCount;
                double[] values = objective.Parameters.InitialValues();
                int before = objective.Simulations;
                var exact = new EvaluationBatch(objective);
                exact.Reset(2, EvaluationNeeds.Gradient | EvaluationNeeds.Jacobian);
                values.CopyTo(exact.Point(0));
                values.CopyTo(exact.Point(1));
                exact.Point(1)[0] += 0.01;
                objective.Evaluate(exact);
                Assert.That(objective.Simulations - before, Is.LessThanOrEqualTo(2 * Math.Min(n, m)), "one world for each parameter or residual");

                var swept = new EvaluationBatch(objective);
                swept.Reset(2, EvaluationNeeds.Gradient | EvaluationNeeds.Residuals);
                for (int i = 0; i < 2; i++) exact.Point(i).CopyTo(swept.Point(i));
                objective.Evaluate(swept);
                for (int i = 0; i < 2; i++)
                {
                    Assert.That(exact.Values[i], Is.EqualTo(swept.Values[i]));
                    Assert.That(exact.Residuals(i).ToArray(), Is.EqualTo(swept.Residuals(i).ToArray()));
                    double size = exact.Gradient(i).ToArray().Max(Math.Abs);
                    Assert.That(exact.Gradient(i).ToArray(), Is.EqualTo(swept.Gradient(i).ToArray()).Within(1e-10 * size), "2 J'r is the gradient");
                }

                // Richardson's extrapolation of two steps.
                var near = new EvaluationBatch(objective);
                near.Reset(4 * n, EvaluationNeeds.Residuals);
                double Step(int j) => 2e-4 * Math.Max(1, Math.Abs(values[j]));
                for (int k = 0; k < 4 * n; k++)
                {
                    values.CopyTo(near.Point(k));
                    near.Point(k)[k / 4] += Step(k / 4) * new[] { 1, -1, 0.5, -0.5 }[k % 4];
                }
                objective.Evaluate(near);
                double largest = exact.Jacobian(0).ToArray().Max(Math.Abs);
                for (int r = 0; r < m; r++)
                {
                    for (int j = 0; j < n; j++)
                    {
                        double wide = (near.Residuals(4 * j)[r] - near.Residuals(4 * j + 1)[r]) / (2 * Step(j)), fine = (near.Residuals(4 * j + 2)[r] - near.Residuals(4 * j + 3)[r]) / Step(j);
                        Assert.That(exact.Jacobian(0)[r * n + j], Is.EqualTo((4 * fine - wide) / 3).Within(Tolerance * Math.Max(1, largest)), $"residual {r}, parameter {objective.Parameters.Parameters[j].Name}");
                    }
                }
                for (int j = 0; j < n; j++) Assert.That(Enumerable.Range(0, m).Max(r => Math.Abs(exact.Jacobian(0)[r * n + j])), Is.GreaterThan(0), objective.Parameters.Parameters[j].Name);
            }
        }

        // On its own material a block comes x = v t - mu g t^2 / 2 far, so that its slope by mu is -g t^2 / 2 to the right of 0; on a rough floor sqrt(mu_a mu_b) has
        // no slope at 0, which counts as 0. Forward and backward say the same.
        [TestCase("ice", 1)]
        [TestCase("rough", 0)]
        public void TheRootOfFrictionHasOneDerivativeAtZero(string floor, double factor)
        {
            const double g = 9.81;
            double[] times = { 0.2, 0.4 };
            Scene scene = new SceneBuilder("slide").Gravity(0, -g, 0).Simulate(0.4)
                .Material("ice", 0, 0).Material("rough", 0.5, 0)
                .Plane("floor", new double[3], new double[] { 0, 1, 0 }, floor)
                .Box("block", new[] { 0.1, 0.1, 0.1 }, new[] { 0, 0.1, 0 }, new double[] { 2, 0, 0 }, "ice", 1)
                .Tune("materials.ice.friction", 0, 1).Tune("bodies.block.velocity.x")
                .Loss(new SceneLoss { Type = "path", Body = "block", Points = times.Select(t => new[] { t, 0, 0.1, 0 }).ToArray() }).Build();
            using (SceneObjective objective = TestScenes.Objective(scene))
            {
                double[] start = { 0, 2 };
                EvaluationBatch Evaluate(EvaluationNeeds needs)
                {
                    var batch = new EvaluationBatch(objective);
                    batch.Reset(1, needs);
                    start.CopyTo(batch.Point(0));
                    objective.Evaluate(batch);
                    return batch;
                }
                int before = objective.Simulations;
                EvaluationBatch forward = Evaluate(EvaluationNeeds.Jacobian | EvaluationNeeds.Gradient);
                Assert.That(objective.Simulations - before, Is.EqualTo(2), "forward: one world for each parameter");
                EvaluationBatch backward = Evaluate(EvaluationNeeds.Gradient);

                Assert.That(forward.Gradient(0).ToArray(), Is.EqualTo(backward.Gradient(0).ToArray()).Within(1e-10));
                for (int k = 0; k < times.Length; k++)
                {
                    // Of two moments a residual is the difference over sqrt(2).
                    double slope = forward.Jacobian(0)[3 * k * 2] * Math.Sqrt(times.Length);
                    Assert.That(slope, Is.EqualTo(-factor * g * times[k] * times[k] / 2).Within(1e-6), $"at {times[k]} s");
                }
            }
        }

        private static SceneBuilder Net()
        {
            return new SceneBuilder("net")
                .Simulate(0.2, 60, 4)
                .Springs("net", new[] { new double[] { 0, 0, 0 }, new[] { 0.3, 0.1, 0 }, new[] { 0.1, 0.3, 0.2 } }, new[] { new[] { 0, 1 }, new[] { 1, 2 }, new[] { 2, 0 } },
                    d => d.With("mass", 0.5, 0.6, 0.7).With("stiffness", 40).With("damping", 0.3).With("restLength", 0.3, 0.35, 0.4));
        }
    }
}
