using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Several shapes fixed to each other. For mass properties parts add up even where they overlap. Collision sees the parts:
    /// a body with a compound gets one <see cref="Collider"/> for each (<see cref="AddParts"/>), so every size of every part stays a parameter.
    /// </summary>
    public sealed class CompoundShape : Shape
    {
        private readonly CompoundPart[] parts;

        /// <summary>A shape of parts.</summary>
        /// <exception cref="ArgumentException">There is no part, a part is null, or its pose is not finite with a unit quaternion.</exception>
        public CompoundShape(IReadOnlyList<CompoundPart> parts)
        {
            if (parts == null || parts.Count == 0)
            {
                throw new ArgumentException("A compound needs at least one part.", nameof(parts));
            }

            this.parts = new CompoundPart[parts.Count];
            for (int i = 0; i < parts.Count; i++)
            {
                Pose pose = parts[i].CompoundFromPart;
                if (parts[i].Shape == null)
                {
                    throw new ArgumentException("Part " + i + " of a compound has no shape.", nameof(parts));
                }

                if (!pose.Position.IsFinite || !(Math.Abs(pose.Rotation.Length - 1) < 1e-6))
                {
                    throw new ArgumentException("The pose of part " + i + " of a compound must be finite with a unit quaternion, but is " + pose + ".", nameof(parts));
                }

                this.parts[i] = parts[i];
            }
        }

        /// <summary>The parts.</summary>
        public IReadOnlyList<CompoundPart> Parts => parts;

        /// <inheritdoc/>
        public override ShapeKind Kind => ShapeKind.Compound;

        /// <inheritdoc/>
        public override ShapeSize Size => default;

        /// <inheritdoc/>
        public override bool IsStaticOnly => Array.Exists(parts, p => p.Shape.IsStaticOnly);

        /// <inheritdoc/>
        public override double OuterRadius
        {
            get
            {
                double radius = 0;
                foreach (CompoundPart part in parts)
                {
                    radius = Math.Max(radius, part.CompoundFromPart.Position.Length + part.Shape.OuterRadius);
                }

                return radius;
            }
        }

        /// <inheritdoc/>
        public override Shape WithSize(ShapeSize size) => this;

        /// <inheritdoc/>
        public override Bounds3 BoundsAt(Pose worldFromShape)
        {
            Bounds3 bounds = Bounds3.Empty;
            foreach (CompoundPart part in parts)
            {
                bounds = Bounds3.Union(bounds, part.Shape.BoundsAt(worldFromShape * part.CompoundFromPart));
            }

            return bounds;
        }

        /// <summary>Appends one collider for each part, those of nested compounds included.</summary>
        /// <param name="body">Index of the body.</param>
        /// <param name="bodyFromCompound">Pose of the compound in the body's frame.</param>
        /// <param name="colliders">Receives the colliders.</param>
        /// <param name="layer">As for <see cref="Collider"/>.</param>
        /// <param name="collidesWith">As for <see cref="Collider"/>.</param>
        /// <param name="isTrigger">As for <see cref="Collider"/>.</param>
        public void AddParts(
            int body, Pose bodyFromCompound, ICollection<Collider> colliders, int layer = 0, uint collidesWith = uint.MaxValue, bool isTrigger = false)
        {
            foreach (CompoundPart part in parts)
            {
                Pose bodyFromPart = bodyFromCompound * part.CompoundFromPart;
                if (part.Shape is CompoundShape nested)
                {
                    nested.AddParts(body, bodyFromPart, colliders, layer, collidesWith, isTrigger);
                }
                else
                {
                    colliders.Add(new Collider(body, part.Shape, bodyFromPart, layer, collidesWith, isTrigger));
                }
            }
        }

        private protected override MassProperties UnitDensityMass()
        {
            MassProperties sum = default;
            for (int i = 0; i < parts.Length; i++)
            {
                MassProperties part = parts[i].Shape.MassProperties(1).Transformed(parts[i].CompoundFromPart);
                sum = i == 0 ? part : Physics.MassProperties.Combine(sum, part);
            }

            return sum;
        }
    }
}
