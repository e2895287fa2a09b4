using System;
using DiffPhysics.Tuning;

namespace DiffPhysics.Studio;

/// <summary>
/// Where a body was hit between two samples. It flies ballistically from the sample before, and did so towards the sample after: the
/// corner is where the two parabolas are nearest. Without it a drawn path would stop short of floors and walls.
/// </summary>
internal static class PathCorner
{
    // A change of velocity below this, in m/s, and beyond what gravity does makes no corner that could be seen.
    private const double HitSpeed = 0.1;
    private const int Places = 64;

    public static double[] Find(Trajectories motion, int sample, int body, double[] gravity)
    {
        double h = motion.Durations[0] / (motion.Samples - 1);
        Span<double> from = motion.State(0, sample, body), to = motion.State(0, sample + 1, body);
        double change = 0;
        for (int c = 0; c < 3; c++) change += Math.Pow(to[7 + c] - from[7 + c] - gravity[c] * h, 2);
        if (!(change > HitSpeed * HitSpeed)) return null;
        double[] corner = null;
        double least = double.PositiveInfinity;
        for (int place = 0; place <= Places; place++)
        {
            double t = h * place / Places, back = t - h, apart = 0;
            var middle = new double[3];
            for (int c = 0; c < 3; c++)
            {
                double ahead = from[c] + from[7 + c] * t + 0.5 * gravity[c] * t * t;
                double behind = to[c] + to[7 + c] * back + 0.5 * gravity[c] * back * back;
                apart += (ahead - behind) * (ahead - behind);
                middle[c] = 0.5 * (ahead + behind);
            }
            if (apart >= least) continue;
            least = apart;
            corner = middle;
        }
        return corner;
    }
}
