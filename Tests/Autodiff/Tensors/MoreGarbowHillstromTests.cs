using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Gradients and Hessians of functions from the literature against closed forms, at the standard start and off it.</summary>
    public class MoreGarbowHillstromTests
    {
        private static IEnumerable<TestCaseData> Functions()
        {
            foreach (MoreGarbowHillstrom function in MoreGarbowHillstrom.All())
                yield return new TestCaseData(function.Name);
        }

        private static MoreGarbowHillstrom Find(string name)
        {
            foreach (MoreGarbowHillstrom function in MoreGarbowHillstrom.All())
            {
                if (function.Name == name)
                    return function;
            }
            throw new ArgumentException(name);
        }

        private static IEnumerable<double[]> Points(MoreGarbowHillstrom function)
        {
            yield return function.Start;
            yield return Array.ConvertAll(function.Start, x => 0.9 * x + 0.07);
        }

        [TestCaseSource(nameof(Functions))]
        public void ValueAtTheStartIsTheListedOne(string name)
        {
            MoreGarbowHillstrom function = Find(name);
            double value = function.Value(new TensorTape().Vector(function.Start)).Item();
            Assert.That(value, Is.EqualTo(function.Listed).Within(function.ListedWithin * function.Listed));
        }

        [TestCaseSource(nameof(Functions))]
        public void GradientEqualsTheClosedForm(string name)
        {
            MoreGarbowHillstrom function = Find(name);
            foreach (double[] x in Points(function))
            {
                double[] expected = function.GradientByHand(x);
                double[] gradient = Autograd.Gradient(function.Value, x);
                for (int i = 0; i < x.Length; i++)
                    Assert.That(gradient[i], Is.EqualTo(expected[i]).Within(1e-10 * Math.Max(1, Math.Abs(expected[i]))), $"element {i}");
            }
        }

        [TestCaseSource(nameof(Functions))]
        public void HessianEqualsTheClosedForm(string name)
        {
            MoreGarbowHillstrom function = Find(name);
            foreach (double[] x in Points(function))
            {
                double[,] expected = function.HessianByHand(x);
                double[,] hessian = Autograd.Hessian(function.Value, x);
                for (int i = 0; i < x.Length; i++)
                {
                    for (int j = 0; j < x.Length; j++)
                        Assert.That(hessian[i, j], Is.EqualTo(expected[i, j]).Within(1e-10 * Math.Max(1, Math.Abs(expected[i, j]))), $"[{i}, {j}]");
                }
            }
        }
    }
}
