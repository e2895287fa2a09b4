using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    /// <summary>Every type of loss: its value is that of its formula, taken by hand from the motion, and its gradient equals differences.</summary>
    public sealed class LossTests
    {
        private const int Frames = 9;
        private const double Frame = 1.0 / 30;

        // A tumbling box and a ball over a floor, and three particles on springs; values are taken at ends of frames.
        private static SceneBuilder Scene() => new SceneBuilder("losses")
            .Simulate(Frames * Frame, 30, 4)
            .Material("stuff", 0.3, 0.5)
            .Plane("floor", new double[] { 0, -0.2, 0 }, new double[] { 0, 1, 0 }, "stuff")
            .Box("box", new[] { 0.1, 0.15, 0.2 }, new double[] { 0, 1, 0 }, new double[] { 1, 0.5, -0.3 }, "stuff", 2, b => b.AngularVelocity = new double[] { 2, 1, -1.5 })
            .Sphere("ball", 0.1, new[] { 0.5, 0.1, 0 }, new double[] { -0.4, 1, 0.2 }, "stuff", 1)
            .Springs("net", new[] { new double[] { 1, 1, 0 }, new double[] { 1.2, 1, 0 }, new double[] { 1, 1.2, 0.1 } }, new[] { new[] { 0, 1 }, new[] { 1, 2 } }, d => d.With("stiffness", 20).Velocity = new[] { 0, 1, 0.5 })
            .Control("push", "bodies.ball.force.x", "linear", 0.5, -0.2, 0.3)
            .Recording("seen", new double[] { 0.01, 0, 1, 0 }, new double[] { 0.1, 0.1, 1, 0.1 }, new double[] { 0.13, 0.2, 1.1, 0 }, new double[] { 0.3, 0.4, 0.8, -0.1 })
            .Recording("seenNet", null, r => (r.Of, r.Samples) = ("particles", new[] { new[] { 3 * Frame, 0, 0.3, 0.9, -0.2 }, new[] { 6 * Frame, 2, 0.6, 0.8, 0 } }))
            .Tune("bodies.box.velocity.x").Tune("bodies.box.velocity.y").Tune("bodies.box.angularVelocity.z").Tune("bodies.ball.velocity.y").Tune("deformables.net.velocity.z").Tune("controls.push.points.1");

        private static readonly double[] Target = { 0.3, 0.9, -0.2 };
        private static readonly double[] Turned = { 0, 0.6, 0, 0.8 };
        private static readonly double[] Direction = { 0.6, 0.8, 0 };

        private static readonly Dictionary<string, (SceneLoss Loss, Func<Trajectories, double> Value)> Known = new Dictionary<string, (SceneLoss, Func<Trajectories, double>)>
        {
            ["point"] = (new SceneLoss { Body = "box", Target = Target, Time = 3 * Frame, Axes = "xz" }, m => Square(At(m, 3, 1, 0)[0] - 0.3) + Square(At(m, 3, 1, 0)[2] + 0.2)),
            ["velocity"] = (new SceneLoss { Body = "box", Target = Target }, m => Distance(At(m, Frames, 1, 7), Target)),
            ["rotation"] = (new SceneLoss { Body = "box", Target = Turned, Time = 6 * Frame }, m => Square(2 * Math.Acos(Math.Abs(Enumerable.Range(0, 4).Sum(c => m.State(0, 6, 1)[3 + c] * Turned[c]))))),
            ["upright"] = (new SceneLoss { Body = "box" }, m => Mean(s => Distance(Up(m, s), new double[] { 0, 1, 0 }))),
            ["height"] = (new SceneLoss { Body = "box", Value = 1.5, Time = 4 * Frame }, m => Square(At(m, 4, 1, 0)[1] - 1.5)),
            ["speed"] = (new SceneLoss { Body = "box", Target = Direction }, m => -Dot(At(m, Frames, 1, 7), Direction)),
            ["energy"] = (new SceneLoss { Body = "box", Time = 2 * Frame }, m => 0.5 * Dot(At(m, 2, 1, 7), At(m, 2, 1, 7))),
            ["distance"] = (new SceneLoss { Body = "box", Other = "ball", Value = 0.4 }, m => Square(Math.Sqrt(Distance(At(m, Frames, 1, 0), At(m, Frames, 2, 0))) - 0.4)),
            ["clearance"] = (new SceneLoss { Body = "box", Other = "ball", Value = 0.8 }, m => Mean(s => Square(Math.Max(0, 0.8 - Math.Sqrt(Distance(At(m, s, 1, 0), At(m, s, 2, 0))))))),
            ["touch"] = (new SceneLoss { Body = "ball", Other = "floor", Time = 5 * Frame }, m => Square(At(m, 5, 2, 0)[1] + 0.2 - 0.1)),
            ["apart"] = (new SceneLoss { Body = "ball", Other = "floor", Value = 0.3 }, m => Mean(s => Square(Math.Max(0, 0.3 - (At(m, s, 2, 0)[1] + 0.2 - 0.1))))),
            ["path"] = (new SceneLoss { Body = "box", Points = new[] { new[] { 2 * Frame, 0, 1, 0 }, new[] { 7 * Frame, 0.2, 1, 0.1 } } },
                m => 0.5 * (Distance(At(m, 2, 1, 0), new double[] { 0, 1, 0 }) + Distance(At(m, 7, 1, 0), new[] { 0.2, 1, 0.1 }))),
            ["recording"] = (new SceneLoss { Body = "net", Recording = "seen" }, null),
            ["shape"] = (new SceneLoss { Body = "net", Points = new[] { Target, Direction, Target }, Time = 6 * Frame },
                m => new[] { Target, Direction, Target }.Select((t, p) => Distance(m.Particle(0, 6, p).Slice(0, 3).ToArray(), t)).Average()),
            ["particles"] = (new SceneLoss { Body = "net", Recording = "seenNet" },
                m => 0.5 * (Distance(m.Particle(0, 3, 0).Slice(0, 3).ToArray(), Target) + Distance(m.Particle(0, 6, 2).Slice(0, 3).ToArray(), Direction))),
            ["smoothness"] = (new SceneLoss { Body = "ball" }, m => Mean(s => Distance(At(m, s, 2, 7), At(m, s - 1, 2, 7)))),
            // By effort alone nothing moves: it stands beside another wish.
            ["effort"] = (new SceneLoss { Control = "push" }, null),
        };

        public static IEnumerable<string> Types() => Known.Keys;

        [Test]
        public void EveryTypeOfLossIsTested() => Assert.That(Known.Keys, Is.EquivalentTo(SceneFormat.LossTypes));

        [TestCaseSource(nameof(Types))]
        public void ItsValueIsThatOfItsFormulaAndItsGradientEqualsDifferences(string type)
        {
            (SceneLoss loss, Func<Trajectories, double> value) = Known[type];
            loss.Type = type;
            loss.Weight = 2.5;
            SceneBuilder builder = Scene().Loss(loss);
            if (type == "effort") builder.Reach("ball", Target);
            using (var objective = TestScenes.Objective(builder.Build()))
            {
                if (value != null) Assert.That(Value(objective), Is.EqualTo(2.5 * value(Motion(objective))).Within(1e-9));
                AssertGradient(objective);
            }
        }

        [Test]
        public void SoftMinimaHuberWeightsAndSumsAreThoseOfTheirFormulas()
        {
            const double temperature = 0.05, bound = 0.3;
            SceneBuilder builder = Scene()
                .Loss(new SceneLoss { Type = "point", Body = "box", Target = Target, Softness = temperature, Weight = 3 })
                .Loss(new SceneLoss { Type = "height", Body = "ball", Value = 2, Huber = bound });
            using (var objective = TestScenes.Objective(builder.Build()))
            {
                Trajectories motion = Motion(objective);
                double soft = -temperature * Math.Log(Mean(s => Math.Exp(-Distance(At(motion, s, 1, 0), Target) / temperature)));
                double far = Math.Abs(At(motion, Frames, 2, 0)[1] - 2);

                Assert.That(far, Is.GreaterThan(bound));
                Assert.That(Value(objective), Is.EqualTo(3 * soft + 2 * bound * far - bound * bound).Within(1e-9));
                AssertGradient(objective);
            }
        }

        [Test]
        public void AFormulaOfOnesOwnCountsBesideThoseOfTheScene()
        {
            Scene scene = Scene().Reach("ball", Target).Build();
            var things = new SceneThings(scene);
            // The specific energy of the box in the end, and how far the middle particle is from the ball.
            var energy = new TrajectoryLoss("energy of flight", f => new[] { f.Body().Velocity.LengthSquared * 0.5 + f.Body().Position.Y * 9.81 }, things.Find("box")) { Times = new[] { double.PositiveInfinity }, IsCost = true };
            var near = new TrajectoryLoss("near", f => (f.End(0).Position - f.End(1).Position).ToArray(), things.Find("net", 1), things.Find("ball")) { Weight = 0.5 };
            using (var objective = TestScenes.Objective(scene, formulas: new[] { energy, near }))
            {
                Trajectories m = Motion(objective);
                double expected = Distance(At(m, Frames, 2, 0), Target) + 0.5 * Dot(At(m, Frames, 1, 7), At(m, Frames, 1, 7)) + 9.81 * At(m, Frames, 1, 0)[1]
                    + 0.5 * Mean(s => Distance(m.Particle(0, s, 1).Slice(0, 3).ToArray(), At(m, s, 2, 0)));

                Assert.That(objective.TermNames, Is.EqualTo(new[] { "point", "energy of flight", "near" }));
                Assert.That(Value(objective), Is.EqualTo(expected).Within(1e-9));
                AssertGradient(objective);
            }
        }

        // Irregular times, missing samples, and quaternions of either sign.
        [Test]
        public void ARecordingOfTheMotionItselfHasNoLossHoweverItWasSampled()
        {
            Scene scene = Scene().Recording("track", "track.csv").Loss(new SceneLoss { Type = "recording", Body = "box", Recording = "track" }).Build();
            using (var first = TestScenes.Objective(Scene().Reach("box", Target).Build()))
            {
                Trajectories m = Motion(first);
                int[] samples = { 0, 1, 4, 5, 8 };
                double[] positions = samples.SelectMany(s => At(m, s, 1, 0)).ToArray();
                positions[3] = double.NaN;
                double[] rotations = samples.SelectMany((s, k) => Enumerable.Range(3, 4).Select(c => (k % 2 == 0 ? 1 : -1) * m.State(0, s, 1)[c])).ToArray();
                var track = new Recording(samples.Select(s => s * Frame).ToArray(), positions, rotations);
                using (var objective = TestScenes.Objective(scene, r => new[] { track }))
                {
                    Assert.That(Value(objective), Is.EqualTo(0).Within(1e-15));
                    double[] other = objective.Parameters.InitialValues();
                    other[0] += 0.1;
                    Assert.That(Value(objective, other), Is.GreaterThan(1e-4));
                }
            }
        }

        private static double[] At(Trajectories motion, int sample, int body, int first) => motion.State(0, sample, body).Slice(first, 3).ToArray();

        // R y of the quaternion q.
        private static double[] Up(Trajectories motion, int sample)
        {
            Span<double> q = motion.State(0, sample, 1).Slice(3, 4);
            return new[] { 2 * (q[0] * q[1] - q[3] * q[2]), 1 - 2 * (q[0] * q[0] + q[2] * q[2]), 2 * (q[1] * q[2] + q[3] * q[0]) };
        }

        private static double Mean(Func<int, double> ofSample) => Enumerable.Range(1, Frames).Average(ofSample);

        private static double Square(double v) => v * v;

        private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

        private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => Square(x - y)).Sum();

        private static Trajectories Motion(SceneObjective objective) => objective.Simulate(objective.Parameters.InitialValues());

        private static double Value(SceneObjective objective, double[] values = null)
        {
            var batch = new EvaluationBatch(objective);
            batch.Reset(1, EvaluationNeeds.Value);
            (values ?? objective.Parameters.InitialValues()).CopyTo(batch.Point(0));
            objective.Evaluate(batch);
            return batch.Values[0];
        }

        private static void AssertGradient(SceneObjective objective)
        {
            IReadOnlyList<GradientSpot> spots = GradientSpotCheck.Check(objective, objective.Parameters, objective.Parameters.InitialValues(), 1e-6);
            foreach (GradientSpot spot in spots) Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), $"{spot.Parameter}: {spot.Analytic} against {spot.Numeric}");
            Assert.That(spots.Any(s => Math.Abs(s.Analytic) > 1e-6));
        }
    }
}
