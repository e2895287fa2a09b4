namespace DiffPhysics.Physics
{
    /// <summary>
    /// Which axes an impact is solved along: a normal at each point, two tangents for slip, and the normal as an axis of rotation: the twist
    /// of several points, or the spin of one that resists it.
    /// </summary>
    internal readonly struct ImpactLayout
    {
        public readonly int Points;
        public readonly bool Resists;

        public ImpactLayout(int points, bool resists)
        {
            Points = points;
            Resists = resists;
        }

        /// <summary>Whether friction resists the twist about the normal too, within one limit with slip: several points have levers.</summary>
        public bool Twists => Points > 1;

        /// <summary>Whether spin about the normal has a limit of its own, by torsional friction: a single point has no lever.</summary>
        public bool Spins => Resists && !Twists;

        /// <summary>Axes along which the points move: normals and two tangents.</summary>
        public int LinearAxes => Points + 2;

        /// <summary>Axes that share the limit of friction: two tangents, and the twist where there is one.</summary>
        public int SlipAxes => Twists ? 3 : 2;

        /// <summary>The axis of rotation about the normal, where there is one.</summary>
        public int Spin => Points + 2;

        public int Axes => LinearAxes + (Twists || Resists ? 1 : 0);
    }
}
