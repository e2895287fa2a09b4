using System;

namespace DiffPhysics.Physics
{
    /// <summary>What a rigid body inherits from its shape and density.</summary>
    public readonly struct MassProperties
    {
        /// <summary>In cubic metres.</summary>
        public readonly double Volume;

        /// <summary>In kg.</summary>
        public readonly double Mass;

        /// <summary>In the shape's frame, in metres.</summary>
        public readonly Double3 CentreOfMass;

        /// <summary>Inertia tensor about the centre of mass, along the axes of the shape's frame, in kg m^2.</summary>
        public readonly Double3x3 Inertia;

        /// <summary>Properties with the given values.</summary>
        public MassProperties(double volume, double mass, Double3 centreOfMass, Double3x3 inertia)
        {
            Volume = volume;
            Mass = mass;
            CentreOfMass = centreOfMass;
            Inertia = inertia;
        }

        /// <summary>The same body with <paramref name="factor"/> times the density.</summary>
        public MassProperties Scaled(double factor) => new MassProperties(Volume, Mass * factor, CentreOfMass, Inertia * factor);

        /// <summary>The same body seen from an outer frame.</summary>
        public MassProperties Transformed(Pose outerFromInner) => new MassProperties(
            Volume, Mass, outerFromInner.TransformPoint(CentreOfMass), Double3x3.Rotate(outerFromInner.Rotation, Inertia));

        /// <summary>Both bodies as one: masses add, and inertias add once carried to the common centre of mass.</summary>
        public static MassProperties Combine(MassProperties a, MassProperties b)
        {
            double mass = a.Mass + b.Mass;
            Double3 centre = (a.CentreOfMass * a.Mass + b.CentreOfMass * b.Mass) / mass;
            Double3x3 inertia = a.Inertia + PointMass(a.Mass, a.CentreOfMass - centre) + b.Inertia + PointMass(b.Mass, b.CentreOfMass - centre);
            return new MassProperties(a.Volume + b.Volume, mass, centre, inertia);
        }

        /// <summary>Inertia of a point mass about the origin, m (|r|^2 1 - r r^T): the term of the parallel axis theorem (Huygens and Steiner).</summary>
        public static Double3x3 PointMass(double mass, Double3 r) => (Double3x3.Diagonal(new Double3(r.LengthSquared)) - Double3x3.Outer(r, r)) * mass;

        /// <summary>
        /// Properties from moments of the density: mass, the integral of r and the integral of r r^T.
        /// The inertia about the origin is tr(C) 1 - C with C the second moment.
        /// </summary>
        internal static MassProperties FromMoments(double volume, Double3 first, Double3x3 second)
        {
            Double3 centre = first / volume;
            Double3x3 central = second - Double3x3.Outer(centre, centre) * volume;
            return new MassProperties(volume, volume, centre, Double3x3.Diagonal(new Double3(central.Trace)) - central);
        }
    }
}
