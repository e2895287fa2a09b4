using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>What is stepped together with a world's bodies, on the same tape.</summary>
    internal interface ICoupledSystem
    {
        /// <summary>Makes buffers and kernels; those of the bodies exist.</summary>
        void BuildCoupled();

        /// <summary>Forgets what was prepared for a recording, and goes back to the start if asked.</summary>
        void Restart(bool toStart);

        /// <summary>In a substep, before bodies move: adds to the forces on them.</summary>
        void ActOnBodies(FrameTape tape);

        /// <summary>In a substep, after bodies have moved: moves too.</summary>
        void Advance(FrameTape tape);

        /// <summary>After the last substep of a step: checks the numbers.</summary>
        /// <exception cref="DivergenceException">Some are none.</exception>
        void EndStep();
    }
}
