using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Contact between two particles that keep the distance D, twice the contact radius, from each other. Along their straight flight, with d and u the
    /// relative position and velocity at the end of the substep, they meet the time s before its end that solves
    /// <code>|d - u s| = D,   s = (d.u + sqrt((d.u)^2 - u^2 (d^2 - D^2))) / u^2</code>
    /// also if they have gone through each other since. There the closing speed ends, and the slip too, or it shrinks by mu times the closing speed. The
    /// impulse changes positions by s times the velocities; what overlap is left is taken from positions alone. Both share by their masses.
    /// </summary>
    internal static class ParticlePairKernel
    {
        private const int Pair = 1024; // a code that no obstacle has

        public static Kernel Trace(ParticleOptions options) => Kernel.Define("contact of particles", k =>
        {
            Real[] environment = k.Shared("environment", ParticleBuffers.EnvironmentSize), a = k.Gather("state a", "a", ParticleBuffers.StateSize), b = k.Gather("state b", "b", ParticleBuffers.StateSize);
            Real h = k.Shared("substep"), distance = 2 * environment[4], overA = Inverse("a"), overB = Inverse("b");
            Real over = 1 / (overA + overB), shareA = overA * over, shareB = overB * over;
            if (options.ConstantInertia) k.Constant("mass a", "mass b", "substep");
            Real3 d = new Real3(a, 0) - new Real3(b, 0), u = new Real3(a, 3) - new Real3(b, 3);
            Real square = u.LengthSquared, along = Real3.Dot(d, u), beyond = d.LengthSquared - distance * distance, root = along * along - square * beyond;
            Bool meets = square > 0 & root > 0;
            Real s = Real.Select(meets, (along + Real.Sqrt(Real.Select(meets, root, 1))) / Real.Select(meets, square, 1), 0);
            meets &= s > 0 & (s <= h | beyond < 0);
            s = Real.Min(s, h); // overlap that is older has its normal from the start

            Real3 normal = Real3.Normalise(d - u * s);
            Real speed = Real3.Dot(normal, u);
            Bool closes = meets & speed < 0;
            Real3 slip = u - normal * speed;
            Real size = slip.Length, bound = k.Shared("friction") * -speed;
            Real kept = Real.Select(size > bound, 1 - bound * Real.Select(size > 0, 1 / size, 0), 0);
            Real3 change = Real3.Select(closes, slip * (kept - 1) - normal * speed, Real3.Zero), shift = change * s;
            Real3 outward = Real3.Normalise(d + shift, out Real apart);
            shift += Real3.Select(apart < distance, outward * (distance - apart), Real3.Zero);
            Store("a", a, shareA);
            Store("b", b, -shareB);
            Tell("a");
            Tell("b");

            Real Inverse(string p) => Real.Select(k.Gather("mobility " + p, p) > 0, 1 / k.Gather("mass " + p, p), 0);

            void Tell(string p)
            {
                var choices = new TracedChoices(k.Gather("choices " + p, p, TracedChoices.Size), options.Precision);
                choices.AddLasting(closes & speed < -TracedChoices.Nothing | apart < distance - TracedChoices.Nothing, Pair, kept <= 0 & bound > 0, apart < distance - TracedChoices.Nothing);
                k.StoreAt("choices " + p, p, choices.Numbers);
            }

            void Store(string p, Real[] state, Real share)
            {
                Real3 x = new Real3(state, 0) + shift * share, v = new Real3(state, 3) + change * share;
                k.StoreAt("state " + p, p, x.X, x.Y, x.Z, v.X, v.Y, v.Z);
            }
        });
    }
}
