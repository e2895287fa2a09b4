using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    // How a kind of value is read, written and described. One description serves all three, so they cannot disagree.
    internal interface IFormat<T>
    {
        T Read(DocumentNode node, string path, ReadContext context);

        DocumentNode Write(T value);

        DocumentNode Schema();
    }

    /// <summary>One named member of an object.</summary>
    internal sealed class Field<T>
    {
        private readonly Action<DocumentNode, string, ReadContext, T> _read;
        private readonly Func<T, DocumentNode> _write;
        private readonly Func<DocumentNode> _schema;

        public Field(string name, string description, bool required, Action<DocumentNode, string, ReadContext, T> read, Func<T, DocumentNode> write, Func<DocumentNode> schema)
        {
            Name = name;
            Description = description;
            Required = required;
            _read = read;
            _write = write;
            _schema = schema;
        }

        public string Name { get; }
        public string Description { get; }
        public bool Required { get; }

        public void Read(DocumentNode node, string path, ReadContext context, T target)
        {
            context.Visit(node, path);
            _read(node, path, context, target);
        }

        public DocumentNode Write(T target) => _write(target);

        public DocumentNode Schema()
        {
            DocumentNode schema = _schema();
            if (!string.IsNullOrEmpty(Description) && schema.Find("description") == null) schema.Add("description", DocumentNode.Of(Description));
            return schema;
        }
    }

    internal sealed class NumberFormat : IFormat<double>
    {
        private readonly NumberRule _rule;

        public NumberFormat(NumberRule rule) => _rule = rule;

        public double Read(DocumentNode node, string path, ReadContext context)
        {
            string problem = _rule.Check(node);
            if (problem != null) throw context.Error(node, path, problem);
            return node.Number;
        }

        public DocumentNode Write(double value) => double.IsNaN(value) || double.IsInfinity(value) ? null : DocumentNode.Of(value);

        public DocumentNode Schema()
        {
            DocumentNode schema = DocumentNode.Object();
            _rule.Describe(schema);
            return schema;
        }
    }

    internal sealed class TextFormat : IFormat<string>
    {
        private readonly IReadOnlyList<string> _choices;

        public TextFormat(IReadOnlyList<string> choices = null) => _choices = choices;

        public string Read(DocumentNode node, string path, ReadContext context)
        {
            string expected = _choices == null ? "a text" : "one of " + string.Join(", ", _choices);
            if (node.Kind != NodeKind.Text) throw context.Error(node, path, $"found {node.Describe()}, expected {expected}");
            if (_choices != null && !_choices.Contains(node.Text)) throw context.Error(node, path, $"found {node.Describe()}, expected {expected}{NearestName.Hint(node.Text, _choices)}");
            return node.Text;
        }

        public DocumentNode Write(string value) => value == null ? null : DocumentNode.Of(value);

        public DocumentNode Schema()
        {
            DocumentNode schema = DocumentNode.Object().Add("type", DocumentNode.Of("string"));
            if (_choices == null) return schema;
            DocumentNode list = DocumentNode.List();
            foreach (string choice in _choices) list.Add(DocumentNode.Of(choice));
            return schema.Add("enum", list);
        }
    }

    internal sealed class BooleanFormat : IFormat<bool>
    {
        public bool Read(DocumentNode node, string path, ReadContext context)
        {
            if (node.Kind != NodeKind.Boolean) throw context.Error(node, path, $"found {node.Describe()}, expected true or false");
            return node.Boolean;
        }

        public DocumentNode Write(bool value) => DocumentNode.Of(value);

        public DocumentNode Schema() => DocumentNode.Object().Add("type", DocumentNode.Of("boolean"));
    }

    internal sealed class ListFormat<T> : IFormat<List<T>>
    {
        private readonly IFormat<T> _item;
        private readonly int _min;
        private readonly int _max;
        private readonly string _expected;

        public ListFormat(IFormat<T> item, string expected, int min = 0, int max = int.MaxValue)
        {
            _item = item;
            _expected = expected;
            _min = min;
            _max = max;
        }

        public List<T> Read(DocumentNode node, string path, ReadContext context)
        {
            if (node.Kind != NodeKind.List || node.Items.Count < _min || node.Items.Count > _max) throw context.Error(node, path, $"found {node.Describe()}, expected {_expected}");
            var list = new List<T>();
            for (int i = 0; i < node.Items.Count; i++)
            {
                string itemPath = $"{path}[{i}]";
                context.Visit(node.Items[i], itemPath);
                list.Add(_item.Read(node.Items[i], itemPath, context));
            }
            return list;
        }

        public DocumentNode Write(List<T> value)
        {
            if (value == null) return null;
            DocumentNode list = DocumentNode.List();
            foreach (T item in value) list.Add(_item.Write(item));
            return list;
        }

        public DocumentNode Schema()
        {
            DocumentNode schema = DocumentNode.Object().Add("type", DocumentNode.Of("array")).Add("items", _item.Schema());
            if (_min > 0) schema.Add("minItems", DocumentNode.Of(_min));
            if (_max < int.MaxValue) schema.Add("maxItems", DocumentNode.Of(_max));
            return schema;
        }
    }

    // A list of numbers of fixed length range, kept as an array.
    internal sealed class VectorFormat : IFormat<double[]>
    {
        private readonly ListFormat<double> _list;

        public VectorFormat(int min, int max, NumberRule rule = null)
        {
            string count = min == max ? min.ToString() : max == int.MaxValue ? $"at least {min}" : $"{min} to {max}";
            _list = new ListFormat<double>(new NumberFormat(rule ?? NumberRule.Any), $"a list of {count} numbers", min, max);
        }

        public double[] Read(DocumentNode node, string path, ReadContext context) => _list.Read(node, path, context).ToArray();

        public DocumentNode Write(double[] value) => value == null ? null : DocumentNode.Of(value);

        public DocumentNode Schema() => _list.Schema();
    }

    internal sealed class TableFormat : IFormat<double[][]>
    {
        private readonly ListFormat<double[]> _list;

        public TableFormat(int columns, string expected)
            : this(columns, columns, expected)
        {
        }

        public TableFormat(int least, int most, string expected) => _list = new ListFormat<double[]>(new VectorFormat(least, most), expected, 1);

        public double[][] Read(DocumentNode node, string path, ReadContext context) => _list.Read(node, path, context).ToArray();

        public DocumentNode Write(double[][] value) => _list.Write(value?.ToList());

        public DocumentNode Schema() => _list.Schema();
    }
}
