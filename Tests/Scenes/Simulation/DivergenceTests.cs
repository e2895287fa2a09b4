using System;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    // Drag kicks at the start of steps: v becomes v - h q |v| v / m, which outgrows all numbers in a few steps where q > 2 m / (h |v|) = 16.
    public sealed class DivergenceTests
    {
        private const double Wanted = 0.6;

        [TestCaseSource(nameof(Methods))]
        public void EveryOptimiserStepsBackFromPointsThatDiverge(string method)
        {
            // How far it comes rises ever slower with its mass, so that steps from a large one reach beyond the least, where it diverges.
            Scene scene = new SceneBuilder("glide")
                .Gravity(0, 0, 0)
                .Simulate(1)
                .Sphere("puck", 0.1, new double[3], new double[] { 30, 0, 0 }, null, 40)
                .Force("air", "drag", f => f.Quadratic = 0.5)
                .Tune("bodies.puck.mass", 0.001, 100)
                .Reach("puck", new[] { End(0.5, Wanted), 0, 0 }, axes: "x")
                .Build();
            scene.Tuning.Optimiser.Method = method;
            scene.Tuning.Optimiser.FirstStep = 5;
            scene.Tuning.Optimiser.FirstOrder.LearningRate = 50;
            scene.Tuning.Optimiser.FirstOrder.Schedule = new LearningRateSchedule(ScheduleKind.Cosine, 0, 300);
            using (var objective = TestScenes.Objective(scene))
            {
                TuningResult result = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = new StoppingRules { LossBelow = 1e-10, MaxIterations = 300, FlatIterations = 300 } }).Run();

                Assert.That(result.Best.Parameters[0], Is.EqualTo(Wanted).Within(0.01 * Wanted), result.Best.ReasonText);
                Assert.That(result.Failures, Is.GreaterThan(0), "nothing diverged on the way");
                Assert.That(result.FirstFailure, Does.Contain("frame").And.Contain("body 'puck'").And.Contain("force"));
            }
        }

        [Test]
        public void WorldsThatDivergeLeaveTheOthersOfTheirBatchAsTheyAre()
        {
            double[][] drags = new double[] { 300, 3, 280, 5, 260, 7, 0.4 }.Select(d => new[] { d }).ToArray();
            Scene scene = Glide(3);
            var things = new SceneThings(scene);
            using (ISceneSimulator together = Simulators.Create(scene, new[] { "forces.air.quadratic" }, TestScenes.Executor), alone = Simulators.Create(scene, new[] { "forces.air.quadratic" }, TestScenes.Executor))
            {
                var motion = things.Room(drags.Length, together.Samples);
                var cotangents = things.Room(drags.Length, together.Samples);
                double[][] gradients = drags.Select(_ => new double[1]).ToArray();
                together.Simulate(drags, motion, true);
                for (int w = 0; w < drags.Length; w++) cotangents.State(w, together.Samples - 1, 0)[0] = motion.Failures[w] == null ? 1 : 0;
                together.Pullback(cotangents, gradients);

                for (int w = 0; w < drags.Length; w++)
                {
                    bool diverges = drags[w][0] > 200;
                    Assert.That(motion.Failures[w], diverges ? Does.Contain("puck") : Is.Null, $"drag {drags[w][0]}");
                    if (diverges) continue;
                    var single = things.Room(1, alone.Samples);
                    var seeds = things.Room(1, alone.Samples);
                    var gradient = new[] { new double[1] };
                    alone.Simulate(new[] { drags[w] }, single, true);
                    seeds.State(0, alone.Samples - 1, 0)[0] = 1;
                    alone.Pullback(seeds, gradient);
                    for (int s = 0; s < alone.Samples; s++) Assert.That(motion.State(w, s, 0).ToArray(), Is.EqualTo(single.State(0, s, 0).ToArray()));
                    Assert.That(gradients[w], Is.EqualTo(gradient[0]));
                }
            }
        }

        [Test]
        public void AStartThatDivergesIsNamed()
        {
            using (var objective = TestScenes.Objective(Glide(250)))
            {
                Assert.That(TestScenes.ErrorOf(objective.CheckStart).Message, Does.Contain("frame").And.Contain("body 'puck'").And.Contain("force"));
                TuningResult result = new TuningRun(objective.Parameters, objective).Run();
                Assert.That(result.Best.Reason, Is.EqualTo(StopReason.Diverged));
                Assert.That(result.Best.ReasonText, Does.Contain("frame").And.Contain("body 'puck'"));
            }
        }

        [Test]
        public void StartsThatDivergeAreDrawnAnew()
        {
            // Less than half of the range can be simulated.
            Scene scene = Glide(3, 40);
            using (var objective = TestScenes.Objective(scene))
            {
                TuningResult result = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser, Stopping = new StoppingRules { LossBelow = 1e-10 }, Starts = 8 }).Run();

                Assert.That(result.Failures, Is.GreaterThan(2));
                Assert.That(result.Starts.Select(s => s.InitialLoss), Has.All.Matches<double>(l => l < 1e300));
                Assert.That(result.Best.Parameters[0], Is.EqualTo(Wanted).Within(0.01 * Wanted));
            }
        }

        // Explicit springs of particles grow without bound beyond k = 4 m / h^2 or so.
        [Test]
        public void ParticlesThatDivergeAreBadPointsToo()
        {
            Scene Net(double stiffness) => new SceneBuilder("net")
                .Simulate(1)
                .Springs("net", new[] { new double[3], new double[] { 1, 0, 0 }, new double[] { 0, 1, 0 } }, new[] { new[] { 0, 1 }, new[] { 1, 2 }, new[] { 2, 0 } }, d =>
                {
                    d.With("mass", 1).With("stiffness", stiffness).With("restLength", 0.9);
                    d.Pins = new[] { 0 };
                })
                .Tune("deformables.net.stiffness", 1, 1e13)
                .Loss(new SceneLoss { Type = "point", Body = "net", Particle = 1, Target = new[] { 0.9, -0.5, 0 } })
                .Build();
            using (var objective = TestScenes.Objective(Net(100)))
            {
                var batch = new EvaluationBatch(objective);
                batch.Reset(3, EvaluationNeeds.Gradient);
                (batch.Point(0)[0], batch.Point(1)[0], batch.Point(2)[0]) = (100, 1e12, 200);
                objective.Evaluate(batch);

                Assert.That(batch.Failures[1], Does.Contain("frame").And.Contain("net"));
                Assert.That(batch.Values[1], Is.EqualTo(double.PositiveInfinity));
                foreach (int i in new[] { 0, 2 })
                {
                    var single = new EvaluationBatch(objective);
                    single.Reset(1, EvaluationNeeds.Gradient);
                    single.Point(0)[0] = batch.Point(i)[0];
                    objective.Evaluate(single);
                    Assert.That((batch.Failures[i], batch.Values[i], batch.Gradient(i)[0]), Is.EqualTo(((string)null, single.Values[0], single.Gradient(0)[0])));
                }
            }
            using (var objective = TestScenes.Objective(Net(1e12))) Assert.That(TestScenes.ErrorOf(objective.CheckStart).Message, Does.Contain("frame").And.Contain("net"));
        }

        private static readonly string[] Methods = OptimiserSettings.Methods.ToArray();

        private static Scene Glide(double drag, double most = 300)
        {
            return new SceneBuilder("glide")
                .Gravity(0, 0, 0)
                .Simulate(1)
                .Sphere("puck", 0.1, new double[3], new double[] { 30, 0, 0 }, null, 4)
                .Force("air", "drag", f => f.Quadratic = drag)
                .Tune("forces.air.quadratic", 0.1, most)
                .Reach("puck", new[] { End(Wanted, 4), 0, 0 }, axes: "x")
                .Build();
        }

        private static double End(double drag, double mass)
        {
            double v = 30, x = 0, h = 1.0 / 60;
            for (int s = 0; s < 60; s++)
            {
                v -= h * drag * v * v / mass;
                x += h * v;
            }
            return x;
        }
    }
}
