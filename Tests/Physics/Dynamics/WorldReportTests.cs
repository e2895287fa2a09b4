using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    /// <summary>What a world tells between steps, and how it is put back.</summary>
    public class WorldReportTests
    {
        private static World Ground(int worlds = 1)
        {
            WorldOptions options = Rollout.Double(2);
            options.ReportContacts = true;
            options.Worlds = worlds;
            return Rollout.WithGround(options);
        }

        [Test]
        public void AContactAtRestCarriesTheWeight()
        {
            using World world = Ground();
            Body box = world.AddBody(new BoxShape(new Double3(0.2, 0.1, 0.1)), "box").At(0, 0.1, 0).MadeOf(0.5, 0).Weighing(2);
            world.Step(30);
            var contacts = new List<Contact>();
            world.Contacts(contacts);
            Assert.That(contacts.Count, Is.EqualTo(1));
            Contact contact = contacts[0];
            double up = contact.A == box ? 1 : -1;
            Assert.That(contact.Impulse.Y * up, Is.EqualTo(2 * 9.81 / 60).Within(1e-9));
            Assert.That(contact.NormalImpulse, Is.EqualTo(2 * 9.81 / 60).Within(1e-9));
            Assert.That(contact.Normal.Y * up, Is.EqualTo(1).Within(1e-9));
            Assert.That(contact.Gap, Is.EqualTo(0).Within(1e-3));
            Assert.That(contact.Point.Y, Is.EqualTo(0).Within(1e-3));
            Assert.That(contact.Impacts, Is.Zero);
        }

        [Test]
        public void AnImpactCarriesTheChangeOfMomentum()
        {
            using World world = Ground(2);
            world.Gravity = Double3.Zero;
            Body ball = world.AddBody(new SphereShape(0.1)).At(0, 5, 0).MadeOf(0, 0.5).Weighing(3);
            ball.In(1).At(0, 0.101, 0).Moving(0, -2, 0);
            world.Step();
            var contacts = new List<Contact>();
            world.Contacts(contacts, 0);
            Assert.That(contacts, Is.Empty);
            world.Contacts(contacts, 1);
            Assert.That(contacts.Single().Impacts, Is.EqualTo(1));
            Assert.That(Math.Abs(contacts[0].Impulse.Y), Is.EqualTo(9).Within(1e-9));
            world.Step();
            world.Contacts(contacts, 1);
            Assert.That(contacts, Is.Empty);
        }

        [Test]
        public void TriggersTellWhatPassesThem()
        {
            using World world = Ground();
            world.Gravity = Double3.Zero;
            Body gate = world.AddStatic(new BoxShape(new Double3(0.05, 1, 1)), "gate").At(0, 1, 0).AsTrigger();
            Body ball = world.AddBody(new SphereShape(0.1)).At(-1, 1, 0).Moving(30, 0, 0);
            var overlaps = new List<TriggerOverlap>();
            int seen = 0;
            for (int step = 0; step < 6; step++)
            {
                world.Step();
                world.Triggers(overlaps);
                if (overlaps.Count == 0) continue;
                seen++;
                Assert.That((overlaps.Single().Trigger, overlaps.Single().Other), Is.EqualTo((gate, ball)));
            }

            Assert.That(seen, Is.InRange(1, 2));
            Assert.That(ball.Velocity.X, Is.EqualTo(30));
        }

        [Test]
        public void AWorldThatDoesNotReportSaysSo()
        {
            using World world = Rollout.WithGround();
            Assert.That(() => world.Contacts(new List<Contact>()), Throws.InvalidOperationException.With.Message.Contains("ReportContacts"));
        }

        [Test]
        public void QueriesSeeBodiesWhereTheyAre()
        {
            using World world = Ground(2);
            Body ball = world.AddBody(new SphereShape(0.25), "ball").At(0, 1, 0);
            ball.In(1).At(0, 3, 0);
            var ray = new Ray(new Double3(0, 10, 0), new Double3(0, -1, 0));
            Assert.That(world.Queries().RayCast(ray, 100, out RayHit hit), Is.True);
            Assert.That((world.Bodies[hit.Body], hit.Distance), Is.EqualTo((ball, 8.75)));
            Assert.That(world.Queries(1).RayCast(ray, 100, out hit), Is.True);
            Assert.That(hit.Distance, Is.EqualTo(6.75));
            var overlapping = new List<int>();
            world.Queries(1).Overlap(new SphereShape(0.1), new Pose(new Double3(0, 3.3, 0), DoubleQuaternion.Identity), overlapping);
            Assert.That(overlapping, Is.EqualTo(new[] { 1 }));
            world.Shapes[world.Element(1, 1), 0] = 0.5;
            Assert.That(world.Queries(1).RayCast(ray, 100, out hit), Is.True);
            Assert.That(hit.Distance, Is.EqualTo(6.5));
        }

        [Test]
        public void AWorldIsPutBackWithItsImpulses()
        {
            using World world = Ground();
            for (int k = 0; k < 4; k++) world.AddBody(new BoxShape(new Double3(0.2, 0.1, 0.1))).At(0.02 * k, 0.1 + 0.2 * k, 0).MadeOf(0.5, 0.2).Moving(0.3 * k, 0, 0);
            world.Step(20);
            WorldState saved = world.Save();
            double[] Run()
            {
                world.Step(15);
                return Enumerable.Range(0, 5 * 13).Select(k => world.State[k / 13, k % 13]).ToArray();
            }

            double[] first = Run();
            world.Restore(saved);
            Assert.That(world.Frame, Is.EqualTo(20));
            Assert.That(Run(), Is.EqualTo(first));
            world.Restore(saved);
            world.ForgetContacts();
            Assert.That(Run(), Is.Not.EqualTo(first), "impulses matter");
            using World other = Ground();
            Assert.That(() => other.Restore(saved), Throws.ArgumentException.With.Message.Contains("same world"));
        }

        [Test]
        public void DivergenceNamesItsCause()
        {
            using var world = new World(new WorldOptions { Worlds = 2, Precision = Precision.Double });
            world.AddBody(new SphereShape(1), "rocket");
            world.Step(3);
            world.Force[1, 1] = double.PositiveInfinity;
            DivergenceException thrown = null;
            try
            {
                world.Step();
            }
            catch (DivergenceException e)
            {
                thrown = e;
            }

            Assert.That(thrown, Is.Not.Null);
            Assert.That((thrown.Frame, thrown.Body, thrown.World), Is.EqualTo((3, "rocket", 1)));
            Assert.That(thrown.Message, Does.Contain("frame 3").And.Contain("'rocket' of world 1").And.Contain("force"));
        }
    }
}
