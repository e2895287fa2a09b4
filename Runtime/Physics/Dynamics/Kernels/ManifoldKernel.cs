using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// What kernels over manifolds read: the two bodies at the end of the substep, their masses and shapes, the features and the
    /// materials. Normals point from body B to body A, so that an impulse j n acts on A and -j n on B.
    /// </summary>
    internal sealed class ManifoldKernel
    {
        public readonly KernelBuilder Builder;
        public readonly ManifoldSignature Signature;
        public readonly RigidState A, B;
        public readonly RigidMass MassA, MassB;
        public readonly Real3 AccelerationA, AccelerationB;
        public readonly Real Substep;
        private readonly TracedCollider shapeA, shapeB;
        private readonly Real[] feature;

        public ManifoldKernel(KernelBuilder builder, ManifoldSignature signature)
        {
            Builder = builder;
            Signature = signature;
            A = new RigidState(builder.Gather("endA", "a", RigidState.Size));
            B = new RigidState(builder.Gather("endB", "b", RigidState.Size));
            MassA = new RigidMass(builder.Gather("massA", "a", RigidMass.Size), builder.Gather("mobilityA", "a"));
            MassB = new RigidMass(builder.Gather("massB", "b", RigidMass.Size), builder.Gather("mobilityB", "b"));
            AccelerationA = new Real3(builder.Gather("accelerationA", "a", 3), 0);
            AccelerationB = new Real3(builder.Gather("accelerationB", "b", 3), 0);
            shapeA = new TracedCollider(builder.Gather("shapeA", "shapeOfA", TracedCollider.Size));
            shapeB = new TracedCollider(builder.Gather("shapeB", "shapeOfB", TracedCollider.Size));
            feature = builder.Gather("features", "feature", TracedContact.FeatureSize * signature.Points);
            Substep = builder.Gather(BodyBuffers.Substep, "world");
            builder.Constant("features", "mobilityA", "mobilityB");
        }

        public int Points => Signature.Points;

        /// <summary>What the materials of the pair make together, by the combination rules.</summary>
        public PairMaterial Material(MaterialRules rules) => new PairMaterial(
            Builder.Gather("materialA", "shapeOfA", PairMaterial.Size), Builder.Gather("materialB", "shapeOfB", PairMaterial.Size), rules);

        /// <summary>Gap, normal and point of a feature when the bodies are in the given states.</summary>
        public TracedContact Contact(int point, RigidState a, RigidState b)
        {
            int start = TracedContact.FeatureSize * point;
            ContactFormula formula = Signature.Formula(point);
            return Signature.Swapped(point)
                ? TracedContact.Evaluate(formula, feature, start, b, shapeB, a, shapeA).Reversed
                : TracedContact.Evaluate(formula, feature, start, a, shapeA, b, shapeB);
        }

        /// <summary>Both bodies at a time of the substep, 0 to h, back along their flight from its end.</summary>
        public (RigidState a, RigidState b) At(Real time) =>
            (A.Fly(MassA, AccelerationA, time - Substep), B.Fly(MassB, AccelerationB, time - Substep));

        /// <summary>The speed at which the bodies part: n . (v_A - v_B) at the contact point.</summary>
        public static Real OpeningSpeed(TracedContact contact, RigidState a, RigidState b) =>
            Real3.Dot(contact.Normal, a.VelocityAt(contact.Point) - b.VelocityAt(contact.Point));
    }
}
