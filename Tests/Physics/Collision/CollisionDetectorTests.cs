using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    public sealed class CollisionDetectorTests
    {
        private const double Margin = 0.02;

        [Test]
        public void No_pair_that_meets_is_missed([Range(0, 5)] int seed)
        {
            var scene = new RandomScene(seed, 90);
            CollisionDetector detector = scene.Detector();
            for (int step = 0; step < 3; step++)
            {
                detector.Detect(scene.Motions, Margin);
                List<string> found = Describe(detector);
                BruteForce(scene, out List<string> meet, out List<string> mayMeet);
                Assert.That(meet, Has.Count.GreaterThan(20));
                Assert.That(meet, Is.SubsetOf(found));
                Assert.That(found, Is.SubsetOf(mayMeet));
                scene.Advance();
            }
        }

        // Ten thousand balls in a cloud: the pairs are those of a search by cells.
        [Test]
        public void Ten_thousand_bodies_meet_whom_a_search_by_cells_finds()
        {
            const int count = 10000;
            const double radius = 0.2, reach = 2 * radius;
            var random = new Random(23);
            var ball = new SphereShape(radius);
            var colliders = new Collider[count];
            var motions = new BodyMotion[count];
            var dynamic = new bool[count];
            var cells = new Dictionary<(int, int, int), List<int>>();
            for (int i = 0; i < count; i++)
            {
                Double3 place = RandomGeometry.Vector(random, 6);
                (colliders[i], motions[i], dynamic[i]) = (new Collider(i, ball, Pose.Identity), new BodyMotion(new Pose(place)), i % 10 != 0);
                (int, int, int) cell = Cell(place);
                if (!cells.TryGetValue(cell, out List<int> members)) cells.Add(cell, members = new List<int>());
                members.Add(i);
            }

            var expected = new HashSet<string>();
            for (int i = 0; i < count; i++)
            {
                (int x, int y, int z) = Cell(motions[i].Start.Position);
                for (int near = 0; near < 27; near++)
                {
                    if (!cells.TryGetValue((x + near % 3 - 1, y + near / 3 % 3 - 1, z + near / 9 - 1), out List<int> members)) continue;
                    foreach (int j in members)
                        if (j > i && (dynamic[i] || dynamic[j]) && Double3.Distance(motions[i].Start.Position, motions[j].Start.Position) <= reach) expected.Add(i + "-" + j);
                }
            }

            var detector = new CollisionDetector(colliders, dynamic);
            detector.Detect(motions, 0);
            Assert.That(expected, Has.Count.GreaterThan(3000));
            Assert.That(new HashSet<string>(Describe(detector)).SetEquals(expected), Is.True);

            (int, int, int) Cell(Double3 p) => ((int)Math.Floor(p.X / reach), (int)Math.Floor(p.Y / reach), (int)Math.Floor(p.Z / reach));
        }

        [Test]
        public void Pairs_and_features_come_sorted_with_distinct_names()
        {
            var scene = new RandomScene(7, 200);
            CollisionDetector detector = scene.Detector();
            detector.Detect(scene.Motions, Margin);
            int next = 0;
            (int, int, int, int) last = (-1, -1, -1, -1);
            foreach (ContactPair pair in detector.Pairs)
            {
                (int, int, int, int) key = (pair.BodyA, pair.BodyB, pair.ColliderA, pair.ColliderB);
                Assert.That(pair.BodyA, Is.LessThan(pair.BodyB));
                Assert.That(key.CompareTo(last), Is.GreaterThan(0));
                last = key;
                Assert.That(pair.Start, Is.EqualTo(next));
                Assert.That(pair.Count, Is.GreaterThan(0));
                next += pair.Count;
                for (int i = pair.Start; i < next; i++)
                {
                    ContactFeature feature = detector.Features[i];
                    Assert.That(new[] { feature.First.Collider, feature.Second.Collider }, Is.EquivalentTo(new[] { pair.ColliderA, pair.ColliderB }));
                    Assert.That(new[] { feature.First.Body, feature.Second.Body }, Is.EquivalentTo(new[] { pair.BodyA, pair.BodyB }));
                    if (i > pair.Start)
                    {
                        Assert.That(feature.Id, Is.GreaterThan(detector.Features[i - 1].Id));
                    }
                }
            }

            Assert.That(next, Is.EqualTo(detector.Features.Count));
        }

        [Test]
        public void What_was_detected_before_leaves_no_trace()
        {
            var scene = new RandomScene(11, 100);
            CollisionDetector used = scene.Detector();
            for (int step = 0; step < 5; step++)
            {
                used.Detect(scene.Motions, Margin);
                scene.Advance();
            }

            CollisionDetector fresh = scene.Detector();
            used.Detect(scene.Motions, Margin);
            fresh.Detect(scene.Motions, Margin);
            Assert.That(Describe(used), Is.EqualTo(Describe(fresh)));
            Assert.That(used.Features.Items.ToArray(), Is.EqualTo(fresh.Features.Items.ToArray()));
        }

        [Test]
        public void Steady_steps_allocate_nothing()
        {
            var scene = new RandomScene(3, 100);
            CollisionDetector detector = scene.Detector();
            detector.Detect(scene.Motions, Margin);
            detector.Detect(scene.Motions, Margin);
            long before = GC.GetAllocatedBytesForCurrentThread();
            detector.Detect(scene.Motions, Margin);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        [Test]
        public void Layers_masks_and_exclusions_keep_pairs_apart()
        {
            var ball = new SphereShape(1);
            Collider Ball(int body, int layer, uint with) => new Collider(body, ball, Pose.Identity, layer, with);
            var motions = new[] { new BodyMotion(Pose.Identity), new BodyMotion(new Pose(Double3.UnitX)), new BodyMotion(new Pose(Double3.UnitY)) };
            var filter = new CollisionFilter();
            var detector = new CollisionDetector(
                new[] { Ball(0, 0, uint.MaxValue), Ball(1, 1, ~1u), Ball(2, 2, uint.MaxValue) }, new[] { true, true, true }, filter);
            detector.Detect(motions, 0);
            Assert.That(Describe(detector), Is.EqualTo(new[] { "0-2", "1-2" }), "1 does not collide with layer 0");
            filter.Exclude(2, 1);
            detector.Detect(motions, 0);
            Assert.That(Describe(detector), Is.EqualTo(new[] { "0-2" }));
            filter.Include(1, 2);
            detector.Detect(motions, 0);
            Assert.That(Describe(detector), Is.EqualTo(new[] { "0-2", "1-2" }));
        }

        [Test]
        public void Bodies_that_cannot_move_do_not_meet_and_parts_of_one_body_do_not_either()
        {
            var ball = new SphereShape(1);
            var motions = new[] { new BodyMotion(Pose.Identity), new BodyMotion(new Pose(Double3.UnitX)), new BodyMotion(new Pose(Double3.UnitY)) };
            var colliders = new[]
            {
                new Collider(0, ball, Pose.Identity), new Collider(1, ball, Pose.Identity),
                new Collider(2, ball, Pose.Identity), new Collider(2, ball, new Pose(new Double3(0, 0.5, 0))),
            };
            var detector = new CollisionDetector(colliders, new[] { false, false, true });
            detector.Detect(motions, 0);
            Assert.That(Describe(detector), Is.EqualTo(new[] { "0-2", "0-3", "1-2", "1-3" }));
        }

        [Test]
        public void Triggers_report_overlaps_and_make_no_contacts()
        {
            var ball = new SphereShape(0.5);
            var colliders = new[] { new Collider(0, ball, Pose.Identity, isTrigger: true), new Collider(1, ball, Pose.Identity), new Collider(2, ball, Pose.Identity) };
            var detector = new CollisionDetector(colliders, new[] { false, true, true });
            var motions = new[]
            {
                new BodyMotion(Pose.Identity),
                new BodyMotion(new Pose(new Double3(-5, 0, 0)), new Double3(10, 0, 0), Double3.Zero, 1),
                new BodyMotion(new Pose(new Double3(0, 1.2, 0))),
            };
            detector.Detect(motions, 0.5);
            Assert.That(detector.Triggers.Length, Is.EqualTo(1), "the ball that flies through in the step; the other only comes near");
            Assert.That(detector.Triggers[0].ColliderB, Is.EqualTo(1));
            foreach (ContactPair pair in detector.Pairs)
            {
                Assert.That(pair.ColliderA, Is.Not.Zero);
            }
        }

        [Test]
        public void What_cannot_be_is_refused_by_name()
        {
            var ball = new SphereShape(1);
            Assert.That(() => new Collider(-1, ball, Pose.Identity), Throws.ArgumentException.With.Message.Contains("-1"));
            Assert.That(() => new Collider(3, null, Pose.Identity), Throws.ArgumentNullException.With.Message.Contains("body 3"));
            Assert.That(() => new Collider(3, ball, Pose.Identity, 32), Throws.ArgumentException.With.Message.Contains("0 to 31"));
            Assert.That(
                () => new Collider(3, ball, new Pose(Double3.Zero, new DoubleQuaternion(0, 0, 0, 2))), Throws.ArgumentException.With.Message.Contains("unit quaternion"));
            Assert.That(
                () => new CollisionDetector(new[] { new Collider(1, ball, Pose.Identity) }, new[] { true }), Throws.ArgumentException.With.Message.Contains("names body 1"));
            Assert.That(
                () => new CollisionDetector(new[] { new Collider(0, new PlaneShape(), Pose.Identity) }, new[] { true }),
                Throws.ArgumentException.With.Message.Contains("dynamic body 0"));
            var detector = new CollisionDetector(new[] { new Collider(0, ball, Pose.Identity) }, new[] { true });
            Assert.That(() => detector.Detect(new BodyMotion[2], 0), Throws.ArgumentException.With.Message.Contains("1 bodies"));
            Assert.That(() => detector.Detect(new BodyMotion[1], double.NaN), Throws.ArgumentException.With.Message.Contains("margin"));
            Assert.That(() => new CollisionFilter().Exclude(4, 4), Throws.ArgumentException.With.Message.Contains("body 4"));
        }

        private static List<string> Describe(CollisionDetector detector)
        {
            var pairs = new List<string>();
            foreach (ContactPair pair in detector.Pairs)
            {
                pairs.Add(pair.ColliderA + "-" + pair.ColliderB);
            }

            return pairs;
        }

        // Tests every pair: those that overlap at one of many times in the step, and those that the narrow phase makes features for.
        private static void BruteForce(RandomScene scene, out List<string> meet, out List<string> mayMeet)
        {
            meet = new List<string>();
            mayMeet = new List<string>();
            var narrowPhase = new NarrowPhase();
            var features = new ContactFeatureList();
            FeatureWriter none = FeatureWriter.None;
            for (int i = 0; i < scene.Colliders.Length; i++)
            {
                for (int j = i + 1; j < scene.Colliders.Length; j++)
                {
                    if (!scene.Dynamic[i] && !scene.Dynamic[j])
                    {
                        continue;
                    }

                    Collider a = scene.Colliders[i];
                    Collider b = scene.Colliders[j];
                    features.Clear();
                    narrowPhase.Collide(a, i, scene.Motions[i], b, j, scene.Motions[j], Margin, features);
                    if (features.Count > 0)
                    {
                        mayMeet.Add(i + "-" + j);
                    }

                    bool far = i > 1 && Double3.Distance(scene.Motions[i].Start.Position, scene.Motions[j].Start.Position) > 3;
                    for (int s = 0; s <= 8 && !far; s++)
                    {
                        double gap = narrowPhase.Collide(a.At(scene.Motions[i], s / 8.0, i), b.At(scene.Motions[j], s / 8.0, j), ref none);
                        if (gap <= 0)
                        {
                            meet.Add(i + "-" + j);
                            break;
                        }
                    }
                }
            }
        }
    }
}
