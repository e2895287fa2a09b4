using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>The kernels of a world's joints. All joints have as many rows as the one that has most; rows left over do not act.</summary>
    internal sealed class JointKernelLibrary
    {
        private readonly Dictionary<(string, JointSignature), Kernel> bySignature = new Dictionary<(string, JointSignature), Kernel>();
        private readonly Dictionary<int, Kernel> zeros = new Dictionary<int, Kernel>();

        /// <param name="rigid">For each row of the joints, whether it is rigid, or none, in all of them.</param>
        /// <param name="give">How much rows that close loops give way, in parts of their mobility.</param>
        public JointKernelLibrary(bool[] rigid, double give)
        {
            int size = Size = rigid.Length;
            Couple = JointKernels.Couple(size);
            Weigh = JointKernels.Weigh(size, rigid, give);
            Spread = JointKernels.Spread(size);
            Begin = JointKernels.Begin(size);
            Lack = JointKernels.Lack(size, false);
            Refine = JointKernels.Lack(size, true);
            Apply = JointKernels.Apply(size);
            Keep = JointKernels.Keep(size);
            Judge = JointKernels.Judge(size);
            Blocks = new BlockKernels(size);
        }

        public int Size { get; }

        public Kernel Halfway { get; } = WarmKernels.Halfway();

        public Kernel Couple { get; }

        public Kernel Weigh { get; }

        public Kernel Spread { get; }

        public Kernel Begin { get; }

        public Kernel Lack { get; }

        public Kernel Refine { get; }

        public Kernel Apply { get; }

        public Kernel Keep { get; }

        public Kernel Judge { get; }

        public BlockKernels Blocks { get; }

        public Kernel Warm(JointSignature s) => Get("warm", s);

        public Kernel Prepare(JointSignature s) => Get("prepare", s);

        public Kernel Miss(JointSignature s) => Get("miss", s);

        public Kernel Measure(JointSignature s) => Get("measure", s);

        public Kernel Zero(int components)
        {
            if (!zeros.TryGetValue(components, out Kernel kernel))
            {
                zeros.Add(components, kernel = Kernel.Define("zero", k =>
                {
                    var values = new Real[components];
                    for (int c = 0; c < components; c++) values[c] = 0;
                    k.Store("target", values);
                }));
            }

            return kernel;
        }

        private Kernel Get(string name, JointSignature signature)
        {
            if (!bySignature.TryGetValue((name, signature), out Kernel kernel))
            {
                kernel = name switch
                {
                    "warm" => WarmKernels.Warm(signature, Size),
                    "prepare" => JointKernels.Prepare(signature, Size),
                    "miss" => JointKernels.Miss(signature, Size),
                    _ => JointKernels.Measure(signature, Size),
                };
                bySignature.Add((name, signature), kernel);
            }

            return kernel;
        }
    }
}
