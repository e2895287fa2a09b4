using System;

namespace DiffPhysics.Scenes
{
    /// <summary>Which numbers a field takes.</summary>
    internal sealed class NumberRule
    {
        // Beyond this a simulation only overflows, and nobody means it.
        private const double Largest = 1e15;

        private readonly double _min;
        private readonly double _max;
        private readonly bool _open;
        private readonly bool _whole;

        private NumberRule(double min, double max, bool open, bool whole, string text)
        {
            _min = min;
            _max = max;
            _open = open;
            _whole = whole;
            Text = text;
        }

        public static NumberRule Any { get; } = new NumberRule(-Largest, Largest, false, false, "a number");
        public static NumberRule Positive { get; } = new NumberRule(0, Largest, true, false, "a positive number");
        public static NumberRule NotNegative { get; } = new NumberRule(0, Largest, false, false, "a number that is not negative");
        public static NumberRule Fraction { get; } = new NumberRule(0, 1, false, false, "a number from 0 to 1");

        // What the rule takes, in words.
        public string Text { get; }

        public static NumberRule Whole(int min, int max = int.MaxValue)
        {
            return new NumberRule(min, max, false, true, max == int.MaxValue ? $"a whole number of at least {min}" : $"a whole number from {min} to {max}");
        }

        // What is wrong with a number, or null.
        public string Check(DocumentNode node)
        {
            if (node.Kind != NodeKind.Number) return $"found {node.Describe()}, expected {Text}";
            double value = node.Number;
            if (double.IsNaN(value) || double.IsInfinity(value) || Math.Abs(value) > Largest && !_whole) return $"found {node.Describe()}, which is too large; expected {Text} within plus and minus {Largest:0e+0}";
            bool inside = _open ? value > _min && value <= _max : value >= _min && value <= _max;
            return inside && (!_whole || value == Math.Floor(value)) ? null : $"found {node.Describe()}, expected {Text}";
        }

        public void Describe(DocumentNode schema)
        {
            schema.Add("type", DocumentNode.Of(_whole ? "integer" : "number"));
            if (_min != -Largest) schema.Add(_open ? "exclusiveMinimum" : "minimum", DocumentNode.Of(_min));
            if (_max != Largest && _max != int.MaxValue) schema.Add("maximum", DocumentNode.Of(_max));
        }
    }
}
