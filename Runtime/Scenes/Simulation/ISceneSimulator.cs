using System;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// Runs a scene in many worlds that differ in the values of its targets (the scene values that parameters drive), and
    /// takes cotangents of the motion back to cotangents of the targets.
    /// </summary>
    public interface ISceneSimulator : IDisposable
    {
        /// <summary>Samples of a motion: frames plus one.</summary>
        int Samples { get; }

        /// <summary>Simulates.</summary>
        /// <param name="targets">For each world, the values of the targets, in the order of <see cref="ParameterSet.Targets"/>.</param>
        /// <param name="motion">Receives the motion; as many worlds as targets.</param>
        /// <param name="record">Whether <see cref="Pullback"/> or <see cref="Pushforward"/> will be called.</param>
        void Simulate(double[][] targets, Trajectories motion, bool record);

        /// <summary>Carries tangents through the last recorded simulation.</summary>
        /// <param name="directions">For each world, one rate per target.</param>
        /// <param name="tangents">Receives the rates of the motion.</param>
        void Pushforward(double[][] directions, Trajectories tangents);

        /// <summary>Sweeps back through the last recorded simulation.</summary>
        /// <param name="cotangents">Cotangents of the motion.</param>
        /// <param name="gradients">Receives, for each world, one derivative per target.</param>
        void Pullback(Trajectories cotangents, double[][] gradients);
    }
}
