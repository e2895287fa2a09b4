using System;
using System.Collections.Generic;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// Everything an optimiser needs to go on, as named arrays of numbers, so that any journal can keep it. One method of
    /// an optimiser describes its state for both directions: <see cref="Exchange(string, ref double[])"/> writes or reads.
    /// </summary>
    public sealed class OptimiserState
    {
        private readonly Dictionary<string, double[]> _entries;
        private readonly bool _reading;

        /// <summary>The state, by name. Numbers are exact: keep every bit, NaN and infinities included.</summary>
        public IReadOnlyDictionary<string, double[]> Entries => _entries;

        /// <summary>An empty state, to be written.</summary>
        public OptimiserState()
        {
            _entries = new Dictionary<string, double[]>();
        }

        /// <summary>A state to be read.</summary>
        /// <param name="entries">What another state's <see cref="Entries"/> held.</param>
        public OptimiserState(IReadOnlyDictionary<string, double[]> entries)
        {
            _entries = new Dictionary<string, double[]>();
            foreach (KeyValuePair<string, double[]> entry in entries) _entries[entry.Key] = entry.Value;
            _reading = true;
        }

        internal void Exchange(string name, ref double[] value)
        {
            if (_reading) value = (double[])Find(name).Clone();
            else _entries[name] = (double[])value.Clone();
        }

        internal void Exchange(string name, ref double value)
        {
            if (_reading) value = Find(name)[0];
            else _entries[name] = new[] { value };
        }

        internal void Exchange(string name, ref int value)
        {
            double number = value;
            Exchange(name, ref number);
            value = (int)number;
        }

        internal void Exchange(string name, ref bool value)
        {
            double number = value ? 1 : 0;
            Exchange(name, ref number);
            value = number != 0;
        }

        // A text goes as its UTF-16 units; null as none.
        internal void Exchange(string name, ref string value)
        {
            double[] units = value == null ? new double[0] : Array.ConvertAll(value.ToCharArray(), c => (double)c);
            Exchange(name, ref units);
            if (_reading) value = units.Length == 0 ? null : new string(Array.ConvertAll(units, u => (char)u));
        }

        // 64 bits do not fit a double: they go as two halves.
        internal void Exchange(string name, ref ulong value)
        {
            var halves = new[] { (double)(uint)(value >> 32), (double)(uint)value };
            Exchange(name, ref halves);
            value = ((ulong)(uint)halves[0] << 32) | (uint)halves[1];
        }

        internal void Exchange(string name, List<double[]> list)
        {
            int count = list.Count;
            Exchange(name + ".count", ref count);
            if (_reading) list.Clear();
            for (int i = 0; i < count; i++)
            {
                double[] item = _reading ? null : list[i];
                Exchange(name + "." + i, ref item);
                if (_reading) list.Add(item);
            }
        }

        private double[] Find(string name)
        {
            if (_entries.TryGetValue(name, out double[] value)) return value;
            throw new InvalidOperationException($"The saved state has no entry '{name}'; it was written by another optimiser or version.");
        }
    }
}
