using System;
using System.Collections.Generic;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// Kernels are equal if they do the same to slots of the same names and error messages call them the same: such as those that each of many
    /// worlds traces for itself. An executor keeps one of them, so that their derivatives are made once.
    /// </summary>
    sealed class KernelContent : IEqualityComparer<Kernel>
    {
        public bool Equals(Kernel x, Kernel y)
        {
            if (ReferenceEquals(x, y)) return true;
            if (x.Name != y.Name || x.Site != y.Site || x.Rounding != y.Rounding || !Same(x.Inputs, y.Inputs) || !Same(x.Outputs, y.Outputs)) return false;
            if (x.SlotArray.Length != y.SlotArray.Length || x.Indices.Count != y.Indices.Count || x.Function.InputCount != y.Function.InputCount) return false;
            for (int s = 0; s < x.SlotArray.Length; s++)
                if (!Same(x.SlotArray[s], y.SlotArray[s])) return false;
            for (int k = 0; k < x.Indices.Count; k++)
                if (x.Indices[k] != y.Indices[k]) return false;
            for (int k = 0; k < x.Function.Outputs.Count; k++)
                if (x.Function.Outputs[k] != y.Function.Outputs[k]) return false;
            return Same(x.Function.Graph, y.Function.Graph);
        }

        public int GetHashCode(Kernel kernel)
        {
            Graph g = kernel.Function.Graph;
            var hash = new HashMixer();
            hash.Add(kernel.Name.GetHashCode());
            hash.Add(kernel.Inputs.Count);
            for (int node = 0; node < g.Count; node++)
            {
                hash.Add((long)g.A(node) << 32 ^ g.B(node) << 8 ^ (int)g.OpOf(node));
                hash.Add(BitConverter.DoubleToInt64Bits(g.ValueOf(node)));
            }
            return hash.Value;
        }

        static bool Same(KernelSlot a, KernelSlot b) => a.Name == b.Name && a.Components == b.Components && a.Addressing == b.Addressing
            && a.Index == b.Index && a.Reads == b.Reads && a.Writes == b.Writes && a.IsConstant == b.IsConstant;

        static bool Same(IReadOnlyList<Channel> a, IReadOnlyList<Channel> b)
        {
            if (a.Count != b.Count) return false;
            for (int k = 0; k < a.Count; k++)
                if (a[k].Slot != b[k].Slot || a[k].Component != b[k].Component) return false;
            return true;
        }

        static bool Same(Graph g, Graph h)
        {
            if (g.Count != h.Count) return false;
            for (int node = 0; node < g.Count; node++)
                if (g.OpOf(node) != h.OpOf(node) || g.A(node) != h.A(node) || g.B(node) != h.B(node) || g.C(node) != h.C(node)
                    || BitConverter.DoubleToInt64Bits(g.ValueOf(node)) != BitConverter.DoubleToInt64Bits(h.ValueOf(node))) return false;
            return true;
        }
    }
}
