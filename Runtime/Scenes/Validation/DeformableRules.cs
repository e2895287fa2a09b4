using System;
using System.Collections.Generic;
using System.Linq;

namespace DiffPhysics.Scenes
{
    /// <summary>Rules of a deformable that its format alone cannot check.</summary>
    internal static class DeformableRules
    {
        private const double UnitTolerance = 1e-4;
        private static readonly string[] OfPoisson = { "young", "poisson" }, OfLame = { "mu", "lambda" };

        // The first thing wrong, as the member it is about and words; null when all is right.
        public static (string Member, string Problem)? Check(Scene scene, SceneDeformable deformable)
        {
            if (!SceneDeformable.Types.Contains(deformable.Type)) return ("type", $"found the text \"{deformable.Type}\", expected one of {string.Join(", ", SceneDeformable.Types)}");
            bool isMesh = deformable.Type == "cloth" || deformable.Type == "soft";
            if (isMesh && deformable.Mesh == null) return ("mesh", "found none, expected the shape at rest");
            if (deformable.Type == "springs" && (deformable.Points == null || deformable.Points.Length == 0)) return ("points", "found no particle, expected at least one");
            DeformableShape shape;
            try
            {
                shape = DeformableShape.Of(deformable);
            }
            catch (ArgumentException error)
            {
                return (isMesh ? "mesh" : "points", error.Message);
            }
            return CheckShape(deformable, shape) ?? CheckNumbers(deformable, shape) ?? CheckMaterial(deformable) ?? CheckTies(scene, deformable, shape);
        }

        private static (string, string)? CheckShape(SceneDeformable deformable, DeformableShape shape)
        {
            int count = shape.Points.Count;
            if (deformable.Type == "rope")
            {
                if (count < 2) return ("points", $"found {count} point, expected at least two");
                for (int p = 1; p < count; p++)
                {
                    if (shape.Points[p] == shape.Points[p - 1]) return deformable.Points == null ? ("to", "found the point where the rope begins, expected another") : ($"points[{p}]", "found the point before it, expected another");
                }
            }
            for (int s = 0; s < deformable.Springs.Length; s++)
            {
                int[] pair = deformable.Springs[s];
                foreach (int particle in pair)
                {
                    if (particle >= count || particle < 0) return ($"springs[{s}]", $"found particle {particle}, expected 0 to {count - 1}");
                }
                if (pair[0] == pair[1]) return ($"springs[{s}]", $"found particle {pair[0]} twice, expected two particles");
            }
            double length = Math.Sqrt(deformable.Rotation.Sum(v => v * v));
            if (!(Math.Abs(length - 1) <= UnitTolerance)) return ("rotation", $"found a quaternion of length {length:g4}, expected length 1");
            if (deformable.Velocities != null && deformable.Velocities.Length != count) return ("velocities", $"found {deformable.Velocities.Length} rows, expected {count}, one for each particle");
            for (int k = 0; k < deformable.Pins.Length; k++)
            {
                if (deformable.Pins[k] >= count || deformable.Pins[k] < 0) return ($"pins[{k}]", $"found particle {deformable.Pins[k]}, expected 0 to {count - 1}");
            }
            return null;
        }

        private static (string, string)? CheckNumbers(SceneDeformable deformable, DeformableShape shape)
        {
            IReadOnlyList<DeformableNumber> known = DeformableNumber.Of(deformable.Type);
            foreach (string word in deformable.Given)
            {
                DeformableNumber number = known.FirstOrDefault(n => n.Word == word);
                if (number == null) return (word, $"found '{word}' of a {deformable.Type}, expected only {string.Join(", ", known.Select(n => n.Word))}");
                double[] values = deformable[word];
                foreach (double value in values)
                {
                    if (double.IsNaN(value) || double.IsInfinity(value) || value < 0 && !number.IsSigned) return (word, $"found {value}, expected a number that is {(number.IsSigned ? "finite" : "not negative")}");
                }
                int count = shape.Count(number.Per, deformable);
                if (number.IsVector ? values.Length != 3 : values.Length != 1 && values.Length != count)
                    return (word, $"found {values.Length} numbers, expected {(number.IsVector ? "3" : count == 1 ? "1" : $"1 for all or {count}, one for each {number.Per.ToString().ToLowerInvariant()}")}");
            }
            return null;
        }

        private static (string, string)? CheckMaterial(SceneDeformable deformable)
        {
            if (deformable["restScale"] is double[] scale && !(scale[0] > 0)) return ("restScale", $"found {scale[0]}, expected a positive number");
            if (deformable["restScale"] != null && deformable["restLength"] != null) return ("restScale", "found it beside 'restLength', expected one of them");
            if (deformable.Type == "springs")
            {
                double[] masses = deformable.Effective("mass");
                for (int p = 0; p < deformable.Points.Length; p++)
                {
                    if (masses[masses.Length == 1 ? 0 : p] == 0 && !deformable.Pins.Contains(p)) return ("mass", $"found 0 for particle {p}, expected a positive number or a pin");
                }
            }
            else if (deformable.Effective("density").Any(v => !(v > 0))) return ("density", "found 0, expected a positive number");
            if (deformable.Type != "soft") return null;
            string[] given = OfPoisson.Concat(OfLame).Where(w => deformable[w] != null).ToArray();
            if (given.Length == 0) return ("young", "found no stiffness, expected 'young' and 'poisson', or 'mu' and 'lambda'");
            foreach (string[] pair in new[] { OfPoisson, OfLame })
            {
                string present = pair.FirstOrDefault(given.Contains), missing = pair.FirstOrDefault(w => !given.Contains(w));
                if (present != null && missing != null) return (present, $"found it without '{missing}', expected both");
            }
            if (given.Length > 2) return ("young", "found it beside 'mu' and 'lambda', expected one pair");
            if (deformable["poisson"] is double[] poisson && poisson.Any(v => !(v < 0.5))) return ("poisson", $"found {poisson.Max()}, expected a number below 0.5");
            double[] fibre = deformable.Effective("fibre");
            double length = Math.Sqrt(fibre.Sum(v => v * v));
            return Math.Abs(length - 1) <= UnitTolerance ? ((string, string)?)null : ("fibre", $"found a vector of length {length:g4}, expected length 1");
        }

        private static (string, string)? CheckTies(Scene scene, SceneDeformable deformable, DeformableShape shape)
        {
            for (int k = 0; k < deformable.Attachments.Count; k++)
            {
                SceneAttachment tie = deformable.Attachments[k];
                string at = $"attachments[{k}]";
                if (tie.Particle < 0 || tie.Particle >= shape.Points.Count) return (at + ".particle", $"found particle {tie.Particle}, expected 0 to {shape.Points.Count - 1}");
                if (!(tie.Stiffness >= 0) || double.IsInfinity(tie.Stiffness)) return (at + ".stiffness", $"found {tie.Stiffness}, expected a number that is not negative");
                if (!(tie.Damping >= 0) || double.IsInfinity(tie.Damping)) return (at + ".damping", $"found {tie.Damping}, expected a number that is not negative");
            }
            return null;
        }
    }
}
