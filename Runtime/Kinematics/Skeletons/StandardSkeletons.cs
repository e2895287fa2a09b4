using System;
using System.Collections.Generic;

namespace DiffPhysics.Kinematics
{
    /// <summary>Three skeletons as numbers: two robot arms (z up, as their makers have them) and a character (y up).</summary>
    public static class StandardSkeletons
    {
        /// <summary>
        /// The seven-joint arm of Franka Robotics (Panda): joints <c>panda_joint1</c> to <c>panda_joint7</c> and the fixed
        /// <c>panda_flange</c>. z up.
        /// </summary>
        /// <remarks>Source: the maker's table of Denavit-Hartenberg parameters (Craig's convention) and joint limits.</remarks>
        public static Skeleton Panda()
        {
            double q = Math.PI / 2;
            var joints = new List<Joint>();
            Add(0, 0, 0.333, 0, Limit.Symmetric(2.8973));
            Add(0, 0, 0, -q, Limit.Symmetric(1.7628));
            Add(0, -0.316, 0, q, Limit.Symmetric(2.8973));
            Add(0.0825, 0, 0, q, new Limit(-3.0718, -0.0698));
            Add(-0.0825, 0.384, 0, -q, Limit.Symmetric(2.8973));
            Add(0, 0, 0, q, new Limit(-0.0175, 3.7525));
            Add(0.088, 0, 0, q, Limit.Symmetric(2.8973));
            joints.Add(Joint.Fixed("panda_flange", "panda_joint7", Frame.At(0, 0, 0.107)));
            return new Skeleton("panda", joints);

            void Add(double x, double y, double z, double roll, Limit limit)
            {
                int number = joints.Count + 1;
                string parent = number == 1 ? null : $"panda_joint{number - 1}";
                joints.Add(Joint.Hinge($"panda_joint{number}", parent, Frame.FromXyzRpy(x, y, z, roll, 0, 0), Vector3d.UnitZ, limit));
            }
        }

        /// <summary>The six-joint arm of Universal Robots (UR5), from <c>shoulder_pan_joint</c> to <c>wrist_3_joint</c>, which carries the tool. z up.</summary>
        /// <remarks>Source: the maker's table of Denavit-Hartenberg parameters.</remarks>
        public static Skeleton Ur5()
        {
            double q = Math.PI / 2;
            Limit turn = Limit.Symmetric(2 * Math.PI);
            return new Skeleton("ur5", new[]
            {
                Hinge("shoulder_pan_joint", null, Frame.At(0, 0, 0.089159), turn),
                Hinge("shoulder_lift_joint", "shoulder_pan_joint", Frame.FromXyzRpy(0, 0, 0, q, 0, 0), turn),
                Hinge("elbow_joint", "shoulder_lift_joint", Frame.At(-0.425, 0, 0), Limit.Symmetric(Math.PI)),
                Hinge("wrist_1_joint", "elbow_joint", Frame.At(-0.39225, 0, 0.10915), turn),
                Hinge("wrist_2_joint", "wrist_1_joint", Frame.FromXyzRpy(0, -0.09465, 0, q, 0, 0), turn),
                Hinge("wrist_3_joint", "wrist_2_joint", Frame.FromXyzRpy(0, 0.0823, 0, q, Math.PI, Math.PI), turn),
            });

            static Joint Hinge(string name, string parent, Frame frame, Limit limit) => Joint.Hinge(name, parent, frame, Vector3d.UnitZ, limit);
        }

        /// <summary>
        /// A person of 1.75 m and 70 kg standing with arms hanging, y up, facing +z, left at +x: a free root <c>hips</c>, ball
        /// joints in spine, neck, shoulders and hips, hinges in elbows and knees, universal wrists and ankles, and fixed tips
        /// <c>head_top</c>, <c>hand_left</c>, <c>toe_left</c> and so on.
        /// </summary>
        /// <remarks>Segment masses and lengths: D. A. Winter, Biomechanics and Motor Control of Human Movement, table 4.1, rounded.</remarks>
        public static Skeleton Humanoid()
        {
            var joints = new List<Joint>
            {
                Joint.Free("hips", null, Frame.At(0, 0.93, 0)).WithWeight(2).WithMass(10, new Vector3d(0, 0.04, 0)),
                Ball("spine", "hips", Frame.At(0, 0.10, 0), Vector3d.UnitY, 40, 30, 30).WithWeight(2).WithMass(10, new Vector3d(0, 0.08, 0)),
                Ball("chest", "spine", Frame.At(0, 0.18, 0), Vector3d.UnitY, 30, 20, 40).WithWeight(2).WithMass(15, new Vector3d(0, 0.12, 0)),
                Ball("neck", "chest", Frame.At(0, 0.26, 0), Vector3d.UnitY, 45, 35, 70).WithMass(1.5, new Vector3d(0, 0.05, 0)),
                Joint.Hinge("head", "neck", Frame.At(0, 0.10, 0), Vector3d.UnitX, Limit.Degrees(-30, 30)).WithMass(4.2, new Vector3d(0, 0.09, 0)),
                Joint.Fixed("head_top", "head", Frame.At(0, 0.18, 0)),
            };
            AddSide("left", 1);
            AddSide("right", -1);
            return new Skeleton("humanoid", joints);

            void AddSide(string side, double s)
            {
                Vector3d down = -Vector3d.UnitY;
                joints.Add(Joint.Universal($"clavicle_{side}", "chest", Frame.At(0.03 * s, 0.20, 0), Vector3d.UnitZ, Vector3d.UnitY,
                    Limit.Degrees(-15, 15), Limit.Degrees(-15, 15)).WithWeight(3));
                joints.Add(Joint.Ball($"upper_arm_{side}", $"clavicle_{side}", Frame.At(0.16 * s, 0, 0), down, Vector3d.UnitX,
                    Limit.Degrees(-150, 60), s > 0 ? Limit.Degrees(-45, 150) : Limit.Degrees(-150, 45), Limit.Degrees(-80, 80)).WithMass(2, 0.13 * down));
                joints.Add(Joint.Hinge($"lower_arm_{side}", $"upper_arm_{side}", new Frame(0.29 * down), -Vector3d.UnitX, Limit.Degrees(0, 150))
                    .WithRest(Math.PI / 12).WithMass(1.1, 0.11 * down));
                joints.Add(Joint.Ball($"wrist_{side}", $"lower_arm_{side}", new Frame(0.26 * down), down, Vector3d.UnitX,
                    Limit.Degrees(-70, 70), Limit.Degrees(-30, 30), Limit.Degrees(-80, 80)).WithMass(0.4, 0.08 * down));
                joints.Add(Joint.Fixed($"hand_{side}", $"wrist_{side}", new Frame(0.09 * down)));
                joints.Add(Joint.Ball($"upper_leg_{side}", "hips", Frame.At(0.10 * s, -0.02, 0), down, Vector3d.UnitX,
                    Limit.Degrees(-120, 30), Limit.Degrees(-45, 45), Limit.Degrees(-45, 45)).WithMass(7, 0.18 * down));
                joints.Add(Joint.Hinge($"lower_leg_{side}", $"upper_leg_{side}", new Frame(0.42 * down), Vector3d.UnitX, Limit.Degrees(0, 150))
                    .WithRest(Math.PI / 36).WithMass(3.2, 0.18 * down));
                joints.Add(Joint.Universal($"foot_{side}", $"lower_leg_{side}", new Frame(0.41 * down), Vector3d.UnitX, Vector3d.UnitZ,
                    Limit.Degrees(-45, 35), Limit.Degrees(-25, 25)).WithMass(1, new Vector3d(0, -0.04, 0.05)));
                joints.Add(Joint.Fixed($"toe_{side}", $"foot_{side}", Frame.At(0, -0.08, 0.18)));
            }

            // A ball with the same room on both sides of each axis, in degrees: swing about x, swing about the third axis, twist.
            static Joint Ball(string name, string parent, Frame frame, Vector3d twist, double first, double second, double turn) =>
                Joint.Ball(name, parent, frame, twist, Vector3d.UnitX, Limit.Degrees(-first, first), Limit.Degrees(-second, second), Limit.Degrees(-turn, turn));
        }
    }
}
