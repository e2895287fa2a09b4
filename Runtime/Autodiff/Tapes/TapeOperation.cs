using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// An operation on whole buffers that is not a kernel, with an adjoint of its own: a linear solve, a matrix product, or whatever a
    /// user adds by deriving from this class.
    /// </summary>
    public abstract class TapeOperation
    {
        /// <summary>What error messages call the operation.</summary>
        public abstract string Name { get; }

        /// <summary>The buffers that the operation, or its adjoint, reads. None of them is written.</summary>
        public abstract IReadOnlyList<Buffer> Reads { get; }

        /// <summary>The buffers that the operation overwrites as a whole. The adjoint may read what was written.</summary>
        public abstract IReadOnlyList<Buffer> Writes { get; }

        /// <summary>
        /// Whether the adjoint reads the numbers of a buffer among <see cref="Reads"/> or <see cref="Writes"/>, which are kept for it then; so for
        /// all, unless overridden.
        /// </summary>
        /// <param name="buffer">The buffer.</param>
        public virtual bool AdjointReads(Buffer buffer) => true;

        /// <summary>Reads <see cref="Reads"/> and overwrites <see cref="Writes"/>; the same bits each time it is called on the same numbers.</summary>
        public abstract void Forward();

        /// <summary>As <see cref="Forward"/>, where no sweep will follow: what it would keep for one need not be kept.</summary>
        internal virtual void ForwardUnrecorded() => Forward();

        /// <summary>
        /// Adds to the cotangents of <see cref="Reads"/> what follows from those of <see cref="Writes"/>, which the tape sets to zero
        /// afterwards. Values are as they were when <see cref="Forward"/> returned, those that <see cref="AdjointReads"/> names.
        /// </summary>
        /// <param name="adjointOf">
        /// The cotangents of a buffer that the operation reads or writes. They have the buffer's shape, except that they may have more
        /// worlds, whose numbers count as zero and need no heed.
        /// </param>
        public abstract void Backward(Func<Buffer, Buffer> adjointOf);

        /// <summary>
        /// Overwrites the tangents of <see cref="Writes"/> by what follows from those of <see cref="Reads"/>; called after
        /// <see cref="Forward"/>. Needed for forward mode only.
        /// </summary>
        /// <param name="tangentOf">The tangents of a buffer that the operation reads or writes, in its shape.</param>
        /// <exception cref="NotSupportedException">The operation has no tangent.</exception>
        public virtual void Tangent(Func<Buffer, Buffer> tangentOf) =>
            throw new NotSupportedException($"{this} has no tangent; override {nameof(TapeOperation)}.{nameof(Tangent)} to run it in forward mode.");

        /// <summary>
        /// The adjoint of <see cref="Tangent"/>: adds to the cotangents of <see cref="Reads"/>, of their tangents, and of <see cref="Writes"/> where the
        /// tangent reads those, what follows from the cotangents of the tangents of <see cref="Writes"/>. Needed for Hessians only. An operation that is linear
        /// in all that it reads hands on to <see cref="Backward"/>: <c>Backward(buffer => adjointOf(tangentOf(buffer)))</c>.
        /// </summary>
        /// <param name="tangentOf">The tangents of a buffer that the operation reads or writes.</param>
        /// <param name="adjointOf">The cotangents of such a buffer, or of its tangents.</param>
        /// <exception cref="NotSupportedException">The operation has no second derivative.</exception>
        public virtual void TangentBackward(Func<Buffer, Buffer> tangentOf, Func<Buffer, Buffer> adjointOf) =>
            throw new NotSupportedException($"{this} has no second derivative; override {nameof(TapeOperation)}.{nameof(TangentBackward)} to have it in a Hessian.");

        /// <summary>
        /// About how many arithmetic operations <see cref="Forward"/> takes, if it, <see cref="Backward"/> and their like may be called on another thread
        /// while operations on other buffers run: they then change nothing but the buffers named and what belongs to this object alone. 0, unless
        /// overridden: the operation runs by itself.
        /// </summary>
        public virtual long ParallelWork => 0;

        /// <inheritdoc/>
        public override string ToString() => $"operation '{Name}'";
    }
}
