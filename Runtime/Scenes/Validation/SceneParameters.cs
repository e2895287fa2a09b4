using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>Turns what a document says about parameters into what a tuning run takes.</summary>
    public static class SceneParameters
    {
        /// <summary>The parameters and couplings of a scene.</summary>
        /// <param name="scene">A scene with at least one parameter.</param>
        public static ParameterSet Create(Scene scene)
        {
            return new ParameterSet(
                scene.Parameters.Select(p => Create(scene, p)),
                scene.Couplings.Select(c => new Coupling(c.Target, c.Offset, c.Terms.Select(t => new Coupling.Term(t.Source, t.Factor)).ToArray())));
        }

        /// <summary>Writes values of the parameters, and of all that follows them, into the scene.</summary>
        /// <param name="scene">Changed in place, with the parameters' start values.</param>
        /// <param name="values">One value per parameter.</param>
        public static void Apply(Scene scene, double[] values)
        {
            ParameterSet set = Create(scene);
            var targets = new double[set.Targets.Count];
            set.Expand(values, targets);
            for (int t = 0; t < targets.Length; t++) ScenePaths.Find(scene, set.Targets[t]).Value = targets[t];
            for (int p = 0; p < values.Length; p++)
            {
                if (!double.IsNaN(scene.Parameters[p].Initial)) scene.Parameters[p].Initial = values[p];
            }
        }

        internal static Parameter Create(Scene scene, SceneParameter parameter)
        {
            SceneValue first = ScenePaths.Find(scene, parameter.Paths[0]);
            double initial = double.IsNaN(parameter.Initial) ? first.Value : parameter.Initial;
            ParameterScale scale = parameter.Scale == "logarithmic" ? ParameterScale.Logarithmic : ParameterScale.Linear;
            double min = System.Math.Max(parameter.Min, first.Least);
            double max = System.Math.Min(parameter.Max, first.Most);
            return new Parameter(parameter.Name ?? parameter.Paths[0], initial, min, max, first.Unit, scale, parameter.Typical, parameter.Paths);
        }
    }
}
