using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using DiffPhysics.Scenes;
using DiffPhysics.Tuning;

namespace DiffPhysics.Samples
{
    /// <summary>Which stiffness, damping and drag has a sheet that was recorded?</summary>
    public static class ClothRecording
    {
        /// <summary>Stiffness of warp and weft in N/m, damping in s and drag coefficient of the sheet that was recorded.</summary>
        public static IReadOnlyList<double> Truth { get; } = new[] { 60, 0.004, 1.1 };

        private const double Noise = 1e-3, Every = 0.1;

        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            return new SceneBuilder("ClothRecording", "A sheet hangs from two corners and swings down. Where its 49 particles were is recorded, with a millimetre of noise; stiffness, damping and drag are found from it.")
                .Simulate(1, frameRate: 60, substeps: 8)
                .Cloth("sheet", 7, 7, 1, 1, d => d.With("density", 0.2).With("warpStiffness", 25).With("weftStiffness", 25).With("shearStiffness", 20).With("damping", 0.001).With("drag", 0.3).Pins = new[] { 0, 6 })
                .Recording("seen", "sheet.csv", r => r.Of = "particles")
                .Tune("deformables.sheet.warpStiffness deformables.sheet.weftStiffness", 10, 150, "stiffness", ParameterScale.Logarithmic)
                .Tune("deformables.sheet.damping", 0.0005, 0.01, "damping", ParameterScale.Logarithmic)
                .Tune("deformables.sheet.drag", 0, 3, "drag")
                .FollowAll("sheet", "seen")
                .Optimise("levenberg-marquardt")
                .Build();
        }

        /// <summary>The text of <c>sheet.csv</c>: the sheet simulated with the <see cref="Truth"/>, every tenth of a second, with noise.</summary>
        public static string Record()
        {
            Scene scene = Build();
            scene.Losses.Clear();
            scene.Recordings.Clear();
            scene.Losses.Add(new SceneLoss { Type = "point", Body = "sheet", Target = new double[3] });
            var random = new RandomSource(7);
            var text = new StringBuilder("# a sheet of 7 x 7 particles: time in s, particle, place in m\nt,particle,x,y,z\n");
            using (var objective = new SceneObjective(scene))
            {
                Trajectories motion = objective.Simulate(Truth.ToArray());
                for (int k = 1; k * Every < 1 + 1e-9; k++)
                {
                    for (int p = 0; p < 49; p++)
                    {
                        double[] place = motion.Particle(0, (int)Math.Round(k * Every * 60), p).Slice(0, 3).ToArray();
                        text.Append((k * Every).ToString("0.0", CultureInfo.InvariantCulture)).Append(',').Append(p);
                        foreach (double c in place) text.Append(',').Append((c + Noise * random.NextNormal()).ToString("0.00000", CultureInfo.InvariantCulture));
                        text.Append('\n');
                    }
                }
            }
            return text.ToString();
        }
    }
}
