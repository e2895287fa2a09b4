#if NET10_0_OR_GREATER
using System.Linq;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class SceneFileTests
    {
        [Test]
        public void WritingAndReadingGivesTheSameScene()
        {
            string first = SceneFormat.Write(TestScenes.Drop()).ToJson();
            string second = SceneFormat.Write(SceneFile.Parse(first)).ToJson();

            Assert.That(second, Is.EqualTo(first));
            Assert.That(first, Does.Contain("\"restitution\": 0.9"));
        }

        [Test]
        public void MechanismsAreWrittenAndReadWithEveryNumber()
        {
            string first = SceneFormat.Write(MechanismSceneTests.Machine().Build()).ToJson();

            Assert.That(SceneFormat.Write(SceneFile.Parse(first)).ToJson(), Is.EqualTo(first));
            foreach (string word in new[] { "twist", "swingY", "pulleyA", "\"ratio\": 1.3", "\"ratio\": -1.6", "\"first\": \"axle\"", "armature" }) Assert.That(first, Does.Contain(word));
        }

        [TestCase(true)]
        [TestCase(false)]
        public void ControllersAreWrittenAndReadWithEveryNumber(bool linear)
        {
            Scene scene = ControllerSceneTests.Machine(linear).Build();
            scene.Controllers[0].Weights = linear ? null : scene.Controllers[0].EffectiveWeights();
            string first = SceneFormat.Write(scene).ToJson();

            Assert.That(SceneFormat.Write(SceneFile.Parse(first)).ToJson(), Is.EqualTo(first));
            Assert.That(first, Does.Contain(linear ? "references" : "weights"));
        }

        [Test]
        public void NumbersKeepEveryBit()
        {
            Scene scene = TestScenes.Drop();
            scene.Bodies[1].Mass = 0.1 + 0.2;
            Scene read = SceneFile.Parse(SceneFormat.Write(scene).ToJson());

            Assert.That(read.Bodies[1].Mass, Is.EqualTo(0.1 + 0.2));
        }

        [Test]
        public void TheSchemaKnowsEveryNameThatTheWriterWrites()
        {
            DocumentNode schema = SceneFormat.Schema();
            CheckNames(SceneFormat.Write(TestScenes.Drop()), schema);
            CheckNames(SceneFormat.Write(MechanismSceneTests.Machine().Build()), schema);
            foreach (bool linear in new[] { true, false }) CheckNames(SceneFormat.Write(ControllerSceneTests.Machine(linear).Build()), schema);
            CheckNames(SceneFormat.Write(DeformableSceneTests.All("constraints").TuneEach("deformables.net.restLength.*").Build()), schema);
            Assert.That(SceneFile.ParseDocument(schema.ToJson()).Find("required").Items.Select(i => i.Text), Is.EqualTo(new[] { "version", "simulation" }));
        }

        private static void CheckNames(DocumentNode node, DocumentNode schema)
        {
            if (schema.Find("oneOf") != null)
            {
                schema = schema.Find("oneOf").Items.Single(v => v.Find("properties").Find("type").Find("const").Text == node.Find("type").Text);
            }
            if (schema.Find("anyOf") != null) schema = schema.Find("anyOf").Items[node.Kind == NodeKind.List ? 1 : 0];
            if (node.Kind == NodeKind.List)
            {
                foreach (DocumentNode item in node.Items) CheckNames(item, schema.Find("items"));
            }
            for (int i = 0; node.Kind == NodeKind.Object && i < node.Items.Count; i++)
            {
                DocumentNode member = schema.Find("properties")?.Find(node.Names[i]);
                if (member == null && schema.Find("additionalProperties").Kind == NodeKind.Object) member = schema.Find("additionalProperties");
                Assert.That(member, Is.Not.Null, node.Names[i]);
                CheckNames(node.Items[i], member);
            }
        }
    }
}
#endif
