using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Thins out what the triangles of a surface have reported: points that say the same, and of points with nearly the same
    /// normal all but four.
    /// </summary>
    internal static class SurfaceReduction
    {
        // Points this near each other, relative to the body, with normals this close say the same.
        private const double SamePlace = 1e-3;
        private const double SameNormal = 0.999;

        // Normals within ten degrees make one manifold.
        private const double SameManifold = 0.985;

        public static void Reduce(ContactFeatureList list, int start, in ShapeAt a, in ShapeAt ground, PairScratch scratch)
        {
            int count = list.Count - start;
            if (count < 2)
            {
                return;
            }

            Span<ContactFeature> features = list.Range(start, count);
            scratch.ReserveSurface(count);
            Double3[] normals = scratch.SurfaceNormals;
            Double3[] places = scratch.SurfacePlaces;
            double[] gaps = scratch.SurfaceGaps;
            bool[] open = scratch.SurfaceOpen;
            bool[] keep = scratch.SurfaceKeep;
            double evenness = 1e-3 * a.Shape.OuterRadius;
            for (int i = 0; i < count; i++)
            {
                bool groundFirst = features[i].First.Collider == ground.Collider;
                ContactGeometry g = groundFirst
                    ? features[i].Evaluate(ground.WorldFromShape, ground.Size, a.WorldFromShape, a.Size)
                    : features[i].Evaluate(a.WorldFromShape, a.Size, ground.WorldFromShape, ground.Size);
                normals[i] = groundFirst ? -g.Normal : g.Normal;
                places[i] = groundFirst ? g.SecondAnchor : g.FirstAnchor;

                // Cut points give way to whole corners.
                gaps[i] = g.Gap + (FeatureWriter.IsClipped(features[i].Id) ? 0.5 * evenness : 0);
                keep[i] = false;
                open[i] = true;
                for (int j = 0; j < i && open[i]; j++)
                {
                    bool same = Double3.Distance(places[i], places[j]) < SamePlace * a.Shape.OuterRadius && Double3.Dot(normals[i], normals[j]) > SameNormal;
                    open[i] = !(features[i].Id == features[j].Id || (same && open[j]));
                }
            }

            ManifoldPoints points = scratch.Manifold;
            for (int seed = Deepest(open, gaps, count); seed >= 0; seed = Deepest(open, gaps, count))
            {
                points.Clear();
                for (int i = 0; i < count; i++)
                {
                    if (open[i] && Double3.Dot(normals[i], normals[seed]) > SameManifold)
                    {
                        open[i] = false;
                        points.Add(places[i], gaps[i], i);
                    }
                }

                int kept = points.Reduce(normals[seed], evenness);
                for (int i = 0; i < kept; i++)
                {
                    keep[points.Feature(i)] = true;
                }
            }

            int next = 0;
            for (int i = 0; i < count; i++)
            {
                if (keep[i])
                {
                    features[next++] = features[i];
                }
            }

            list.Truncate(start + next);
        }

        private static int Deepest(bool[] open, double[] gaps, int count)
        {
            int best = -1;
            for (int i = 0; i < count; i++)
            {
                if (open[i] && (best < 0 || gaps[i] < gaps[best]))
                {
                    best = i;
                }
            }

            return best;
        }
    }
}
