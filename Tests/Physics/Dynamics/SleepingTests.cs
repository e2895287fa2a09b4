using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>Bodies at rest sleep, and wake by what concerns them.</summary>
    public class SleepingTests
    {
        private static readonly Executor Executor = Rollout.Shared;

        // Bodies 1 to 3 are a stack, 4 a ball that hangs on nothing far away, moving for ever, or that is thrown at the stack.
        private static World Stack(double sleepTime = 0.5, int worlds = 1, Precision precision = Precision.Float, Action<World> more = null)
        {
            var world = new World(new WorldOptions { SleepTime = sleepTime, Worlds = worlds, Precision = precision, Executor = Executor, ReportContacts = true });
            world.AddStatic(new PlaneShape(), "ground").MadeOf(0.6, 0);
            for (int k = 0; k < 3; k++) world.AddBody(new BoxShape(new Double3(0.2, 0.1, 0.2))).At(0, 0.1 + 0.2 * k, 0).MadeOf(0.6, 0);
            world.AddBody(new SphereShape(0.1)).At(5, 0.6, 0).Moving(0.3, 0, 0).MadeOf(0.3, 0.5);
            world.AddBody(new BoxShape(new Double3(0.1, 0.1, 0.1))).At(-5, 0.1, 0).MadeOf(0.6, 0);
            more?.Invoke(world);
            return world;
        }

        private static double[] StateOf(World world, int element)
        {
            var numbers = new double[world.State.Components];
            for (int c = 0; c < numbers.Length; c++) numbers[c] = world.State[element, c];
            return numbers;
        }

        private static bool[] Asleep(World world, int w = 0) => new List<Body>(world.Bodies).ConvertAll(body => body.In(w).IsAsleep).ToArray();

        private static readonly bool[] AllButTheBall = { false, true, true, true, false, true };

        [Test]
        public void AStackFallsAsleepAndStaysWhereItIs()
        {
            using World world = Stack();
            world.Step(25);
            Assert.That(Asleep(world), Is.All.False);
            world.Step(35);
            Assert.That(Asleep(world), Is.EqualTo(AllButTheBall));
            double[] before = StateOf(world, 3);
            world.Step(30);
            Assert.That(StateOf(world, 3), Is.EqualTo(before).Within(1e-6));
            var contacts = new List<Contact>();
            world.Contacts(contacts);
            Assert.That(contacts.TrueForAll(c => c.A.Index == 4 || c.B.Index == 4), "sleeping bodies have no contacts of their own");
        }

        [TestCase(Precision.Float)]
        [TestCase(Precision.Double)]
        public void WhatIsAwakeKeepsItsBits(Precision precision)
        {
            using World world = Stack(0.5, 1, precision), other = Stack(double.PositiveInfinity, 1, precision);
            for (int frame = 0; frame < 120; frame++)
            {
                world.Step();
                other.Step();
                Assert.That(StateOf(world, 4), Is.EqualTo(StateOf(other, 4)), $"frame {frame}");
                if (frame < 25) Assert.That(StateOf(world, 3), Is.EqualTo(StateOf(other, 3)));
            }

            Assert.That(Asleep(world), Is.EqualTo(AllButTheBall));
            Assert.That(Asleep(other), Is.All.False);
        }

        [Test]
        public void ABallThatHitsAStackWakesItAsIfItHadNotSlept()
        {
            using World world = Stack(), other = Stack(double.PositiveInfinity);
            foreach (World w in new[] { world, other })
            {
                w.Step(60);
                w.Bodies[4].At(-1, 0.5, 0).Moving(8, 0, 0);
            }

            Assert.That(Asleep(world)[1]);
            for (int frame = 0; frame < 12; frame++)
            {
                world.Step();
                other.Step();
            }

            Assert.That(Asleep(world), Is.EqualTo(new[] { false, false, false, false, false, true }), "the island wakes as a whole, and no other");
            Assert.That(world.Bodies[3].Velocity.X, Is.GreaterThan(0.2).And.EqualTo(other.Bodies[3].Velocity.X).Within(0.02));
            Assert.That(world.Bodies[4].Velocity.X, Is.EqualTo(other.Bodies[4].Velocity.X).Within(0.02));
            var contacts = new List<Contact>();
            world.Contacts(contacts);
            Assert.That(contacts.Count, Is.GreaterThan(2));
        }

        [Test]
        public void TheImpactThatWakesCountsOnce()
        {
            using World world = Stack();
            world.Step(60);
            Body ball = world.Bodies[4].At(-0.55, 0.5, 0).Moving(20, 0, 0);
            double before = ball.Velocity.X, mass = world.Mass[4, 0];
            world.Step();
            var contacts = new List<Contact>();
            world.Contacts(contacts);
            Contact hit = contacts.Find(c => c.A == ball || c.B == ball);
            Assert.That(hit.Impacts, Is.EqualTo(1));
            Assert.That(hit.NormalImpulse, Is.EqualTo(mass * (before - ball.Velocity.X)).Within(1).Percent);
        }

        [TestCase("lands")]
        [TestCase("force")]
        [TestCase("state")]
        [TestCase("velocity")]
        [TestCase("mass")]
        [TestCase("gravity")]
        [TestCase("size")]
        [TestCase("friction")]
        [TestCase("ground")]
        [TestCase("wake")]
        public void AnIslandWakesBy(string what)
        {
            using World world = Stack();
            world.Step(60);
            Assert.That(Asleep(world)[3]);
            switch (what)
            {
                case "lands": world.Bodies[4].At(0, 0.702, 0).Moving(0, 0, 0); break;
                case "force": world.Force[1, 0] = 1; break;
                case "state": world.Bodies[3].At(0, 0.8, 0); break;
                case "velocity": world.Bodies[3].Moving(0, 1, 0); break;
                case "mass": world.Mass[2, 0] *= 2; break;
                case "gravity": world.Gravity = new Double3(0, -5, 0); break;
                case "size": world.Shapes[2, 1] = 0.3; break;
                case "friction": world.Materials[1, 0] = 0.1; break;
                case "ground": world.Bodies[0].At(0, -1, 0); break;
                case "wake": world.Bodies[2].In(0).Wake(); break;
            }

            world.Step(2);
            Assert.That(Asleep(world), Is.EqualTo(new[] { false, false, false, false, false, what is "gravity" or "size" or "friction" or "ground" ? false : true }));
        }

        [Test]
        public void WhatIsKinematicWakesByMovingNearAndNotByStanding()
        {
            Body slider = null;
            using World world = Stack(more: w => slider = w.AddKinematic(new BoxShape(new Double3(0.1, 0.1, 0.1))).At(-0.45, 0.3, 0));
            world.Step(60);
            Assert.That(Asleep(world)[2]);
            slider.Moving(0.5, 0, 0);
            world.Step(40);
            Assert.That(Asleep(world)[2], Is.False);
            Assert.That(world.Bodies[2].Pose.Position.X, Is.GreaterThan(0.1));
        }

        [Test]
        public void WhatJointsHoldDoesNotSleep()
        {
            using World world = Stack(more: w => w.AddBall(w.Bodies[1], w.Bodies[2], new Double3(0, 0.2, 0)));
            world.Step(60);
            Assert.That(Asleep(world), Is.EqualTo(new[] { false, false, false, false, false, true }));
        }

        [Test]
        public void RecordedStepsWakeAllAndLetNothingSleep()
        {
            using World world = Stack(), fresh = Stack(double.PositiveInfinity);
            world.Step(60);
            world.Record();
            world.Step(60);
            Assert.That(Asleep(world), Is.All.False);
            world.Tape.Seed(world.State)[3, 1] = 1;
            world.Tape.Backward(retain: false);
            Assert.That(world.Tape.Gradient(world.State)[3, 1], Is.Not.Zero, "the top box has fallen with gradients");

            world.Reset();
            world.Record();
            fresh.Record();
            world.Step(60);
            fresh.Step(60);
            for (int body = 1; body < 6; body++) Assert.That(StateOf(world, body), Is.EqualTo(StateOf(fresh, body)));
        }

        [Test]
        public void WorldsOfABatchSleepAndWakeOnTheirOwn()
        {
            using World world = Stack(worlds: 3), alone = Stack();
            world.Bodies[3].In(1).Moving(0, 5, 0); // still flies when the others sleep
            world.Step(50);
            alone.Step(50);
            Assert.That(Asleep(world, 0), Is.EqualTo(AllButTheBall));
            Assert.That(Asleep(world, 1)[3], Is.False);
            world.Bodies[4].In(2).At(-1, 0.5, 0).Moving(8, 0, 0);
            alone.Bodies[4].In(0).At(-1, 0.5, 0).Moving(8, 0, 0);
            world.Step(20);
            alone.Step(20);
            Assert.That(Asleep(world, 0), Is.EqualTo(AllButTheBall));
            Assert.That(Asleep(world, 2)[3], Is.False);
            for (int body = 1; body < 6; body++) Assert.That(StateOf(world, world.Element(body, 2)), Is.EqualTo(StateOf(alone, body)));
        }

        [Test]
        public void SavedStatesKeepWhatSleeps()
        {
            using World world = Stack();
            world.Step(60);
            WorldState saved = world.Save();
            world.Bodies[4].At(-1, 0.5, 0).Moving(8, 0, 0);
            world.Step(20);
            double[] once = StateOf(world, 3);
            world.Restore(saved);
            Assert.That(Asleep(world), Is.EqualTo(AllButTheBall));
            world.Bodies[4].At(-1, 0.5, 0).Moving(8, 0, 0);
            world.Step(20);
            Assert.That(StateOf(world, 3), Is.EqualTo(once));
        }

        [Test]
        public void OptionsAreChecked()
        {
            Assert.That(() => new World(new WorldOptions { SleepTime = 0 }), Throws.ArgumentException.With.Message.Contains("SleepTime"));
            Assert.That(() => new World(new WorldOptions { SleepSpeed = double.NaN }), Throws.ArgumentException.With.Message.Contains("SleepSpeed"));
        }
    }
}
