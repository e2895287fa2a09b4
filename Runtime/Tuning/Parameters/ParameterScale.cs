namespace DiffPhysics.Tuning
{
    /// <summary>How a parameter is measured inside an optimiser.</summary>
    public enum ParameterScale
    {
        /// <summary>Equal differences count equally: positions, velocities, angles.</summary>
        Linear,

        /// <summary>Equal ratios count equally: masses, stiffnesses, damping. The value stays positive.</summary>
        Logarithmic,
    }
}
