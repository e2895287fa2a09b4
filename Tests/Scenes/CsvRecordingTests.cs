using System;
using System.Collections.Generic;
using DiffPhysics.Tuning;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    public sealed class CsvRecordingTests
    {
        [Test]
        public void ColumnsMayComeInAnyOrderAndSamplesMayBeMissing()
        {
            Recording recording = Parse("# seen\nx,t,y,z\n1,0,2,3\n,0.1,,\n4,0.25,5,6\n");

            Assert.That(recording.Times, Is.EqualTo(new[] { 0, 0.1, 0.25 }));
            Assert.That(recording.Positions, Is.EqualTo(new[] { 1, 2, 3, double.NaN, double.NaN, double.NaN, 4, 5, 6 }));
            Assert.That(recording.Rotations, Is.Null);
        }

        [Test]
        public void ZUpBodyFrameAndWFirstAreConvertedAtTheBorder()
        {
            // A quarter turn about the recording's up axis (z), spinning about the body's x: in the world that is y, which
            // is -z once y is up.
            double h = Math.Sqrt(0.5);
            FormattableString text = $"t,x,y,z,q0,q1,q2,q3,wx,wy,wz\n0,1,2,3,{h:r},0,0,{h:r},5,0,0\n";
            Recording recording = CsvRecording.Parse(FormattableString.Invariant(text), "toss.csv", new SceneRecording { QuaternionOrder = "wxyz", AngularVelocityFrame = "body", Up = "z" });

            Assert.That(recording.Positions, Is.EqualTo(new[] { 1.0, 3, -2 }));
            Assert.That(recording.Rotations, Is.EqualTo(new[] { 0, h, 0, h }).Within(1e-15));
            Assert.That(recording.AngularVelocities, Is.EqualTo(new[] { 0, 0, -5.0 }).Within(1e-14));
        }

        [TestCase("", 1, "empty")]
        [TestCase("t,x,y,z\n", 1, "no samples")]
        [TestCase("t,x,y\n0,1,2\n", 1, "column 'z' is missing")]
        [TestCase("t,x,y,zz\n0,1,2,3\n", 1, "did you mean 'z'")]
        [TestCase("t,x,x,z,y\n0,1,2,3,4\n", 1, "twice")]
        [TestCase("t,x,y,z\n0,1,2,3\n0,1,2,3\n", 3, "rising times")]
        [TestCase("t,x,y,z\n0,1,2,3\n1,1,2\n", 3, "found 3 cells, expected 4")]
        [TestCase("t,x,y,z\n0,1,two,3\n", 2, "\"two\"")]
        [TestCase("t,x,y,z\n0,1,1e999,3\n", 2, "finite")]
        [TestCase("t,x,y,z\n,1,2,3\n", 2, "time is missing")]
        public void MalformedRecordingsAreToldWithTheirLine(string text, int line, string words)
        {
            SceneException error = TestScenes.ErrorOf(() => Parse(text));

            Assert.That(error.Line, Is.EqualTo(line));
            Assert.That(error.Message, Does.Contain(words));
        }

        [Test]
        public void ParticlesHaveTheirOwnTimesAndGaps()
        {
            IReadOnlyList<Recording> all = CsvRecording.ParseParticles("# seen\nparticle,t,x,y,z\n2,0.1,1,2,3\n0,0.1,4,5,6\n2,0.3,,,\n0,0.2,7,8,9\n", "sheet.csv", new SceneRecording { Of = "particles", Up = "z", LengthScale = 2 });

            Assert.That(all, Has.Count.EqualTo(3));
            Assert.That(all[1], Is.Null);
            Assert.That(all[0].Times, Is.EqualTo(new[] { 0.1, 0.2 }));
            Assert.That(all[0].Positions, Is.EqualTo(new double[] { 8, 12, -10, 14, 18, -16 }));
            Assert.That(Recording.HasSample(all[2].Positions, 3, 1), Is.False);
        }

        [TestCase("", 1, "empty")]
        [TestCase("t,particle,x,y,z\n", 1, "no samples")]
        [TestCase("t,x,y,z\n0,1,2,3\n", 1, "column 'particle' is missing")]
        [TestCase("t,partcle,x,y,z\n0,1,2,3,4\n", 1, "did you mean 'particle'")]
        [TestCase("t,particle,x,y,z,vx\n0,1,2,3,4,5\n", 1, "unknown column 'vx'")]
        [TestCase("t,particle,x,y,z\n0,1,2,3,4\n0,1,2,3,4\n", 3, "after 0 of particle 1, expected rising times")]
        [TestCase("t,particle,x,y,z\n0,-1,2,3,4\n", 2, "found -1, expected the number of a particle")]
        [TestCase("t,particle,x,y,z\n0,1.5,2,3,4\n", 2, "found 1.5, expected the number of a particle")]
        [TestCase("t,particle,x,y,z\n0,,2,3,4\n", 2, "found none")]
        [TestCase("t,particle,x,y,z\n0,1,2,3\n", 2, "found 4 cells, expected 5")]
        [TestCase("t,particle,x,y,z\n0,one,2,3,4\n", 2, "\"one\"")]
        public void MalformedRecordingsOfParticlesAreToldWithTheirLine(string text, int line, string words)
        {
            SceneException error = TestScenes.ErrorOf(() => CsvRecording.ParseParticles(text, "sheet.csv", new SceneRecording { Of = "particles" }));

            Assert.That(error.Line, Is.EqualTo(line));
            Assert.That(error.Message, Does.StartWith("sheet.csv(").And.Contain(words));
        }

        private static Recording Parse(string text) => CsvRecording.Parse(text, "toss.csv", new SceneRecording());
    }
}
