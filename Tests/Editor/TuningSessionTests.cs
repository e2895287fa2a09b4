using System;
using System.Linq;
using DiffPhysics.Scenes;
using NUnit.Framework;

namespace DiffPhysics.Editor.Tests
{
    public sealed class TuningSessionTests
    {
        private const string Speed = "bodies.ball.velocity.x";

        [Test]
        public void ChangesAreTakenBackAndMadeAgainInOrder()
        {
            var session = new TuningSession(Throw());
            session.Set(Speed, 2);
            session.Set("materials.rubber.friction", 0.4);
            session.Undo();
            session.Undo();

            Assert.That(session.Get(Speed), Is.EqualTo(1));
            Assert.That(session.NextUndo, Is.Null);
            Assert.That(session.NextRedo.Name, Is.EqualTo("set " + Speed));
            session.Redo();
            Assert.That(session.Get(Speed), Is.EqualTo(2));
            Assert.That(session.Get("materials.rubber.friction"), Is.EqualTo(0));

            session.Set(Speed, 3);
            Assert.That(session.NextRedo, Is.Null, "a new change ends what could be made again");
        }

        [Test]
        public void AValueThatIsNotRightChangesNothing()
        {
            var session = new TuningSession(Throw());

            Assert.That(() => session.Set("materials.rubber.restitution", 2), Throws.ArgumentException.With.Message.Contains("from 0 to 1"));
            Assert.That(() => session.Set("bodies.bal.velocity.x", 2), Throws.ArgumentException.With.Message.Contains("did you mean"));
            Assert.That(session.Get("materials.rubber.restitution"), Is.EqualTo(0.5));
            Assert.That(session.NextUndo, Is.Null);
        }

        [Test]
        public void TunesAreKeptAndTheirValuesTakenUp()
        {
            Scene scene = Throw();
            var session = new TuningSession(scene);
            TuneOutcome first = session.Tune();

            // A throw of half a second without friction: x = v t.
            Assert.That(session.Get(Speed), Is.EqualTo(4).Within(1e-4));
            Assert.That(first.CheckAtEnd.All(s => s.Words == "agrees"), Is.True);
            Assert.That(first.Warnings, Is.Empty);
            session.Undo();
            Assert.That(session.Get(Speed), Is.EqualTo(1));
            session.Set(Speed, 6);
            TuneOutcome second = session.Tune();
            Assert.That(session.Runs, Is.EqualTo(new[] { first, second }));
            Assert.That(second.From[0], Is.EqualTo(6));
            session.TakeUp(first);
            Assert.That(session.Get(Speed), Is.EqualTo(first.Result.Best.Parameters[0]));
            Assert.That(session.NextUndo.Name, Is.EqualTo("tune 1"));
            Assert.That(scene.Bodies[0].Velocity[0], Is.EqualTo(1), "the scene that was given stays as it is");
        }

        [Test]
        public void AnOutcomeOfAnotherSessionIsRefused()
        {
            var session = new TuningSession(Throw());
            TuneOutcome other = new TuningSession(Throw()).Tune();

            Assert.That(() => session.TakeUp(other), Throws.ArgumentException.With.Message.Contains("another session"));
        }

        private static Scene Throw() => new SceneBuilder("throw")
            .Simulate(0.5)
            .Material("rubber", friction: 0, restitution: 0.5)
            .Sphere("ball", 0.1, new double[] { 0, 1, 0 }, new double[] { 1, 0, 0 }, "rubber", mass: 1)
            .Tune(Speed, -20, 20)
            .Reach("ball", new double[] { 2, 0, 0 }, axes: "x")
            .Build();
    }
}
