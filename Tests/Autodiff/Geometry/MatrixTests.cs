using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    public class MatrixTests
    {
        // Inputs: nine entries by columns, then a vector.
        const int Inputs = 12;

        static IEnumerable<TestCaseData> Functions()
        {
            yield return Case("determinant", x => new[] { M(x).Determinant });
            yield return Case("inverse", x => Entries(M(x).Inverse));
            yield return Case("times vector", x => (M(x) * V(x)).ToArray());
            yield return Case("transpose times vector", x => Real3x3.TransposeTimes(M(x), V(x)).ToArray());
            yield return Case("product", x => Entries(M(x) * M(x).Transpose));
            yield return Case("outer", x => Entries(Real3x3.Outer(M(x).X, V(x))));
            yield return Case("symmetric solve", x => Real3x3.SolveSymmetric(Positive(x), V(x)).ToArray());
            yield return Case("rotated diagonal", x => Entries(Real3x3.RotateDiagonal(new RealQuaternion(x, 0), V(x))));
        }

        static TestCaseData Case(string name, Func<Real[], Real[]> f) => new TestCaseData(f).SetArgDisplayNames(name);

        static Real3x3 M(Real[] x) => new Real3x3(new Real3(x, 0), new Real3(x, 3), new Real3(x, 6));

        static Real3 V(Real[] x) => new Real3(x, 9);

        static Real3x3 Positive(Real[] x) => M(x) * M(x).Transpose + Real3x3.Identity;

        static Real[] Entries(Real3x3 m) =>
            new[] { m.X.X, m.X.Y, m.X.Z, m.Y.X, m.Y.Y, m.Y.Z, m.Z.X, m.Z.Y, m.Z.Z };

        [TestCaseSource(nameof(Functions))]
        public void DerivativesAgreeWithDifferences(Func<Real[], Real[]> function)
        {
            var random = new Random(21);
            TracedFunction f = TracedFunction.Trace(Inputs, function);
            for (int trial = 0; trial < 5; trial++) DerivativeAssert.Agrees(f, Point(random), random);
        }

        [Test]
        public void ASmallSystemIsSolved()
        {
            double[] left = At(x =>
            {
                // A symmetric matrix of 4 whose diagonal outweighs its rows, times its solution, less the right side.
                var right = new[] { x[0], x[1], x[2], x[3] };
                var solution = (Real[])right.Clone();
                SmallSystem.Solve(Matrix(), solution);
                Real[,] matrix = Matrix();
                return Array.ConvertAll(new[] { 0, 1, 2, 3 }, i =>
                {
                    Real sum = -right[i];
                    for (int j = 0; j < 4; j++) sum += matrix[i, j] * solution[j];
                    return sum;
                });

                Real[,] Matrix()
                {
                    var m = new Real[4, 4];
                    for (int i = 0; i < 4; i++)
                        for (int j = 0; j <= i; j++) m[i, j] = m[j, i] = i == j ? 20 + x[i] : Real.Sin(x[4 + i] + x[5 + j]);
                    return m;
                }
            });
            Assert.That(left, Is.EqualTo(new double[4]).Within(1e-14));
        }

        [Test]
        public void InverseTimesMatrixIsTheUnitMatrix()
        {
            double[] product = At(x => Entries(M(x).Inverse * M(x)));
            Assert.That(product, Is.EqualTo(new double[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 }).Within(1e-14));
        }

        [Test]
        public void SymmetricSolveSolves()
        {
            double[] residual = At(x => (Positive(x) * Real3x3.SolveSymmetric(Positive(x), V(x)) - V(x)).ToArray());
            Assert.That(residual, Is.All.Zero.Within(1e-13));
        }

        [Test]
        public void SkewIsTheVectorProduct()
        {
            double[] difference = At(x => (Real3x3.Skew(M(x).X) * V(x) - Real3.Cross(M(x).X, V(x))).ToArray());
            Assert.That(difference, Is.All.Zero.Within(1e-15));
        }

        [Test]
        public void DeterminantOfAProductIsTheProductOfDeterminants()
        {
            double[] d = At(x => new[] { (M(x) * Positive(x)).Determinant, M(x).Determinant * Positive(x).Determinant, M(x).Transpose.Determinant, M(x).Determinant });
            Assert.That(d[0], Is.EqualTo(d[1]).Within(1e-12));
            Assert.That(d[2], Is.EqualTo(d[3]).Within(1e-13));
        }

        [Test]
        public void OuterProductProjects()
        {
            double[] difference = At(x =>
            {
                Real3 a = M(x).X, b = M(x).Y;
                return (Real3x3.Outer(a, b) * V(x) - a * Real3.Dot(b, V(x))).ToArray();
            });
            Assert.That(difference, Is.All.Zero.Within(1e-14));
        }

        [Test]
        public void RotatedDiagonalIsRDRT()
        {
            double[] difference = At(x =>
            {
                RealQuaternion q = RealQuaternion.Normalise(new RealQuaternion(x, 0));
                Real3x3 r = Real3x3.FromRotation(q);
                return Entries(Real3x3.RotateDiagonal(q, V(x)) - r * Real3x3.Diagonal(V(x)) * r.Transpose);
            });
            Assert.That(difference, Is.All.Zero.Within(1e-14));
        }

        static double[] At(Func<Real[], Real[]> formula) =>
            GraphEvaluator.Evaluate(TracedFunction.Trace(Inputs, formula), Point(new Random(22)));

        // Diagonally dominant, so that it has an inverse.
        static double[] Point(Random random)
        {
            double[] x = Formulas.Random(random, Inputs, -0.7, 0.7);
            for (int k = 0; k < 9; k += 4) x[k] += 2;
            return x;
        }
    }
}
