using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Which axes a lasting manifold is solved along: a normal at each point, two tangents for slip, the normal as an axis of rotation
    /// (the twist of several points, or the spin of one that resists turning), and, where it resists turning, the tangents (roll) as axes
    /// of rotation. Kernels of the solver are traced once for each layout.
    /// </summary>
    internal readonly struct LastingLayout : IEquatable<LastingLayout>
    {
        /// <summary>Number of layouts.</summary>
        public const int Count = 4 * ManifoldSignature.MaxPoints;

        public readonly int Points;
        public readonly bool Resists, IsSoft;

        public LastingLayout(int points, bool resists, bool isSoft)
        {
            Points = points;
            Resists = resists;
            IsSoft = isSoft;
        }

        /// <summary>Position among all layouts.</summary>
        public int Number => Points - 1 + ManifoldSignature.MaxPoints * ((Resists ? 1 : 0) + (IsSoft ? 2 : 0));

        /// <summary>Whether friction resists the twist about the normal too: several points have levers about their centre.</summary>
        public bool Twists => Points > 1;

        /// <summary>Axes along which the points move: normals and two tangents.</summary>
        public int LinearAxes => Points + 2;

        public int Axes => LinearAxes + (Resists ? 3 : Twists ? 1 : 0);

        /// <summary>First axis of slip, and so the number of normals.</summary>
        public int Slip => Points;

        /// <summary>Axes that share the limit of friction: two tangents, and the twist where there is one.</summary>
        public int SlipAxes => Twists ? 3 : 2;

        /// <summary>The axis of rotation about the normal: the twist, or the spin of a single point.</summary>
        public int Spin => Points + 2;

        /// <summary>First axis of roll.</summary>
        public int Roll => Points + 3;

        /// <summary>Groups of axes with a limit of their own: slip, spin, roll.</summary>
        public int Groups => Resists ? 3 : 1;

        public bool Equals(LastingLayout other) => Number == other.Number;

        public override bool Equals(object obj) => obj is LastingLayout other && Equals(other);

        public override int GetHashCode() => Number;
    }
}
