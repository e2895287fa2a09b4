using System.Linq;

namespace DiffPhysics.Scenes
{
    /// <summary>A number, or a list of numbers where each element may have its own.</summary>
    internal sealed class NumbersFormat : IFormat<double[]>
    {
        private readonly NumberFormat _number;
        private readonly ListFormat<double> _list;

        public NumbersFormat(NumberRule rule, bool mayBeList)
        {
            _number = new NumberFormat(rule);
            if (mayBeList) _list = new ListFormat<double>(_number, $"{rule.Text}, or a list of such", 1);
        }

        public double[] Read(DocumentNode node, string path, ReadContext context)
        {
            return _list != null && node.Kind == NodeKind.List ? _list.Read(node, path, context).ToArray() : new[] { _number.Read(node, path, context) };
        }

        public DocumentNode Write(double[] value) => value == null ? null : value.Length == 1 ? _number.Write(value[0]) : DocumentNode.Of(value);

        public DocumentNode Schema() => _list == null ? _number.Schema() : DocumentNode.Object().Add("anyOf", DocumentNode.List().Add(_number.Schema()).Add(_list.Schema()));
    }

    /// <summary>A list of whole numbers, of any length or a fixed one.</summary>
    internal sealed class IndexFormat : IFormat<int[]>
    {
        private readonly ListFormat<double> _list;

        public IndexFormat(string expected, int count = -1, int least = 0)
        {
            _list = new ListFormat<double>(new NumberFormat(NumberRule.Whole(least)), expected, count < 0 ? 0 : count, count < 0 ? int.MaxValue : count);
        }

        public int[] Read(DocumentNode node, string path, ReadContext context) => _list.Read(node, path, context).Select(v => (int)v).ToArray();

        public DocumentNode Write(int[] value) => value == null ? null : DocumentNode.Of(value.Select(v => (double)v));

        public DocumentNode Schema() => _list.Schema();
    }

    /// <summary>A list of rows of whole numbers.</summary>
    internal sealed class IndexTableFormat : IFormat<int[][]>
    {
        private readonly ListFormat<int[]> _list;

        public IndexTableFormat(int columns, string expected) => _list = new ListFormat<int[]>(new IndexFormat($"a list of {columns} whole numbers", columns), expected);

        public int[][] Read(DocumentNode node, string path, ReadContext context) => _list.Read(node, path, context).ToArray();

        public DocumentNode Write(int[][] value) => _list.Write(value?.ToList());

        public DocumentNode Schema() => _list.Schema();
    }
}
