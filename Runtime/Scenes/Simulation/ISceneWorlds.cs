using System;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>A scene as worlds that run together and differ in the values of the targets.</summary>
    internal interface ISceneWorlds : IDisposable
    {
        int Worlds { get; }

        // Runs all frames from the start, recorded or not, with the sets of targets from one on.
        void Run(double[][] targets, int first, bool record);

        // Copies what one world was at a sample into one of the motion's worlds.
        void Read(int world, int sample, Trajectories motion, int to);

        // Tangents of the samples from those of the targets, which are read from one on.
        void Pushforward(double[][] directions, Trajectories tangents, int first);

        // Cotangents of the targets from those of the samples; writes the gradients from one on.
        void Pullback(Trajectories cotangents, double[][] gradients, int first);
    }
}
