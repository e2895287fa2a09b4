using System.Collections.Generic;

namespace DiffPhysics.Scenes
{
    /// <summary>What reading a document needs beside its nodes: the file's name, and the line of every value for later errors.</summary>
    internal sealed class ReadContext
    {
        private readonly Dictionary<string, int> _lines = new Dictionary<string, int>();

        public ReadContext(string file) => File = file;

        public string File { get; }

        public IReadOnlyDictionary<string, int> Lines => _lines;

        public void Visit(DocumentNode node, string path) => _lines[path] = node.Line;

        public SceneException Error(DocumentNode node, string path, string problem) => new SceneException(File, node.Line, path, problem);

        public static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;
    }
}
