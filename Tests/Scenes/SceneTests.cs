using System.Linq;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class SceneTests
    {
        [Test]
        public void PathsReachEveryNumberOnceAndWriteIt()
        {
            Scene scene = TestScenes.Drop();
            SceneValue[] values = ScenePaths.List(scene).ToArray();

            Assert.That(values.Select(v => v.Path), Is.Unique);
            foreach (SceneValue value in values)
            {
                value.Value = 0.75;
                Assert.That(ScenePaths.Find(scene, value.Path).Value, Is.EqualTo(0.75));
                value.Value = 0.25;
            }
            Assert.That(scene.Bodies[1].Velocity, Is.EqualTo(new[] { 0.25, 0.25, 0.25 }));
            Assert.That(scene.Materials[0].Restitution, Is.EqualTo(0.25));
        }

        [Test]
        public void ApplyingValuesWritesTargetsAndWhatFollows()
        {
            Scene scene = TestScenes.Drop();
            SceneParameters.Apply(scene, new[] { -3.0 });

            Assert.That(scene.Bodies[1].Velocity, Is.EqualTo(new[] { -3.0, 0, -6 }));
            Assert.That(SceneParameters.Create(scene).InitialValues(), Is.EqualTo(new[] { -3.0 }));
        }

        [Test]
        public void ParametersTakeUnitAndPhysicalLimitsFromTheirPath()
        {
            Scene scene = TestScenes.Drop();
            scene.Parameters.Add(new SceneParameter { Paths = { "materials.rubber.restitution" } });
            Parameter restitution = SceneParameters.Create(scene).Parameters[1];

            Assert.That(restitution.Lower, Is.EqualTo(0));
            Assert.That(restitution.Upper, Is.EqualTo(1));
            Assert.That(SceneParameters.Create(scene).Parameters[0].Unit, Is.EqualTo("m/s"));
        }

        [Test]
        public void TheBuilderRefusesWhatTheDocumentRefuses()
        {
            Assert.That(() => new SceneBuilder("bad").Simulate(1).Sphere("ball", 0.1, new double[3], mass: -1).Build(),
                Throws.TypeOf<SceneException>().With.Message.Contains("bodies.ball.mass"));
            Assert.That(() => new SceneBuilder("bad").Simulate(1).Sphere("ball", 0.1, new double[3]).Sphere("ball", 0.1, new double[3]).Build(),
                Throws.TypeOf<SceneException>().With.Message.Contains("twice"));
        }

        [Test]
        public void ARunHasTheLeastFramesThatAreFastEnough()
        {
            Assert.That(new SimulationSettings { Duration = 0.6, FrameRate = 60 }.FrameCount, Is.EqualTo(36));
            Assert.That(new SimulationSettings { Duration = 0.61, FrameRate = 60 }.FrameCount, Is.EqualTo(37));
        }
    }
}
