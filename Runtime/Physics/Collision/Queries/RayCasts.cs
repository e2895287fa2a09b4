using System;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Where a ray enters one shape, in the shape's frame. All return false for a ray that starts inside, or that meets the
    /// shape only beyond <c>maximum</c>.
    /// </summary>
    internal static class RayCasts
    {
        public static bool Enter(Shape shape, Ray ray, double maximum, IntList scratch, out double distance, out Double3 normal, out int triangle)
        {
            triangle = -1;
            switch (shape)
            {
                case SphereShape sphere:
                    return Ball(ray, Double3.Zero, sphere.Radius, maximum, out distance, out normal);
                case CapsuleShape capsule:
                    return Capsule(ray, capsule, maximum, out distance, out normal);
                case PlaneShape _:
                    normal = PlaneShape.Normal;
                    distance = -ray.Origin.Y / ray.Direction.Y;
                    return ray.Origin.Y >= 0 && ray.Direction.Y < 0 && distance <= maximum;
                case SurfaceShape surface:
                    return Surface(ray, surface.Surface, maximum, scratch, out distance, out normal, out triangle);
                default:
                    return Solid(ray, shape.Polyhedron, shape.Size.Extents, maximum, out distance, out normal);
            }
        }

        // |o + t d - c| = r with |d| = 1: t = -b - sqrt(b^2 - c), b = d.(o - c), c = |o - c|^2 - r^2.
        private static bool Ball(Ray ray, Double3 centre, double radius, double maximum, out double distance, out Double3 normal)
        {
            Double3 o = ray.Origin - centre;
            double b = Double3.Dot(ray.Direction, o);

            // The discriminant from the nearest point of the line, which does not cancel far away.
            double discriminant = radius * radius - (o - ray.Direction * b).LengthSquared;
            distance = discriminant >= 0 ? -b - Math.Sqrt(discriminant) : double.PositiveInfinity;
            normal = discriminant >= 0 ? (o + ray.Direction * distance) / radius : Double3.Zero;
            return discriminant >= 0 && distance >= 0 && distance <= maximum;
        }

        // The side is an infinite cylinder, cut off at the ends, where balls take over.
        private static bool Capsule(Ray ray, CapsuleShape capsule, double maximum, out double distance, out Double3 normal)
        {
            double half = capsule.HalfLength;
            var across = new Double3(ray.Direction.X, 0, ray.Direction.Z);
            double speed = across.Length;
            if (speed > 1e-12)
            {
                var flat = new Ray(new Double3(ray.Origin.X, 0, ray.Origin.Z), across);
                if (Ball(flat, Double3.Zero, capsule.Radius, double.PositiveInfinity, out double reach, out normal))
                {
                    distance = reach / speed;
                    if (Math.Abs(ray.Origin.Y + distance * ray.Direction.Y) <= half)
                    {
                        return distance <= maximum;
                    }
                }
            }

            // Outside the side, or through it beyond an end: the ball at the end it comes from, if it does not start inside the side.
            distance = double.PositiveInfinity;
            normal = Double3.Zero;
            double y = Math.Max(-half, Math.Min(half, ray.Origin.Y));
            if (Double3.Distance(ray.Origin, new Double3(0, y, 0)) < capsule.Radius)
            {
                return false;
            }

            bool hit = false;
            for (int end = -1; end <= 1; end += 2)
            {
                if (Ball(ray, new Double3(0, end * half, 0), capsule.Radius, maximum, out double d, out Double3 n) && d < distance)
                {
                    distance = d;
                    normal = n;
                    hit = true;
                }
            }

            return hit;
        }

        // Enters last through the planes it faces, unless it leaves through another before.
        private static bool Solid(Ray ray, Polyhedron polyhedron, Double3 extents, double maximum, out double distance, out Double3 normal)
        {
            distance = double.NegativeInfinity;
            normal = Double3.Zero;
            double leave = double.PositiveInfinity;
            for (int f = 0; f < polyhedron.FaceCount; f++)
            {
                Double3 n = polyhedron.Normals[f];
                double height = Double3.Dot(n, ray.Origin - polyhedron.FacePoint(f) * extents);
                double slope = Double3.Dot(n, ray.Direction);
                if (slope < 0 && -height / slope > distance)
                {
                    distance = -height / slope;
                    normal = n;
                }
                else if (slope > 0)
                {
                    leave = Math.Min(leave, -height / slope);
                }
                else if (slope == 0 && height > 0)
                {
                    return false;
                }
            }

            return distance >= 0 && distance <= leave && distance <= maximum;
        }

        // Only from outside. Source of the test: T. Moeller and B. Trumbore, "Fast, minimum storage ray-triangle intersection" (1997).
        private static bool Surface(
            Ray ray, TriangleSurface surface, double maximum, IntList found, out double distance, out Double3 normal, out int triangle)
        {
            distance = double.PositiveInfinity;
            normal = Double3.Zero;
            triangle = -1;
            found.Clear();
            surface.QueryRay(ray.Origin, ray.Direction, maximum, found);
            for (int i = 0; i < found.Count; i++)
            {
                int t = found[i];
                Double3 a = surface.Corner(t, 0);
                Double3 e1 = surface.Corner(t, 1) - a;
                Double3 e2 = surface.Corner(t, 2) - a;
                Double3 p = Double3.Cross(ray.Direction, e2);
                double determinant = Double3.Dot(e1, p);
                if (determinant <= 0)
                {
                    continue;
                }

                Double3 r = ray.Origin - a;
                Double3 q = Double3.Cross(r, e1);
                double u = Double3.Dot(r, p);
                double v = Double3.Dot(ray.Direction, q);
                double d = Double3.Dot(e2, q) / determinant;

                // A hair over the sides, so that no ray slips between two triangles; the lower one wins where both are hit.
                double slack = 1e-12 * determinant;
                bool nearer = d < distance || (d == distance && t < triangle);
                if (u >= -slack && v >= -slack && u + v <= determinant + slack && d >= 0 && d <= maximum && nearer)
                {
                    distance = d;
                    normal = surface.Normals[t];
                    triangle = t;
                }
            }

            return triangle >= 0;
        }
    }
}
