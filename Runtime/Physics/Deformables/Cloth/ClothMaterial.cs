namespace DiffPhysics.Physics
{
    /// <summary>What a cloth is made of. Each number may be one for all, or one for each triangle or hinge.</summary>
    public sealed class ClothMaterial
    {
        /// <summary>Mass of a square metre, in kilograms.</summary>
        public ElementValues Density { get; set; } = 0.2;

        /// <summary>Stiffness along the warp, in N/m.</summary>
        public ElementValues WarpStiffness { get; set; } = 500;

        /// <summary>Stiffness across the warp, in N/m.</summary>
        public ElementValues WeftStiffness { get; set; } = 500;

        /// <summary>Stiffness against shear, in N/m; half the others' makes a cloth that is alike in all directions.</summary>
        public ElementValues ShearStiffness { get; set; } = 250;

        /// <summary>Stiffness against change of area, in N/m; 0 for all leaves it out.</summary>
        public ElementValues AreaStiffness { get; set; } = 0;

        /// <summary>Damping as a time, in seconds, that multiplies the stiffnesses; 0 for all leaves it out.</summary>
        public ElementValues Damping { get; set; } = 0.002;

        /// <summary>Bending rigidity in N m; 0 for all leaves it out. One for each hinge of <see cref="TriangleMesh.Hinges"/>, or one for all.</summary>
        public ElementValues BendingStiffness { get; set; } = 2e-5;

        /// <summary>Damping of bending, as a time in seconds that multiplies the rigidity.</summary>
        public ElementValues BendingDamping { get; set; } = 0;

        /// <summary>Drag coefficient of air; with <see cref="Lift"/> 0 for all, air is left out.</summary>
        public ElementValues Drag { get; set; } = 0;

        /// <summary>Lift coefficient of air.</summary>
        public ElementValues Lift { get; set; } = 0;

        /// <summary>Density of air, in kilograms per cubic metre.</summary>
        public ElementValues AirDensity { get; set; } = 1.2;

        /// <summary>Velocity of the air, in metres per second.</summary>
        public ElementValues Wind { get; set; } = Double3.Zero;

        /// <summary>Direction of the warp, in the frame of the mesh.</summary>
        public Double3 Warp { get; set; } = Double3.UnitX;
    }
}
