namespace DiffPhysics.Physics
{
    /// <summary>
    /// Volume, first and second moments of a solid from the triangles of its surface: each triangle spans a signed
    /// tetrahedron with a common apex. For a tetrahedron with corners o, a, b, c relative to o and volume
    /// V = a.(b x c) / 6: integral of r = V (a + b + c) / 4 and
    /// integral of r r^T = V / 20 (a a^T + b b^T + c c^T + s s^T) with s = a + b + c.
    /// Source of the second moment: F. Tonon, "Explicit exact formulas for the 3-D tetrahedron inertia tensor" (2004).
    /// </summary>
    internal struct SolidMoments
    {
        private readonly Double3 apex;
        private double volume;
        private Double3 first;
        private Double3x3 second;

        /// <summary>An apex near the solid keeps rounding small; the result does not depend on it.</summary>
        public SolidMoments(Double3 apex)
        {
            this.apex = apex;
            volume = 0;
            first = default;
            second = default;
        }

        public double Volume => volume;

        /// <summary>Adds a triangle whose corners run counter-clockwise seen from outside.</summary>
        public void AddTriangle(Double3 p, Double3 q, Double3 r)
        {
            Double3 a = p - apex;
            Double3 b = q - apex;
            Double3 c = r - apex;
            Double3 s = a + b + c;
            double v = Double3.Dot(a, Double3.Cross(b, c)) / 6;
            volume += v;
            first += s * (v / 4);
            second += (Double3x3.Outer(a, a) + Double3x3.Outer(b, b) + Double3x3.Outer(c, c) + Double3x3.Outer(s, s)) * (v / 20);
        }

        public MassProperties MassProperties()
        {
            MassProperties atApex = Physics.MassProperties.FromMoments(volume, first, second);
            return new MassProperties(atApex.Volume, atApex.Mass, atApex.CentreOfMass + apex, atApex.Inertia);
        }
    }
}
