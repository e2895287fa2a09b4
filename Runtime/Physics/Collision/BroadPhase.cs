using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Finds the pairs of colliders whose boxes, swept along the expected motion, come within the margin of each other. The
    /// hierarchy holds boxes grown by some slack, so that only colliders that left theirs are moved in it and searched for anew;
    /// of the pairs that lie near each other by it the boxes themselves decide, so results do not depend on what happened before.
    /// </summary>
    internal sealed class BroadPhase
    {
        // Slack of the boxes in the hierarchy, relative to the collider, and for how many steps at its speed they last.
        private const double Slack = 0.1, StepsAhead = 4;

        private readonly Bounds3[] swept;
        private readonly bool[] isMoved, mayMove;
        private readonly IntList unbounded = new IntList(), moved = new IntList(), found = new IntList();
        private readonly NearPairs near = new NearPairs();
        private BoundsTree tree;

        /// <param name="colliders">Number of colliders.</param>
        /// <param name="mayMove">For each body, whether contacts can ever move it, those that sleep included: pairs of others are not kept.</param>
        public BroadPhase(int colliders, bool[] mayMove)
        {
            this.mayMove = mayMove;
            swept = new Bounds3[colliders];
            isMoved = new bool[colliders];
        }

        /// <summary>Replaces the candidates by all pairs that may meet, sorted.</summary>
        public void Find(
            Collider[] colliders, bool[] dynamic, CollisionFilter filter, ReadOnlySpan<BodyMotion> motions, double margin, CandidateList candidates)
        {
            Sweep(colliders, motions, margin);
            FollowMoved(colliders);
            candidates.Clear();
            for (int k = 0; k < near.Count; k++)
            {
                (int i, int j) = near[k];
                int a = colliders[i].Body, b = colliders[j].Body;
                if ((dynamic[a] || dynamic[b]) && swept[i].Overlaps(swept[j]) && filter.Allows(colliders[i], colliders[j]))
                {
                    candidates.Add(a, i, b, j);
                }
            }

            for (int k = 0; k < unbounded.Count; k++)
            {
                int j = unbounded[k];
                for (int i = 0; i < colliders.Length; i++)
                {
                    if (dynamic[colliders[i].Body] && filter.Allows(colliders[i], colliders[j]) && NearPlane(swept[i], colliders[j], motions, margin))
                    {
                        candidates.Add(colliders[i].Body, i, colliders[j].Body, j);
                    }
                }
            }

            candidates.Sort();
        }

        private void FollowMoved(Collider[] colliders)
        {
            if (moved.Count == 0)
            {
                return;
            }

            near.Remove(isMoved);
            for (int k = 0; k < moved.Count; k++)
            {
                int i = moved[k];
                found.Clear();
                tree.Query(tree.Leaf(i), found);
                for (int n = 0; n < found.Count; n++)
                {
                    int j = found[n];
                    bool isOwn = !isMoved[j] || i < j; // of two that moved, the lower one reports the pair
                    int a = colliders[i].Body, b = colliders[j].Body;
                    if (isOwn && a != b && (mayMove[a] || mayMove[b]))
                    {
                        near.Add(i, j);
                    }
                }
            }

            for (int k = 0; k < moved.Count; k++)
            {
                isMoved[moved[k]] = false;
            }

            moved.Clear();
        }

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

                BodyMotion motion = motions[colliders[i].Body];
                swept[i] = SweptBounds(colliders[i], motion, margin).Expand(0.5 * margin);
                if (tree == null || tree.Leaf(i).Contains(swept[i]))
                {
                    continue;
                }

                tree.Update(i, Grown(colliders[i], motion, swept[i]));
                Move(i);
            }

            if (tree == null)
            {
                Plant(colliders, motions);
            }
        }

        // Planes are no part of the search; they hide in a point box at the origin.
        private void Plant(Collider[] colliders, ReadOnlySpan<BodyMotion> motions)
        {
            var boxes = new Bounds3[colliders.Length];
            for (int i = 0; i < boxes.Length; i++)
            {
                if (colliders[i].Shape.Kind == ShapeKind.Plane)
                {
                    boxes[i] = new Bounds3(Double3.Zero, Double3.Zero);
                    continue;
                }

                boxes[i] = Grown(colliders[i], motions[colliders[i].Body], swept[i]);
                Move(i);
            }

            tree = new BoundsTree(boxes);
        }

        private void Move(int collider)
        {
            isMoved[collider] = true;
            moved.Add(collider);
        }

        private static Bounds3 Grown(Collider collider, in BodyMotion motion, Bounds3 swept) =>
            swept.Sweep(StepsAhead * motion.Displacement).Expand(Slack * collider.Shape.OuterRadius);

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
