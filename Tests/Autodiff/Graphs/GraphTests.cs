using System;
using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    public class GraphTests
    {
        [Test]
        public void AnOperationAskedForTwiceIsOneNode()
        {
            var g = new Graph();
            Real x = Real.Input(g), y = Real.Input(g);
            Real first = Real.Sqrt(x * y) + 1;
            int count = g.Count;
            Real second = Real.Sqrt(y * x) + 1;
            Assert.That(second.NodeIn(g), Is.EqualTo(first.NodeIn(g)));
            Assert.That(g.Count, Is.EqualTo(count));
            Assert.That(g.SharedCount, Is.EqualTo(3));
        }

        [Test]
        public void OrderOfOperandsMattersWhereItShould()
        {
            var g = new Graph();
            Real x = Real.Input(g), y = Real.Input(g);
            Assert.That((x - y).NodeIn(g), Is.Not.EqualTo((y - x).NodeIn(g)));
            Assert.That((x / y).NodeIn(g), Is.Not.EqualTo((y / x).NodeIn(g)));
        }

        [Test]
        public void ConstantsAreSharedByTheirBits()
        {
            var g = new Graph();
            Assert.That(g.Constant(0.5), Is.EqualTo(g.Constant(0.5)));
            Assert.That(g.Constant(0.0), Is.Not.EqualTo(g.Constant(-0.0)));
            Assert.That(g.Constant(double.NaN), Is.EqualTo(g.Constant(double.NaN)));
            Assert.That(g.Constant(1.0), Is.Not.EqualTo(g.Constant(true)), "a number is not a condition");
        }

        [Test]
        public void SharingSurvivesGrowth()
        {
            var g = new Graph();
            Real x = Real.Input(g);
            var nodes = new int[5000];
            for (int k = 0; k < nodes.Length; k++) nodes[k] = (x * (k + 0.5)).NodeIn(g);
            int count = g.Count;
            for (int k = 0; k < nodes.Length; k++) Assert.That((x * (k + 0.5)).NodeIn(g), Is.EqualTo(nodes[k]));
            Assert.That(g.Count, Is.EqualTo(count));
        }

        [Test]
        public void OperandsPrecedeTheirNode()
        {
            Graph g = Derivatives.Adjoint(TracedFunction.Trace(15, Formulas.Spring)).Graph;
            for (int node = 0; node < g.Count; node++)
                for (int k = 0; k < g.OpOf(node).Arity(); k++)
                    Assert.That(g.Operand(node, k), Is.LessThan(node));
        }

        [Test]
        public void NumbersOfTwoGraphsDoNotMix()
        {
            var g = new Graph();
            Real x = Real.Input(g), y = Real.Input(new Graph());
            Bool condition = y > 0;
            Assert.That(() => x + y, Throws.InvalidOperationException.With.Message.Contains("different graphs"));
            Assert.That(() => x < y, Throws.InvalidOperationException);
            Assert.That(() => Real.Clamp(1, x, y), Throws.InvalidOperationException);
            Assert.That(() => Real.Select(condition, x, 0), Throws.InvalidOperationException);
            Assert.That(() => (x > 0) & condition, Throws.InvalidOperationException);
            Assert.That(() => Derivatives.Gradient(x, y), Throws.InvalidOperationException);
        }

        [Test]
        public void ATracedNumberHasNoValueToCompare()
        {
            var g = new Graph();
            Real x = Real.Input(g);
            Assert.That(() => x.Equals(x), Throws.TypeOf<NotSupportedException>());
            Assert.That(() => x.GetHashCode(), Throws.TypeOf<NotSupportedException>());
            Assert.That(typeof(Bool).GetMethod("op_True"), Is.Null, "an if on a condition does not compile");
            foreach (System.Reflection.MethodInfo method in typeof(Bool).GetMethods())
                if (method.Name is "op_Implicit" || method.Name is "op_Explicit") Assert.That(method.ReturnType, Is.Not.EqualTo(typeof(bool)));
        }

        [Test]
        public void WrongOperandsAreNamed()
        {
            var g = new Graph();
            int x = g.Input(0), condition = g.Apply(Op.Less, x, g.Constant(1.0));
            Assert.That(() => g.Apply(Op.Add, x), Throws.ArgumentException.With.Message.Contains("Operand 1 of Add"));
            Assert.That(() => g.Apply(Op.Sqrt, x, x), Throws.ArgumentException.With.Message.Contains("Sqrt takes 1"));
            Assert.That(() => g.Apply(Op.Sqrt, 99), Throws.ArgumentException.With.Message.Contains("99"));
            Assert.That(() => g.Apply(Op.Add, x, condition), Throws.ArgumentException.With.Message.Contains("must be a number"));
            Assert.That(() => g.Apply(Op.Select, x, x, x), Throws.ArgumentException.With.Message.Contains("must be a condition"));
            Assert.That(() => g.Apply(Op.Input, x), Throws.ArgumentException);
            Assert.That(() => g.Input(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new Real(g, condition), Throws.ArgumentException);
        }

        [Test]
        public void DeadCodeIsLeftOut()
        {
            TracedFunction f = TracedFunction.Trace(3, x =>
            {
                _ = Real.Exp(x[1]) + x[2];
                return new[] { x[0] * 3 };
            });
            TracedFunction lean = f.WithoutDeadCode();
            Assert.That(lean.Graph.Count, Is.EqualTo(3), "input, constant, product");
            Assert.That(lean.InputCount, Is.EqualTo(3), "unused inputs stay declared");
            Assert.That(GraphEvaluator.Evaluate(lean, 2, 0, 0), Is.EqualTo(new[] { 6.0 }));
        }
    }
}
