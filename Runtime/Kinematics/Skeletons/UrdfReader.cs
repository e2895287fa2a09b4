using System;
using System.Collections.Generic;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// Reads the kinematic tree of a robot from URDF (Unified Robot Description Format): joints with origin, axis and limit, and
    /// the masses of links. Shapes, dynamics, transmissions and mimic joints' couplings are not read.
    /// </summary>
    /// <remarks>Source: http://wiki.ros.org/urdf/XML/joint and /link. A joint's frame is its child link's frame.</remarks>
    public static class UrdfReader
    {
        /// <summary>Reads the text of a URDF file.</summary>
        /// <param name="urdf">The text.</param>
        /// <returns>The skeleton; its joints have the names that the file gives them, and stand in metres and radians, z up as ROS has it.</returns>
        /// <exception cref="SkeletonException">The text is not URDF; the message names line and joint.</exception>
        public static Skeleton Read(string urdf)
        {
            if (urdf == null) throw new ArgumentNullException(nameof(urdf));
            XElement robot = Parse(urdf);
            if (robot.Name.LocalName != "robot") throw Error(robot, $"The root element is <{robot.Name.LocalName}>; URDF wants <robot>.");

            var links = new Dictionary<string, XElement>();
            foreach (XElement link in robot.Elements("link"))
            {
                string name = Attribute(link, "name", null);
                if (links.ContainsKey(name)) throw Error(link, $"Two links are named '{name}'.");
                links[name] = link;
            }
            var joints = new List<XElement>(robot.Elements("joint"));
            if (joints.Count == 0) throw Error(robot, "The robot has no joint.");

            var jointOfLink = new Dictionary<string, string>(); // the joint whose child the link is
            var names = new HashSet<string>();
            foreach (XElement joint in joints)
            {
                string name = Attribute(joint, "name", null);
                if (!names.Add(name)) throw Error(joint, $"Two joints are named '{name}'.", name);
                string child = Attribute(Child(joint, "child", name), "link", name);
                if (!links.ContainsKey(child)) throw Error(joint, $"Joint '{name}' carries link '{child}', which the file does not define.", name);
                if (jointOfLink.TryGetValue(child, out string other))
                    throw Error(joint, $"Joints '{other}' and '{name}' both carry link '{child}'; a skeleton is a tree.", name);
                jointOfLink[child] = name;
            }
            var result = new List<Joint>(joints.Count);
            foreach (XElement joint in joints) result.Add(ReadJoint(joint, links, jointOfLink));
            foreach (XElement joint in joints) CheckCircle(joint, result, Attribute(joint, "name", null));
            return new Skeleton(robot.Attribute("name")?.Value ?? "robot", result);
        }

        static XElement Parse(string urdf)
        {
            try
            {
                var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
                using var text = new System.IO.StringReader(urdf);
                using var reader = XmlReader.Create(text, settings);
                return XDocument.Load(reader, LoadOptions.SetLineInfo).Root;
            }
            catch (XmlException e)
            {
                throw new SkeletonException($"The text is not well-formed XML: {e.Message}", null, e.LineNumber, e);
            }
        }

        static Joint ReadJoint(XElement element, Dictionary<string, XElement> links, Dictionary<string, string> jointOfLink)
        {
            string name = Attribute(element, "name", null);
            string parentLink = Attribute(Child(element, "parent", name), "link", name);
            if (!links.ContainsKey(parentLink)) throw Error(element, $"Joint '{name}' hangs on link '{parentLink}', which the file does not define.", name);
            jointOfLink.TryGetValue(parentLink, out string parent);
            Frame frame = Origin(element.Element("origin"), name);
            string type = Attribute(element, "type", name);
            Joint joint;
            switch (type)
            {
                case "fixed": joint = Joint.Fixed(name, parent, frame); break;
                case "floating": joint = Joint.Free(name, parent, frame); break;
                case "continuous": joint = Joint.Hinge(name, parent, frame, Axis(element, name)); break;
                case "revolute": joint = Joint.Hinge(name, parent, frame, Axis(element, name), ReadLimit(element, name)); break;
                case "prismatic": joint = Joint.Slider(name, parent, frame, Axis(element, name), ReadLimit(element, name)); break;
                default: throw Error(element, $"Joint '{name}' has type '{type}'; fixed, revolute, continuous, prismatic and floating are read.", name);
            }
            XElement inertial = links[Attribute(Child(element, "child", name), "link", name)].Element("inertial");
            if (inertial != null)
            {
                double mass = Number(Child(inertial, "mass", name), "value", name);
                joint = joint.WithMass(mass, Origin(inertial.Element("origin"), name).Position);
            }
            try
            {
                JointRules.Check(joint);
            }
            catch (SkeletonException e)
            {
                throw Error(element, e.Message, name);
            }
            return joint;
        }

        static void CheckCircle(XElement element, List<Joint> joints, string name)
        {
            string at = name;
            for (int steps = 0; steps <= joints.Count && at != null; steps++)
                at = joints.Find(joint => joint.Name == at).Parent;
            if (at != null) throw Error(element, $"Joint '{name}' hangs, in the end, on itself.", name);
        }

        static Limit ReadLimit(XElement joint, string name)
        {
            XElement limit = Child(joint, "limit", name);
            // The format's defaults: both 0.
            return new Limit(Number(limit, "lower", name, 0), Number(limit, "upper", name, 0));
        }

        static Vector3d Axis(XElement joint, string name)
        {
            XElement axis = joint.Element("axis");
            if (axis == null) return Vector3d.UnitX; // the format's default
            double[] v = Numbers(axis, "xyz", name, null);
            return new Vector3d(v[0], v[1], v[2]);
        }

        static Frame Origin(XElement origin, string name)
        {
            if (origin == null) return Frame.Identity;
            double[] p = Numbers(origin, "xyz", name, "0 0 0"), r = Numbers(origin, "rpy", name, "0 0 0");
            return Frame.FromXyzRpy(p[0], p[1], p[2], r[0], r[1], r[2]);
        }

        static double[] Numbers(XElement element, string attribute, string joint, string otherwise)
        {
            string text = otherwise == null ? Attribute(element, attribute, joint) : element.Attribute(attribute)?.Value ?? otherwise;
            string[] parts = text.Split(new[] { ' ', '\t', '\n', '\r' }, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length != 3) throw Error(element, $"{Of(joint)}{attribute} is \"{text}\"; it takes three numbers.", joint);
            return Array.ConvertAll(parts, part => ParseNumber(element, attribute, part, joint));
        }

        static double Number(XElement element, string attribute, string joint, double? otherwise = null)
        {
            if (otherwise != null && element.Attribute(attribute) == null) return otherwise.Value;
            return ParseNumber(element, attribute, Attribute(element, attribute, joint), joint);
        }

        static double ParseNumber(XElement element, string attribute, string text, string joint)
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && !double.IsNaN(x) && !double.IsInfinity(x)) return x;
            throw Error(element, $"{Of(joint)}{attribute} holds \"{text}\", which is not a finite number.", joint);
        }

        static XElement Child(XElement element, string child, string joint) => element.Element(child)
            ?? throw Error(element, $"{Of(joint)}<{element.Name.LocalName}> wants a <{child}>.", joint);

        static string Attribute(XElement element, string attribute, string joint)
        {
            string value = element.Attribute(attribute)?.Value;
            if (!string.IsNullOrWhiteSpace(value)) return value;
            throw Error(element, $"{Of(joint)}<{element.Name.LocalName}> wants the attribute '{attribute}'.", joint);
        }

        static string Of(string joint) => joint == null ? "" : $"Joint '{joint}': ";

        static SkeletonException Error(XElement element, string message, string joint = null) =>
            new SkeletonException(message, joint, ((IXmlLineInfo)element).LineNumber);
    }
}
