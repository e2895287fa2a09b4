using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Which features of two shapes meet: the constant part of a contact, picked by collision detection and not
    /// differentiated. Kernels evaluate gap, normal and anchors from it as smooth functions of poses and sizes.
    /// <para>
    /// With the world poses <c>worldFromShape = worldFromBody * bodyFromShape</c> of both sides at the time in question, let
    /// a and b be the world positions of <c>First.Point</c> and <c>Second.Point</c>, u and w the world directions of
    /// <c>First.Direction</c> and <c>Second.Direction</c>, and ra and rb the radii in the two <see cref="ShapeSize"/>s. Then
    /// </para>
    /// <code>
    /// kind         gap                          normal n            feet on the features
    /// PointPlane   n.(a - b) - ra - rb          w                   a,  a - (n.(a - b)) n
    /// PointPoint   |a - b| - ra - rb            (a - b) / |a - b|   a,  b
    /// PointEdge    |d| - ra - rb                d / |d|             a,  b + (w.(a - b)) w      d = (1 - w w^T)(a - b)
    /// EdgeEdge     n.(a - b) - ra - rb          u x w / |u x w|     a + s u,  b + t w          (below)
    /// EdgePlane    n.(a' - b) - ra - rb         w                   a',  a' - (n.(a' - b)) n   a' = a + (q.(b - a) / q.u) u
    /// PlaneCorner  d - ra - rb                  w                   b + d n,  b                d = u.(a - b) / u.w
    /// </code>
    /// <para>
    /// The normal always points from the second shape to the first: an impulse j n acts on the first body and -j n on the
    /// second, and the gap closes while n.(va - vb) is negative. Surface anchors are the first foot minus ra n and the second
    /// foot plus rb n; they meet where the gap is 0. EdgeEdge: with c = u.w, r = a - b and D = 1 - c^2,
    /// s = (c w.r - u.r) / D and t = (w.r - c u.r) / D; the directions are signed so that u x w points from second to first.
    /// EdgePlane: b is a point of the face's side, and q the world direction of <see cref="Side"/>. PlaneCorner: u is the normal
    /// of the first's face. With these two kinds the corners of overlapping faces move with both poses as they should.
    /// </para>
    /// </summary>
    public struct ContactFeature
    {
        /// <summary>Which formula applies.</summary>
        public ContactFeatureKind Kind;

        /// <summary>The side that the normal points to: it carries the point, or the first edge.</summary>
        public FeatureSide First;

        /// <summary>The side that the normal points away from: it carries the face, the second point or the second edge.</summary>
        public FeatureSide Second;

        /// <summary>For EdgePlane the outward normal, in the second shape's frame, of the plane that cuts the edge; zero otherwise.</summary>
        public Double3 Side;

        /// <summary>
        /// Names the feature within its pair of colliders, and stays the same from step to step while the same vertices, edges
        /// and faces meet: the key for warm starting and for sorting.
        /// </summary>
        public ulong Id;

        /// <summary>Evaluates gap, normal and anchors in double precision: what the kernels of contact must agree with.</summary>
        /// <param name="worldFromFirst">Pose of the first shape (not of its body).</param>
        /// <param name="firstSize">Sizes of the first shape.</param>
        /// <param name="worldFromSecond">Pose of the second shape.</param>
        /// <param name="secondSize">Sizes of the second shape.</param>
        public ContactGeometry Evaluate(Pose worldFromFirst, ShapeSize firstSize, Pose worldFromSecond, ShapeSize secondSize)
        {
            Double3 a = worldFromFirst.TransformPoint(First.Point.At(firstSize));
            Double3 b = worldFromSecond.TransformPoint(Second.Point.At(secondSize));
            Double3 w = worldFromSecond.TransformDirection(Second.Direction);
            Double3 r = a - b;
            Double3 n;
            double distance;
            switch (Kind)
            {
                case ContactFeatureKind.PointPlane:
                    n = w;
                    distance = Double3.Dot(n, r);
                    b = a - n * distance;
                    break;
                case ContactFeatureKind.PointPoint:
                    distance = r.Length;
                    n = Double3.Normalise(r);
                    break;
                case ContactFeatureKind.PointEdge:
                    b += w * Double3.Dot(w, r);
                    distance = Double3.Distance(a, b);
                    n = Double3.Normalise(a - b);
                    break;
                case ContactFeatureKind.EdgeEdge:
                    Double3 u = worldFromFirst.TransformDirection(First.Direction);
                    double c = Double3.Dot(u, w);
                    double ur = Double3.Dot(u, r);
                    double wr = Double3.Dot(w, r);
                    n = Double3.Normalise(Double3.Cross(u, w));
                    distance = Double3.Dot(n, r);
                    a += u * ((c * wr - ur) / (1 - c * c));
                    b += w * ((wr - c * ur) / (1 - c * c));
                    break;
                case ContactFeatureKind.EdgePlane:
                    Double3 along = worldFromFirst.TransformDirection(First.Direction);
                    Double3 q = worldFromSecond.TransformDirection(Side);
                    a -= along * (Double3.Dot(q, r) / Double3.Dot(q, along));
                    n = w;
                    distance = Double3.Dot(n, a - b);
                    b = a - n * distance;
                    break;
                case ContactFeatureKind.PlaneCorner:
                    Double3 facing = worldFromFirst.TransformDirection(First.Direction);
                    n = w;
                    distance = Double3.Dot(facing, r) / Double3.Dot(facing, n);
                    a = b + n * distance;
                    break;
                default:
                    throw new InvalidOperationException("Unknown contact feature kind " + Kind + ".");
            }

            return new ContactGeometry(distance - firstSize.Radius - secondSize.Radius, n, a - n * firstSize.Radius, b + n * secondSize.Radius);
        }
    }
}
