using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Net.Tests;

/// <summary>One operation that a recipe may use: on traced numbers, and independently of them on plain ones.</summary>
sealed record Ingredient(string Name, Func<Real, Real, Real, Real> Trace, Func<double, double, double, double> Compute)
{
    /// <summary>Those that every executor works out itself, on any numbers.</summary>
    public static readonly Ingredient[] Basic =
    [
        new("a + b", (a, b, c) => a + b, (a, b, c) => a + b),
        new("a - b", (a, b, c) => a - b, (a, b, c) => a - b),
        new("a b", (a, b, c) => a * b, (a, b, c) => a * b),
        new("a / b", (a, b, c) => a / b, (a, b, c) => a / b),
        new("-a", (a, b, c) => -a, (a, b, c) => -a),
        new("fma", (a, b, c) => Real.FusedMultiplyAdd(a, b, c), Math.FusedMultiplyAdd),
        new("sqrt", (a, b, c) => Real.Sqrt(a), (a, b, c) => Math.Sqrt(a)),
        new("abs", (a, b, c) => Real.Abs(a), (a, b, c) => Math.Abs(a)),
        new("floor", (a, b, c) => Real.Floor(a), (a, b, c) => Math.Floor(a)),
        new("a < b ? b : c", (a, b, c) => Real.Select(a < b, b, c), (a, b, c) => a < b ? b : c),
        new("a <= b & !(b == c) ? c : a", (a, b, c) => Real.Select(a <= b & !(b == c), c, a), (a, b, c) => a <= b && !(b == c) ? c : a),
        new("a > b | b >= c ? a : c", (a, b, c) => Real.Select(a > b | b >= c, a, c), (a, b, c) => a > b || b >= c ? a : c),
    ];

    /// <summary>Smooth everywhere and tame, so that a long chain stays well conditioned.</summary>
    public static readonly Ingredient[] Smooth =
    [
        new("(a + b) / 2", (a, b, c) => (a + b) * 0.5, (a, b, c) => (a + b) * 0.5),
        new("sin(a) b", (a, b, c) => Real.Sin(a) * b, (a, b, c) => Math.Sin(a) * b),
        new("cos(a - b)", (a, b, c) => Real.Cos(a - b), (a, b, c) => Math.Cos(a - b)),
        new("a / sqrt(1 + b b)", (a, b, c) => a / Real.Sqrt(1 + b * b), (a, b, c) => a / Math.Sqrt(1 + b * b)),
        new("tanh(a) + c / 3", (a, b, c) => Real.Tanh(a) + c / 3, (a, b, c) => Math.Tanh(a) + c / 3),
        new("atan2(a, 1 + b b)", (a, b, c) => Real.Atan2(a, 1 + b * b), (a, b, c) => Math.Atan2(a, 1 + b * b)),
        new("log(1 + a a)", (a, b, c) => Real.Log1p(a * a), (a, b, c) => Math.Log(1 + a * a)),
        new("sigmoid(a) b", (a, b, c) => Real.Sigmoid(a) * b, (a, b, c) => b / (1 + Math.Exp(-a))),
        new("hypot(1, a, b)", (a, b, c) => Real.Hypot(1, a, b), (a, b, c) => Math.Sqrt(1 + a * a + b * b)),
        new("exp(-a a)", (a, b, c) => Real.Exp(-(a * a)), (a, b, c) => Math.Exp(-(a * a))),
        new("fma(sin(a), cos(b), c / 2)", (a, b, c) => Real.FusedMultiplyAdd(Real.Sin(a), Real.Cos(b), c * 0.5),
            (a, b, c) => Math.FusedMultiplyAdd(Math.Sin(a), Math.Cos(b), c * 0.5)),
    ];
}

/// <summary>A step of a recipe: an ingredient, and which of the numbers at hand it takes (all indices count round).</summary>
readonly record struct Step(int Ingredient, int A, int B, int C);

/// <summary>A random formula that can be traced or worked out on plain numbers. Its results are its last numbers.</summary>
sealed record Recipe(Ingredient[] Ingredients, double[] Constants, Step[] Steps, int Outputs, double[] Inputs)
{
    public TracedFunction Trace() => TracedFunction.Trace(Inputs.Length, Trace);

    public Real[] Trace(Real[] inputs) =>
        Run([.. inputs, .. Constants.Select(value => (Real)value)], (step, a, b, c) => step.Trace(a, b, c));

    public double[] Compute() => Run([.. Inputs, .. Constants], (step, a, b, c) => step.Compute(a, b, c));

    public override string ToString() =>
        $"inputs {string.Join(", ", Inputs)}; constants {string.Join(", ", Constants)}; {Outputs} outputs of "
        + string.Join("; ", Steps.Select(step => $"{Ingredients[step.Ingredient].Name} of {step.A}, {step.B}, {step.C}"));

    /// <summary>Recipes over given ingredients with inputs from one generator and constants from another.</summary>
    public static Gen<Recipe> Of(Ingredient[] ingredients, Gen<double> number, Gen<double[]> constants, int longest)
    {
        Gen<int> any = Gen.Int[0, 4 * longest];
        Gen<Step> step = Gen.Select(Gen.Int[0, ingredients.Length - 1], any, any, any, (i, a, b, c) => new Step(i, a, b, c));
        return Gen.Select(constants, step.Array[1, longest], Gen.Int[1, 3], number.Array[1, 4],
            (known, steps, outputs, inputs) => new Recipe(ingredients, known, steps, Math.Min(outputs, steps.Length), inputs));
    }

    T[] Run<T>(List<T> numbers, Func<Ingredient, T, T, T, T> apply)
    {
        foreach (Step step in Steps)
        {
            T At(int index) => numbers[numbers.Count - 1 - index % numbers.Count];
            numbers.Add(apply(Ingredients[step.Ingredient], At(step.A), At(step.B), At(step.C)));
        }

        return numbers.Skip(numbers.Count - Outputs).ToArray();
    }
}
