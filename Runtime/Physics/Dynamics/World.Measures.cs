namespace DiffPhysics.Physics
{
    // What can be measured of a world as it stands.
    public sealed partial class World
    {
        /// <summary>Total kinetic energy of the dynamic bodies, in joules; of the first world where there are many.</summary>
        public double KineticEnergy => KineticEnergyIn(0);

        /// <summary>Potential energy of the dynamic bodies in the world's gravity, in joules, zero at the origin; of the first world.</summary>
        public double PotentialEnergy => PotentialEnergyIn(0);

        /// <summary>Total momentum of the dynamic bodies, in kilogram metres per second; of the first world.</summary>
        public Double3 Momentum => MomentumIn(0);

        /// <summary>Total angular momentum of the dynamic bodies about the origin, in kilogram square metres per second; of the first world.</summary>
        public Double3 AngularMomentum => AngularMomentumIn(0);

        /// <summary>Total kinetic energy of the dynamic bodies of a world, in joules.</summary>
        public double KineticEnergyIn(int world)
        {
            double sum = 0;
            foreach (Body body in bodies)
            {
                if (body.Kind != BodyKind.Dynamic) continue;
                int e = Element(body.Index, world);
                Double3 w = ReadPose(e).Rotation.InverseRotate(ReadVector(e, 10));
                sum += 0.5 * Mass[e] * ReadVector(e, 7).LengthSquared + 0.5 * Double3.Dot(w * Moments(e), w);
            }

            return sum;
        }

        /// <summary>Potential energy of the dynamic bodies of a world in its gravity, in joules; zero at the origin.</summary>
        public double PotentialEnergyIn(int world)
        {
            var down = new Double3(Environment[world, 0], Environment[world, 1], Environment[world, 2]);
            double sum = 0;
            foreach (Body body in bodies)
            {
                int e = Element(body.Index, world);
                if (body.Kind == BodyKind.Dynamic) sum -= Mass[e] * Response[e] * Double3.Dot(down, ReadPose(e).Position);
            }

            return sum;
        }

        /// <summary>Total momentum of the dynamic bodies of a world, in kilogram metres per second.</summary>
        public Double3 MomentumIn(int world)
        {
            Double3 sum = Double3.Zero;
            foreach (Body body in bodies)
            {
                int e = Element(body.Index, world);
                if (body.Kind == BodyKind.Dynamic) sum += ReadVector(e, 7) * Mass[e];
            }

            return sum;
        }

        /// <summary>Total angular momentum of the dynamic bodies of a world about the origin, in kilogram square metres per second.</summary>
        public Double3 AngularMomentumIn(int world)
        {
            Double3 sum = Double3.Zero;
            foreach (Body body in bodies)
            {
                if (body.Kind != BodyKind.Dynamic) continue;
                int e = Element(body.Index, world);
                Pose pose = ReadPose(e);
                Double3 spin = pose.Rotation.Rotate(pose.Rotation.InverseRotate(ReadVector(e, 10)) * Moments(e));
                sum += spin + Double3.Cross(pose.Position, ReadVector(e, 7)) * Mass[e];
            }

            return sum;
        }

        private Double3 Moments(int element) => new Double3(Mass[element, 1], Mass[element, 2], Mass[element, 3]);
    }
}
