using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Physics.Tests
{
    public sealed class BoundsTreeTests
    {
        [TestCase(0)]
        [TestCase(1)]
        [TestCase(2)]
        [TestCase(300)]
        public void A_query_finds_the_leaves_that_overlap_before_and_after_updates(int count)
        {
            var random = new Random(count);
            var boxes = new Bounds3[count];
            for (int i = 0; i < count; i++)
            {
                boxes[i] = RandomBox(random);
            }

            var tree = new BoundsTree(boxes);
            for (int round = 0; round < 5; round++)
            {
                for (int q = 0; q < 20; q++)
                {
                    Bounds3 box = RandomBox(random);
                    Assert.That(Query(tree, box), Is.EqualTo(Expected(boxes, b => b.Overlaps(box))));
                    Double3 origin = RandomGeometry.Vector(random, 12);
                    Double3 direction = q == 0 ? Double3.UnitX : RandomGeometry.Direction(random);
                    var found = new IntList();
                    tree.QueryRay(origin, direction, 5, found);
                    Assert.That(Sorted(found), Is.EqualTo(Expected(boxes, b => CrossedBySegment(b, origin, direction, 5))));
                }

                for (int k = 0; k < count; k++)
                {
                    int i = random.Next(count);
                    boxes[i] = RandomBox(random);
                    tree.Update(i, boxes[i]);
                }
            }
        }

        [Test]
        public void The_tree_stays_shallow_when_leaves_arrive_in_order()
        {
            var boxes = new Bounds3[1024];
            var tree = new BoundsTree(boxes);
            for (int i = 0; i < boxes.Length; i++)
            {
                tree.Update(i, new Bounds3(new Double3(i), new Double3(i + 0.5)));
            }

            Assert.That(tree.Height, Is.LessThanOrEqualTo(20));
        }

        // Clips the segment with the box's planes in the plainest way, one axis after the other.
        private static bool CrossedBySegment(Bounds3 b, Double3 origin, Double3 direction, double length)
        {
            double from = 0;
            double to = length;
            for (int axis = 0; axis < 3; axis++)
            {
                double d = direction[axis];
                if (d == 0)
                {
                    if (origin[axis] < b.Min[axis] || origin[axis] > b.Max[axis])
                    {
                        return false;
                    }

                    continue;
                }

                double near = ((d > 0 ? b.Min[axis] : b.Max[axis]) - origin[axis]) / d;
                double far = ((d > 0 ? b.Max[axis] : b.Min[axis]) - origin[axis]) / d;
                from = Math.Max(from, near);
                to = Math.Min(to, far);
            }

            return from <= to;
        }

        private static Bounds3 RandomBox(Random random)
        {
            Double3 centre = RandomGeometry.Vector(random, 10);
            Double3 half = Double3.Abs(RandomGeometry.Vector(random, 1.5));
            return new Bounds3(centre - half, centre + half);
        }

        private static List<int> Expected(Bounds3[] boxes, Predicate<Bounds3> meets)
        {
            var expected = new List<int>();
            for (int i = 0; i < boxes.Length; i++)
            {
                if (meets(boxes[i]))
                {
                    expected.Add(i);
                }
            }

            return expected;
        }

        private static List<int> Query(BoundsTree tree, Bounds3 box)
        {
            var found = new IntList();
            tree.Query(box, found);
            return Sorted(found);
        }

        private static List<int> Sorted(IntList found)
        {
            found.Sort();
            var list = new List<int>();
            for (int i = 0; i < found.Count; i++)
            {
                list.Add(found[i]);
            }

            return list;
        }
    }
}
