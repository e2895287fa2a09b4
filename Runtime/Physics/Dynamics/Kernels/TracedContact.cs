using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>A shape on a body, traced: radius, extents and pose in the body's frame.</summary>
    internal readonly struct TracedCollider
    {
        /// <summary>Numbers of a collider: radius 0, extents 1..3, position 4..6, rotation 7..10.</summary>
        public const int Size = 11;

        public readonly Real Radius;
        private readonly Real3 extents, position;
        private readonly RealQuaternion rotation;

        public TracedCollider(Real[] values)
        {
            Radius = values[0];
            extents = new Real3(values, 1);
            position = new Real3(values, 4);
            rotation = new RealQuaternion(values, 7);
        }

        /// <summary>World point of the feature point constant + scale * extents.</summary>
        public Real3 Point(RigidState body, Real3 constant, Real3 scale) =>
            body.Point(position + rotation.Rotate(constant + Real3.Scale(scale, extents)));

        /// <summary>World direction of a direction of the shape.</summary>
        public Real3 Direction(RigidState body, Real3 direction) => body.Rotation.Rotate(rotation.Rotate(direction));
    }

    /// <summary>
    /// Gap, normal and contact point of a feature, traced. The formulas are those of <see cref="ContactFeature"/>; the contact point
    /// lies half way between the two surface anchors.
    /// </summary>
    internal readonly struct TracedContact
    {
        /// <summary>Numbers of a feature: constant, scale and direction of the first side, then of the second; side.</summary>
        public const int FeatureSize = 21;

        public readonly Real Gap;
        public readonly Real3 Normal, Point;

        private TracedContact(Real gap, Real3 normal, Real3 point)
        {
            Gap = gap;
            Normal = normal;
            Point = point;
        }

        /// <summary>The same contact seen from the other body.</summary>
        public TracedContact Reversed => new TracedContact(Gap, -Normal, Point);

        public static TracedContact Evaluate(
            ContactFormula formula, Real[] feature, int start, RigidState first, TracedCollider firstShape, RigidState second, TracedCollider secondShape)
        {
            Real3 a = firstShape.Point(first, new Real3(feature, start), new Real3(feature, start + 3));
            Real3 b = secondShape.Point(second, new Real3(feature, start + 9), new Real3(feature, start + 12));
            Real3 r = a - b, n;
            Real distance;
            switch (formula)
            {
                case ContactFormula.PointPlane:
                    n = secondShape.Direction(second, new Real3(feature, start + 15));
                    distance = Real3.Dot(n, r);
                    b = a - n * distance;
                    break;
                case ContactFormula.PointPoint:
                    distance = r.Length;
                    n = Real3.Normalise(r);
                    break;
                case ContactFormula.PointEdge:
                    Real3 edge = secondShape.Direction(second, new Real3(feature, start + 15));
                    b += edge * Real3.Dot(edge, r);
                    distance = (a - b).Length;
                    n = Real3.Normalise(a - b);
                    break;
                case ContactFormula.FaceCorner:
                    // The first has a point, an edge that a side cuts, or a face over a corner of the second; what it lacks is zero.
                    var given = new Real3(feature, start + 6);
                    var cut = new Real3(feature, start + 18);
                    Bool hasSide = Real3.Dot(cut, cut) > 0, hasFace = !hasSide & (Real3.Dot(given, given) > 0);
                    Real3 direction = firstShape.Direction(first, given), side = secondShape.Direction(second, cut);
                    n = secondShape.Direction(second, new Real3(feature, start + 15));
                    a -= direction * Real.Select(hasSide, Real3.Dot(side, r) / Real3.Dot(side, direction), 0);
                    distance = Real.Select(hasFace, Real3.Dot(direction, r) / Real3.Dot(direction, n), Real3.Dot(n, a - b));
                    Real3 over = b + n * distance;
                    b = Real3.Select(hasFace, b, a - n * distance);
                    a = Real3.Select(hasFace, over, a);
                    break;
                default:
                    Real3 u = firstShape.Direction(first, new Real3(feature, start + 6));
                    Real3 w = secondShape.Direction(second, new Real3(feature, start + 15));
                    Real c = Real3.Dot(u, w), ur = Real3.Dot(u, r), wr = Real3.Dot(w, r), d = 1 - c * c;
                    n = Real3.Normalise(Real3.Cross(u, w));
                    distance = Real3.Dot(n, r);
                    a += u * ((c * wr - ur) / d);
                    b += w * ((wr - c * ur) / d);
                    break;
            }

            Real gap = distance - firstShape.Radius - secondShape.Radius;
            return new TracedContact(gap, n, (a + b + n * (secondShape.Radius - firstShape.Radius)) * 0.5);
        }
    }
}
