#if NET10_0_OR_GREATER
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// A journal in a file: a line that says which run it is of, then one line of JSON per checkpoint, each flushed to disk
    /// before the run goes on. A last line that was cut off by a crash is left out when reading.
    /// </summary>
    public sealed class FileJournal : ITuningJournal
    {
        private readonly string _path;
        private readonly string _run;

        /// <summary>Opens a journal; nothing is read or written yet.</summary>
        /// <param name="path">The file.</param>
        /// <param name="run">What identifies the run, such as a hash of its scene; a journal of another run is refused.</param>
        public FileJournal(string path, string run)
        {
            _path = path;
            _run = run;
        }

        /// <inheritdoc/>
        /// <exception cref="SceneException">The journal is of another run.</exception>
        public IReadOnlyList<TuningCheckpoint> Read()
        {
            var checkpoints = new List<TuningCheckpoint>();
            if (!File.Exists(_path)) return checkpoints;
            string[] lines = File.ReadAllText(_path).Split('\n');
            if (lines[0].Length > 0 && SceneFile.ParseDocument(lines[0], _path).Find("run")?.Text != _run) throw new SceneException(_path, 1, "run", "this journal is of another scene or of other options, expected the run that is resumed");
            // What follows the last line break is empty, or was cut off.
            for (int i = 1; i < lines.Length - 1; i++) checkpoints.Add(ReadCheckpoint(SceneFile.ParseDocument(lines[i], _path)));
            // Cut the file where reading stopped, so that what is appended starts on a line of its own.
            string kept = string.Concat(lines.Take(lines.Length - 1).Select(l => l + "\n"));
            if (lines[lines.Length - 1].Length > 0) File.WriteAllText(_path, kept);
            return checkpoints;
        }

        /// <inheritdoc/>
        public void Append(TuningCheckpoint checkpoint)
        {
            bool isNew = !File.Exists(_path) || new FileInfo(_path).Length == 0;
            using (var stream = new FileStream(_path, FileMode.Append, FileAccess.Write))
            using (var writer = new StreamWriter(stream))
            {
                if (isNew) writer.Write(DocumentNode.Object().Add("run", DocumentNode.Of(_run)).ToJsonLine() + "\n");
                writer.Write(WriteCheckpoint(checkpoint).ToJsonLine() + "\n");
                writer.Flush();
                stream.Flush(true);
            }
        }

        private static DocumentNode WriteCheckpoint(TuningCheckpoint checkpoint)
        {
            DocumentNode records = DocumentNode.List();
            foreach (IterationRecord r in checkpoint.Records)
            {
                records.Add(DocumentNode.Object()
                    .Add("numbers", DocumentNode.Of(new[] { r.Start, r.Iteration, r.Loss, r.GradientNorm, r.StepSize, r.Rate, r.Evaluations, r.Seconds }))
                    .Add("terms", DocumentNode.Of(r.Terms))
                    .Add("parameters", DocumentNode.Of(r.Parameters)));
            }
            DocumentNode states = DocumentNode.List();
            foreach (IReadOnlyDictionary<string, double[]> state in checkpoint.States)
            {
                DocumentNode node = DocumentNode.Object();
                foreach (KeyValuePair<string, double[]> entry in state) node.Add(entry.Key, DocumentNode.Of(entry.Value));
                states.Add(node);
            }
            return DocumentNode.Object().Add("round", DocumentNode.Of(checkpoint.Round)).Add("records", records).Add("states", states);
        }

        private static TuningCheckpoint ReadCheckpoint(DocumentNode node)
        {
            return new TuningCheckpoint
            {
                Round = (int)node.Find("round").Number,
                Records = node.Find("records").Items.Select(ReadRecord).ToArray(),
                States = node.Find("states").Items.Select(ReadState).ToArray(),
            };
        }

        private static IterationRecord ReadRecord(DocumentNode node)
        {
            double[] n = Numbers(node.Find("numbers"));
            return new IterationRecord
            {
                Start = (int)n[0],
                Iteration = (int)n[1],
                Loss = n[2],
                GradientNorm = n[3],
                StepSize = n[4],
                Rate = n[5],
                Evaluations = (int)n[6],
                Seconds = n[7],
                Terms = Numbers(node.Find("terms")),
                Parameters = Numbers(node.Find("parameters")),
            };
        }

        private static IReadOnlyDictionary<string, double[]> ReadState(DocumentNode node)
        {
            var state = new Dictionary<string, double[]>();
            for (int i = 0; i < node.Items.Count; i++) state[node.Names[i]] = Numbers(node.Items[i]);
            return state;
        }

        private static double[] Numbers(DocumentNode list) => list.Items.Select(i => i.ToNumber()).ToArray();
    }
}
#endif
