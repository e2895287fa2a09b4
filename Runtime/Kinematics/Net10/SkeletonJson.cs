#if NET10_0_OR_GREATER
using System;
using System.Collections.Generic;
using System.Text.Json;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// Reads a skeleton from JSON: an object with <c>name</c> and a list <c>joints</c>. A joint has <c>name</c>, <c>kind</c> (fixed,
    /// hinge, slider, universal, ball, free) and, where they differ from nothing, <c>parent</c>, <c>position</c> [x, y, z] in metres,
    /// <c>rotation</c> [x, y, z, w], <c>axis</c>, <c>secondAxis</c>, <c>limits</c> [[lower, upper], ..] in radians or metres (null for
    /// no limit), <c>rest</c>, <c>weight</c>, <c>mass</c> in kilograms and <c>centreOfMass</c>.
    /// </summary>
    public static class SkeletonJson
    {
        static readonly string[] Fields =
            { "name", "parent", "kind", "position", "rotation", "axis", "secondAxis", "limits", "rest", "weight", "mass", "centreOfMass" };

        /// <summary>Reads the text of a skeleton.</summary>
        /// <exception cref="SkeletonException">The text is no skeleton; the message names the line or the joint, and the field.</exception>
        public static Skeleton Read(string json)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
                JsonElement root = document.RootElement;
                if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("joints", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
                    throw new SkeletonException("A skeleton is an object with a list 'joints'.");
                var joints = new List<Joint>();
                foreach (JsonElement joint in list.EnumerateArray()) joints.Add(ReadJoint(joint, joints.Count));
                string name = root.TryGetProperty("name", out JsonElement given) && given.ValueKind == JsonValueKind.String ? given.GetString() : "skeleton";
                return new Skeleton(name, joints);
            }
            catch (JsonException e)
            {
                throw new SkeletonException($"The text is not JSON: {e.Message}", null, (int)(e.LineNumber ?? 0) + 1, e);
            }
        }

        static Joint ReadJoint(JsonElement element, int number)
        {
            if (element.ValueKind != JsonValueKind.Object) throw new SkeletonException($"Joint {number} is not an object.");
            string name = Text(element, "name", null) ?? throw new SkeletonException($"Joint {number} has no name.");
            foreach (JsonProperty property in element.EnumerateObject())
                if (Array.IndexOf(Fields, property.Name) < 0)
                    throw Error(name, $"has a field '{property.Name}'; its fields are {string.Join(", ", Fields)}");

            string parent = Text(element, "parent", name);
            double[] p = Numbers(element, "position", 3, name) ?? new double[3], q = Numbers(element, "rotation", 4, name);
            var frame = new Frame(new Vector3d(p[0], p[1], p[2]), q == null ? Rotation.Identity : Quaternion(q, name));
            Vector3d axis = Vector(element, "axis", name), second = Vector(element, "secondAxis", name);
            string kind = Text(element, "kind", name);
            Joint joint = kind switch
            {
                "fixed" => Joint.Fixed(name, parent, frame),
                "hinge" => Joint.Hinge(name, parent, frame, axis, Limits(element, 1, name)[0]),
                "slider" => Joint.Slider(name, parent, frame, axis, Limits(element, 1, name)[0]),
                "universal" => Universal(Limits(element, 2, name)),
                "ball" => Ball(Limits(element, 3, name)),
                "free" => Joint.Free(name, parent, frame),
                _ => throw Error(name, $"has the kind '{kind}'; kinds are fixed, hinge, slider, universal, ball and free"),
            };
            double[] rest = Numbers(element, "rest", joint.Limits.Count, name);
            if (rest != null) joint = joint.WithRest(rest);
            if (element.TryGetProperty("weight", out JsonElement weight)) joint = joint.WithWeight(Number(weight, "weight", name));
            if (element.TryGetProperty("mass", out JsonElement mass)) joint = joint.WithMass(Number(mass, "mass", name), Vector(element, "centreOfMass", name));
            JointRules.Check(joint);
            return joint;

            Joint Universal(Limit[] l) => Joint.Universal(name, parent, frame, axis, second, l[0], l[1]);
            Joint Ball(Limit[] l) => Joint.Ball(name, parent, frame, axis, second, l[0], l[1], l[2]);
        }

        static Rotation Quaternion(double[] q, string joint)
        {
            try
            {
                return Rotation.FromQuaternion(q[0], q[1], q[2], q[3]);
            }
            catch (ArgumentException e)
            {
                throw Error(joint, $"has a wrong 'rotation': {e.Message.TrimEnd('.')}");
            }
        }

        static Limit[] Limits(JsonElement element, int count, string joint)
        {
            var limits = new Limit[count];
            Array.Fill(limits, Limit.None);
            if (!element.TryGetProperty("limits", out JsonElement list)) return limits;
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != count) throw Error(joint, $"needs 'limits' with {count} pairs");
            for (int k = 0; k < count; k++)
            {
                if (list[k].ValueKind == JsonValueKind.Null) continue;
                if (list[k].ValueKind != JsonValueKind.Array || list[k].GetArrayLength() != 2) throw Error(joint, $"has 'limits' whose item {k} is not a pair or null");
                limits[k] = new Limit(Number(list[k][0], "limits", joint), Number(list[k][1], "limits", joint));
            }
            return limits;
        }

        static Vector3d Vector(JsonElement element, string field, string joint)
        {
            double[] v = Numbers(element, field, 3, joint);
            return v == null ? default : new Vector3d(v[0], v[1], v[2]);
        }

        static double[] Numbers(JsonElement element, string field, int count, string joint)
        {
            if (!element.TryGetProperty(field, out JsonElement list)) return null;
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != count) throw Error(joint, $"needs {count} numbers in '{field}'");
            var values = new double[count];
            for (int k = 0; k < count; k++) values[k] = Number(list[k], field, joint);
            return values;
        }

        static double Number(JsonElement element, string field, string joint) =>
            element.ValueKind == JsonValueKind.Number ? element.GetDouble() : throw Error(joint, $"has something else than a number in '{field}'");

        static string Text(JsonElement element, string field, string joint)
        {
            if (!element.TryGetProperty(field, out JsonElement text) || text.ValueKind == JsonValueKind.Null) return null;
            return text.ValueKind == JsonValueKind.String ? text.GetString() : throw Error(joint, $"has something else than text in '{field}'");
        }

        static SkeletonException Error(string joint, string complaint) => new SkeletonException($"Joint '{joint}' {complaint}.", joint);
    }
}
#endif
