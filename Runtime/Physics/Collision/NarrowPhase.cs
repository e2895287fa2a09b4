using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Finds the features of one pair of colliders. For a pair that will meet within the step it looks where they first
    /// touch, so that the features are those of the impact however far the bodies travel.
    /// </summary>
    internal sealed class NarrowPhase
    {
        private const int AdvancementSteps = 32;

        private readonly PairScratch scratch = new PairScratch();

        /// <summary>
        /// Writes the features of a pair whose gap is at most the margin, or may become so on the way.
        /// </summary>
        /// <remarks>
        /// First touch by conservative advancement: no gap g can close in less than the fraction g / L of the step, where L
        /// bounds how far any two surface points approach in the whole step. Source: B. Mirtich, "Impulse-based dynamic
        /// simulation of rigid body systems" (1996), section 2.3.
        /// </remarks>
        /// <returns>A lower bound of the gap where the features were taken.</returns>
        public double Collide(
            Collider a, int indexA, in BodyMotion motionA, Collider b, int indexB, in BodyMotion motionB, double margin, ContactFeatureList features)
        {
            double travel = Travel(a, motionA, b, motionB);
            double touch = Touch(a, b);
            int start = features.Count;
            var writer = new FeatureWriter(features, margin + travel);
            double gap = CollideAt(a, indexA, motionA, b, indexB, motionB, 0, ref writer);
            if (gap <= touch || gap > travel)
            {
                return gap;
            }

            double fraction = Advance(a, motionA, b, motionB, gap, travel, touch, out _);
            features.Truncate(start);
            writer.Reach = margin + (1 - fraction) * travel;
            return CollideAt(a, indexA, motionA, b, indexB, motionB, fraction, ref writer);
        }

        /// <summary>Whether the two overlap, or touch, at the start of the step or on the way.</summary>
        public bool Touches(Collider a, in BodyMotion motionA, Collider b, in BodyMotion motionB)
        {
            double travel = Travel(a, motionA, b, motionB);
            double touch = Touch(a, b);
            FeatureWriter none = FeatureWriter.None;
            double gap = CollideAt(a, 0, motionA, b, 1, motionB, 0, ref none);
            if (gap > travel)
            {
                return gap <= 0;
            }

            Advance(a, motionA, b, motionB, gap, travel, touch, out double apart);
            return apart <= touch;
        }

        /// <summary>The gap of two shapes where they stand, or a lower bound of it; writes the features that the writer wants.</summary>
        public double Collide(in ShapeAt a, in ShapeAt b, ref FeatureWriter writer)
        {
            return a.Shape.Kind <= b.Shape.Kind ? Ordered(a, b, ref writer) : Ordered(b, a, ref writer);
        }

        // Gaps below this count as closed.
        private static double Touch(Collider a, Collider b) => 1e-4 * Math.Min(a.Shape.OuterRadius, b.Shape.OuterRadius);

        // The fraction of the step at which the two first touch, or 1.
        private double Advance(
            Collider a, in BodyMotion motionA, Collider b, in BodyMotion motionB, double gap, double travel, double touch, out double apart)
        {
            double fraction = 0;
            apart = gap;
            FeatureWriter none = FeatureWriter.None;
            for (int i = 0; i < AdvancementSteps && apart > touch && fraction < 1; i++)
            {
                fraction = travel > 0 ? Math.Min(1, fraction + apart / travel) : 1;
                apart = CollideAt(a, 0, motionA, b, 1, motionB, fraction, ref none);
            }

            return fraction;
        }

        private double CollideAt(
            Collider a, int indexA, in BodyMotion motionA, Collider b, int indexB, in BodyMotion motionB, double fraction, ref FeatureWriter writer) =>
            Collide(a.At(motionA, fraction, indexA), b.At(motionB, fraction, indexB), ref writer);

        // One tester for each pair of kinds, the lower kind first.
        private double Ordered(in ShapeAt a, in ShapeAt b, ref FeatureWriter writer)
        {
            switch (b.Shape.Kind)
            {
                case ShapeKind.Sphere:
                    return RoundPairs.SphereSphere(a, b, ref writer);
                case ShapeKind.Capsule:
                    return a.Shape.Kind == ShapeKind.Sphere ? RoundPairs.SphereCapsule(a, b, ref writer) : RoundPairs.CapsuleCapsule(a, b, ref writer);
                case ShapeKind.Box:
                case ShapeKind.Hull:
                    switch (a.Shape.Kind)
                    {
                        case ShapeKind.Sphere: return SpherePairs.Polyhedron(a, b, ref writer);
                        case ShapeKind.Capsule: return CapsulePairs.Polyhedron(a, b, scratch, ref writer);
                        default: return PolyhedronPairs.Collide(a, b, scratch, ref writer);
                    }

                case ShapeKind.Plane:
                    switch (a.Shape.Kind)
                    {
                        case ShapeKind.Sphere: return PlanePairs.Sphere(a, b, ref writer);
                        case ShapeKind.Capsule: return PlanePairs.Capsule(a, b, ref writer);
                        case ShapeKind.Box:
                        case ShapeKind.Hull: return PlanePairs.Polyhedron(a, b, scratch, ref writer);
                    }

                    break;
            }

            if (b.Shape is SurfaceShape && a.Shape.Kind <= ShapeKind.Hull)
            {
                return SurfacePairs.Collide(a, b, scratch, ref writer);
            }

            throw new NotSupportedException("A " + a.Shape.Kind + " and a " + b.Shape.Kind + " do not collide.");
        }

        // How far surface points of the two can approach each other in the step: the relative shift, and each turn times the
        // distance of the farthest point from the axis. A plane reaches as far as the other body is away.
        private static double Travel(Collider a, in BodyMotion motionA, Collider b, in BodyMotion motionB)
        {
            double travel = (motionA.Displacement - motionB.Displacement).Length;
            double apart = Double3.Distance(motionA.Start.Position, motionB.Start.Position) + travel;
            return travel
                + motionA.Rotation.Length * Math.Min(a.Reach, apart + b.Reach)
                + motionB.Rotation.Length * Math.Min(b.Reach, apart + a.Reach);
        }
    }
}
