using System;

namespace DiffPhysics.Kinematics
{
    /// <summary>A skeleton, or a file that describes one, breaks a rule; the message names the joint, the line and the rule.</summary>
    public sealed class SkeletonException : Exception
    {
        /// <summary>An error at a joint (null if it concerns none) and a line of a file (0 if it came from code).</summary>
        public SkeletonException(string message, string joint = null, int line = 0, Exception inner = null)
            : base(line > 0 ? $"Line {line}: {message}" : message, inner)
        {
            Joint = joint;
            Line = line;
        }

        /// <summary>The joint at fault, or null.</summary>
        public string Joint { get; }

        /// <summary>The line of the file, from 1, or 0.</summary>
        public int Line { get; }
    }
}
