using System;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// The coordinates of a joint as functions of the states of its bodies. Only these formulas know the kinds of joints; how a coordinate
    /// changes with the bodies' motion is derived from them by the rules of differentiation.
    /// </summary>
    internal readonly struct JointCoordinates
    {
        /// <summary>
        /// Numbers of a joint's geometry: anchor 0..2 and rotation 3..6 of its frame on A, 7..13 those on B; of a gear the rotations
        /// 14..17 and 18..21 of the two axes in the world, of pulleys their places 14..16 and 18..20 in the world; of both the ratio 22.
        /// </summary>
        public const int FrameSize = 23;

        private readonly JointSignature signature;
        private readonly Real[] frames;

        public JointCoordinates(JointSignature signature, Real[] frames)
        {
            this.signature = signature;
            this.frames = frames;
        }

        /// <summary>The coordinate of each row.</summary>
        public RowCoordinate[] Evaluate(RigidState a, RigidState b)
        {
            RowCoordinate[] all = signature.Formula switch
            {
                JointFormula.Distance => new[] { (RowCoordinate)(AnchorB(b) - AnchorA(a)).Length },
                JointFormula.Gear => new[] { Gear(a, b) },
                JointFormula.Pulley => new[] { (RowCoordinate)((AnchorA(a) - new Real3(frames, 14)).Length + frames[22] * (AnchorB(b) - new Real3(frames, 18)).Length) },
                JointFormula.Universal => Universal(a, b),
                _ => Frame(a, b),
            };
            return Array.ConvertAll(signature.Coordinates, coordinate => all[coordinate]);
        }

        /// <summary>Distance of the anchor from A's centre of mass.</summary>
        public Real LeverA => new Real3(frames, 0).Length;

        /// <summary>Distance of the anchor from B's centre of mass.</summary>
        public Real LeverB => new Real3(frames, 7).Length;

        private Real3 AnchorA(RigidState a) => a.Point(new Real3(frames, 0));

        private Real3 AnchorB(RigidState b) => b.Point(new Real3(frames, 7));

        private RealQuaternion RotationA(RigidState a) => a.Rotation * new RealQuaternion(frames, 3);

        private RealQuaternion RotationB(RigidState b) => b.Rotation * new RealQuaternion(frames, 10);

        // With r = q_A* q_B: twist = 2 atan2(r_x, r_w); the rest, r twist*, is the swing (0, s_y, s_z, s_w). Where twist or swing are
        // locked, twice the vector part stands for the angle.
        private RowCoordinate[] Frame(RigidState a, RigidState b)
        {
            RealQuaternion inA = RotationA(a), r = inA.Conjugate * RotationB(b);
            Real3 shift = inA.InverseRotate(AnchorB(b) - AnchorA(a));
            Real length = Real.Sqrt(r.X * r.X + r.W * r.W), sy = (r.Y * r.W - r.Z * r.X) / length, sz = (r.Y * r.X + r.Z * r.W) / length;
            Real3 swing = new RealQuaternion(0, sy, sz, length).ToVector();
            return new RowCoordinate[]
            {
                shift.X, shift.Y, shift.Z,
                IsLocked(3) ? 2 * r.X * Real.Select(r.W < 0, -1, 1) : RowCoordinate.Angle(2 * Real.Atan2(r.X, r.W)),
                IsLocked(4) && IsLocked(5) ? 2 * sy : swing.Y, IsLocked(4) && IsLocked(5) ? 2 * sz : swing.Z,
            };
        }

        // A's axis is the x axis of its frame, B's the y axis of its own; B's frame in A's is a turn about x, then one about y.
        private RowCoordinate[] Universal(RigidState a, RigidState b)
        {
            RealQuaternion inA = RotationA(a), r = inA.Conjugate * RotationB(b);
            Real3 shift = inA.InverseRotate(AnchorB(b) - AnchorA(a)), x = r.Rotate(Real3.UnitX), y = r.Rotate(Real3.UnitY);
            return new RowCoordinate[]
            {
                shift.X, shift.Y, shift.Z, y.X,
                RowCoordinate.Angle(Real.Atan2(y.Z, y.Y)), RowCoordinate.Angle(Real.Atan2(-Real3.Dot(x, Real3.Cross(Real3.UnitX, y)), x.X)),
            };
        }

        private RowCoordinate Gear(RigidState a, RigidState b)
        {
            RealQuaternion turnA = new RealQuaternion(frames, 14).Conjugate * RotationA(a), turnB = new RealQuaternion(frames, 18).Conjugate * RotationB(b);
            return RowCoordinate.Angles(2 * Real.Atan2(turnA.X, turnA.W), frames[22], 2 * Real.Atan2(turnB.X, turnB.W));
        }

        private bool IsLocked(int coordinate)
        {
            int row = Array.IndexOf(signature.Coordinates, coordinate);
            return row >= 0 && signature.Locked[row];
        }
    }

    /// <summary>
    /// A coordinate: a length, or an angle, or an angle and ratio times a second one. Angles are known up to whole turns; the turns are
    /// those that lie nearest to what the angle was before.
    /// </summary>
    internal readonly struct RowCoordinate
    {
        private readonly Real first, ratio, second;
        private readonly int angles;

        private RowCoordinate(Real first, Real ratio, Real second, int angles)
        {
            this.first = first;
            this.ratio = ratio;
            this.second = second;
            this.angles = angles;
        }

        /// <summary>The coordinate, angles as the formula gives them. It has the right derivative.</summary>
        public Real Value => angles == 2 ? first + ratio * second : first;

        public static RowCoordinate Angle(Real angle) => new RowCoordinate(angle, 0, 0, 1);

        public static RowCoordinate Angles(Real first, Real ratio, Real second) => new RowCoordinate(first, ratio, second, 2);

        public static implicit operator RowCoordinate(Real value) => new RowCoordinate(value, 0, 0, 0);

        /// <summary>The coordinate with angles nearest to given ones, and these angles.</summary>
        public (Real value, Real first, Real second) Near(Real firstBefore, Real secondBefore)
        {
            if (angles == 0) return (first, 0, 0);
            Real x = Turn(first, firstBefore), y = angles == 2 ? Turn(second, secondBefore) : 0;
            return (angles == 2 ? x + ratio * y : x, x, y);
        }

        private static Real Turn(Real angle, Real near) => angle + 2 * Math.PI * Real.Floor((near - angle) * (0.5 / Math.PI) + 0.5);
    }
}
