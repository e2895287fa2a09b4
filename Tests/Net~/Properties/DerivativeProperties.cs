using System;
using System.Linq;
using CsCheck;
using DiffPhysics.Autodiff;
using DiffPhysics.Autodiff.Tests;
using NUnit.Framework;

namespace DiffPhysics.Net.Tests;

/// <summary>What holds between derivatives of any formula, whatever its values.</summary>
public sealed class DerivativeProperties
{
    const double Tolerance = 1e-12;

    static readonly Gen<double> Number = Gen.Double[-1.5, 1.5];

    static readonly Gen<Recipe> Recipes = Recipe.Of(Ingredient.Smooth, Number, Number.Array[0, 3], longest: 16);

    static readonly Gen<double[]> Direction = Gen.Double[-1, 1].Array[8];

    // <J v, w> = <v, J' w>
    [Test]
    public void Adjoint_is_the_transpose_of_the_tangent()
    {
        Gen.Select(Recipes, Direction, Direction).Sample((recipe, directionIn, directionOut) =>
        {
            TracedFunction f = recipe.Trace();
            double[] v = directionIn[..f.InputCount], w = directionOut[..f.Outputs.Count];
            double[] tangent = GraphEvaluator.Evaluate(Derivatives.Tangent(f), [.. recipe.Inputs, .. v])[f.Outputs.Count..];
            double[] adjoint = GraphEvaluator.Evaluate(Derivatives.Adjoint(f), [.. recipe.Inputs, .. w]);
            return Close(Terms(tangent, w), Terms(v, adjoint));
        }, iter: 1_000);
    }

    // For one output: <u, H v> = <v, H u>, with H v from the tangent of the adjoint.
    [Test]
    public void Second_derivatives_are_symmetric()
    {
        Gen.Select(Recipes, Direction, Direction).Sample((recipe, first, second) =>
        {
            TracedFunction f = (recipe with { Outputs = 1 }).Trace();
            TracedFunction hessian = Derivatives.Tangent(Derivatives.Adjoint(f));
            double[] u = first[..f.InputCount], v = second[..f.InputCount];
            return Close(Terms(u, Product(hessian, recipe.Inputs, v)), Terms(v, Product(hessian, recipe.Inputs, u)));
        }, iter: 1_000);
    }

    // d f(x + t v) / dt by central differences of fourth order.
    [Test]
    public void Tangent_is_the_limit_of_differences()
    {
        const double h = 1e-3;
        Gen.Select(Recipes, Direction).Sample((recipe, direction) =>
        {
            double[] v = direction[..recipe.Inputs.Length];
            double[] At(double t) => (recipe with { Inputs = recipe.Inputs.Zip(v, (x, d) => x + t * d).ToArray() }).Compute();
            double[] a = At(-2 * h), b = At(-h), c = At(h), d = At(2 * h);
            double[] tangent = GraphEvaluator.Evaluate(Derivatives.Tangent(recipe.Trace()), [.. recipe.Inputs, .. v])[recipe.Outputs..];
            return tangent.Select((exact, k) => Math.Abs(exact - ((a[k] - d[k]) + 8 * (c[k] - b[k])) / (12 * h)) <= 1e-5 * (1 + Math.Abs(exact))).All(close => close);
        }, iter: 1_000);
    }

    // The inputs of the tangent of the adjoint: x, cotangent, their tangents; its outputs: the gradient, then H v.
    static double[] Product(TracedFunction hessian, double[] x, double[] v) =>
        GraphEvaluator.Evaluate(hessian, [.. x, 1, .. v, 0])[x.Length..];

    static double[] Terms(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).ToArray();

    static bool Close(double[] terms, double[] others) =>
        Math.Abs(terms.Sum() - others.Sum()) <= Tolerance * (1 + terms.Sum(Math.Abs) + others.Sum(Math.Abs));
}
