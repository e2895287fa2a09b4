using System;
using System.Linq;
using CsCheck;
using DiffPhysics.Autodiff;
using NUnit.Framework;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Net.Tests;

/// <summary>Every executor gives the bits of the reference executor, for any formula and any number of elements.</summary>
public sealed class ExecutorProperties
{
    static readonly Gen<double> Number = Gen.OneOf(Gen.OneOfConst(0, -0.0, 1, double.PositiveInfinity), Gen.Double[-3, 3]);

    static readonly Gen<Recipe> Recipes = Recipe.Of(Ingredient.Basic, Number, Number.Array[0, 3], longest: 30);

    [Test]
    public void All_agree([Values] Precision precision)
    {
        Executor[] executors = [new LoopExecutor(), new JitExecutor(128), new JitExecutor(256), new JitExecutor(512)];
        var reference = new ReferenceExecutor();
        Gen.Select(Recipes, Gen.Int[1, 600]).Sample((recipe, elements) =>
        {
            Kernel kernel = Define(recipe);
            double[] expected = Run(kernel, recipe, reference, precision, elements);
            return executors.All(executor => SameBits(Run(kernel, recipe, executor, precision, elements), expected));
        }, iter: 100);
    }

    static Kernel Define(Recipe recipe) => Kernel.Define("recipe", k =>
    {
        var inputs = k.Lane("inputs", recipe.Inputs.Length);
        k.Store("outputs", recipe.Trace(inputs));
    });

    // Lane i has the inputs of the recipe times 1 + i / 8.
    static double[] Run(Kernel kernel, Recipe recipe, Executor executor, Precision precision, int elements)
    {
        using var inputs = new Buffer("inputs", elements, recipe.Inputs.Length, precision);
        using var outputs = new Buffer("outputs", elements, recipe.Outputs, precision);
        for (int component = 0; component < inputs.Components; component++)
        {
            for (int element = 0; element < elements; element++)
            {
                inputs[element, component] = recipe.Inputs[component] * (1 + element / 8.0);
            }
        }

        new Launch(kernel, elements).Bind("inputs", inputs).Bind("outputs", outputs).Run(executor);
        return Enumerable.Range(0, recipe.Outputs).SelectMany(c => Enumerable.Range(0, elements).Select(e => outputs[e, c])).ToArray();
    }

    static bool SameBits(double[] a, double[] b) =>
        a.Zip(b).All(pair => BitConverter.DoubleToInt64Bits(pair.First) == BitConverter.DoubleToInt64Bits(pair.Second)
            || (double.IsNaN(pair.First) && double.IsNaN(pair.Second)));
}
