using System;
using System.Collections.Generic;
using DiffPhysics.Autodiff;
using DiffPhysics.Physics;
using DiffPhysics.Tuning;
using Buffer = DiffPhysics.Autodiff.Buffer;

namespace DiffPhysics.Samples
{
    /// <summary>
    /// A seated ragdoll leans forward, its arms out, and shall stay so. Its drives are soft: held at the pose itself they give way under
    /// gravity. The gradient finds the targets that hold it.
    /// </summary>
    public sealed class RagdollPose : IDisposable
    {
        private const int Steps = 30;
        private const double Lean = 0.3;
        private readonly World world;
        private readonly List<(Joint joint, JointAxis axis)> drives = new List<(Joint, JointAxis)>();
        private readonly Buffer isAngle, loss;
        private readonly Launch deviate;

        /// <summary>The upper part of a ragdoll on a pelvis that stands still, in the pose in which all angles are zero; a second in steps of 1/30 s.</summary>
        public RagdollPose()
        {
            world = new World(new WorldOptions { Precision = Precision.Double, TimeStep = 1.0 / Steps, Substeps = 2 });
            Body pelvis = world.AddStatic();
            Body chest = Part(new CapsuleShape(0.12, 0.12), 25, new Double3(0, 0.25, 0));
            Join(world.AddBall(pelvis, chest, Double3.Zero, Double3.UnitY), 300);
            Body head = Part(new SphereShape(0.12), 5, new Double3(0, 0.65, 0));
            Join(world.AddBall(chest, head, Leaning(new Double3(0, 0.5, 0)), Leaning(Double3.UnitY)), 40);
            for (int side = -1; side <= 1; side += 2)
            {
                Double3 shoulder = new Double3(0.2 * side, 0.42, 0), elbow = new Double3(0.5 * side, 0.42, 0);
                Body upper = Part(new CapsuleShape(0.05, 0.1), 2.2, (shoulder + elbow) * 0.5, DoubleQuaternion.FromAxisAngle(Double3.UnitZ, Math.PI / 2));
                Body lower = Part(new CapsuleShape(0.04, 0.09), 2, elbow + new Double3(0, 0, 0.14), DoubleQuaternion.FromAxisAngle(Double3.UnitX, Math.PI / 2));
                Join(world.AddBall(chest, upper, Leaning(shoulder), Leaning(Double3.UnitX * side)), 30);
                Join(world.AddHinge(upper, lower, Leaning(elbow), Leaning(Double3.UnitX * side)), 10);
            }

            world.Build();
            int rows = world.MeasureJoints().Components / 2;
            isAngle = new Buffer("is angle", world.JointMeasures.Elements, rows, Precision.Double);
            foreach ((Joint joint, JointAxis axis) in drives) isAngle[joint.Index, axis.Component(0) / JointAxis.NumberCount] = 1;
            loss = new Buffer("loss", 1, 1, Precision.Double);
            deviate = new Launch(Deviation(rows), isAngle.Elements).Bind("measures", world.JointMeasures).Bind("is angle", isAngle).Bind("loss", loss);
        }

        /// <summary>Number of driven angles.</summary>
        public int Drives => drives.Count;

        /// <summary>Tries to hold the pose with these targets.</summary>
        /// <param name="targets">Of the drives, in radians.</param>
        /// <param name="gradient">Receives the slope by each; may be empty.</param>
        /// <returns>The squared deviations of all angles from the pose, in square radians, summed and averaged over the steps.</returns>
        public double Hold(ReadOnlySpan<double> targets, Span<double> gradient)
        {
            world.Reset();
            loss.Clear();
            for (int d = 0; d < Drives; d++) world.JointNumbers[drives[d].joint.Index, drives[d].axis.Component(JointNumber.Target)] = targets[d];
            world.Record();
            for (int step = 0; step < Steps; step++)
            {
                world.Step();
                world.Tape.BeginFrame();
                world.MeasureJoints();
                world.Tape.Run(deviate);
                world.Tape.EndFrame();
            }

            if (!gradient.IsEmpty)
            {
                world.Tape.Backward(loss);
                Buffer slopes = world.Tape.Gradient(world.JointNumbers);
                for (int d = 0; d < Drives; d++) gradient[d] = slopes[drives[d].joint.Index, drives[d].axis.Component(JointNumber.Target)];
            }

            return loss[0];
        }

        /// <summary>L-BFGS on the targets, from the pose itself.</summary>
        public TuningResult Tune(int iterations = 20)
        {
            var targets = new Parameter[Drives];
            for (int d = 0; d < Drives; d++) targets[d] = new Parameter($"target of the {drives[d].axis.Name} of {drives[d].joint.Name}", 0, -2, 2, "rad");
            var options = new TuningOptions();
            options.Stopping.MaxIterations = iterations;
            options.Stopping.LossBelow = 1e-7;
            return new TuningRun(new ParameterSet(targets), new FunctionObjective(Drives, Hold), options).Run();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            world.Dispose();
            isAngle.Dispose();
            loss.Dispose();
        }

        private static Kernel Deviation(int rows) => Kernel.Define("deviation", k =>
        {
            Real[] measures = k.Lane("measures", 2 * rows), counts = k.Lane("is angle", rows);
            Real sum = 0;
            for (int r = 0; r < rows; r++) sum += counts[r] * measures[2 * r] * measures[2 * r];
            k.Constant("is angle");
            k.Sum("loss", sum * (1.0 / Steps));
        });

        // From the upright doll to the one that leans forward about its hips.
        private static Double3 Leaning(Double3 upright) => DoubleQuaternion.FromAxisAngle(Double3.UnitX, Lean).Rotate(upright);

        private Body Part(Shape shape, double mass, Double3 at, DoubleQuaternion? turned = null) => world.AddBody(shape).Weighing(mass).OnLayer(1, 0)
            .At(new Pose(Leaning(at), DoubleQuaternion.FromAxisAngle(Double3.UnitX, Lean) * (turned ?? DoubleQuaternion.Identity)));

        private void Join(Joint joint, double stiffness)
        {
            foreach (JointAxis axis in joint.Axes)
                if (!axis.IsLocked) drives.Add((joint, axis.Driven(0, stiffness, 0.1 * stiffness)));
        }
    }
}
