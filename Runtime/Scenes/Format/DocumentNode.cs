using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace DiffPhysics.Scenes
{
    /// <summary>Kind of a node.</summary>
    public enum NodeKind
    {
        /// <summary>Nothing.</summary>
        Null,

        /// <summary>True or false.</summary>
        Boolean,

        /// <summary>A number.</summary>
        Number,

        /// <summary>A string.</summary>
        Text,

        /// <summary>A list.</summary>
        List,

        /// <summary>Named members, in order.</summary>
        Object,
    }

    /// <summary>A value of a JSON document with the line it stands on.</summary>
    public sealed class DocumentNode
    {
        private const int Unindented = -1;
        private readonly List<DocumentNode> _items = new List<DocumentNode>();
        private readonly List<string> _names = new List<string>();

        /// <summary>Its kind.</summary>
        public NodeKind Kind { get; }

        /// <summary>Its number.</summary>
        public double Number { get; }

        /// <summary>Its string, or the number as it was written.</summary>
        public string Text { get; }

        /// <summary>Its truth value.</summary>
        public bool Boolean { get; }

        /// <summary>Line it starts on, counted from one; zero when it was made in code.</summary>
        public int Line { get; }

        /// <summary>Items of a list, or values of the members in order.</summary>
        public IReadOnlyList<DocumentNode> Items => _items;

        /// <summary>Names of the members in order.</summary>
        public IReadOnlyList<string> Names => _names;

        private DocumentNode(NodeKind kind, int line, double number = 0, string text = null, bool boolean = false)
        {
            Kind = kind;
            Line = line;
            Number = number;
            Text = text;
            Boolean = boolean;
        }

        /// <summary>A null.</summary>
        /// <param name="line">Its line.</param>
        public static DocumentNode Null(int line = 0) => new DocumentNode(NodeKind.Null, line);

        /// <summary>A truth value.</summary>
        /// <param name="value">The value.</param>
        /// <param name="line">Its line.</param>
        public static DocumentNode Of(bool value, int line = 0) => new DocumentNode(NodeKind.Boolean, line, boolean: value);

        /// <summary>A number.</summary>
        /// <param name="value">The value.</param>
        /// <param name="line">Its line.</param>
        /// <param name="text">As it was written, or null.</param>
        public static DocumentNode Of(double value, int line = 0, string text = null) => new DocumentNode(NodeKind.Number, line, value, text ?? value.ToString("R", CultureInfo.InvariantCulture));

        /// <summary>A string.</summary>
        /// <param name="value">The value.</param>
        /// <param name="line">Its line.</param>
        public static DocumentNode Of(string value, int line = 0) => new DocumentNode(NodeKind.Text, line, text: value);

        /// <summary>A list of numbers.</summary>
        /// <param name="values">The numbers.</param>
        public static DocumentNode Of(IEnumerable<double> values)
        {
            DocumentNode list = List();
            foreach (double value in values) list.Add(Of(value));
            return list;
        }

        /// <summary>An empty list.</summary>
        /// <param name="line">Its line.</param>
        public static DocumentNode List(int line = 0) => new DocumentNode(NodeKind.List, line);

        /// <summary>An object without members.</summary>
        /// <param name="line">Its line.</param>
        public static DocumentNode Object(int line = 0) => new DocumentNode(NodeKind.Object, line);

        /// <summary>Appends an item to a list.</summary>
        /// <param name="item">The item.</param>
        public DocumentNode Add(DocumentNode item)
        {
            _items.Add(item);
            return this;
        }

        /// <summary>Appends a member to an object.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="value">Its value.</param>
        public DocumentNode Add(string name, DocumentNode value)
        {
            _names.Add(name);
            _items.Add(value);
            return this;
        }

        /// <summary>The member of a name, or null.</summary>
        /// <param name="name">The name.</param>
        public DocumentNode Find(string name)
        {
            int index = _names.IndexOf(name);
            return index < 0 ? null : _items[index];
        }

        /// <summary>What the node is, for error texts: <c>the text "abc"</c>.</summary>
        public string Describe()
        {
            switch (Kind)
            {
                case NodeKind.Null: return "null";
                case NodeKind.Boolean: return Boolean ? "true" : "false";
                case NodeKind.Number: return $"the number {Text}";
                case NodeKind.Text: return $"the text \"{(Text.Length > 40 ? Text.Substring(0, 40) + "..." : Text)}\"";
                case NodeKind.List: return _items.Count == 0 ? "an empty list" : $"a list of {_items.Count}";
                default: return "an object";
            }
        }

        /// <summary>The node as indented JSON; short lists stand on one line.</summary>
        public string ToJson()
        {
            var text = new StringBuilder();
            Write(text, 0);
            return text.Append('\n').ToString();
        }

        /// <summary>The node as JSON on a single line.</summary>
        public string ToJsonLine()
        {
            var text = new StringBuilder();
            Write(text, Unindented);
            return text.ToString();
        }

        /// <summary>The number, or the one that a string such as "NaN" stands for.</summary>
        /// <exception cref="FormatException">The node is neither.</exception>
        public double ToNumber()
        {
            return Kind == NodeKind.Number ? Number : double.Parse(Text ?? "", CultureInfo.InvariantCulture);
        }

        private void Write(StringBuilder text, int depth)
        {
            switch (Kind)
            {
                case NodeKind.Null: text.Append("null"); break;
                case NodeKind.Boolean: text.Append(Boolean ? "true" : "false"); break;
                // JSON has no word for these numbers; as strings they survive.
                case NodeKind.Number when double.IsNaN(Number) || double.IsInfinity(Number): Quote(text, Number.ToString("R", CultureInfo.InvariantCulture)); break;
                case NodeKind.Number: text.Append(Number.ToString("R", CultureInfo.InvariantCulture)); break;
                case NodeKind.Text: Quote(text, Text); break;
                default: WriteItems(text, depth); break;
            }
        }

        private void WriteItems(StringBuilder text, int depth)
        {
            bool isList = Kind == NodeKind.List;
            text.Append(isList ? '[' : '{');
            bool flat = depth == Unindented || isList && _items.TrueForAll(i => i.Kind != NodeKind.Object && i.Kind != NodeKind.List);
            for (int i = 0; i < _items.Count; i++)
            {
                if (i > 0) text.Append(flat ? ", " : ",");
                if (!flat) text.Append('\n').Append(' ', 2 * depth + 2);
                if (!isList)
                {
                    Quote(text, _names[i]);
                    text.Append(": ");
                }
                _items[i].Write(text, depth == Unindented ? depth : depth + 1);
            }
            if (!flat && _items.Count > 0) text.Append('\n').Append(' ', 2 * depth);
            text.Append(isList ? ']' : '}');
        }

        private static void Quote(StringBuilder text, string value)
        {
            text.Append('"');
            foreach (char c in value)
            {
                if (c == '"' || c == '\\') text.Append('\\').Append(c);
                else if (c == '\n') text.Append("\\n");
                else if (c < ' ') text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                else text.Append(c);
            }
            text.Append('"');
        }
    }
}
