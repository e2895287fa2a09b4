using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// Reads recordings from CSV text. The first row names the columns, in any order: t, x, y, z, and optionally qx qy qz qw
    /// (or q0 to q3, in the order the scene states), vx vy vz, wx wy wz. An empty cell, or NaN, is a missing sample. Rows
    /// that start with # are left out. Body-frame angular velocities and z-up frames are converted here, at the border.
    /// </summary>
    public static class CsvRecording
    {
        private static readonly string[] Known = { "t", "x", "y", "z", "qx", "qy", "qz", "qw", "q0", "q1", "q2", "q3", "vx", "vy", "vz", "wx", "wy", "wz" };

        private static readonly string[] OfParticles = { "t", "particle", "x", "y", "z" };
        private const int MostParticles = 10000000;

        /// <summary>Reads a recording.</summary>
        /// <param name="text">The CSV text.</param>
        /// <param name="file">Its name, for errors.</param>
        /// <param name="conventions">Quaternion order, frame of angular velocities and up axis.</param>
        /// <exception cref="SceneException">The text is no recording; names file, line and column.</exception>
        public static Recording Parse(string text, string file, SceneRecording conventions)
        {
            string[] lines = text.Split('\n');
            int header = Array.FindIndex(lines, l => l.Trim().Length > 0 && l[0] != '#');
            if (header < 0) throw new SceneException(file, 1, "", "the recording is empty, expected a row of column names");
            string[] names = lines[header].Split(',').Select(n => n.Trim()).ToArray();
            CheckColumns(names, Known, new[] { "t", "x", "y", "z" }, file, header + 1);
            List<double[]> rows = ReadRows(lines, header, names, file);
            if (rows.Count == 0) throw new SceneException(file, header + 1, "", "the recording has no samples, expected at least one row of numbers");

            double[] Channel(params string[] columns)
            {
                int[] index = columns.Select(c => Array.IndexOf(names, c)).ToArray();
                if (index.Any(i => i < 0)) return null;
                return rows.SelectMany(r => index.Select(i => r[i])).ToArray();
            }

            bool wFirst = conventions.QuaternionOrder == "wxyz";
            double[] rotations = Channel("qx", "qy", "qz", "qw") ?? (wFirst ? Channel("q1", "q2", "q3", "q0") : Channel("q0", "q1", "q2", "q3"));
            double[] spins = Channel("wx", "wy", "wz");
            if (spins != null && conventions.AngularVelocityFrame == "body")
            {
                if (rotations == null) throw new SceneException(file, header + 1, "wx", "angular velocities in the body frame need rotations, found no quaternion columns");
                for (int i = 0; i < rows.Count; i++) Rotate(rotations, i, spins, i);
            }
            double[] positions = Channel("x", "y", "z");
            double[] velocities = Channel("vx", "vy", "vz");
            if (conventions.Up == "z")
            {
                TurnUp(positions);
                TurnUp(velocities);
                TurnUp(spins);
                TurnRotationsUp(rotations);
            }
            Scale(positions, conventions.LengthScale);
            Scale(velocities, conventions.LengthScale);
            return new Recording(rows.Select(r => r[Array.IndexOf(names, "t")]).ToArray(), positions, rotations, velocities, spins);
        }

        /// <summary>Reads a recording of particles: columns t, particle (counted from 0), x, y, z, in any order; rows by rising times, or those of a particle together.</summary>
        /// <param name="text">The CSV text.</param>
        /// <param name="file">Its name, for errors.</param>
        /// <param name="conventions">Up axis and scale of lengths.</param>
        /// <returns>What was recorded of each particle; null where nothing was.</returns>
        /// <exception cref="SceneException">The text is no recording of particles; names file, line and column.</exception>
        public static IReadOnlyList<Recording> ParseParticles(string text, string file, SceneRecording conventions)
        {
            string[] lines = text.Split('\n');
            int header = Array.FindIndex(lines, l => l.Trim().Length > 0 && l[0] != '#');
            if (header < 0) throw new SceneException(file, 1, "", "the recording is empty, expected a row of column names");
            string[] names = lines[header].Split(',').Select(n => n.Trim()).ToArray();
            CheckColumns(names, OfParticles, OfParticles, file, header + 1);
            List<double[]> rows = ReadRows(lines, header, names, file);
            if (rows.Count == 0) throw new SceneException(file, header + 1, "", "the recording has no samples, expected at least one row of numbers");
            IReadOnlyList<Recording> all = SceneRecordings.ParticleSamples(rows.Select(r => OfParticles.Select(n => r[Array.IndexOf(names, n)]).ToArray()).ToArray());
            foreach (Recording recording in all.Where(r => r != null))
            {
                if (conventions.Up == "z") TurnUp(recording.Positions);
                Scale(recording.Positions, conventions.LengthScale);
            }
            return all;
        }

        private static void CheckColumns(string[] names, string[] known, string[] needs, string file, int line)
        {
            foreach (string name in names)
            {
                if (!known.Contains(name)) throw new SceneException(file, line, name, $"unknown column '{name}'{NearestName.Hint(name, known)} Known: {string.Join(", ", known)}.");
            }
            foreach (string name in names)
            {
                if (names.Count(n => n == name) > 1) throw new SceneException(file, line, name, $"column '{name}' stands here twice, expected once");
            }
            foreach (string needed in needs)
            {
                if (!names.Contains(needed)) throw new SceneException(file, line, needed, $"column '{needed}' is missing; found {string.Join(", ", names)}");
            }
        }

        private static List<double[]> ReadRows(string[] lines, int header, string[] names, string file)
        {
            var rows = new List<double[]>();
            int time = Array.IndexOf(names, "t"), particle = Array.IndexOf(names, "particle");
            var last = new Dictionary<double, double>();
            for (int l = header + 1; l < lines.Length; l++)
            {
                string line = lines[l].Trim();
                if (line.Length == 0 || line[0] == '#') continue;
                string[] cells = line.Split(',');
                if (cells.Length != names.Length) throw new SceneException(file, l + 1, "", $"found {cells.Length} cells, expected {names.Length}");
                var row = new double[cells.Length];
                for (int c = 0; c < cells.Length; c++)
                {
                    string cell = cells[c].Trim();
                    if (cell.Length == 0 || cell == "NaN" || cell == "nan") row[c] = double.NaN;
                    else if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out row[c]) || double.IsInfinity(row[c])) throw new SceneException(file, l + 1, names[c], $"found the text \"{cell}\", expected a finite number or an empty cell");
                }
                if (double.IsNaN(row[time])) throw new SceneException(file, l + 1, "t", "the time is missing, expected a number");
                // Of particles the times of each one rise.
                double owner = particle < 0 ? 0 : row[particle];
                if (!(owner >= 0 && owner < MostParticles && owner == Math.Floor(owner))) throw new SceneException(file, l + 1, "particle", $"found {(double.IsNaN(owner) ? "none" : owner.ToString(CultureInfo.InvariantCulture))}, expected the number of a particle, counted from 0");
                if (last.TryGetValue(owner, out double before) && !(row[time] > before)) throw new SceneException(file, l + 1, "t", $"found time {row[time]} after {before}{(particle < 0 ? "" : " of particle " + owner)}, expected rising times");
                last[owner] = row[time];
                rows.Add(row);
            }
            return rows;
        }

        private static void Scale(double[] lengths, double factor)
        {
            for (int i = 0; lengths != null && i < lengths.Length; i++) lengths[i] *= factor;
        }

        // v := q v q*, with v = v + 2 w (u x v) + 2 u x (u x v) for q = (u, w).
        private static void Rotate(double[] rotations, int r, double[] vectors, int i)
        {
            double x = rotations[4 * r], y = rotations[4 * r + 1], z = rotations[4 * r + 2], w = rotations[4 * r + 3];
            double a = vectors[3 * i], b = vectors[3 * i + 1], c = vectors[3 * i + 2];
            double tx = 2 * (y * c - z * b), ty = 2 * (z * a - x * c), tz = 2 * (x * b - y * a);
            vectors[3 * i] = a + w * tx + y * tz - z * ty;
            vectors[3 * i + 1] = b + w * ty + z * tx - x * tz;
            vectors[3 * i + 2] = c + w * tz + x * ty - y * tx;
        }

        // z up to y up: a turn by -90 degrees about x takes (x, y, z) to (x, z, -y).
        private static void TurnUp(double[] vectors)
        {
            for (int i = 0; vectors != null && i < vectors.Length; i += 3)
            {
                double y = vectors[i + 1];
                vectors[i + 1] = vectors[i + 2];
                vectors[i + 2] = -y;
            }
        }

        // The same turn applied to both world and body frame, q := r q r*, so that a shape stated in y-up axes fits: it
        // turns the vector part like any vector.
        private static void TurnRotationsUp(double[] rotations)
        {
            for (int i = 0; rotations != null && i < rotations.Length; i += 4)
            {
                double y = rotations[i + 1];
                rotations[i + 1] = rotations[i + 2];
                rotations[i + 2] = -y;
            }
        }
    }
}
