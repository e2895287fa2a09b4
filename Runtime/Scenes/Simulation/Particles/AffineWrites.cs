using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// What targets drive in buffers: number = constant + sum of factor x target. Two launches for each buffer and component: one stores the constants,
    /// the other adds what targets give, so that the tape leads back to the targets.
    /// </summary>
    internal sealed class AffineWrites : IDisposable
    {
        private readonly Kernel _store = Kernel.Define("start of a number", k =>
        {
            k.StoreAt("value", "element", k.Lane("constant"));
            k.Constant("constant");
        });

        private readonly Kernel _add = Kernel.Define("part of a number", k =>
        {
            k.AccumulateAt("value", "element", k.Lane("factor") * k.Gather("targets", "target"));
            k.Constant("factor");
        });

        private readonly Buffer _targets;
        private readonly Dictionary<string, (int Target, double Value)> _known = new Dictionary<string, (int, double)>();
        private readonly List<Group> _groups = new List<Group>();
        private readonly List<IDisposable> _owned = new List<IDisposable>();

        // targets: an element for each. values: those that constants were made for.
        public AffineWrites(Buffer targets, IReadOnlyList<SceneValue> values)
        {
            _targets = targets;
            for (int t = 0; t < values.Count; t++) _known[values[t].Path] = (t, values[t].Value);
        }

        public bool Drives(string path) => _known.ContainsKey(path);

        // Gives a number its constant, which is otherwise what the buffer holds now.
        public void Set(Buffer buffer, int element, int component, double value) => GroupOf(buffer, component).Constants[element] = value;

        // Lets a target, if the path is one, move a number from what it is now.
        public void Drive(string path, Buffer buffer, int element, int component, double factor = 1)
        {
            if (factor == 0 || !_known.TryGetValue(path, out (int Target, double Value) known)) return;
            Group group = GroupOf(buffer, component);
            if (!group.Constants.TryGetValue(element, out double constant)) constant = buffer[element, component];
            group.Constants[element] = constant - factor * known.Value;
            group.Parts.Add((element, known.Target, factor));
        }

        public IReadOnlyList<Launch> Launches()
        {
            var launches = new List<Launch>();
            foreach (Group group in _groups)
            {
                launches.Add(new Launch(_store, group.Constants.Count).Bind("value", group.Buffer, group.Component)
                    .Bind("constant", Own(group.Constants.Values.ToArray(), "constant")).BindIndex("element", Own(group.Constants.Keys.ToArray())));
                if (group.Parts.Count == 0) continue;
                launches.Add(new Launch(_add, group.Parts.Count).Bind("value", group.Buffer, group.Component).Bind("targets", _targets)
                    .Bind("factor", Own(group.Parts.Select(p => p.Factor).ToArray(), "factor"))
                    .BindIndex("element", Own(group.Parts.Select(p => p.Element).ToArray())).BindIndex("target", Own(group.Parts.Select(p => p.Target).ToArray())));
            }
            return launches;
        }

        public void Dispose()
        {
            foreach (IDisposable item in _owned) item.Dispose();
        }

        private Group GroupOf(Buffer buffer, int component)
        {
            Group group = _groups.Find(g => g.Buffer == buffer && g.Component == component);
            if (group == null) _groups.Add(group = new Group(buffer, component));
            return group;
        }

        private Buffer Own(double[] numbers, string name)
        {
            var buffer = new Buffer(name, numbers.Length, 1, Precision.Double);
            for (int k = 0; k < numbers.Length; k++) buffer[k] = numbers[k];
            _owned.Add(buffer);
            return buffer;
        }

        private IndexBuffer Own(int[] elements)
        {
            var index = new IndexBuffer("element", elements);
            _owned.Add(index);
            return index;
        }

        private sealed class Group
        {
            public readonly Buffer Buffer;
            public readonly int Component;
            public readonly SortedDictionary<int, double> Constants = new SortedDictionary<int, double>();
            public readonly List<(int Element, int Target, double Factor)> Parts = new List<(int, int, double)>();

            public Group(Buffer buffer, int component)
            {
                Buffer = buffer;
                Component = component;
            }
        }
    }
}
