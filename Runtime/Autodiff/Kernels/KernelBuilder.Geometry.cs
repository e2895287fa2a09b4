namespace DiffPhysics.Autodiff
{
    // Vectors and quaternions as slots: components in the order x, y, z, w.
    public sealed partial class KernelBuilder
    {
        /// <summary>Reads a vector per lane.</summary>
        public Real2 Lane2(string slot) => ToReal2(Lane(slot, 2));

        /// <summary>Reads a vector per lane.</summary>
        public Real3 Lane3(string slot) => ToReal3(Lane(slot, 3));

        /// <summary>Reads a vector per lane.</summary>
        public Real4 Lane4(string slot) => ToReal4(Lane(slot, 4));

        /// <summary>Reads a quaternion per lane.</summary>
        public RealQuaternion LaneQuaternion(string slot) => ToQuaternion(Lane(slot, 4));

        /// <summary>Reads the vector of the element that an index names.</summary>
        public Real2 Gather2(string slot, string index) => ToReal2(Gather(slot, index, 2));

        /// <summary>Reads the vector of the element that an index names.</summary>
        public Real3 Gather3(string slot, string index) => ToReal3(Gather(slot, index, 3));

        /// <summary>Reads the vector of the element that an index names.</summary>
        public Real4 Gather4(string slot, string index) => ToReal4(Gather(slot, index, 4));

        /// <summary>Reads the quaternion of the element that an index names.</summary>
        public RealQuaternion GatherQuaternion(string slot, string index) => ToQuaternion(Gather(slot, index, 4));

        /// <summary>Reads a vector that all lanes share.</summary>
        public Real2 Shared2(string slot) => ToReal2(Shared(slot, 2));

        /// <summary>Reads a vector that all lanes share.</summary>
        public Real3 Shared3(string slot) => ToReal3(Shared(slot, 3));

        /// <summary>Reads a vector that all lanes share.</summary>
        public Real4 Shared4(string slot) => ToReal4(Shared(slot, 4));

        /// <summary>Replaces the lane's vector.</summary>
        public void Store(string slot, Real2 value) => Store(slot, value.X, value.Y);

        /// <summary>Replaces the lane's vector.</summary>
        public void Store(string slot, Real3 value) => Store(slot, value.X, value.Y, value.Z);

        /// <summary>Replaces the lane's quaternion.</summary>
        public void Store(string slot, RealQuaternion value) => Store(slot, value.X, value.Y, value.Z, value.W);

        /// <summary>Replaces the vector of the element that an index names; no two lanes may name the same.</summary>
        public void StoreAt(string slot, string index, Real3 value) => StoreAt(slot, index, value.X, value.Y, value.Z);

        /// <summary>Replaces the quaternion of the element that an index names; no two lanes may name the same.</summary>
        public void StoreAt(string slot, string index, RealQuaternion value) => StoreAt(slot, index, value.X, value.Y, value.Z, value.W);

        /// <summary>Adds to the lane's vector.</summary>
        public void Accumulate(string slot, Real3 value) => Accumulate(slot, value.X, value.Y, value.Z);

        /// <summary>Adds to the vector of the element that an index names.</summary>
        public void AccumulateAt(string slot, string index, Real3 value) => AccumulateAt(slot, index, value.X, value.Y, value.Z);

        /// <summary>Adds the sum over all lanes to the one shared vector.</summary>
        public void Sum(string slot, Real3 value) => Sum(slot, value.X, value.Y, value.Z);

        static Real2 ToReal2(Real[] v) => new Real2(v[0], v[1]);

        static Real3 ToReal3(Real[] v) => new Real3(v[0], v[1], v[2]);

        static Real4 ToReal4(Real[] v) => new Real4(v[0], v[1], v[2], v[3]);

        static RealQuaternion ToQuaternion(Real[] v) => new RealQuaternion(v[0], v[1], v[2], v[3]);
    }
}
