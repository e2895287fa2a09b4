namespace DiffPhysics.Physics
{
    /// <summary>What two shapes did to each other in a step.</summary>
    public readonly struct Contact
    {
        internal Contact(Body a, Body b, int shapeA, int shapeB, in ContactSum sum)
        {
            A = a;
            B = b;
            ShapeA = shapeA;
            ShapeB = shapeB;
            Point = sum.Point;
            Normal = sum.Normal;
            Gap = sum.Gap;
            Impulse = sum.Impulse;
            NormalImpulse = sum.NormalImpulse;
            Impacts = sum.Impacts;
        }

        /// <summary>The body that the normal points to.</summary>
        public Body A { get; }

        /// <summary>The other body.</summary>
        public Body B { get; }

        /// <summary>Number of A's shape among all shapes of the world, in the order of bodies.</summary>
        public int ShapeA { get; }

        /// <summary>Number of B's shape.</summary>
        public int ShapeB { get; }

        /// <summary>World point of their deepest point at the end of the step, in metres.</summary>
        public Double3 Point { get; }

        /// <summary>Unit vector there, from B to A.</summary>
        public Double3 Normal { get; }

        /// <summary>Gap there, in metres; negative where they overlap.</summary>
        public double Gap { get; }

        /// <summary>Sum of the impulses on A in the step, friction included, in newton seconds; those on B are its opposite.</summary>
        public Double3 Impulse { get; }

        /// <summary>Sum of the normal impulses of all points, in newton seconds.</summary>
        public double NormalImpulse { get; }

        /// <summary>Number of impacts among them.</summary>
        public int Impacts { get; }
    }

    /// <summary>A trigger and what was in it in a step.</summary>
    public readonly struct TriggerOverlap
    {
        internal TriggerOverlap(Body trigger, Body other)
        {
            Trigger = trigger;
            Other = other;
        }

        /// <summary>The trigger; the body of the lower index where both are triggers.</summary>
        public Body Trigger { get; }

        /// <summary>The body that overlapped it, at the start of a substep or on the way.</summary>
        public Body Other { get; }
    }

    /// <summary>A contact as it adds up over the substeps of a step.</summary>
    internal struct ContactSum
    {
        public int World, A, B, ShapeA, ShapeB, Impacts; // bodies and shapes of one world
        public Double3 Point, Normal, Impulse;
        public double Gap, NormalImpulse;
    }
}
