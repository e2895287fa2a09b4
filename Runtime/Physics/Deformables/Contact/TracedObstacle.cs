using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>The signed distance of a point from an obstacle, and its gradient, traced.</summary>
    internal readonly struct TracedObstacle
    {
        public readonly Real Friction, Restitution;
        private readonly ShapeKind kind;
        private readonly Real radius;
        private readonly Real3 extents, position;
        private readonly RealQuaternion rotation;

        public TracedObstacle(KernelBuilder k, ShapeKind kind, int number)
        {
            this.kind = kind;
            Real[] geometry = k.Shared("geometry " + number, TracedCollider.Size), material = k.Shared("material " + number, 2);
            radius = geometry[0];
            extents = new Real3(geometry, 1);
            position = new Real3(geometry, 4);
            rotation = new RealQuaternion(geometry, 7);
            Friction = material[0];
            Restitution = material[1];
        }

        public static bool Knows(ShapeKind kind) =>
            kind == ShapeKind.Plane || kind == ShapeKind.Sphere || kind == ShapeKind.Capsule || kind == ShapeKind.Box;

        /// <summary>Gap from the surface, negative inside, and outward normal at a world point.</summary>
        public (Real gap, Real3 normal) At(Real3 point)
        {
            Real3 p = rotation.InverseRotate(point - position);
            switch (kind)
            {
                case ShapeKind.Plane:
                    return (p.Y, rotation.Rotate(Real3.UnitY));
                case ShapeKind.Sphere:
                    return Round(p);
                case ShapeKind.Capsule:
                    return Round(p - new Real3(0, Real.Clamp(p.Y, -extents.Y, extents.Y), 0));
                default:
                    return Box(p);
            }
        }

        private (Real, Real3) Round(Real3 fromAxis)
        {
            Real3 normal = Real3.Normalise(fromAxis, out Real length);
            return (length - radius, rotation.Rotate(normal));
        }

        // Outside, the nearest point is p clamped to the box; inside, it lies on the nearest face.
        private (Real, Real3) Box(Real3 p)
        {
            Real3 beyond = Real3.Abs(p) - extents, sign = new Real3(Sign(p.X), Sign(p.Y), Sign(p.Z));
            Real3 outward = Real3.Normalise(Real3.Max(beyond, Real3.Zero), out Real distance);
            Real depth = Real.Max(beyond.X, Real.Max(beyond.Y, beyond.Z));
            Bool isX = beyond.X >= depth, isY = beyond.Y >= depth;
            Real3 face = Real3.Select(isX, Real3.UnitX, Real3.Select(isY, Real3.UnitY, Real3.UnitZ));
            Bool isInside = depth <= 0;
            Real gap = Real.Select(isInside, depth, distance);
            return (gap, rotation.Rotate(Real3.Scale(Real3.Select(isInside, face, outward), sign)));
        }

        private static Real Sign(Real a) => Real.Select(a >= 0, 1, -1);
    }
}
