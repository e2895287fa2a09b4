using System;
using NUnit.Framework;

namespace DiffPhysics.Tuning.Tests
{
    public class TridiagonalEigenTests
    {
        [TestCase(1)]
        [TestCase(2)]
        [TestCase(7)]
        [TestCase(90)]
        public void FactorsMakeTheMatrix(int n)
        {
            var random = new Random(n);
            var a = new double[n * n];
            for (int i = 0; i < n; i++)
                for (int j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = random.NextDouble() - 0.5 + (i == j ? i % 3 : 0);
            double[] values = new double[n], vectors = new double[n * n];
            TridiagonalEigen.Solve((double[])a.Clone(), n, values, vectors);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                {
                    double product = 0, identity = 0;
                    for (int k = 0; k < n; k++)
                    {
                        product += vectors[i * n + k] * values[k] * vectors[j * n + k];
                        identity += vectors[k * n + i] * vectors[k * n + j];
                    }

                    Assert.That(product, Is.EqualTo(a[i * n + j]).Within(1e-12 * n));
                    Assert.That(identity, Is.EqualTo(i == j ? 1 : 0).Within(1e-12 * n));
                }
        }
    }
}
