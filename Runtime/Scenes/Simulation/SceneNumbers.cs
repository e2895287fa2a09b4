using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Scenes
{
    /// <summary>The numbers of a scene while a kernel is traced: constants, except those that parameters drive.</summary>
    internal sealed class SceneNumbers
    {
        private readonly Dictionary<(SceneValueKind, int, int), Real> _driven = new Dictionary<(SceneValueKind, int, int), Real>();
        private readonly Dictionary<(SceneValueKind, int, int), double> _constant = new Dictionary<(SceneValueKind, int, int), double>();

        public SceneNumbers(Scene scene, IReadOnlyList<string> targets, Real[] values)
        {
            Dictionary<string, SceneValue> known = ScenePaths.List(scene).ToDictionary(v => v.Path);
            foreach (SceneValue value in known.Values) _constant[(value.Kind, value.Owner, value.Axis)] = value.Value;
            for (int t = 0; t < targets.Count; t++)
            {
                SceneValue value = known[targets[t]];
                _driven[(value.Kind, value.Owner, value.Axis)] = values[t];
            }
        }

        public bool Has(SceneValueKind kind, int owner) => _constant.ContainsKey((kind, owner, 0));

        public Real Of(SceneValueKind kind, int owner = 0, int axis = 0)
        {
            var key = (kind, owner, axis);
            return _driven.TryGetValue(key, out Real value) ? value : _constant[key];
        }

        public Real3 Vector(SceneValueKind kind, int owner = 0) => new Real3(Of(kind, owner, 0), Of(kind, owner, 1), Of(kind, owner, 2));
    }
}
