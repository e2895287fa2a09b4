using System;
using System.Linq;
using DiffPhysics.Autodiff;
using NUnit.Framework;
namespace DiffPhysics.Physics.Tests
{
    public class ScratchTests
    {
        [Test]
        public void Doll()
        {
            using var world = new World(Rollout.Float());
            world.AddStatic(new PlaneShape()).MadeOf(0.7, 0);
            var doll = new RagdollScene(world, new Double3(0, 1.6, 0));
            doll.Parts[1].Moving(0.5, 0, 0.3);
            for (int step = 0; step < 480; step++)
            {
                RowPicker.Unsettled = 0;
                world.Step();
                if (RowPicker.Unsettled > 0) TestContext.WriteLine($"{step} unsettled {RowPicker.Unsettled}");
                foreach (Joint joint in doll.Joints)
                    foreach (JointAxis axis in joint.Axes)
                        if (!axis.IsLocked)
                        {
                            double beyond = Math.Max(axis.Numbers[0] - axis.Position, axis.Position - axis.Numbers[1]);
                            if (beyond > 0.01) TestContext.WriteLine($"{step} {joint.B.Name} {axis.Name} {axis.Position:f3} {axis.Numbers[0]:f2} {axis.Numbers[1]:f2} speed {axis.Speed:f2} force {axis.Force:f2} all {string.Join(" ", joint.Axes.Select(a => a.Position.ToString("f3")))}");
                        }
            }
        }

        [Test]
        public void Bars([Values] bool fine)
        {
            WorldOptions o = fine ? Rollout.Double(4) : Rollout.Float();
            using var world = new World(o);
            Body ground = world.AddStatic();
            var a = new Double3(0, 0, 0);
            var d = new Double3(0.5, 0, 0);
            var b = new Double3(0, 0.2, 0);
            double reach = (d - b).Length, cosine = (0.25 + reach * reach - 0.16) / (2 * 0.5 * reach);
            double angle = Math.Atan2(d.Y - b.Y, d.X - b.X) + Math.Acos(cosine);
            Double3 c = b + new Double3(Math.Cos(angle), Math.Sin(angle), 0) * 0.5;
            Body crank = Bar(a, b), coupler = Bar(b, c), rocker = Bar(c, d);
            Joint drive = world.AddHinge(ground, crank, a, Double3.UnitZ).Turning(2 * Math.PI, 20);
            Joint elbow = world.AddHinge(crank, coupler, b, Double3.UnitZ);
            Joint knee = world.AddHinge(coupler, rocker, c, Double3.UnitZ);
            Joint end = world.AddHinge(rocker, ground, d, Double3.UnitZ);
            for (int step = 0; step < 120; step++)
            {
                world.Step();
                if (step % 1 == 0 && step < 5 && fine) TestContext.WriteLine($"{step} guess {world.JointGuess[0,0]:f3} {world.JointGuess[1,0]:f3} {world.JointGuess[2,0]:f3} imp {world.JointImpulses[0,0]:f3} {world.JointImpulses[1,0]:f3} {world.JointImpulses[1,1]:f3} {world.JointImpulses[2,0]:f3} ax {string.Join(" ", knee.Axes.Select(x => x.Position.ToString("e1")))} {drive.Position:f3} {drive.Speed:f3} {drive.Force:f3} energy {world.KineticEnergy + world.PotentialEnergy:f3}");
            }
            Body Bar(Double3 from, Double3 to)
            {
                Double3 middle = (from + to) * 0.5, along = to - from;
                return world.AddBody().Weighing(1).WithInertia(0.02, 0.02, 0.02).At(new Pose(middle, DoubleQuaternion.FromAxisAngle(Double3.UnitZ, Math.Atan2(along.Y, along.X))));
            }
        }
    }
}
