using System;

namespace DiffPhysics.Physics
{
    /// <summary>A body would move to where no number is.</summary>
    internal sealed class DivergenceException : Exception
    {
        public DivergenceException(int body, Pose pose)
        {
            Body = body;
            Pose = pose;
        }

        public int Body { get; }

        public Pose Pose { get; }
    }
}
