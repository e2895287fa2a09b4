#if NET10_0_OR_GREATER
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;

namespace DiffPhysics.Scenes
{
    /// <summary>Scenes as JSON files. Comments and trailing commas are allowed.</summary>
    public static class SceneFile
    {
        /// <summary>Reads and checks a scene file.</summary>
        /// <param name="path">The file.</param>
        /// <exception cref="SceneException">The file is missing, is not JSON, or the scene in it is wrong.</exception>
        public static Scene Load(string path)
        {
            if (!File.Exists(path)) throw new SceneException(path, 0, "", "there is no such file");
            return Parse(File.ReadAllText(path), path);
        }

        /// <summary>Reads and checks a scene from text.</summary>
        /// <param name="json">The text.</param>
        /// <param name="file">What to call it in errors; relative paths start at its folder.</param>
        public static Scene Parse(string json, string file = null)
        {
            return SceneFormat.Read(ParseDocument(json, file), file);
        }

        /// <summary>Writes a scene file.</summary>
        /// <param name="scene">The scene.</param>
        /// <param name="path">The file; replaced as a whole, so that no partial file is ever seen.</param>
        public static void Save(Scene scene, string path)
        {
            string temporary = path + ".part";
            File.WriteAllText(temporary, SceneFormat.Write(scene).ToJson());
            File.Move(temporary, path, true);
        }

        /// <summary>Reads any JSON text into nodes that know their lines.</summary>
        /// <param name="json">The text.</param>
        /// <param name="file">What to call it in errors.</param>
        public static DocumentNode ParseDocument(string json, string file = null)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(json);
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var lines = new LineCounter(bytes);
            try
            {
                if (!reader.Read()) throw new SceneException(file, 1, "", "the document is empty, expected an object");
                DocumentNode root = ReadValue(ref reader, lines, file, "");
                reader.Read();
                return root;
            }
            catch (JsonException error)
            {
                string message = error.Message;
                int cut = message.IndexOf(" LineNumber:", System.StringComparison.Ordinal);
                throw new SceneException(file, (int)(error.LineNumber ?? 0) + 1, "", "this is not JSON: " + (cut < 0 ? message : message.Substring(0, cut)));
            }
        }

        private static DocumentNode ReadValue(ref Utf8JsonReader reader, LineCounter lines, string file, string path)
        {
            int line = lines.At(reader.TokenStartIndex);
            switch (reader.TokenType)
            {
                case JsonTokenType.True: return DocumentNode.Of(true, line);
                case JsonTokenType.False: return DocumentNode.Of(false, line);
                case JsonTokenType.Null: return DocumentNode.Null(line);
                case JsonTokenType.String: return DocumentNode.Of(reader.GetString(), line);
                case JsonTokenType.Number: return DocumentNode.Of(reader.GetDouble(), line, Encoding.UTF8.GetString(reader.ValueSpan));
                case JsonTokenType.StartArray:
                    DocumentNode list = DocumentNode.List(line);
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.Add(ReadValue(ref reader, lines, file, $"{path}[{list.Items.Count}]"));
                    return list;
                default:
                    DocumentNode members = DocumentNode.Object(line);
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                    {
                        string name = reader.GetString();
                        string memberPath = path.Length == 0 ? name : path + "." + name;
                        if (members.Find(name) != null) throw new SceneException(file, lines.At(reader.TokenStartIndex), memberPath, $"the name '{name}' stands here twice, expected once");
                        reader.Read();
                        members.Add(name, ReadValue(ref reader, lines, file, memberPath));
                    }
                    return members;
            }
        }

        // Line of a byte offset; offsets come in rising order, so the text is walked once.
        private sealed class LineCounter
        {
            private readonly byte[] _bytes;
            private int _line = 1;
            private long _at;

            public LineCounter(byte[] bytes) => _bytes = bytes;

            public int At(long offset)
            {
                for (; _at < offset; _at++)
                {
                    if (_bytes[_at] == (byte)'\n') _line++;
                }
                return _line;
            }
        }
    }
}
#endif
