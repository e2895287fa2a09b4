using System;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>A number that a control or controller sets: a component of a thing in one of the world's buffers, in all worlds.</summary>
    public readonly struct ControlTarget
    {
        private ControlTarget(Func<World, Buffer> buffer, int thing, Func<int> component)
        {
            Buffer = buffer;
            Thing = thing;
            Component = component;
        }

        internal Func<World, Buffer> Buffer { get; }

        internal int Thing { get; }

        internal Func<int> Component { get; }

        /// <summary>A number of a joint's axis, such as its drive's force or target.</summary>
        public static ControlTarget Of(Joint joint, JointAxis axis, JointNumber number)
        {
            // The axis must have numbers when the world is built.
            axis.Set(number, axis.Numbers[(int)number]);
            return new ControlTarget(w => w.JointNumbers, joint.Index, () => axis.Component(number));
        }

        /// <summary>A component of the force (0..2, newtons) or torque (3..5, newton metres) on a body, in the world frame.</summary>
        public static ControlTarget ForceOn(Body body, int component) => new ControlTarget(w => w.Force, body.Index, () => component);

        /// <summary>A parameter of a force, such as a thruster's thrust or the wind.</summary>
        /// <param name="force">The number that adding the force returned.</param>
        /// <param name="parameter">Which of its parameters.</param>
        public static ControlTarget OfForce(int force, int parameter) => new ControlTarget(w => w.ForceParameters(force), 0, () => parameter);

        /// <summary>Any component of a thing in a buffer of the world.</summary>
        /// <param name="buffer">The buffer, one element a thing and world.</param>
        /// <param name="thing">Index of the thing.</param>
        /// <param name="component">The component.</param>
        public static ControlTarget At(Func<World, Buffer> buffer, int thing, int component) => new ControlTarget(buffer, thing, () => component);
    }
}
