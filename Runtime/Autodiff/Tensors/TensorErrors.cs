using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>Texts of the errors of tensors: what is wrong, with names, and what to do.</summary>
    internal static class TensorErrors
    {
        internal static Exception Undefined(string operation) => new InvalidOperationException(
            $"{operation}: the tensor is undefined (default). Make tensors with a TensorTape, for example tape.Scalar(2.0) or tape.Vector(data).");

        internal static Exception NoTape(string operation) => new InvalidOperationException(
            $"{operation}: all operands are plain numbers, which belong to no tape. Put one of them on a tape with tape.Scalar(value), or use Math.");

        internal static Exception Stale(TensorTape tape, string operation) => new InvalidOperationException(
            $"{operation}: the tensor belongs to a recording of tape '{tape.Name}' that has been closed, so its memory is in use for something else. " +
            "Use it inside its using (tape.Recording()) scope, or make it before the scope opens.");

        internal static Exception OtherTape(TensorTape tape, TensorTape other, string operation) => new InvalidOperationException(
            $"{operation}: the tensors belong to different tapes ('{tape.Name}' and '{other.Name}'), and no gradient can cross from one to the other. " +
            "Make both on one tape, or copy the data: tape.Create(x.Data, x.Shape).");

        internal static Exception Broadcast(TensorShape a, TensorShape b, string operation) => new ArgumentException(
            $"{operation}: shapes {a} and {b} do not broadcast. Aligned from the last axis, extents must be equal or one of them 1; " +
            "use Reshape to line the axes up.");

        internal static Exception SecondBackward(TensorTape tape, int node) => new InvalidOperationException(
            $"Backward passed {tape.Describe(node)} a second time, but that part of the recording was released by the first pass. " +
            "Pass retainGraph: true to the first Backward() if the graph is needed again, or record it anew.");

        internal static Exception NeedsSeed(TensorTape tape, int node) => new InvalidOperationException(
            $"Backward() without a seed starts from a scalar, but {tape.Describe(node)} has shape {tape.ShapeOf(node)}. " +
            "Reduce it first (Sum, Mean), or pass Backward(seed) with a seed of the same shape.");

        internal static Exception SeedShape(TensorTape tape, int node, TensorShape seed) => new ArgumentException(
            $"The seed has shape {seed}, but {tape.Describe(node)} has shape {tape.ShapeOf(node)}: they must be equal.");

        internal static Exception NoGradient(TensorTape tape, int node) => new InvalidOperationException(
            $"{tape.Describe(node)} requires no gradient, so there is nothing to sweep: no tensor made with requiresGrad: true has a recorded path to it. " +
            "A NoGrad scope, Detach() and comparisons cut the path.");

        internal static Exception Overwritten(TensorTape tape, int value, int reader) => new InvalidOperationException(
            $"The adjoint of {tape.Describe(reader)} needs the value that {tape.Describe(value)} had, but it was modified in place after the operation was recorded. " +
            "Call Backward() before modifying it, or modify a copy (Detach()).");

        internal static Exception ReadTooLate(TensorTape tape, int value, int reader) => new InvalidOperationException(
            $"{tape.Describe(reader)} was put off until read (see FuseFrom), but {tape.Describe(value)}, which it is computed from, was modified in place first. " +
            "Read the result (Data, Sum, ...) before modifying its operands, or set FuseFrom = int.MaxValue.");

        internal static Exception GradNotRequired(TensorTape tape, int node) => new InvalidOperationException(
            $"{tape.Describe(node)} requires no gradient, so it has none. Make it with requiresGrad: true.");

        internal static Exception GradNotRetained(TensorTape tape, int node) => new InvalidOperationException(
            $"{tape.Describe(node)} is not a leaf, and gradients are kept for leaves only. Call RetainGrad() on it before Backward().");

        internal static Exception GradBeforeBackward(TensorTape tape, int node) => new InvalidOperationException(
            $"{tape.Describe(node)} has no gradient yet: no Backward() has run since it was made or its gradient zeroed.");

        internal static Exception GradNotReached(TensorTape tape, int node, string loss) => new InvalidOperationException(
            $"{tape.Describe(node)} has no gradient: the last loss, {loss}, does not depend on it. This is not a gradient of zero, which would be a dependence whose slope is zero here. " +
            "Either the tensor is never used, or every path passes a Detach(), a NoGrad scope or a comparison. Test HasGrad first if that is meant.");

        internal static Exception Unused(TensorTape tape, int node, int input, int output) => new InvalidOperationException(
            $"Input {input}, {tape.Describe(node)}, is not used by {tape.Describe(output)}: the output does not depend on it, so it has no gradient (which is not the same as a gradient of zero). " +
            "Pass allowUnused: true if that is meant; its gradient is then filled with zeros.");

        internal static Exception NotFinite(TensorTape tape, int node, int element, double value) => new NotFiniteNumberException(
            $"{value} first appeared in {tape.Describe(node)}, {tape.Element(node, element)}{tape.OperandText(node, element)}.{tape.Site(node)}", value);

        internal static Exception AdjointNotFinite(TensorTape tape, int node, int operand, int element, double value) => new NotFiniteNumberException(
            $"{value} first appeared in the backward sweep: the adjoint of {tape.Describe(node)} gave it to {tape.Describe(operand)}, {tape.Element(operand, element)}.{tape.Site(node)}", value);
    }
}
