using System;
using System.Linq;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class ControlSceneTests
    {
        private const double Mass = 2, Way = 1.5, Time = 1;

        // From rest to rest over a way D in a time T by a force that is linear in time: F(0) = 6 m D / T^2 = -F(T).
        [Test]
        public void APushFromRestToRestIsThatOfTheClosedForm()
        {
            using (var objective = TestScenes.Objective(Sled("linear", 1, 0).Build()))
            {
                var options = new TuningOptions { Optimiser = new OptimiserSettings { Method = "lbfgs" }, Stopping = new StoppingRules { LossBelow = 1e-16 } };
                TuningResult result = new TuningRun(objective.Parameters, objective, options).Run();

                double expected = 6 * Mass * Way / (Time * Time);
                Assert.That(result.Best.Parameters[0], Is.EqualTo(expected).Within(2e-3 * expected));
                Assert.That(result.Best.Parameters[1], Is.EqualTo(-expected).Within(2e-3 * expected));
            }
        }

        // Runs that come after others start at time 0 again, and worlds have points of their own.
        [Test]
        public void EveryRunAndWorldHasItsOwnPoints()
        {
            using (var objective = TestScenes.Objective(Sled("piecewise", 1, 0, 0).Build()))
            {
                double[] Final(params double[] points)
                {
                    Trajectories motion = objective.Simulate(points);
                    return motion.State(0, motion.Samples - 1, 0).ToArray();
                }

                double[] first = Final(3, -1, 2);
                Final(9, 9, 9);

                Assert.That(Final(3, -1, 2), Is.EqualTo(first));
                // Half a time each of 3 and -1 N; the last point holds from the end on.
                Assert.That(first[7], Is.EqualTo((3 - 1) * Time / 2 / Mass).Within(1e-9));
            }
        }

        [TestCase("constant", 1)]
        [TestCase("piecewise", 3)]
        [TestCase("linear", 4)]
        [TestCase("cubic", 4)]
        public void GradientsByPointsEqualDifferences(string shape, int count)
        {
            Scene scene = Machine(shape);
            foreach (SceneControl control in scene.Controls)
            {
                for (int k = 0; k < count; k++) scene.Parameters.Add(new SceneParameter { Paths = { $"controls.{control.Name}.points.{k}" }, Typical = 1 });
            }
            scene.Parameters.Add(new SceneParameter { Paths = { "bodies.arm.mass" } });
            using (var objective = TestScenes.Objective(scene)) TestScenes.AssertEverySlope(objective, 1e-5);
        }

        // The least integral of F^2 that does so has F linear in time; five points find it among all others, by squares and by gradient.
        [TestCase("levenberg-marquardt")]
        [TestCase("lbfgs")]
        public void TheLeastEffortIsThatOfTheClosedForm(string method)
        {
            SceneBuilder builder = Sled("linear", 1, 1, 1, 1, 1).Loss(new SceneLoss { Type = "effort", Control = "push", Weight = 1e-9 });
            using (var objective = TestScenes.Objective(builder.Build()))
            {
                var options = new TuningOptions { Optimiser = new OptimiserSettings { Method = method } };
                options.Stopping.MaxIterations = 200;
                TuningResult result = new TuningRun(objective.Parameters, objective, options).Run();

                double expected = 6 * Mass * Way / (Time * Time);
                for (int k = 0; k < 5; k++) Assert.That(result.Best.Parameters[k], Is.EqualTo(expected * (1 - k / 2.0)).Within(0.01 * expected), $"point {k} of {string.Join(" ", result.Best.Parameters)}");
                Assert.That(objective.TermNames, Is.EqualTo(new[] { "point", "velocity", "effort" }));
            }
        }

        [TestCase("constant")]
        [TestCase("piecewise")]
        [TestCase("linear")]
        [TestCase("cubic")]
        public void GradientsOfEffortEqualDifferences(string shape)
        {
            // The third point is not tuned but counts.
            var scene = new SceneBuilder("sled").Gravity(0, 0, 0).Simulate(0.2, 30, 2).Sphere("sled", 0.1, new double[3], null, null, Mass)
                .Control("push", "bodies.sled.force.x", shape, 2, -1, 3).Tune("controls.push.points.0", typical: 1)
                .Loss(new SceneLoss { Type = "velocity", Body = "sled", Target = new double[3], Weight = 0 })
                .Loss(new SceneLoss { Type = "effort", Control = "push", Weight = 0.7 });
            if (shape != "constant") scene.Tune("controls.push.points.1", typical: 1);
            using (var objective = TestScenes.Objective(scene.Build())) TestScenes.AssertEverySlope(objective, 1e-6);
        }

        [Test]
        public void TheBuilderRefusesControlsThatAreNone()
        {
            SceneException With(Action<SceneBuilder> change) => TestScenes.ErrorOf(() =>
            {
                SceneBuilder builder = new SceneBuilder("bad").Simulate(1).Sphere("ball", 0.1, new double[3]);
                change(builder);
                builder.Build();
            });

            Assert.That(With(b => b.Control("c", "bodies.ball.force.x", "wavy", 1)).Path, Is.EqualTo("controls.c.shape"));
            Assert.That(With(b => b.Control("c", "bodies.ball.force.x", "linear")).Path, Is.EqualTo("controls.c.points"));
            Assert.That(With(b => b.Control("c", "bodies.ball.force.x", "linear", 1, double.NaN)).Path, Is.EqualTo("controls.c.points[1]"));
            Assert.That(With(b => b.Control("c", null, "linear", 1)).Path, Is.EqualTo("controls.c.target"));
        }

        private static SceneBuilder Sled(string shape, params double[] points)
        {
            SceneBuilder builder = new SceneBuilder("sled")
                .Gravity(0, 0, 0)
                .Simulate(Time, 120)
                .Sphere("sled", 0.1, new double[3], null, null, Mass)
                .Control("push", "bodies.sled.force.x", shape, points);
            for (int k = 0; k < points.Length; k++) builder.Tune("controls.push.points." + k, typical: 5);
            return builder
                .Reach("sled", new[] { Way, 0, 0 }, axes: "x")
                .Loss(new SceneLoss { Type = "velocity", Body = "sled", Target = new double[3], Axes = "x" });
        }

        // All that a control can set: force and torque on a body, and the drive of a hinge.
        private static Scene Machine(string shape)
        {
            double[] Points(double scale) => new[] { 1, -0.4, 0.7, 0.3 }.Select(v => v * scale).ToArray();
            return new SceneBuilder("machine")
                .Simulate(0.4, 60, 2)
                .Box("arm", new[] { 0.4, 0.05, 0.1 }, new[] { 0.4, 0, 0 }, null, null, 2)
                .Box("kite", new[] { 0.2, 0.1, 0.3 }, new double[] { 2, 0, 0 }, null, null, 1, b => b.AngularVelocity = new[] { 0, 0.5, 0 })
                .Joint("motor", "hinge", null, "arm", new double[3], new double[] { 0, 0, 1 }, j =>
                {
                    j[JointNumber.DriveStiffness] = 30;
                    j[JointNumber.DriveDamping] = 3;
                })
                .Control("lift", "bodies.kite.force.y", shape, Points(12))
                .Control("turn", "bodies.kite.torque.x", shape, Points(0.1))
                .Control("torque", "joints.motor.driveForce", shape, Points(5))
                .Control("angle", "joints.motor.target", shape, Points(0.6))
                .Control("speed", "joints.motor.targetSpeed", shape, Points(0.5))
                .Reach("arm", new[] { 0.3, 0.2, 0 })
                .Reach("kite", new[] { 2, 0.3, 0 })
                .Loss(new SceneLoss { Type = "rotation", Body = "kite", Target = new double[] { 0, 0, 0, 1 } })
                .Build();
        }
    }
}
