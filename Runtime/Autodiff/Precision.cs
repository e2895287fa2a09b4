namespace DiffPhysics.Autodiff
{
    /// <summary>The number format that a kernel is compiled for or a buffer holds: float to run, double to verify.</summary>
    public enum Precision : byte
    {
        /// <summary>IEEE 754 binary32.</summary>
        Float,
        /// <summary>IEEE 754 binary64.</summary>
        Double,
    }

    /// <summary>What follows from a precision.</summary>
    public static class PrecisionInfo
    {
        /// <summary>Bytes of one number.</summary>
        public static int Size(this Precision precision) => precision == Precision.Float ? sizeof(float) : sizeof(double);
    }
}
