using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    /// <summary>Points by the cell of a grid that they are in, to find those near a place.</summary>
    internal sealed class PointHash
    {
        private readonly Dictionary<(long, long, long), List<int>> cells = new Dictionary<(long, long, long), List<int>>();
        private readonly double size;

        /// <param name="size">Of a cell; what is sought lies within this of a place.</param>
        public PointHash(double size) => this.size = size;

        public void Add(Double3 point, int number)
        {
            (long, long, long) cell = (Cell(point.X), Cell(point.Y), Cell(point.Z));
            if (!cells.TryGetValue(cell, out List<int> members)) cells.Add(cell, members = new List<int>());
            members.Add(number);
        }

        /// <summary>The lowest number within a distance of a place, or -1.</summary>
        public int Find(Double3 place, IReadOnlyList<Double3> points, double distance)
        {
            int found = -1;
            Visit(place, distance, k =>
            {
                if ((found < 0 || k < found) && Double3.Distance(points[k], place) <= distance) found = k;
            });
            return found;
        }

        /// <summary>Visits what may lie within a distance of a place.</summary>
        public void Visit(Double3 place, double distance, Action<int> visit)
        {
            double across = 2 * distance / size + 1;
            if (across * across * across > cells.Count)
            {
                foreach (List<int> members in cells.Values) members.ForEach(visit);
                return;
            }

            for (long x = Cell(place.X - distance); x <= Cell(place.X + distance); x++)
                for (long y = Cell(place.Y - distance); y <= Cell(place.Y + distance); y++)
                    for (long z = Cell(place.Z - distance); z <= Cell(place.Z + distance); z++)
                        if (cells.TryGetValue((x, y, z), out List<int> near)) near.ForEach(visit);
        }

        private long Cell(double a) => (long)Math.Floor(Math.Max(-1e18, Math.Min(1e18, a / size)));
    }
}
