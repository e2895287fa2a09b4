using System;

namespace DiffPhysics.Physics
{
    /// <summary>Coordinates of a joint with six degrees that are free.</summary>
    [Flags]
    public enum JointFreedom
    {
        /// <summary>None.</summary>
        None = 0,

        /// <summary>Displacement along x.</summary>
        X = 1,

        /// <summary>Displacement along y.</summary>
        Y = 2,

        /// <summary>Displacement along z.</summary>
        Z = 4,

        /// <summary>Turn about x.</summary>
        Twist = 8,

        /// <summary>Turn about y.</summary>
        SwingY = 16,

        /// <summary>Turn about z.</summary>
        SwingZ = 32,
    }
}
