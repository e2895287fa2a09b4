using System;
using NUnit.Framework;

namespace DiffPhysics.Tuning.Tests
{
    public sealed class ParameterTests
    {
        [TestCase(ParameterScale.Linear, -2, 6, 1.5)]
        [TestCase(ParameterScale.Logarithmic, 0.01, 100, 3)]
        [TestCase(ParameterScale.Linear, double.NegativeInfinity, double.PositiveInfinity, -4)]
        public void CoordinatesAndValuesAreInverse(ParameterScale scale, double lower, double upper, double initial)
        {
            var parameter = new Parameter("p", initial, lower, upper, scale: scale);

            Assert.That(parameter.FromCoordinate(0), Is.EqualTo(initial));
            Assert.That(parameter.ToCoordinate(parameter.FromCoordinate(0.05)), Is.EqualTo(0.05).Within(1e-14));
            double h = 1e-6;
            double slope = (parameter.FromCoordinate(0.05 + h) - parameter.FromCoordinate(0.05 - h)) / (2 * h);
            Assert.That(parameter.Slope(parameter.FromCoordinate(0.05)), Is.EqualTo(slope).Within(1e-8 * Math.Abs(slope)));
        }

        [Test]
        public void ValuesNeverLeaveTheirBounds()
        {
            var parameter = new Parameter("p", 1, 0.1, 3, scale: ParameterScale.Logarithmic);

            Assert.That(parameter.FromCoordinate(parameter.ToCoordinate(0.1)), Is.EqualTo(0.1));
            Assert.That(parameter.FromCoordinate(100), Is.EqualTo(3));
        }

        [Test]
        public void BrokenRulesNameTheParameter()
        {
            Assert.That(() => new Parameter("mass", double.NaN), Throws.ArgumentException.With.Message.Contains("'mass'").And.Message.Contains("finite"));
            Assert.That(() => new Parameter("mass", 1, 2, 3), Throws.ArgumentException.With.Message.Contains("outside its bounds 2 to 3"));
            Assert.That(() => new Parameter("mass", 1, 3, 2), Throws.ArgumentException.With.Message.Contains("above"));
            Assert.That(() => new Parameter("mass", -1, scale: ParameterScale.Logarithmic), Throws.ArgumentException.With.Message.Contains("positive"));
        }

        [Test]
        public void OneValueDrivesAGroupAndCouplingsFollow()
        {
            var set = new ParameterSet(
                new[] { new Parameter("stiffness", 2, targets: new[] { "springs.a.k", "springs.b.k" }), new Parameter("v", 3) },
                new[] { new Coupling("w", 1, new Coupling.Term("u", 10)), new Coupling("u", 0, new Coupling.Term("v", -1), new Coupling.Term("stiffness", 0.5)) });
            var targets = new double[set.Targets.Count];
            set.Expand(new[] { 2.0, 3.0 }, targets);

            Assert.That(set.Targets, Is.EqualTo(new[] { "springs.a.k", "springs.b.k", "v", "u", "w" }));
            Assert.That(targets, Is.EqualTo(new[] { 2.0, 2, 3, -2, -19 }));
            var gradient = new double[2];
            set.Pull(new[] { 1.0, 10, 100, 1000, 10000 }, gradient);
            Assert.That(gradient, Is.EqualTo(new[] { 1 + 10 + 500 + 50000.0, 100 - 1000 - 100000.0 }));
        }

        [Test]
        public void CyclesAreToldWithTheirPath()
        {
            Assert.That(() => new ParameterSet(new[] { new Parameter("p", 1) }, new[]
            {
                new Coupling("a", 0, new Coupling.Term("b", 1)),
                new Coupling("b", 0, new Coupling.Term("c", 1)),
                new Coupling("c", 0, new Coupling.Term("a", 1)),
            }), Throws.ArgumentException.With.Message.Contains("a -> b -> c -> a"));
        }

        [Test]
        public void NamesAreUniqueAndKnown()
        {
            Assert.That(() => new ParameterSet(new[] { new Parameter("p", 1), new Parameter("p", 2) }), Throws.ArgumentException.With.Message.Contains("twice"));
            Assert.That(() => new ParameterSet(new[] { new Parameter("p", 1) }, new[] { new Coupling("p", 0, new Coupling.Term("p", 1)) }), Throws.ArgumentException.With.Message.Contains("driven twice"));
            Assert.That(() => new ParameterSet(new[] { new Parameter("stiffness", 1) }, new[] { new Coupling("a", 0, new Coupling.Term("stifness", 1)) }), Throws.ArgumentException.With.Message.Contains("did you mean 'stiffness'"));
            Assert.That(() => new ParameterSet(new Parameter[0]), Throws.ArgumentException.With.Message.Contains("no parameter"));
        }

        [TestCase("bals", "balls", "walls", "floor", "balls")]
        [TestCase("resitution", "restitution", "friction", "mass", "restitution")]
        [TestCase("frcition", "restitution", "friction", "mass", "friction")]
        [TestCase("temperature", "balls", "walls", "floor", null)]
        public void TheNearestNameIsFound(string name, string a, string b, string c, string expected)
        {
            Assert.That(NearestName.Find(name, new[] { a, b, c }), Is.EqualTo(expected));
        }
    }
}
