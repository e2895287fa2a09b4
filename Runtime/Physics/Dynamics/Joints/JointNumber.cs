namespace DiffPhysics.Physics
{
    /// <summary>
    /// The numbers of a joint's axis, in the order in which they lie in <see cref="World.JointNumbers"/>. Along a line: metres, newtons;
    /// about one: radians, newton metres.
    /// </summary>
    public enum JointNumber
    {
        /// <summary>Least coordinate.</summary>
        Lower,

        /// <summary>Greatest coordinate.</summary>
        Upper,

        /// <summary>Stiffness of the spring, in N/m or N m/rad. A locked axis is rigid without it.</summary>
        Stiffness,

        /// <summary>Damping of the spring, in N s/m or N m s/rad.</summary>
        Damping,

        /// <summary>Coordinate at which the spring is at rest; the coordinate that a locked axis is held at.</summary>
        Rest,

        /// <summary>Stiffness of the drive towards its target, in N/m or N m/rad.</summary>
        DriveStiffness,

        /// <summary>Gain of the drive on the difference of speeds, in N s/m or N m s/rad.</summary>
        DriveDamping,

        /// <summary>Coordinate that the drive goes to.</summary>
        Target,

        /// <summary>Speed that the drive goes to.</summary>
        TargetSpeed,

        /// <summary>Force or torque that the drive adds.</summary>
        DriveForce,

        /// <summary>Greatest force or torque of the drive.</summary>
        MaxForce,

        /// <summary>Dry friction, the greatest force or torque that it resists with.</summary>
        Friction,

        /// <summary>Inertia of a rotor about the axis, in kg m^2, or a mass along it, in kg.</summary>
        Armature,

        /// <summary>Frequency of a softened axis, in hertz: its stiffness is m (2 pi f)^2 with m its effective mass.</summary>
        Frequency,

        /// <summary>Damping ratio of a softened axis: its damping is 2 ratio m (2 pi f).</summary>
        DampingRatio,
    }
}
