using System;
using DiffPhysics.Autodiff;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Physics
{
    /// <summary>A shape that stands still and that particles touch: plane, sphere, capsule or box.</summary>
    public sealed class Obstacle
    {
        internal Obstacle(string name, Shape shape, Pose pose, double friction, double restitution)
        {
            Name = name;
            Shape = shape ?? throw new ArgumentNullException(nameof(shape), $"Obstacle '{name}' needs a shape.");
            Pose = pose;
            Friction = friction;
            Restitution = restitution;
            if (!TracedObstacle.Knows(shape.Kind)) throw new ArgumentException($"Obstacle '{name}' is a {shape.Kind}; particles touch planes, spheres, capsules and boxes; other shapes they touch as static bodies of a World (TouchBodies).", nameof(shape));
            if (!(friction >= 0) || double.IsInfinity(friction)) throw new ArgumentException($"The friction of obstacle '{name}' must be finite and not negative, but is {friction}.", nameof(friction));
            if (!(restitution >= 0 && restitution <= 1)) throw new ArgumentException($"The restitution of obstacle '{name}' must be between 0 and 1, but is {restitution}.", nameof(restitution));
        }

        /// <summary>What error messages call it.</summary>
        public string Name { get; }

        /// <summary>Its form as it was added.</summary>
        public Shape Shape { get; }

        /// <summary>Where it was put.</summary>
        public Pose Pose { get; }

        /// <summary>Radius 0, extents 1..3 (as <see cref="ShapeSize"/> has them), position 4..6 and rotation 7..10. Exists once the world is built.</summary>
        public Buffer Geometry { get; private set; }

        /// <summary>Friction 0 and restitution 1. Exists once the world is built.</summary>
        public Buffer Material { get; private set; }

        private double Friction { get; }

        private double Restitution { get; }

        internal void Build(ParticleOptions options)
        {
            Geometry = new Buffer(Name + " geometry", 1, TracedCollider.Size, options.Precision, options.ParameterWorlds);
            Material = new Buffer(Name + " material", 1, 2, options.Precision, options.ParameterWorlds);
            ShapeSize size = Shape.Size;
            DoubleQuaternion q = Pose.Rotation;
            Write(Geometry, size.Radius, size.Extents.X, size.Extents.Y, size.Extents.Z, Pose.Position.X, Pose.Position.Y, Pose.Position.Z, q.X, q.Y, q.Z, q.W);
            Write(Material, Friction, Restitution);
        }

        internal void Dispose()
        {
            Geometry?.Dispose();
            Material?.Dispose();
        }

        private static void Write(Buffer buffer, params double[] numbers)
        {
            for (int c = 0; c < numbers.Length; c++)
                for (int w = 0; w < buffer.Worlds; w++) buffer[0, c, w] = numbers[c];
        }
    }
}
