using System.Linq;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    /// <summary>Losses on recordings of many particles: values by hand, gaps, and derivatives.</summary>
    public sealed class ParticleRecordingTests
    {
        private const string Text = "t,particle,x,y,z\n0.2,0,0.3,-0.2,0\n0.33,2,2,-0.5445,0.4\n9,2,5,5,5\n0.4,0,,,\n";

        // Three particles fly freely from rest; samples of two of them, one beyond the end, one missing.
        private static Scene Cloud(string type = "particles")
        {
            return new SceneBuilder("cloud").Gravity(0, -10, 0).Simulate(0.5, 20)
                .Springs("cloud", new[] { new double[] { 0, 0, 0 }, new double[] { 1, 0, 0 }, new double[] { 2, 0, 0 } }, new int[0][])
                .Recording("seen", "cloud.csv", r => r.Of = "particles")
                .Tune("deformables.cloud.velocity.x").Tune("gravity.y").TuneEach("deformables.cloud.velocities.2.*")
                .Loss(new SceneLoss { Type = type, Body = "cloud", Recording = "seen" })
                .Build();
        }

        [Test]
        public void TheLossIsTheMeanSquaredDistanceOverSamplesWithinTheRun()
        {
            using (SceneObjective objective = TestScenes.Objective(Cloud(), r => CsvRecording.ParseParticles(Text, r.Path, r)))
            {
                var batch = new EvaluationBatch(objective);
                batch.Reset(1, EvaluationNeeds.Residuals);
                new System.ReadOnlySpan<double>(objective.Parameters.InitialValues()).CopyTo(batch.Point(0));
                objective.Evaluate(batch);

                Assert.That(batch.Values[0], Is.EqualTo((0.3 * 0.3 + 0.4 * 0.4) / 2).Within(1e-12));
                Assert.That(objective.ResidualCount, Is.EqualTo(6));
                Assert.That(objective.Deviation(objective.Parameters.InitialValues()).Position, Is.EqualTo((0.3 + 0.4) / 2).Within(2e-3));
            }
        }

        [Test]
        public void GradientsEqualDifferences()
        {
            using (SceneObjective objective = TestScenes.Objective(Cloud(), r => CsvRecording.ParseParticles(Text, r.Path, r)))
            {
                foreach (GradientSpot spot in GradientSpotCheck.Check(objective, objective.Parameters, objective.Parameters.InitialValues(), 1e-6).Where(s => s.Analytic != 0 || s.Numeric != 0))
                    Assert.That(spot.Verdict, Is.EqualTo(SpotVerdict.Agrees), $"{spot.Parameter}: {spot.Analytic} against {spot.Numeric}");
            }
        }

        [Test]
        public void RecordingsThatDoNotFitAreTold()
        {
            Scene many = Cloud();
            (many.Recordings[0].Path, many.Recordings[0].Samples) = (null, new[] { new[] { 0.1, 3, 0, 0, 0 } });
            Scene late = Cloud();
            (late.Recordings[0].Path, late.Recordings[0].Samples) = (null, new[] { new[] { 0.6, 0, 0, 0, 0 } });

            Assert.That(TestScenes.ErrorOf(() => TestScenes.Objective(many)).Problem, Does.Contain("found samples of particle 3, but 'cloud' has the particles 0 to 2"));
            Assert.That(TestScenes.ErrorOf(() => TestScenes.Objective(late)).Problem, Does.Contain("No sample of the recording lies within"));
            Assert.That(TestScenes.ErrorOf(() => Cloud("recording")).Problem, Does.Contain("a recording of particles, expected one of a body"));
        }
    }
}
