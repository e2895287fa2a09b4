using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Moments of inertia that are valid whatever the numbers they are tuned by: with s the logarithms of the second moments of the mass
    /// along the principal axes (the integrals of x^2, y^2, z^2), I_x = e^sy + e^sz and so on, so that moments are positive and keep the
    /// triangle inequality. Source: Traversaro et al., Identification of fully physical consistent inertial parameters using
    /// optimization on manifolds (2016).
    /// </summary>
    public static class InertiaLogs
    {
        /// <summary>Moments of inertia, in kg m^2, traced: store them to <see cref="World.Mass"/>, components 1..3.</summary>
        public static Real3 ToMoments(Real3 logs)
        {
            Real x = Real.Exp(logs.X), y = Real.Exp(logs.Y), z = Real.Exp(logs.Z);
            return new Real3(y + z, z + x, x + y);
        }

        /// <summary>Moments of inertia, in kg m^2.</summary>
        public static Double3 ToMoments(Double3 logs)
        {
            double x = Math.Exp(logs.X), y = Math.Exp(logs.Y), z = Math.Exp(logs.Z);
            return new Double3(y + z, z + x, x + y);
        }

        /// <summary>The logarithms for given moments.</summary>
        /// <exception cref="ArgumentException">A moment is not less than the sum of the other two, as for a body that is flat or worse.</exception>
        public static Double3 FromMoments(Double3 moments)
        {
            double half = 0.5 * (moments.X + moments.Y + moments.Z), x = half - moments.X, y = half - moments.Y, z = half - moments.Z;
            if (!(x > 0 && y > 0 && z > 0))
                throw new ArgumentException($"The inertia {moments} violates the triangle inequality: each moment must be less than the sum of the other two.");
            return new Double3(Math.Log(x), Math.Log(y), Math.Log(z));
        }
    }
}
