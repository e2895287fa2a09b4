using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Questions about where things are: what a ray hits, what overlaps a shape. Not differentiated and no part of the tape.
    /// Call <see cref="Update"/> whenever bodies have moved. Not thread-safe.
    /// </summary>
    public sealed class SpatialQueries
    {
        private readonly Collider[] colliders;
        private readonly Pose[] worldFromShape;
        private readonly IntList unbounded = new IntList();
        private readonly IntList found = new IntList();
        private readonly IntList triangles = new IntList();
        private readonly NarrowPhase narrowPhase = new NarrowPhase();
        private BoundsTree tree;

        /// <summary>Queries on a fixed set of colliders.</summary>
        public SpatialQueries(IReadOnlyList<Collider> colliders)
        {
            this.colliders = new Collider[colliders.Count];
            worldFromShape = new Pose[colliders.Count];
            for (int i = 0; i < this.colliders.Length; i++)
            {
                this.colliders[i] = colliders[i];
                if (colliders[i].Shape.Kind == ShapeKind.Plane)
                {
                    unbounded.Add(i);
                }
            }
        }

        /// <summary>Tells where the bodies are.</summary>
        /// <param name="worldFromBody">Pose of each body.</param>
        /// <exception cref="ArgumentException">A collider's body is not among them.</exception>
        public void Update(ReadOnlySpan<Pose> worldFromBody)
        {
            Bounds3[] boxes = tree == null ? new Bounds3[colliders.Length] : null;
            for (int i = 0; i < colliders.Length; i++)
            {
                if (colliders[i].Body >= worldFromBody.Length)
                {
                    throw new ArgumentException(
                        "Collider " + i + " names body " + colliders[i].Body + ", but there are " + worldFromBody.Length + " poses.", nameof(worldFromBody));
                }

                worldFromShape[i] = worldFromBody[colliders[i].Body] * colliders[i].BodyFromShape;
                Bounds3 box = colliders[i].Shape.Kind == ShapeKind.Plane ? new Bounds3(Double3.Zero, Double3.Zero) : colliders[i].Shape.BoundsAt(worldFromShape[i]);
                if (boxes != null)
                {
                    boxes[i] = box;
                }
                else if (!tree.Leaf(i).Equals(box))
                {
                    tree.Update(i, box);
                }
            }

            tree = tree ?? new BoundsTree(boxes);
        }

        /// <summary>Finds the nearest surface that a ray enters. A shape that the ray starts inside of is not hit.</summary>
        /// <param name="ray">The ray.</param>
        /// <param name="maximum">How far to look, in metres; may be infinite.</param>
        /// <param name="hit">The hit, if there is one. Of equally near ones that of the lowest collider.</param>
        /// <param name="layers">Bit k set: colliders on layer k count.</param>
        /// <param name="triggers">Whether triggers count.</param>
        /// <returns>Whether something was hit.</returns>
        /// <exception cref="InvalidOperationException"><see cref="Update"/> was never called.</exception>
        public bool RayCast(Ray ray, double maximum, out RayHit hit, uint layers = uint.MaxValue, bool triggers = false)
        {
            RequireUpdate();
            found.Clear();
            tree.QueryRay(ray.Origin, ray.Direction, maximum, found);
            for (int i = 0; i < unbounded.Count; i++)
            {
                found.Add(unbounded[i]);
            }

            found.Sort();
            hit = default;
            bool any = false;
            double nearest = maximum;
            for (int k = 0; k < found.Count; k++)
            {
                int i = found[k];
                if (!Counts(i, layers, triggers) || (k > 0 && found[k - 1] == i))
                {
                    continue;
                }

                Ray local = ray.InverseTransformed(worldFromShape[i]);
                if (RayCasts.Enter(colliders[i].Shape, local, nearest, triangles, out double distance, out Double3 normal, out int triangle)
                    && (!any || distance < nearest))
                {
                    any = true;
                    nearest = distance;
                    hit = new RayHit(colliders[i].Body, i, distance, ray.At(distance), worldFromShape[i].TransformDirection(normal), triangle);
                }
            }

            return any;
        }

        /// <summary>Finds the colliders that share a point with a shape.</summary>
        /// <param name="shape">A sphere, capsule, box or convex hull.</param>
        /// <param name="pose">Where it stands in the world.</param>
        /// <param name="overlapping">Cleared, then receives the indices of the colliders in ascending order.</param>
        /// <param name="layers">Bit k set: colliders on layer k count.</param>
        /// <param name="triggers">Whether triggers count.</param>
        /// <exception cref="ArgumentException">The shape is of another kind.</exception>
        /// <exception cref="InvalidOperationException"><see cref="Update"/> was never called.</exception>
        public void Overlap(Shape shape, Pose pose, List<int> overlapping, uint layers = uint.MaxValue, bool triggers = false)
        {
            RequireUpdate();
            if (shape == null || shape.Kind > ShapeKind.Hull)
            {
                throw new ArgumentException("Overlap takes a sphere, capsule, box or convex hull, not a " + shape?.Kind + ".", nameof(shape));
            }

            overlapping.Clear();
            found.Clear();
            tree.Query(shape.BoundsAt(pose), found);
            for (int i = 0; i < unbounded.Count; i++)
            {
                found.Add(unbounded[i]);
            }

            found.Sort();
            var query = new ShapeAt(shape, pose, -1, -1);
            FeatureWriter none = FeatureWriter.None;
            for (int k = 0; k < found.Count; k++)
            {
                int i = found[k];
                if (Counts(i, layers, triggers) && !(k > 0 && found[k - 1] == i)
                    && narrowPhase.Collide(query, new ShapeAt(colliders[i].Shape, worldFromShape[i], colliders[i].Body, i), ref none) <= 0)
                {
                    overlapping.Add(i);
                }
            }
        }

        private bool Counts(int i, uint layers, bool triggers) => (layers & (1u << colliders[i].Layer)) != 0 && (triggers || !colliders[i].IsTrigger);

        private void RequireUpdate()
        {
            if (tree == null)
            {
                throw new InvalidOperationException("Spatial queries do not know where the bodies are: call Update first.");
            }
        }
    }
}
