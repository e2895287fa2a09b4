using System;
using System.Linq;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Samples.Tests;

/// <summary>Samples of springs, cloth and soft bodies reach the values that their READMEs state.</summary>
public sealed class DeformableSampleTests
{
    [Test]
    public void SpringCageSendsTheMassToThePoint()
    {
        double[] losses = SpringCage.Tune();
        TestContext.Out.WriteLine($"{losses[0]:G6} to {losses[^1]:G3} in {losses.Length - 1} steps");

        Assert.That(losses[0], Is.EqualTo(0.21875).Within(1e-12));
        Assert.That(losses[^1], Is.LessThan(1e-8));
        Assert.That(losses, Has.Length.EqualTo(26));
    }

    [Test]
    public void SpringTriangleSpansTheArea()
    {
        double[] losses = SpringTriangle.Tune();
        TestContext.Out.WriteLine($"{losses[0]:G6} to {losses[^1]:G3} in {losses.Length - 1} steps");

        Assert.That(losses[^1], Is.LessThan(0.005 * losses[0]));
    }

    [Test]
    public void ClothThrowArrivesWithFarFewerThrowsThanWithoutGradients()
    {
        double start = 7.4659;
        TuningOptions options = new();
        options.Stopping.LossBelow = 0.01 * start;
        using ClothThrow byGradient = new(), without = new(24);
        TuningResult result = new TuningRun(ClothThrow.Parameters(), byGradient, options).Run();
        TestContext.Out.WriteLine($"by gradient {result.Best.InitialLoss:G6} to {result.Best.Loss:G3} in {byGradient.Simulations} throws");
        Assert.That(result.Best.InitialLoss, Is.EqualTo(start).Within(1e-3));
        Assert.That(result.Best.Loss, Is.LessThan(0.01 * start));

        // Ten times as many throws do not bring CMA-ES there.
        options = new TuningOptions { Optimiser = new OptimiserSettings { Method = "cma-es" } };
        options.Stopping.MaxEvaluations = 10 * byGradient.Simulations + 24;
        options.Stopping.LossBelow = 0.01 * start;
        TuningResult cma = new TuningRun(ClothThrow.Parameters(), without, options).Run();
        TestContext.Out.WriteLine($"CMA-ES {cma.Best.InitialLoss:G6} to {cma.Best.Loss:G3} in {without.Simulations} throws");
        Assert.That(without.Simulations, Is.GreaterThan(10 * byGradient.Simulations));
        Assert.That(cma.Best.Loss, Is.GreaterThan(0.01 * start));
    }

    [Test]
    public void SoftBodyThrowFindsItsMaterial()
    {
        using SoftBodyThrow sample = new();
        TuningOptions options = new();
        options.Stopping.MaxIterations = 25;
        TuningResult result = new TuningRun(SoftBodyThrow.Parameters(), sample.Objective(), options).Run();
        TestContext.Out.WriteLine($"{result.Best.InitialLoss:G6} to {result.Best.Loss:G3} at mu {result.Best.Parameters[0]:F0}, lambda {result.Best.Parameters[1]:F0}, {result.Evaluations} throws, target {sample.Target}");

        Assert.That(result.Best.Loss, Is.LessThan(0.05 * result.Best.InitialLoss));
    }

    [Test]
    public void WalkerGoesFartherAtEachStepOfDescent()
    {
        using Walker walker = new();
        double[] distances = walker.Learn();
        TestContext.Out.WriteLine(string.Join(" ", distances.Select(d => d.ToString("F3"))));

        Assert.That(distances, Has.Length.EqualTo(21));
        Assert.That(distances, Is.Ordered.Ascending.And.Unique);
        Assert.That(distances[0], Is.LessThan(0));
        Assert.That(distances[^1], Is.GreaterThan(1.5));
    }
}
