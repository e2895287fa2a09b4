using System;

namespace DiffPhysics.Scenes
{
    /// <summary>A scene or recording that cannot be used: where, what was found, what was expected.</summary>
    public sealed class SceneException : Exception
    {
        /// <summary>The file; null when the scene was built in code.</summary>
        public string File { get; }

        /// <summary>The line, counted from one; zero when it is not known.</summary>
        public int Line { get; }

        /// <summary>Path of the value in the document, e.g. <c>bodies.ball.mass</c>.</summary>
        public string Path { get; }

        /// <summary>What was wrong: found, expected, and the nearest valid name where there is one.</summary>
        public string Problem { get; }

        /// <summary>Creates the error.</summary>
        /// <param name="file">The file, or null.</param>
        /// <param name="line">The line, or zero.</param>
        /// <param name="path">Path of the value.</param>
        /// <param name="problem">What was found and what was expected.</param>
        public SceneException(string file, int line, string path, string problem)
            : base((file ?? "scene") + (line > 0 ? $"({line})" : "") + ": " + (string.IsNullOrEmpty(path) ? "" : path + ": ") + problem)
        {
            File = file;
            Line = line;
            Path = path;
            Problem = problem;
        }
    }
}
