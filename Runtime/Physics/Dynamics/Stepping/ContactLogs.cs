using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>What the stepper has picked of manifolds, by their number of points.</summary>
    internal sealed class ContactLogs
    {
        /// <summary>A row for each manifold and substep: its features, then which points last, then their shares in the centre.</summary>
        public readonly HostLog[] Features = new HostLog[ManifoldSignature.MaxPoints + 1];

        /// <summary>A row for each impact.</summary>
        public readonly HostLog[] Impacts = new HostLog[ManifoldSignature.MaxPoints + 1];

        public ContactLogs(Precision precision)
        {
            for (int points = 1; points <= ManifoldSignature.MaxPoints; points++)
            {
                Features[points] = new HostLog("features", LastingChoice(points) + 2 * points, precision);
                Impacts[points] = new HostLog("impact choice", EventKernels.ChoiceSize(points), precision);
            }
        }

        /// <summary>Where the choice of lasting points begins in a row of features.</summary>
        public static int LastingChoice(int points) => TracedContact.FeatureSize * points;

        /// <summary>Lets go of the rows of a recording that is no more.</summary>
        public void Restart()
        {
            for (int points = 1; points <= ManifoldSignature.MaxPoints; points++)
            {
                Features[points].Restart();
                Impacts[points].Restart();
            }
        }

        /// <summary>Takes rows for the manifolds of a substep, which come with those of as many points side by side, and writes their features.</summary>
        public void Write(FrameTape tape, ManifoldTable table)
        {
            for (int start = 0, end; start < table.Count; start = end)
            {
                int points = table.Items[start].Points;
                for (end = start + 1; end < table.Count && table.Items[end].Points == points;) end++;
                HostLog log = Features[points];
                int row = log.Reserve(tape, end - start);
                HostNumbers numbers = log.Numbers;
                for (int k = start; k < end; k++)
                {
                    Manifold m = table.Items[k];
                    m.Feature = row++;
                    for (int p = 0; p < points; p++) Write(numbers, m.Feature, TracedContact.FeatureSize * p, m.Features[p]);
                }
            }
        }

        private static void Write(HostNumbers numbers, int row, int at, in ContactFeature feature)
        {
            Write(numbers, row, at, feature.First);
            Write(numbers, row, at + 9, feature.Second);
            numbers.Set(row, at + 18, feature.Side);
        }

        private static void Write(HostNumbers numbers, int row, int at, in FeatureSide side)
        {
            numbers.Set(row, at, side.Point.Constant);
            numbers.Set(row, at + 3, side.Point.Scale);
            numbers.Set(row, at + 6, side.Direction);
        }
    }
}
