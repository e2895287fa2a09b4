using System;
using System.Collections.Generic;
using System.Linq;

namespace DiffPhysics.Tuning
{
    /// <summary>
    /// The parameters of a run and the scene values (targets) they drive, directly, in groups and through couplings.
    /// All couplings are affine, so that targets = constant + matrix x parameters; the matrix is kept by rows.
    /// </summary>
    public sealed class ParameterSet
    {
        private readonly double[][] _rows;
        private readonly double[] _offsets;
        private readonly string[] _targets;

        /// <summary>The parameters, in order.</summary>
        public IReadOnlyList<Parameter> Parameters { get; }

        /// <summary>The couplings, in the order given.</summary>
        public IReadOnlyList<Coupling> Couplings { get; }

        /// <summary>Paths of all driven scene values: the parameters' targets in order, then the couplings' targets.</summary>
        public IReadOnlyList<string> Targets => _targets;

        /// <summary>Number of parameters.</summary>
        public int Count => Parameters.Count;

        /// <summary>Box of the parameters in normalised coordinates.</summary>
        public Bounds CoordinateBounds { get; }

        /// <summary>Creates a set.</summary>
        /// <param name="parameters">At least one parameter; names and targets are unique.</param>
        /// <param name="couplings">Couplings, or null for none.</param>
        /// <exception cref="ArgumentException">A name is taken twice or unknown, or couplings form a cycle; the message names them.</exception>
        public ParameterSet(IEnumerable<Parameter> parameters, IEnumerable<Coupling> couplings = null)
        {
            Parameters = (parameters ?? throw new ArgumentNullException(nameof(parameters))).ToArray();
            Couplings = (couplings ?? Enumerable.Empty<Coupling>()).ToArray();
            if (Parameters.Count == 0) throw new ArgumentException("There is no parameter to tune.");

            var rows = new List<double[]>();
            var offsets = new List<double>();
            var targets = new List<string>();
            var rowOf = new Dictionary<string, int>();
            var names = new HashSet<string>();
            for (int p = 0; p < Count; p++)
            {
                if (!names.Add(Parameters[p].Name)) throw new ArgumentException($"Parameter '{Parameters[p].Name}' is declared twice.");
                foreach (string target in Parameters[p].Targets)
                {
                    if (rowOf.ContainsKey(target)) throw new ArgumentException($"'{target}' is driven twice; a value has one parameter or one coupling.");
                    rowOf[target] = rows.Count;
                    var row = new double[Count];
                    row[p] = 1;
                    rows.Add(row);
                    offsets.Add(0);
                    targets.Add(target);
                }
            }
            foreach (Parameter parameter in Parameters)
            {
                if (!rowOf.ContainsKey(parameter.Name)) rowOf[parameter.Name] = rowOf[parameter.Targets[0]];
            }
            foreach (Coupling coupling in InOrder(rowOf))
            {
                var row = new double[Count];
                double offset = coupling.Offset;
                foreach (Coupling.Term term in coupling.Terms)
                {
                    int source = rowOf[term.Source];
                    for (int p = 0; p < Count; p++) row[p] += term.Factor * rows[source][p];
                    offset += term.Factor * offsets[source];
                }
                rowOf[coupling.Target] = rows.Count;
                rows.Add(row);
                offsets.Add(offset);
                targets.Add(coupling.Target);
            }
            _rows = rows.ToArray();
            _offsets = offsets.ToArray();
            _targets = targets.ToArray();
            CoordinateBounds = new Bounds(
                Parameters.Select(p => double.IsInfinity(p.Lower) ? p.Lower : p.ToCoordinate(p.Lower)).ToArray(),
                Parameters.Select(p => double.IsInfinity(p.Upper) ? p.Upper : p.ToCoordinate(p.Upper)).ToArray());
        }

        /// <summary>Initial values of the parameters, in their units.</summary>
        public double[] InitialValues()
        {
            return Parameters.Select(p => p.Initial).ToArray();
        }

        /// <summary>Values of all targets, for values of the parameters.</summary>
        /// <param name="values">Parameter values; length <see cref="Count"/>.</param>
        /// <param name="targetValues">Receives one value per target.</param>
        public void Expand(ReadOnlySpan<double> values, Span<double> targetValues)
        {
            for (int t = 0; t < _rows.Length; t++)
            {
                double sum = _offsets[t];
                double[] row = _rows[t];
                for (int p = 0; p < row.Length; p++)
                {
                    if (row[p] != 0) sum += row[p] * values[p];
                }
                targetValues[t] = sum;
            }
        }

        /// <summary>How targets change where the parameters change in a direction: the matrix without the offsets.</summary>
        /// <param name="direction">Rates of the parameters; length <see cref="Count"/>.</param>
        /// <param name="targetDirection">Receives one rate per target.</param>
        public void Push(ReadOnlySpan<double> direction, Span<double> targetDirection)
        {
            for (int t = 0; t < _rows.Length; t++)
            {
                targetDirection[t] = 0;
                for (int p = 0; p < direction.Length; p++) targetDirection[t] += _rows[t][p] * direction[p];
            }
        }

        /// <summary>Gradient with respect to the parameters from that with respect to the targets: the transposed matrix.</summary>
        /// <param name="targetGradient">One derivative per target.</param>
        /// <param name="gradient">Receives one derivative per parameter.</param>
        public void Pull(ReadOnlySpan<double> targetGradient, Span<double> gradient)
        {
            gradient.Clear();
            for (int t = 0; t < _rows.Length; t++)
            {
                double[] row = _rows[t];
                for (int p = 0; p < row.Length; p++)
                {
                    if (row[p] != 0) gradient[p] += row[p] * targetGradient[t];
                }
            }
        }

        // Depth-first topological order; a coupling that is reached again before it is finished closes a cycle.
        private IEnumerable<Coupling> InOrder(Dictionary<string, int> driven)
        {
            var byTarget = new Dictionary<string, Coupling>();
            foreach (Coupling coupling in Couplings)
            {
                if (driven.ContainsKey(coupling.Target) || byTarget.ContainsKey(coupling.Target))
                    throw new ArgumentException($"'{coupling.Target}' is driven twice; a value has one parameter or one coupling.");
                byTarget[coupling.Target] = coupling;
            }
            var order = new List<Coupling>();
            var done = new HashSet<string>();
            var path = new List<string>();

            void Visit(Coupling coupling)
            {
                if (done.Contains(coupling.Target)) return;
                int start = path.IndexOf(coupling.Target);
                if (start >= 0) throw new ArgumentException($"Couplings form a cycle: {string.Join(" -> ", path.Skip(start).Append(coupling.Target))}.");
                path.Add(coupling.Target);
                foreach (Coupling.Term term in coupling.Terms)
                {
                    if (driven.ContainsKey(term.Source)) continue;
                    if (!byTarget.TryGetValue(term.Source, out Coupling source))
                        throw new ArgumentException($"Coupling of '{coupling.Target}': its source '{term.Source}' is neither a parameter nor coupled{NearestName.Hint(term.Source, driven.Keys.Concat(byTarget.Keys))}");
                    Visit(source);
                }
                path.RemoveAt(path.Count - 1);
                done.Add(coupling.Target);
                order.Add(coupling);
            }

            foreach (Coupling coupling in Couplings) Visit(coupling);
            return order;
        }
    }
}
