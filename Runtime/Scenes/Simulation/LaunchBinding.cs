using DiffPhysics.Autodiff;

namespace DiffPhysics.Scenes
{
    internal static class LaunchBinding
    {
        // Binds the buffers whose slots the kernel has: a formula need not use all that it is offered.
        public static Launch BindAll(this Launch launch, Kernel kernel, params (string Slot, Buffer Buffer)[] bindings)
        {
            foreach (KernelSlot slot in kernel.Slots)
            {
                foreach ((string name, Buffer buffer) in bindings)
                {
                    if (name == slot.Name) launch.Bind(name, buffer);
                }
            }
            return launch;
        }
    }
}
