using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>A tape refuses to give a gradient that would be wrong; the message names operation, frame and buffer, and what to do.</summary>
    public sealed class TapeException : InvalidOperationException
    {
        /// <summary>A refusal with a reason.</summary>
        public TapeException(string message, Exception inner = null) : base(message, inner)
        {
        }
    }
}
