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
}
