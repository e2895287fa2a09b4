using System;

namespace DiffPhysics.Physics
{
    /// <summary>A simulation has come to numbers that are none: which body or particle did in which frame, and why.</summary>
    public sealed class DivergenceException : InvalidOperationException
    {
        internal DivergenceException(int frame, string body, int world, bool manyWorlds, string cause)
            : this($"body '{body}'", frame, body, world, manyWorlds, cause)
        {
        }

        internal DivergenceException(int frame, int particle, int world, bool manyWorlds, string cause)
            : this("particle " + particle, frame, "particle " + particle, world, manyWorlds, cause)
        {
        }

        private DivergenceException(string what, int frame, string body, int world, bool manyWorlds, string cause)
            : base($"The simulation diverged in frame {frame}: {what}{(manyWorlds ? $" of world {world}" : "")} {cause}.")
        {
            Frame = frame;
            Body = body;
            World = world;
            Cause = cause;
        }

        /// <summary>The step that failed, counted from 0; of particles, the one after which it was seen.</summary>
        public int Frame { get; }

        /// <summary>Name of the body, or "particle" and its number.</summary>
        public string Body { get; }

        /// <summary>Which of the worlds.</summary>
        public int World { get; }

        /// <summary>What was not finite, and what to look for.</summary>
        public string Cause { get; }
    }

    /// <summary>The element of a body that has come to numbers that are none.</summary>
    internal sealed class NotFiniteException : Exception
    {
        public NotFiniteException(int element, string cause)
            : base(cause) => Element = element;

        public int Element { get; }
    }
}
