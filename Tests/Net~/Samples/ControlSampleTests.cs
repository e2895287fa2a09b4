using System;
using System.Linq;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Samples.Tests;

/// <summary>Samples of controlled machines reach the values that their READMEs state.</summary>
public sealed class ControlSampleTests
{
    [Test]
    public void RagdollHoldsItsPose()
    {
        using RagdollPose sample = new();
        TuningResult result = sample.Tune();
        double loss = sample.Hold(result.Best.Parameters.ToArray(), default);
        TestContext.Out.WriteLine($"{result.Best.InitialLoss:G6} to {loss:G3} in {result.Evaluations} runs; targets {string.Join(" ", result.Best.Parameters.Select(t => t.ToString("F3")))}");

        Assert.That(sample.Drives, Is.EqualTo(14));
        Assert.That(result.Best.InitialLoss, Is.GreaterThan(0.25));
        Assert.That(loss, Is.LessThan(1e-6));
    }

    [Test]
    public void PendulumSwingsUpAndArrivesAtRest()
    {
        using PendulumSwingUp sample = new();
        TuningResult result = sample.Tune();
        double[] torques = result.Best.Parameters.ToArray(), miss = new double[4];
        sample.Miss(torques, miss, default);
        double loss = miss.Sum(m => m * m);
        TestContext.Out.WriteLine($"{result.Best.InitialLoss:G6} to {loss:G3} in {result.Evaluations} swings, height {sample.Height:G6}, speed {sample.Speed:G3}; torques {string.Join(" ", torques.Select(t => t.ToString("F2")))}");

        Assert.That(result.Best.InitialLoss, Is.GreaterThan(1));
        Assert.That(loss, Is.LessThan(1e-4));
        Assert.That(sample.Height, Is.EqualTo(1).Within(0.01));
        Assert.That(sample.Speed, Is.LessThan(0.05));
        Assert.That(torques.Max(Math.Abs), Is.LessThanOrEqualTo(PendulumSwingUp.MaxTorque));
    }

    [Test]
    public void CatapultHitsItsMark()
    {
        using Catapult sample = new();
        TuningResult result = sample.Tune();
        double[] spring = result.Best.Parameters.ToArray(), miss = new double[2];
        sample.Miss(spring, miss, default);
        double distance = Math.Sqrt(miss.Sum(m => m * m));
        TestContext.Out.WriteLine($"{Math.Sqrt(result.Best.InitialLoss):G6} m to {distance:G3} m in {result.Evaluations} throws; stiffness {spring[0]:F3}, loose at {spring[1]:F4}");

        Assert.That(result.Best.InitialLoss, Is.GreaterThan(1));
        Assert.That(distance, Is.LessThan(1e-3));
        Assert.That((sample.Ball - Catapult.Mark).Length, Is.LessThan(1e-3));
    }

    [Test]
    public void DroneFliesToAPoint()
    {
        using DroneFlight sample = new();
        Double3 goal = new(3, 2, 1);
        TuningResult result = sample.Tune(goal);
        double[] gains = result.Best.Parameters.ToArray();
        sample.Fly(gains, goal);
        double distance = (sample.Place - goal).Length;
        TestContext.Out.WriteLine($"{result.Best.InitialLoss:G6} to {result.Best.Loss:G3} in {result.Evaluations} flights: {distance:G3} m off, at {sample.Speed:G3} m/s; gains {string.Join(" ", gains.Select(g => g.ToString("F3")))}");

        Assert.That(result.Best.InitialLoss, Is.GreaterThan(0.4));
        Assert.That(distance, Is.LessThan(0.005));
        Assert.That(sample.Speed, Is.LessThan(0.01));

        // The gains are the autopilot's, not the goal's: they serve other flights.
        Double3 other = new(-2, 1, 2);
        sample.Fly(gains, other);
        Assert.That((sample.Place - other).Length, Is.LessThan(0.05));
    }

    [Test]
    public void PoleStaysUprightOnItsCart()
    {
        using CartPole sample = new();
        TuningResult result = sample.Tune();
        double[] gains = result.Best.Parameters.ToArray();
        double none = sample.Cost(new double[CartPole.Gains], default, 1), tuned = sample.Cost(gains, default, 3);

        // Gains of the linear-quadratic regulator for the same cost over endless time: the Riccati equation of cart and pole, solved elsewhere.
        double[] regulator = { -116.93, -28.952, 31.623, 26.038 };
        double best = sample.Cost(regulator, default, 3);
        double largest = sample.Run(gains, 0.3, 10);
        TestContext.Out.WriteLine($"cost {none:G4} of 1 s without gains; of 3 s {tuned:G4} in {result.Evaluations} runs, regulator {best:G4}; from 0.3 rad at most {largest:G3} rad, after 10 s {sample.Angle:G3} rad at {sample.Place:G3} m; gains {string.Join(" ", gains.Select(g => g.ToString("F3")))}");

        Assert.That(none, Is.GreaterThan(0.5));
        Assert.That(tuned, Is.LessThan(best));
        Assert.That(largest, Is.LessThan(0.31));
        Assert.That(sample.Angle, Is.EqualTo(0).Within(1e-6));
        Assert.That(sample.Place, Is.EqualTo(0).Within(1e-6));

        // Without gains it falls.
        Assert.That(sample.Run(new double[CartPole.Gains], 0.3, 2), Is.GreaterThan(1.5));
    }
}
