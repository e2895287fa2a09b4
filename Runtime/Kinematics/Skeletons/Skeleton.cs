using System;
using System.Collections.Generic;

namespace DiffPhysics.Kinematics
{
    /// <summary>
    /// A tree of joints. Immutable and checked when made. A pose of it is an array of <see cref="CoordinateCount"/> numbers, the
    /// coordinates of its joints in the order of <see cref="Joints"/>, where every joint follows its parent.
    /// </summary>
    public sealed class Skeleton
    {
        readonly Joint[] joints;
        readonly int[] parents, firstCoordinates;
        readonly Dictionary<string, int> indices = new Dictionary<string, int>();

        /// <summary>A skeleton of joints in any order.</summary>
        /// <exception cref="SkeletonException">A name is missing or used twice, a parent is unknown, joints carry one another in a
        /// circle, a limit is reversed, an axis is zero, or a number is not finite.</exception>
        public Skeleton(string name, IEnumerable<Joint> joints)
        {
            Name = name ?? throw new ArgumentNullException(nameof(name));
            this.joints = InOrder(new List<Joint>(joints ?? throw new ArgumentNullException(nameof(joints))));
            parents = new int[this.joints.Length];
            firstCoordinates = new int[this.joints.Length + 1];
            for (int j = 0; j < this.joints.Length; j++)
            {
                Joint joint = this.joints[j];
                JointRules.Check(joint);
                indices[joint.Name] = j;
                parents[j] = joint.Parent == null ? -1 : indices[joint.Parent];
                firstCoordinates[j + 1] = firstCoordinates[j] + joint.Limits.Count;
            }
        }

        /// <summary>The name of the skeleton.</summary>
        public string Name { get; }

        /// <summary>The joints, each after its parent.</summary>
        public IReadOnlyList<Joint> Joints => joints;

        /// <summary>The number of coordinates of a pose.</summary>
        public int CoordinateCount => firstCoordinates[joints.Length];

        /// <summary>The sum of the masses of all bones, in kilograms.</summary>
        public double Mass
        {
            get
            {
                double sum = 0;
                foreach (Joint joint in joints) sum += joint.Mass;
                return sum;
            }
        }

        /// <summary>The index of a joint.</summary>
        /// <exception cref="SkeletonException">There is no joint of that name.</exception>
        public int IndexOf(string joint)
        {
            if (joint != null && indices.TryGetValue(joint, out int index)) return index;
            throw new SkeletonException($"Skeleton '{Name}' has no joint '{joint}'. It has: {string.Join(", ", indices.Keys)}.", joint);
        }

        /// <summary>The index of the parent of a joint, or -1.</summary>
        public int ParentOf(int joint) => parents[joint];

        /// <summary>The first coordinate of a joint; it has as many as it has limits.</summary>
        public int FirstCoordinateOf(int joint) => firstCoordinates[joint];

        /// <summary>The joint that a coordinate belongs to.</summary>
        public int JointOf(int coordinate)
        {
            for (int j = 0; j < joints.Length; j++)
                if (coordinate >= firstCoordinates[j] && coordinate < firstCoordinates[j + 1]) return j;
            throw new ArgumentOutOfRangeException(nameof(coordinate), coordinate, $"Skeleton '{Name}' has {CoordinateCount} coordinates.");
        }

        /// <summary>The range of a coordinate.</summary>
        public Limit LimitOf(int coordinate)
        {
            int joint = JointOf(coordinate);
            return joints[joint].Limits[coordinate - firstCoordinates[joint]];
        }

        /// <summary>The rest pose.</summary>
        public double[] RestPose()
        {
            var pose = new double[CoordinateCount];
            for (int i = 0; i < pose.Length; i++) pose[i] = joints[JointOf(i)].Rest[i - firstCoordinates[JointOf(i)]];
            return pose;
        }

        /// <summary>The middle of every range; the rest pose where a range has no end.</summary>
        public double[] MiddlePose()
        {
            double[] pose = RestPose();
            for (int i = 0; i < pose.Length; i++)
                if (LimitOf(i).IsBounded) pose[i] = (LimitOf(i).Lower + LimitOf(i).Upper) / 2;
            return pose;
        }

        /// <summary>The same skeleton with one joint replaced by another of the same name.</summary>
        public Skeleton With(Joint joint)
        {
            int index = IndexOf(joint.Name);
            var changed = (Joint[])joints.Clone();
            changed[index] = joint;
            return new Skeleton(Name, changed);
        }

        Joint[] InOrder(List<Joint> given)
        {
            var byName = new Dictionary<string, Joint>();
            foreach (Joint joint in given)
            {
                if (joint == null) throw new SkeletonException($"Skeleton '{Name}' was given a joint that is null.");
                if (string.IsNullOrWhiteSpace(joint.Name)) throw new SkeletonException($"A {joint.Kind} joint of skeleton '{Name}' has no name.");
                if (byName.ContainsKey(joint.Name)) throw new SkeletonException($"Two joints are named '{joint.Name}'.", joint.Name);
                byName[joint.Name] = joint;
            }
            var ordered = new List<Joint>(given.Count);
            var placed = new HashSet<string>();
            var chain = new List<string>();
            foreach (Joint joint in given) Place(joint);
            return ordered.ToArray();

            void Place(Joint joint)
            {
                if (placed.Contains(joint.Name)) return;
                int start = chain.IndexOf(joint.Name);
                chain.Add(joint.Name);
                if (start >= 0)
                    throw new SkeletonException($"Joints carry one another in a circle: {string.Join(" <- ", chain.GetRange(start, chain.Count - start))}.", joint.Name);
                if (joint.Parent != null)
                {
                    if (!byName.TryGetValue(joint.Parent, out Joint parent))
                        throw new SkeletonException($"Joint '{joint.Name}' hangs on '{joint.Parent}', which is not a joint of skeleton '{Name}'.", joint.Name);
                    Place(parent);
                }
                chain.RemoveAt(chain.Count - 1);
                placed.Add(joint.Name);
                ordered.Add(joint);
            }
        }
    }
}
