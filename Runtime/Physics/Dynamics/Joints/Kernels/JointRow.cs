using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// How a coordinate changes with the motion of the bodies: dq/dt = moveA . v_A + turnA . w_A + moveB . v_B + turnB . w_B. An impulse j
    /// along it is moveA j on A and moveB j on B, with angular impulses turnA j and turnB j about the centres of mass.
    /// </summary>
    internal readonly struct JointRow
    {
        /// <summary>Numbers of a row.</summary>
        public const int Size = 12;

        public readonly Real3 MoveA, TurnA, MoveB, TurnB;

        public JointRow(Real3 moveA, Real3 turnA, Real3 moveB, Real3 turnB)
        {
            MoveA = moveA;
            MoveB = moveB;
            TurnA = turnA;
            TurnB = turnB;
        }

        public JointRow(Real[] values, int row)
            : this(new Real3(values, Size * row), new Real3(values, Size * row + 3), new Real3(values, Size * row + 6), new Real3(values, Size * row + 9))
        {
        }

        public Real[] Values => new[] { MoveA.X, MoveA.Y, MoveA.Z, TurnA.X, TurnA.Y, TurnA.Z, MoveB.X, MoveB.Y, MoveB.Z, TurnB.X, TurnB.Y, TurnB.Z };

        /// <summary>
        /// The row of a coordinate. A small turn d changes a rotation q = (v, w) by (d, 0) q / 2, so that the gradient (g_v, g_w) by q is
        /// (w g_v + v x g_v - g_w v) / 2 by the turn.
        /// </summary>
        public static JointRow Of(Real coordinate, RigidState a, RigidState b) => new JointRow(
            Move(coordinate, a.Position), Turn(coordinate, a.Rotation), Move(coordinate, b.Position), Turn(coordinate, b.Rotation));

        /// <summary>Rate of a coordinate along the bodies' motion, without its row: a rotation q changes at (w, 0) q / 2.</summary>
        public static Real Rate(Real coordinate, RigidState a, RigidState b) => Derivatives.Directional(coordinate, Join(Pose(a), Pose(b)), Join(PoseRate(a), PoseRate(b)));

        /// <summary>Rate of the coordinate.</summary>
        public Real Speed(RigidState a, RigidState b) =>
            Real3.Dot(MoveA, a.Velocity) + Real3.Dot(MoveB, b.Velocity) + Real3.Dot(TurnA, a.AngularVelocity) + Real3.Dot(TurnB, b.AngularVelocity);

        /// <summary>Change of the coordinate's rate, or of the coordinate, by what impulses do to the bodies.</summary>
        public Real Response(BodyImpulse a, BodyImpulse b) =>
            Real3.Dot(MoveA, a.Linear) + Real3.Dot(MoveB, b.Linear) + Real3.Dot(TurnA, a.Angular) + Real3.Dot(TurnB, b.Angular);

        /// <summary>An impulse along the row, as it acts on A: impulse and angular impulse.</summary>
        public Real[] OnA(Real impulse) => Wrench(MoveA * impulse, TurnA * impulse);

        /// <summary>An impulse along the row, as it acts on B.</summary>
        public Real[] OnB(Real impulse) => Wrench(MoveB * impulse, TurnB * impulse);

        private static Real[] Wrench(Real3 linear, Real3 angular) => new[] { linear.X, linear.Y, linear.Z, angular.X, angular.Y, angular.Z };

        private static Real[] Pose(RigidState s) => Join(s.Position.ToArray(), s.Rotation.ToArray());

        private static Real[] PoseRate(RigidState s)
        {
            Real3 w = s.AngularVelocity * 0.5;
            return Join(s.Velocity.ToArray(), (new RealQuaternion(w.X, w.Y, w.Z, 0) * s.Rotation).ToArray());
        }

        private static Real[] Join(Real[] first, Real[] second)
        {
            var joined = new Real[first.Length + second.Length];
            first.CopyTo(joined, 0);
            second.CopyTo(joined, first.Length);
            return joined;
        }

        private static Real3 Move(Real coordinate, Real3 position) => new Real3(Derivatives.Gradient(coordinate, position.ToArray()), 0);

        private static Real3 Turn(Real coordinate, RealQuaternion rotation)
        {
            Real[] g = Derivatives.Gradient(coordinate, rotation.ToArray());
            var gv = new Real3(g, 0);
            return (gv * rotation.W + Real3.Cross(rotation.Vector, gv) - rotation.Vector * g[3]) * 0.5;
        }
    }
}
