using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>How an object with named members is read, written and described.</summary>
    internal sealed class ObjectFormat<T> : IFormat<T>
        where T : class, new()
    {
        private readonly List<Field<T>> _fields = new List<Field<T>>();
        private readonly string _description;
        private readonly Action<T> _prepare;

        // prepare: sets what the format itself implies, such as the type that a variant stands for.
        public ObjectFormat(string description, Action<T> prepare = null)
        {
            _description = description;
            _prepare = prepare;
        }

        public IReadOnlyList<string> Names => _fields.Select(f => f.Name).ToArray();

        public ObjectFormat<T> Add<V>(string name, IFormat<V> format, Func<T, V> get, Action<T, V> set, string description, bool required = false)
        {
            _fields.Add(new Field<T>(name, description, required, (node, path, context, target) => set(target, format.Read(node, path, context)), target => format.Write(get(target)), format.Schema));
            return this;
        }

        public ObjectFormat<T> Number(string name, NumberRule rule, Func<T, double> get, Action<T, double> set, string description, bool required = false)
        {
            return Add(name, new NumberFormat(rule), get, set, description, required);
        }

        public ObjectFormat<T> Text(string name, Func<T, string> get, Action<T, string> set, string description, bool required = false, IReadOnlyList<string> choices = null)
        {
            return Add(name, new TextFormat(choices), get, set, description, required);
        }

        // An object whose member names are the items' names.
        public ObjectFormat<T> Map<U>(string name, IFormat<U> format, Func<T, List<U>> get, Func<U, string> getName, Action<U, string> setName, string description, bool required = false)
        {
            void Read(DocumentNode node, string path, ReadContext context, T target)
            {
                if (node.Kind != NodeKind.Object) throw context.Error(node, path, $"found {node.Describe()}, expected an object with a member for each of the {name}");
                for (int i = 0; i < node.Items.Count; i++)
                {
                    string itemPath = ReadContext.Join(path, node.Names[i]);
                    string problem = NameProblem(node.Names[i]);
                    if (problem != null) throw context.Error(node.Items[i], path, problem);
                    context.Visit(node.Items[i], itemPath);
                    U item = format.Read(node.Items[i], itemPath, context);
                    setName(item, node.Names[i]);
                    get(target).Add(item);
                }
            }

            DocumentNode Write(T target)
            {
                DocumentNode map = DocumentNode.Object();
                foreach (U item in get(target)) map.Add(getName(item), format.Write(item));
                return map;
            }

            DocumentNode Schema() => DocumentNode.Object().Add("type", DocumentNode.Of("object")).Add("additionalProperties", format.Schema());

            _fields.Add(new Field<T>(name, description, required, Read, Write, Schema));
            return this;
        }

        public T Read(DocumentNode node, string path, ReadContext context)
        {
            if (node.Kind != NodeKind.Object) throw context.Error(node, path, $"found {node.Describe()}, expected an object");
            var value = new T();
            _prepare?.Invoke(value);
            for (int i = 0; i < node.Items.Count; i++)
            {
                string name = node.Names[i];
                Field<T> field = _fields.Find(f => f.Name == name);
                if (field == null) throw context.Error(node.Items[i], ReadContext.Join(path, name), $"unknown name '{name}'{NearestName.Hint(name, Names)} Known here: {string.Join(", ", Names)}");
                field.Read(node.Items[i], ReadContext.Join(path, name), context, value);
            }
            foreach (Field<T> field in _fields)
            {
                if (field.Required && node.Find(field.Name) == null) throw context.Error(node, path, $"'{field.Name}' is missing: {field.Description}");
            }
            return value;
        }

        // Members that have their default value are left out.
        public DocumentNode Write(T value)
        {
            var defaults = new T();
            _prepare?.Invoke(defaults);
            DocumentNode node = DocumentNode.Object();
            foreach (Field<T> field in _fields)
            {
                DocumentNode written = field.Write(value);
                if (written == null) continue;
                if (field.Required || written.ToJson() != field.Write(defaults)?.ToJson()) node.Add(field.Name, written);
            }
            return node;
        }

        public DocumentNode Schema()
        {
            DocumentNode properties = DocumentNode.Object();
            DocumentNode required = DocumentNode.List();
            foreach (Field<T> field in _fields)
            {
                properties.Add(field.Name, field.Schema());
                if (field.Required) required.Add(DocumentNode.Of(field.Name));
            }
            DocumentNode schema = DocumentNode.Object().Add("type", DocumentNode.Of("object")).Add("description", DocumentNode.Of(_description)).Add("properties", properties);
            if (required.Items.Count > 0) schema.Add("required", required);
            return schema.Add("additionalProperties", DocumentNode.Of(false));
        }

        // Dots and brackets would make paths ambiguous.
        internal static string NameProblem(string name)
        {
            bool valid = name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_' || c == '-');
            return valid ? null : $"the name '{name}' is not allowed; names are letters, digits, _ and -";
        }
    }

    /// <summary>An object whose member 'type' decides which other members it has.</summary>
    internal sealed class VariantFormat<T> : IFormat<T>
        where T : class, new()
    {
        private readonly List<string> _types = new List<string>();
        private readonly List<ObjectFormat<T>> _formats = new List<ObjectFormat<T>>();
        private readonly Func<T, string> _getType;
        private readonly Action<T, string> _setType;

        public VariantFormat(Func<T, string> getType, Action<T, string> setType)
        {
            _getType = getType;
            _setType = setType;
        }

        public IReadOnlyList<string> Types => _types;

        // The new variant, for its members to be added.
        public ObjectFormat<T> Variant(string type, string description)
        {
            var format = new ObjectFormat<T>(description, value => _setType(value, type));
            format.Add("type", new ConstantFormat(type), _getType, _setType, "", true);
            _types.Add(type);
            _formats.Add(format);
            return format;
        }

        public T Read(DocumentNode node, string path, ReadContext context)
        {
            if (node.Kind != NodeKind.Object) throw context.Error(node, path, $"found {node.Describe()}, expected an object");
            DocumentNode type = node.Find("type") ?? throw context.Error(node, path, $"'type' is missing: one of {string.Join(", ", _types)}");
            string name = new TextFormat(_types).Read(type, ReadContext.Join(path, "type"), context);
            return _formats[_types.IndexOf(name)].Read(node, path, context);
        }

        public DocumentNode Write(T value) => _formats[_types.IndexOf(_getType(value))].Write(value);

        public DocumentNode Schema()
        {
            DocumentNode variants = DocumentNode.List();
            foreach (ObjectFormat<T> format in _formats) variants.Add(format.Schema());
            return DocumentNode.Object().Add("oneOf", variants);
        }

        private sealed class ConstantFormat : IFormat<string>
        {
            private readonly string _value;

            public ConstantFormat(string value) => _value = value;

            public string Read(DocumentNode node, string path, ReadContext context) => _value;

            public DocumentNode Write(string value) => DocumentNode.Of(_value);

            public DocumentNode Schema() => DocumentNode.Object().Add("const", DocumentNode.Of(_value));
        }
    }
}
