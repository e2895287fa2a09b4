using System;
using System.Linq;
using CsCheck;
using DiffPhysics.Autodiff;
using DiffPhysics.Autodiff.Tests;
using NUnit.Framework;

namespace DiffPhysics.Net.Tests;

/// <summary>The derivatives of a selection are those of the branch it takes, whatever stands in the other: inf and NaN too.</summary>
public sealed class BranchProperties
{
    static readonly double[] Poison = [0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue];

    static readonly Gen<double> Number = Gen.Double[-1.5, 1.5];

    // The sound branch reads the inputs; the poisoned one reads the inputs and numbers of the sound one, and shares them.
    static readonly Gen<(Recipe Sound, Recipe Poisoned, bool Opposite)> Branches = Gen.Select(
        Recipe.Of(Ingredient.Smooth, Number, Number.Array[0, 3], longest: 8),
        Recipe.Of(Ingredient.Basic, Number, Gen.OneOf(Gen.OneOfConst(Poison), Number).Array[1, 4], longest: 8),
        Gen.Bool);

    [Test]
    public void Only_the_branch_taken_counts()
    {
        Branches.Sample((sound, poisoned, opposite) =>
        {
            TracedFunction alone = TracedFunction.Trace(sound.Inputs.Length, x => [Sum(sound.Trace(x))]);
            TracedFunction mixed = TracedFunction.Trace(sound.Inputs.Length, x =>
            {
                Real[] taken = sound.Trace(x);
                Real y = Sum(taken), trap = Sum(poisoned.Trace([.. x, .. taken])) + Real.Sqrt(taken[0] - taken[0]) / 0;
                Bool never = x[0] > 100;
                return [opposite ? Real.Select(!never, y, trap) : Real.Select(never, trap, y)];
            });
            int n = sound.Inputs.Length;
            double[] seeded = [.. sound.Inputs, 1], direction = sound.Inputs.Select(x => 0.5 - x).ToArray();
            double[] moved = [.. seeded, .. direction, 0];
            TracedFunction first = Derivatives.Adjoint(alone), other = Derivatives.Adjoint(mixed);
            return Close(first, other, seeded) && Close(Derivatives.Tangent(alone), Derivatives.Tangent(mixed), [.. sound.Inputs, .. direction])
                && Close(Derivatives.Tangent(first), Derivatives.Tangent(other), moved);
        }, iter: 3_000);
    }

    static Real Sum(Real[] x) => x.Aggregate((a, b) => a + b);

    static bool Close(TracedFunction f, TracedFunction g, double[] x) => GraphEvaluator.Evaluate(f, x)
        .Zip(GraphEvaluator.Evaluate(g, x), (a, b) => Math.Abs(a - b) <= 1e-11 * (1 + Math.Abs(a))).All(close => close);
}
