using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;

namespace DiffPhysics.Physics
{
    /// <summary>
    /// Mass and moments of bodies that have a density: computed from the sizes of their one shape at the start of each frame, so that
    /// gradients with respect to sizes go through them, and whatever size is tuned gives an inertia that a body can have.
    /// </summary>
    internal sealed class SizedMass : IDisposable
    {
        private readonly List<Launch> launches = new List<Launch>();
        private readonly List<IndexBuffer> indices = new List<IndexBuffer>();

        /// <param name="bodies">Body, its collider and its kind of shape, of those that have a density.</param>
        /// <param name="buffers">The world's buffers.</param>
        public SizedMass(IReadOnlyList<(int body, int collider, ShapeKind kind)> bodies, BodyBuffers buffers)
        {
            foreach (ShapeKind kind in new[] { ShapeKind.Sphere, ShapeKind.Box, ShapeKind.Capsule })
            {
                int count = 0, worlds = buffers.Worlds;
                foreach ((_, _, ShapeKind of) in bodies) count += of == kind ? 1 : 0;
                if (count == 0) continue;
                IndexBuffer body = new IndexBuffer("body", count * worlds), shape = new IndexBuffer("shape", count * worlds);
                indices.Add(body);
                indices.Add(shape);
                int lane = 0;
                foreach ((int b, int collider, ShapeKind of) in bodies)
                {
                    if (of != kind) continue;
                    for (int w = 0; w < worlds; w++, lane++) (body.Indices[lane], shape.Indices[lane]) = (b * worlds + w, collider * worlds + w);
                }

                launches.Add(new Launch(MassOf(kind), count * worlds)
                    .Bind("mass", buffers.Mass).Bind("size", buffers.Shape).Bind("density", buffers.Density).BindIndex("body", body).BindIndex("shape", shape));
            }
        }

        public void Run(FrameTape tape)
        {
            foreach (Launch launch in launches) tape.Run(launch);
        }

        public void Dispose()
        {
            foreach (IndexBuffer index in indices) index.Dispose();
        }

        private static Kernel MassOf(ShapeKind kind) => Kernel.Define("mass of " + kind, k =>
        {
            Real[] size = k.Gather("size", "shape", 4);
            Real density = k.Gather("density", "shape"), r = size[0], r2 = r * r, mass;
            Real3 perMass;
            switch (kind)
            {
                case ShapeKind.Sphere: // 4/3 pi r^3; 2/5 r^2
                    mass = density * (4.0 / 3 * Math.PI) * r * r2;
                    perMass = new Real3(0.4 * r2, 0.4 * r2, 0.4 * r2);
                    break;
                case ShapeKind.Box: // 8 a b c; (b^2 + c^2) / 3
                    mass = density * 8 * size[1] * size[2] * size[3];
                    Real3 s = new Real3(size[1] * size[1], size[2] * size[2], size[3] * size[3]) / 3;
                    perMass = new Real3(s.Y + s.Z, s.Z + s.X, s.X + s.Y);
                    break;
                default: // a cylinder of height 2 l and two half balls, as in CapsuleShape
                    Real l = size[2], cylinder = 2 * Math.PI * r2 * l, balls = 4.0 / 3 * Math.PI * r * r2, volume = cylinder + balls;
                    mass = density * volume;
                    Real along = (cylinder * 0.5 + balls * 0.4) * r2 / volume;
                    Real across = (cylinder * (0.25 * r2 + l * l / 3) + balls * (0.4 * r2 + l * l + 0.75 * l * r)) / volume;
                    perMass = new Real3(across, along, across);
                    break;
            }

            k.StoreAt("mass", "body", mass, perMass.X * mass, perMass.Y * mass, perMass.Z * mass);
        });
    }
}
