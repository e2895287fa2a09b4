using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Finds the pairs of colliders whose boxes, swept along the expected motion, come within the margin of each other. The
    /// hierarchy holds boxes grown by some slack, so that only colliders that left theirs are moved in it; pairs are then
    /// decided by the boxes themselves, so they do not depend on what happened before.
    /// </summary>
    internal sealed class BroadPhase
    {
        // Slack of the boxes in the hierarchy, relative to the collider.
        private const double Slack = 0.1;

        private readonly Bounds3[] swept;
        private readonly IntList unbounded = new IntList();
        private readonly IntList found = new IntList();
        private BoundsTree tree;

        public BroadPhase(int colliders)
        {
            swept = new Bounds3[colliders];
        }

        /// <summary>Replaces the candidates by all pairs that may meet, sorted.</summary>
        public void Find(
            Collider[] colliders, bool[] dynamic, CollisionFilter filter, ReadOnlySpan<BodyMotion> motions, double margin, CandidateList candidates)
        {
            Sweep(colliders, motions, margin);
            candidates.Clear();
            for (int i = 0; i < colliders.Length; i++)
            {
                if (!dynamic[colliders[i].Body])
                {
                    continue;
                }

                found.Clear();
                tree.Query(swept[i], found);
                for (int k = 0; k < found.Count; k++)
                {
                    int j = found[k];
                    if (IsOwn(colliders, dynamic, i, j) && swept[i].Overlaps(swept[j]) && filter.Allows(colliders[i], colliders[j]))
                    {
                        candidates.Add(colliders[i].Body, i, colliders[j].Body, j);
                    }
                }

                for (int k = 0; k < unbounded.Count; k++)
                {
                    int j = unbounded[k];
                    if (IsOwn(colliders, dynamic, i, j) && filter.Allows(colliders[i], colliders[j]) && NearPlane(swept[i], colliders[j], motions, margin))
                    {
                        candidates.Add(colliders[i].Body, i, colliders[j].Body, j);
                    }
                }
            }

            candidates.Sort();
        }

        // A pair of two dynamic colliders is found from both; the lower one reports it.
        private static bool IsOwn(Collider[] colliders, bool[] dynamic, int i, int j) => i < j || !dynamic[colliders[j].Body];

        private void Sweep(Collider[] colliders, ReadOnlySpan<BodyMotion> motions, double margin)
        {
            unbounded.Clear();
            for (int i = 0; i < colliders.Length; i++)
            {
                if (colliders[i].Shape.Kind == ShapeKind.Plane)
                {
                    unbounded.Add(i);
                    swept[i] = Bounds3.Empty;
                    continue;
                }

                swept[i] = SweptBounds(colliders[i], motions[colliders[i].Body], margin).Expand(0.5 * margin);
                if (tree != null && !tree.Leaf(i).Contains(swept[i]))
                {
                    tree.Update(i, swept[i].Expand(Slack * colliders[i].Shape.OuterRadius));
                }
            }

            if (tree == null)
            {
                var boxes = new Bounds3[colliders.Length];
                for (int i = 0; i < boxes.Length; i++)
                {
                    // Planes are no part of the search; they hide in a point box at the origin.
                    boxes[i] = colliders[i].Shape.Kind == ShapeKind.Plane
                        ? new Bounds3(Double3.Zero, Double3.Zero)
                        : swept[i].Expand(Slack * colliders[i].Shape.OuterRadius);
                }

                tree = new BoundsTree(boxes);
            }
        }

        // A small turn is covered by as much as it can shift any point. In a large one a point that turns by an angle strays from the chord between its ends by at most r (1 - cos(angle / 2)) < r angle^2 / 8.
        private static Bounds3 SweptBounds(Collider collider, in BodyMotion motion, double margin)
        {
            Bounds3 start = collider.Shape.BoundsAt(motion.Start * collider.BodyFromShape);
            double angle = motion.Rotation.Length;
            double shift = angle * collider.Reach;
            if (angle == 0 || shift <= margin)
            {
                return start.Sweep(motion.Displacement).Expand(angle == 0 ? 0 : shift);
            }

            Bounds3 end = collider.Shape.BoundsAt(motion.At(1) * collider.BodyFromShape);
            return Bounds3.Union(start, end).Expand(collider.Reach * Math.Min(2, angle * angle / 8));
        }

        // Whether the box comes within the margin of a half space at either end of its motion. Half spaces that turn are not sorted out.
        private static bool NearPlane(Bounds3 box, Collider plane, ReadOnlySpan<BodyMotion> motions, double margin)
        {
            BodyMotion motion = motions[plane.Body];
            if (motion.Rotation != Double3.Zero)
            {
                return true;
            }

            Pose worldFromPlane = motion.Start * plane.BodyFromShape;
            Double3 n = worldFromPlane.TransformDirection(PlaneShape.Normal);
            double rise = Math.Max(0, Double3.Dot(n, motion.Displacement));
            double lowest = Double3.Dot(n, box.Centre - worldFromPlane.Position) - Double3.Dot(Double3.Abs(n), box.HalfExtents);
            return lowest <= rise + margin;
        }
    }
}
