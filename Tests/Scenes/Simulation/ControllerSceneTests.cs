using System;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    /// <summary>Feedback controllers in scenes: closed forms, derivatives by gains, references, biases and weights, and what is refused.</summary>
    public sealed class ControllerSceneTests
    {
        // m x'' = K (r - x) - D x', kicked at the start of each substep: v += h (K (r - x) - D v) / m, x += h v.
        [Test]
        public void GainsAreFoundFromAMotionThatTheyShallGive()
        {
            const double mass = 2, gain = 32, damping = 16, goal = 1.5, h = 1.0 / 120;
            double x = 0, v = 0;
            var wanted = new double[61][];
            for (int k = 0; k <= 120; k++)
            {
                if (k % 2 == 0) wanted[k / 2] = new[] { k * h, x, 0, 0 };
                v += h * (gain * (goal - x) - damping * v) / mass;
                x += h * v;
            }
            Scene scene = new SceneBuilder("servo").Gravity(0, 0, 0).Simulate(1, 60, 2)
                .Sphere("cart", 0.1, new double[3], null, null, mass)
                .Feedback("servo", "bodies.cart.position.x bodies.cart.velocity.x", "bodies.cart.force.x", new[] { new double[] { 10, 5 } }, new double[] { goal, 0 })
                .Recording("wanted", wanted)
                .Tune("controllers.servo.gains.0.0", 1, 100).Tune("controllers.servo.gains.0.1", 1, 100)
                .Follow("cart", "wanted").Optimise("levenberg-marquardt").Build();
            using (var objective = TestScenes.Objective(scene))
            {
                TuningResult result = new TuningRun(objective.Parameters, objective, new TuningOptions { Optimiser = scene.Tuning.Optimiser }).Run();

                Assert.That(result.Best.Parameters, Is.EqualTo(new[] { gain, damping }).Within(1e-4).Percent);
            }
        }

        // All that can be read, by both types, leads all kinds of outputs.
        [TestCase(true)]
        [TestCase(false)]
        public void GradientsByParametersOfControllersEqualDifferences(bool linear)
        {
            SceneBuilder builder = Machine(linear).TuneEach(linear ? "controllers.pilot.gains.*.*" : "controllers.pilot.weights.*", typical: 1).Tune("bodies.drone.mass").Tune("bodies.arm.mass");
            if (linear) builder.TuneEach("controllers.pilot.references.* controllers.pilot.bias.*", typical: 1);
            using (var objective = TestScenes.Objective(builder.Build())) TestScenes.AssertEverySlope(objective, 1e-5);
        }

        [Test]
        public void WorldsSideBySideFlyLikeEachAlone()
        {
            Scene scene = Machine(true).Build();
            string[] targets = { "controllers.pilot.gains.0.0", "controllers.pilot.bias.1" };
            double[][] values = { new[] { 0.3, 0.1 }, new[] { -0.2, 0.4 } };
            Executor executor = Executor.CreateDefault();
            using (var together = new WorldSimulator(scene, targets, executor))
            using (var alone = new WorldSimulator(scene, targets, executor))
            {
                var both = new Trajectories(2, together.Samples, scene.Bodies.Count);
                var one = new Trajectories(1, alone.Samples, scene.Bodies.Count);
                together.Simulate(values, both, false);
                alone.Simulate(new[] { values[1] }, one, false);
                Assert.That(both.State(1, together.Samples - 1, 0).ToArray(), Is.EqualTo(one.State(0, alone.Samples - 1, 0).ToArray()));
                Assert.That(both.State(0, together.Samples - 1, 0).ToArray(), Is.Not.EqualTo(one.State(0, alone.Samples - 1, 0).ToArray()));
            }
        }

        [Test]
        public void TunedWeightsAreKeptAndRandomOnesRepeat()
        {
            Scene scene = Machine(false).Tune("controllers.pilot.weights.2").Build(), again = Machine(false).Build();
            double[] random = again.Controllers[0].EffectiveWeights();
            SceneParameters.Apply(scene, new[] { 0.75 });

            Assert.That(scene.Controllers[0].Weights[2], Is.EqualTo(0.75));
            Assert.That(scene.Controllers[0].Weights.Where((_, k) => k != 2), Is.EqualTo(random.Where((_, k) => k != 2)));
            Assert.That(random, Has.Length.EqualTo(again.Controllers[0].WeightCount));
        }

        [Test]
        public void TheBuilderRefusesControllersThatAreNone()
        {
            SceneException With(Action<SceneBuilder> change) => TestScenes.ErrorOf(() =>
            {
                SceneBuilder builder = new SceneBuilder("bad").Simulate(1).Sphere("ball", 0.1, new double[3]);
                change(builder);
                builder.Build();
            });
            const string height = "bodies.ball.position.y", lift = "bodies.ball.force.y";
            double[][] gain = { new double[] { 1 } };

            Assert.That(With(b => b.Feedback("c", height, lift, null)).Path, Is.EqualTo("controllers.c.gains"));
            Assert.That(With(b => b.Feedback("c", "", lift, gain)).Path, Is.EqualTo("controllers.c.inputs"));
            Assert.That(With(b => b.Feedback("c", height, "", gain)).Path, Is.EqualTo("controllers.c.outputs"));
            Assert.That(With(b => b.Feedback("c", height, lift, new[] { new[] { double.NaN } })).Path, Is.EqualTo("controllers.c.gains[0]"));
            Assert.That(With(b => b.Feedback("c", height, lift, gain).Feedback("d", height, lift, gain)).Path, Is.EqualTo("controllers.d.outputs[0]"));
            Assert.That(With(b => b.Network("c", height, lift, new[] { 0 })).Path, Is.EqualTo("controllers.c.hidden[0]"));
            Assert.That(With(b => b.Network("c", height, lift, new[] { 2 }, new double[6])).Problem, Does.Contain("expected 7"));
            Assert.That(With(b => b.Feedback("c", height, "bodies.ball.force.x", gain).Control("d", lift, "linear", 1).Feedback("e", height, lift, gain)).Problem, Does.Contain("the control 'd'"));
        }

        internal static SceneBuilder Machine(bool linear)
        {
            const string inputs = "bodies.drone.position.y bodies.drone.rotation.x bodies.drone.velocity.z bodies.drone.angularVelocity.y joints.arm.position joints.arm.speed joints.swing.axes.twist.position joints.rope.speed joints.wheel.speed";
            const string outputs = "forces.engine.thrust bodies.drone.torque.x joints.arm.driveForce joints.swing.axes.twist.target joints.wheel.driveForce";
            SceneBuilder builder = new SceneBuilder("robot").Simulate(0.2, 60)
                .Box("drone", new[] { 0.2, 0.05, 0.2 }, new double[] { 0, 1, 0 }, new[] { 0.1, 0.2, 0.3 }, null, 1, b => b.AngularVelocity = new[] { 0.3, 0.5, -0.2 })
                .Box("arm", new[] { 0.3, 0.05, 0.1 }, new double[] { 2.3, 0, 0 }, null, null, 1)
                .Box("block", new[] { 0.1, 0.2, 0.1 }, new double[] { 4, 0, 0 }, null, null, 1, b => b.AngularVelocity = new double[] { 0, 1, 0 })
                .Sphere("bob", 0.1, new double[] { 6, 0, 0 }, new double[] { 0.5, 0, 0 }, null, 1)
                .Sphere("wheel", 0.2, new[] { 0.5, 0.9, 0 }, null, null, 0.3, b => b.AngularVelocity = new double[] { 0, 0, 2 })
                .Joint("arm", "hinge", null, "arm", new double[] { 2, 0, 0 }, new double[] { 0, 0, 1 })
                .Joint("swing", "sixDegree", null, "block", new double[] { 4, 0, 0 }, null, j =>
                {
                    j.Rotation = new[] { 0, 0, Math.Sqrt(0.5), Math.Sqrt(0.5) };
                    var axis = new SceneJointAxis { Name = "twist" };
                    (axis[JointNumber.DriveStiffness], axis[JointNumber.DriveDamping]) = (3, 0.1);
                    j.Axes.Add(axis);
                })
                .Joint("rope", "distance", null, "bob", new double[] { 6, 1, 0 }, null, j => (j.AnchorB, j[JointNumber.Stiffness]) = (new double[] { 6, 0, 0 }, 40))
                .Wheel("wheel", "drone", "wheel", new[] { 0.5, 0.9, 0 }, new double[] { 0, 0, 1 }, 300, 5)
                .Force("engine", "thruster", f => (f.Body, f.Place) = ("drone", new[] { 0.05, 0, -0.03 }));
            int i = inputs.Split(' ').Length, o = outputs.Split(' ').Length;
            if (linear) builder.Feedback("pilot", inputs, outputs, Enumerable.Range(0, o).Select(row => Enumerable.Range(0, i).Select(k => 0.3 * Math.Sin(3 * row + k + 1)).ToArray()).ToArray(), Enumerable.Range(0, i).Select(k => 0.5 * Math.Cos(k)).ToArray(), Enumerable.Range(0, o).Select(k => 0.5 + 0.1 * k).ToArray());
            else builder.Network("pilot", inputs, outputs, new[] { 3 }, seed: 5);
            return builder.Reach("drone", new[] { 0.1, 1.2, 0.3 }).Reach("arm", new[] { 2.3, 0.4, 0 }).Reach("wheel", new[] { 0.4, 1, 0.1 })
                .Loss(new SceneLoss { Type = "rotation", Body = "drone", Target = new double[] { 0, 0, 0, 1 } })
                .Loss(new SceneLoss { Type = "rotation", Body = "block", Target = new double[] { 0, 0, 0, 1 } })
                .Loss(new SceneLoss { Type = "rotation", Body = "wheel", Target = new double[] { 0, 0, 0, 1 } });
        }
    }
}
