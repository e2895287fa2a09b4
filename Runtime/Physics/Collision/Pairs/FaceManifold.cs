using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Contacts of a reference face with the polyhedron that lies on it: the incident face, the one that looks at it most,
    /// is clipped by the sides of the reference face (I. Sutherland and G. Hodgman, "Reentrant polygon clipping", 1974), and
    /// each corner of what is left becomes a point over the reference plane, which moves with whatever edges and faces meet in it.
    /// </summary>
    internal static class FaceManifold
    {
        /// <summary>Writes up to four points.</summary>
        /// <param name="reference">The shape with the reference face.</param>
        /// <param name="pr">The same, placed in a frame common with <paramref name="pi"/>.</param>
        /// <param name="face">Its reference face.</param>
        /// <param name="incident">The other shape.</param>
        /// <param name="pi">The same, placed.</param>
        /// <param name="scratch">Working memory.</param>
        /// <param name="touching">Whether something must be written even if clipping leaves nothing, because the shapes touch.</param>
        /// <param name="writer">Receives the features.</param>
        public static void Write(
            in ShapeAt reference, PlacedPolyhedron pr, int face, in ShapeAt incident, PlacedPolyhedron pi,
            PairScratch scratch, bool touching, ref FeatureWriter writer)
        {
            Double3 n = pr.Normals[face];
            Double3 onPlane = pr.Start(pr.Topology.FaceStart[face]);
            ClipPolygon polygon = scratch.Polygon;
            int incidentFace = IncidentFace(pi, n);
            polygon.StartWith(pi, incidentFace);
            double slack = 1e-6 * Math.Min(reference.Shape.OuterRadius, incident.Shape.OuterRadius);
            for (int h = pr.Topology.FaceStart[face]; h < pr.Topology.FaceStart[face + 1]; h++)
            {
                Double3 start = pr.Start(h);
                Double3 outward = Double3.Normalise(Double3.Cross(pr.End(h) - start, n));
                polygon.Clip(outward, Double3.Dot(outward, start) + slack, h);
            }

            ManifoldPoints points = scratch.Manifold;
            points.Clear();
            for (int i = 0; i < polygon.Count; i++)
            {
                Double3 p = polygon[i].Position;
                double gap = Double3.Dot(n, p - onPlane);
                bool matters = polygon[i].MadeBy < 0 || pr.CutMatters(polygon[i].MadeOf, polygon[i].MadeBy);
                if (matters && writer.Wants(gap))
                {
                    points.Add(p - n * gap, gap, i);
                }
            }

            Double3 normal = pr.OwnNormal(face);
            FeaturePoint plane = pr.VertexPoint(pr.Topology.Origin[pr.Topology.FaceStart[face]]);
            int count = points.Reduce(n, 1e-3 * incident.Shape.OuterRadius);
            if (count == 0 && touching)
            {
                int v = LowestVertex(pi, n);
                writer.PointPlane(incident, pi.VertexPoint(v), v, reference, plane, normal, face);
            }

            for (int i = 0; i < count; i++)
            {
                ClipPolygon.Corner corner = polygon[points.Feature(i)];
                if (corner.MadeBy < 0)
                {
                    int v = pi.Topology.Origin[corner.MadeOf];
                    writer.PointPlane(incident, pi.VertexPoint(v), v, reference, plane, normal, face);
                }
                else if (corner.MadeOf >= 0)
                {
                    Double3 outward = Double3.Normalise(Double3.Cross(Along(pr, corner.MadeBy, reference.Size), normal));
                    writer.EdgePlane(
                        incident, pi.VertexPoint(pi.Topology.Origin[corner.MadeOf]), Along(pi, corner.MadeOf, incident.Size), corner.MadeOf,
                        reference, pr.VertexPoint(pr.Topology.Origin[corner.MadeBy]), normal, outward, corner.MadeBy);
                }
                else
                {
                    // Two sides of the reference face meet in a corner: the end of one is the start of the other.
                    int side = ~corner.MadeOf, v = pr.Topology.Origin[pr.Topology.Next(side) == corner.MadeBy ? corner.MadeBy : side];
                    FeaturePoint onIncident = pi.VertexPoint(pi.Topology.Origin[pi.Topology.FaceStart[incidentFace]]);
                    writer.PlaneCorner(incident, onIncident, pi.OwnNormal(incidentFace), side, reference, pr.VertexPoint(v), normal, corner.MadeBy);
                }
            }
        }

        // Direction of an edge in the frame of its own shape.
        private static Double3 Along(PlacedPolyhedron p, int edge, ShapeSize size) => Double3.Normalise(
            p.VertexPoint(p.Topology.Origin[p.Topology.Next(edge)]).At(size) - p.VertexPoint(p.Topology.Origin[edge]).At(size));

        private static int IncidentFace(PlacedPolyhedron p, Double3 n)
        {
            int best = 0;
            double least = double.PositiveInfinity;
            for (int f = 0; f < p.Topology.FaceCount; f++)
            {
                double dot = Double3.Dot(p.Normals[f], n);
                if (dot < least)
                {
                    least = dot;
                    best = f;
                }
            }

            return best;
        }

        private static int LowestVertex(PlacedPolyhedron p, Double3 n)
        {
            int best = 0;
            for (int v = 1; v < p.Topology.Vertices.Length; v++)
            {
                if (Double3.Dot(n, p.Vertices[v]) < Double3.Dot(n, p.Vertices[best]))
                {
                    best = v;
                }
            }

            return best;
        }
    }
}
