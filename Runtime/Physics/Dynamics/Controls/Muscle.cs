using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// A tendon between two points that pulls with activation * maximal force * exp(-((length / optimal - 1) / 0.45)^2), beside a passive
    /// spring and damper. The activation is a control, 0 to 1; the bell is that of Thelen, Adjustment of Muscle Mechanics Model Parameters
    /// (2003).
    /// </summary>
    public sealed class Muscle
    {
        internal Muscle(Joint joint, Controller controller)
        {
            Joint = joint;
            Controller = controller;
        }

        /// <summary>The distance joint through which it pulls.</summary>
        public Joint Joint { get; }

        /// <summary>Activation 0, maximal force 1 (newtons) and optimal length 2 (metres), one element a world.</summary>
        public Buffer Parameters => Controller.Parameters;

        /// <summary>The activation, for a control or controller to set.</summary>
        public ControlTarget Activation
        {
            get
            {
                Controller controller = Controller;
                return ControlTarget.At(_ => controller.Parameters, 0, 0);
            }
        }

        private Controller Controller { get; }

        internal static Real Pull(ControllerInputs inputs, Joint joint)
        {
            Real stretch = (inputs.Read(joint, joint.Axes[0]).position / inputs.Parameter(2) - 1) * (1 / 0.45);
            return -inputs.Parameter(0) * inputs.Parameter(1) * Real.Exp(-stretch * stretch);
        }
    }
}
