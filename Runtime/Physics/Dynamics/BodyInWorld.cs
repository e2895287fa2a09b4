namespace DiffPhysics.Physics
{
    /// <summary>A body in one of the worlds that are stepped together: its state there.</summary>
    public readonly struct BodyInWorld
    {
        private readonly Body body;
        private readonly World world;

        internal BodyInWorld(Body body, World world, int element)
        {
            this.body = body;
            this.world = world;
            Element = element;
        }

        /// <summary>Where it stands in the world's buffers of bodies.</summary>
        public int Element { get; }

        /// <summary>Pose of the body's frame in the world.</summary>
        public Pose Pose => world.ReadPose(Element) * body.BodyFromMass.Inverse;

        /// <summary>Velocity of the centre of mass, in metres per second.</summary>
        public Double3 Velocity => world.ReadVector(Element, 7);

        /// <summary>Angular velocity in the world frame, in radians per second.</summary>
        public Double3 AngularVelocity => world.ReadVector(Element, 10);

        /// <summary>Whether it sleeps (<see cref="WorldOptions.SleepTime"/>).</summary>
        public bool IsAsleep => world.IsAsleep(Element);

        /// <summary>Wakes it, with all that it rests with.</summary>
        public void Wake() => world.Wake(Element);

        /// <summary>Places the body's frame.</summary>
        public BodyInWorld At(Pose worldFromBody)
        {
            body.Check(worldFromBody);
            world.WritePose(Element, worldFromBody * body.BodyFromMass);
            return this;
        }

        /// <summary>Places the body's frame, in metres, and keeps its rotation.</summary>
        public BodyInWorld At(double x, double y, double z) => At(new Pose(new Double3(x, y, z), Pose.Rotation));

        /// <summary>Sets the velocity of the centre of mass, in metres per second.</summary>
        public BodyInWorld Moving(Double3 velocity)
        {
            body.CheckVelocity("velocity", velocity);
            world.WriteVector(Element, 7, velocity);
            return this;
        }

        /// <summary>Sets the velocity of the centre of mass, in metres per second.</summary>
        public BodyInWorld Moving(double x, double y, double z) => Moving(new Double3(x, y, z));

        /// <summary>Sets the angular velocity in the world frame, in radians per second.</summary>
        public BodyInWorld Spinning(Double3 angularVelocity)
        {
            body.CheckVelocity("angular velocity", angularVelocity);
            world.WriteVector(Element, 10, angularVelocity);
            return this;
        }

        /// <summary>Sets the angular velocity in the world frame, in radians per second.</summary>
        public BodyInWorld Spinning(double x, double y, double z) => Spinning(new Double3(x, y, z));
    }
}
