using System;
using System.Collections.Generic;
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
            Dictionary<string, SceneValue> values = Values(scene);
            return new ParameterSet(
                scene.Parameters.SelectMany(p => Create(p, values)),
                scene.Couplings.Select(c => new Coupling(c.Target, c.Offset, c.Terms.Select(t => new Coupling.Term(t.Source, t.Factor)).ToArray())));
        }

        /// <summary>Writes values of the parameters, and of all that follows them, into the scene.</summary>
        /// <param name="scene">Changed in place, with the parameters' start values.</param>
        /// <param name="values">One value per parameter.</param>
        public static void Apply(Scene scene, double[] values)
        {
            ParameterSet set = Create(scene);
            Dictionary<string, SceneValue> known = Values(scene);
            var targets = new double[set.Targets.Count];
            set.Expand(values, targets);
            for (int t = 0; t < targets.Length; t++) known[set.Targets[t]].Value = targets[t];
            // Start values that the document gives would be used before those of the scene.
            foreach (SceneParameter parameter in scene.Parameters) parameter.Initial = double.NaN;
        }

        // Paths with * written out; those without stay as they are, whether there is such a value or not.
        internal static IReadOnlyList<string> Paths(SceneParameter parameter, IEnumerable<string> known)
        {
            return parameter.Paths.SelectMany(path => path.Contains("*") ? known.Where(k => Matches(path, k)) : new[] { path }).ToArray();
        }

        // One parameter, or one for each path.
        internal static IEnumerable<Parameter> Create(SceneParameter parameter, IReadOnlyDictionary<string, SceneValue> values)
        {
            IReadOnlyList<string> paths = Paths(parameter, values.Keys);
            if (!parameter.Each) return new[] { Create(parameter, parameter.Name ?? paths[0], paths, values) };
            return paths.Select(path => Create(parameter, NameOf(parameter, path), new[] { path }, values));
        }

        internal static Dictionary<string, SceneValue> Values(Scene scene)
        {
            var values = new Dictionary<string, SceneValue>();
            foreach (SceneValue value in ScenePaths.List(scene)) values[value.Path] = value;
            return values;
        }

        private static Parameter Create(SceneParameter parameter, string name, IReadOnlyList<string> paths, IReadOnlyDictionary<string, SceneValue> values)
        {
            SceneValue first = values[paths[0]];
            double initial = double.IsNaN(parameter.Initial) ? first.Value : parameter.Initial;
            ParameterScale scale = parameter.Scale == "logarithmic" ? ParameterScale.Logarithmic : ParameterScale.Linear;
            double min = Math.Max(parameter.Min, first.Least);
            double max = Math.Min(parameter.Max, first.Most);
            return new Parameter(name, initial, min, max, first.Unit, scale, parameter.Typical, paths);
        }

        // Of a parameter with a name, the name and the words that * stands for.
        private static string NameOf(SceneParameter parameter, string path)
        {
            if (parameter.Name == null) return path;
            string pattern = parameter.Paths.First(p => p == path || Matches(p, path));
            IEnumerable<string> words = pattern.Split('.').Zip(path.Split('.'), (w, f) => w == "*" ? "." + f : "");
            return parameter.Name + string.Concat(words);
        }

        private static bool Matches(string pattern, string path)
        {
            string[] wanted = pattern.Split('.'), found = path.Split('.');
            return wanted.Length == found.Length && wanted.Zip(found, (w, f) => w == "*" || w == f).All(same => same);
        }
    }
}
