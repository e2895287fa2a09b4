using System;
using System.Linq;
using CsCheck;
using DiffPhysics.Autodiff;
using DiffPhysics.Autodiff.Tests;
using NUnit.Framework;

namespace DiffPhysics.Net.Tests;

/// <summary>Tracing, with its folding and identities, changes no bit of any value.</summary>
public sealed class GraphProperties
{
    static readonly double[] Special = [0, -0.0, 1, -1, 2, 0.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue];

    static readonly Gen<double> Number = Gen.OneOf(Gen.OneOfConst(Special), Gen.Double[-3, 3]);

    static readonly Gen<Recipe> Recipes = Recipe.Of(Ingredient.Basic, Number, Number.Array[0, 3], longest: 12);

    [Test]
    public void Traced_formulas_have_the_value_of_plain_arithmetic()
    {
        Recipes.Sample(recipe => SameBits(GraphEvaluator.Evaluate(recipe.Trace(), recipe.Inputs), recipe.Compute()), iter: 20_000);
    }

    [Test]
    public void Removing_dead_code_changes_no_value()
    {
        Recipes.Sample(recipe =>
        {
            TracedFunction traced = recipe.Trace();
            TracedFunction live = traced.WithoutDeadCode();
            return live.Graph.Count <= traced.Graph.Count
                && SameBits(GraphEvaluator.Evaluate(live, recipe.Inputs), GraphEvaluator.Evaluate(traced, recipe.Inputs));
        }, iter: 5_000);
    }

    [Test]
    public void Tracing_again_adds_no_node()
    {
        Recipes.Sample(recipe =>
        {
            TracedFunction once = recipe.Trace();
            TracedFunction twice = TracedFunction.Trace(recipe.Inputs.Length, inputs => [.. recipe.Trace(inputs), .. recipe.Trace(inputs)]);
            return once.Graph.Count == twice.Graph.Count
                && twice.Outputs.Take(recipe.Outputs).SequenceEqual(twice.Outputs.Skip(recipe.Outputs));
        }, iter: 2_000);
    }

    static bool SameBits(double[] a, double[] b) =>
        a.Zip(b).All(pair => BitConverter.DoubleToInt64Bits(pair.First) == BitConverter.DoubleToInt64Bits(pair.Second)
            || (double.IsNaN(pair.First) && double.IsNaN(pair.Second)));
}
