using System;
using System.Collections.Generic;

namespace DiffPhysics.Scenes
{
    /// <summary>The numbers of deformables by path.</summary>
    internal static class DeformablePaths
    {
        private const string Axes = "xyz";

        public static void Add(List<SceneValue> values, SceneDeformable deformable, int index)
        {
            DeformableShape shape = DeformableShape.Of(deformable);
            string path = "deformables." + deformable.Name + ".";
            int axis = 0;
            Vector("position", "m", deformable.Position);
            Vector("velocity", "m/s", deformable.Velocity);
            Vector("angularVelocity", "rad/s", deformable.AngularVelocity);
            foreach (DeformableNumber number in DeformableNumber.Of(deformable.Type))
            {
                int count = deformable.Effective(number.Word)?.Length ?? 0;
                for (int k = 0; k < count; k++)
                {
                    string word = number.Word;
                    int place = k;
                    double most = word == "poisson" ? 0.5 - 1e-9 : double.PositiveInfinity;
                    Add(number.PathOf(k, count), number.Unit, () => deformable.Effective(word)[place], v => Own(deformable, word)[place] = v, number.IsSigned, most);
                }
            }
            for (int k = 0; k < deformable.Attachments.Count; k++)
            {
                SceneAttachment tie = deformable.Attachments[k];
                Add($"attachments.{k}.stiffness", "N/m", () => tie.Stiffness, v => tie.Stiffness = v);
                Add($"attachments.{k}.damping", "N s/m", () => tie.Damping, v => tie.Damping = v);
            }
            for (int p = 0; p < shape.Points.Count; p++)
            {
                for (int c = 0; c < 3; c++)
                {
                    int particle = p, component = c;
                    Add($"velocities.{p}.{Axes[c]}", "m/s", () => deformable.Velocities == null ? 0 : deformable.Velocities[particle][component], v => Velocities(deformable, shape.Points.Count)[particle][component] = v, true);
                    if (deformable.Type == "springs") Add($"points.{p}.{Axes[c]}", "m", () => deformable.Points[particle][component], v => deformable.Points[particle][component] = v, true);
                }
            }

            void Vector(string name, string unit, double[] vector)
            {
                for (int c = 0; c < 3; c++)
                {
                    int component = c;
                    Add($"{name}.{Axes[c]}", unit, () => vector[component], v => vector[component] = v, true);
                }
            }

            void Add(string name, string unit, Func<double> get, Action<double> set, bool mayBeNegative = false, double most = double.PositiveInfinity) =>
                values.Add(new SceneValue(path + name, SceneValueKind.Deformable, index, axis++, unit, get, set, mayBeNegative, most));
        }

        // The array that the document gives, made from the default where it gives none.
        private static double[] Own(SceneDeformable deformable, string word) => deformable[word] = deformable[word] ?? (double[])deformable.Effective(word).Clone();

        private static double[][] Velocities(SceneDeformable deformable, int count)
        {
            if (deformable.Velocities != null) return deformable.Velocities;
            deformable.Velocities = new double[count][];
            for (int p = 0; p < count; p++) deformable.Velocities[p] = new double[3];
            return deformable.Velocities;
        }
    }
}
