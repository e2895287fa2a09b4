using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A shape fixed to a body. A body with several colliders is a compound; they never collide with each other.
    /// </summary>
    public sealed class Collider
    {
        /// <summary>A shape on a body.</summary>
        /// <param name="body">Index of the body.</param>
        /// <param name="shape">Any shape but a compound, which is taken apart before (one collider for each of its parts).</param>
        /// <param name="bodyFromShape">Where the shape's frame lies in the body's, whose origin is the centre of mass.</param>
        /// <param name="layer">The layer it is on, 0 to 31.</param>
        /// <param name="collidesWith">Bit k set: it collides with layer k. A pair collides if each allows the other's layer.</param>
        /// <param name="isTrigger">Whether it only reports overlaps and makes no contacts.</param>
        /// <exception cref="ArgumentException">A value breaks these rules, or the pose is not finite with a unit quaternion.</exception>
        public Collider(int body, Shape shape, Pose bodyFromShape, int layer = 0, uint collidesWith = uint.MaxValue, bool isTrigger = false)
        {
            if (body < 0)
            {
                throw new ArgumentException("Collider body index must not be negative, but is " + body + ".", nameof(body));
            }

            if (shape == null)
            {
                throw new ArgumentNullException(nameof(shape), "The collider of body " + body + " needs a shape.");
            }

            if (shape.Kind == ShapeKind.Compound)
            {
                throw new ArgumentException("The collider of body " + body + " has a compound shape: make one collider for each of its parts.", nameof(shape));
            }

            if (layer < 0 || layer > 31)
            {
                throw new ArgumentException("The layer of a collider of body " + body + " must be 0 to 31, but is " + layer + ".", nameof(layer));
            }

            if (!bodyFromShape.Position.IsFinite || !(Math.Abs(bodyFromShape.Rotation.Length - 1) < 1e-6))
            {
                throw new ArgumentException(
                    "The pose of a collider of body " + body + " must be finite with a unit quaternion, but is " + bodyFromShape + ".", nameof(bodyFromShape));
            }

            Body = body;
            Shape = shape;
            BodyFromShape = bodyFromShape;
            Layer = layer;
            CollidesWith = collidesWith;
            IsTrigger = isTrigger;
        }

        /// <summary>Index of the body it belongs to.</summary>
        public int Body { get; }

        /// <summary>Its form.</summary>
        public Shape Shape { get; }

        /// <summary>Pose of the shape's frame in the body's frame.</summary>
        public Pose BodyFromShape { get; }

        /// <summary>The layer it is on.</summary>
        public int Layer { get; }

        /// <summary>The layers it collides with, as bits.</summary>
        public uint CollidesWith { get; }

        /// <summary>Whether it only reports overlaps.</summary>
        public bool IsTrigger { get; }

        /// <summary>Largest distance of its points from the body's origin, in metres.</summary>
        internal double Reach => BodyFromShape.Position.Length + Shape.OuterRadius;

        internal ShapeAt At(in BodyMotion motion, double fraction, int index) =>
            new ShapeAt(Shape, motion.At(fraction) * BodyFromShape, Body, index);
    }
}
