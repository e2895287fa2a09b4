using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>How far a motion is from a recording: means over the samples that lie within the run.</summary>
    public readonly struct RecordingDeviation
    {
        /// <summary>Mean distance in m.</summary>
        public readonly double Position;

        /// <summary>Mean angle in rad; NaN where rotation was not recorded.</summary>
        public readonly double Rotation;

        /// <summary>Makes a deviation.</summary>
        /// <param name="position">Mean distance in m.</param>
        /// <param name="rotation">Mean angle in rad.</param>
        public RecordingDeviation(double position, double rotation)
        {
            Position = position;
            Rotation = rotation;
        }

        /// <summary>The mean of several.</summary>
        /// <param name="all">At least one; NaN when there is none.</param>
        public static RecordingDeviation Mean(IReadOnlyCollection<RecordingDeviation> all)
        {
            return all.Count == 0 ? new RecordingDeviation(double.NaN, double.NaN) : new RecordingDeviation(all.Average(d => d.Position), all.Average(d => d.Rotation));
        }

        /// <summary>Compares a motion with a recording. Between frames the motion is taken as linear.</summary>
        /// <param name="motion">The motion, of which world 0 counts.</param>
        /// <param name="body">The body that was recorded, or particle, as losses count them.</param>
        /// <param name="recording">The recording; its clock starts with the run.</param>
        public static RecordingDeviation Of(Trajectories motion, int body, Recording recording)
        {
            double distance = 0, angle = 0;
            int positions = 0, rotations = 0, frames = motion.Samples - 1;
            Span<double> from = stackalloc double[Trajectories.StateSize], to = stackalloc double[Trajectories.StateSize];
            for (int i = 0; i < recording.Count; i++)
            {
                double place = recording.Times[i] / motion.Durations[0] * frames;
                if (place < 0 || place > frames + 1e-9) continue;
                int frame = Math.Min((int)place, frames - 1);
                motion.ReadThing(0, frame, body, from);
                motion.ReadThing(0, frame + 1, body, to);
                double fraction = place - frame;
                if (Recording.HasSample(recording.Positions, 3, i))
                {
                    double sum = 0;
                    for (int c = 0; c < 3; c++) sum += Math.Pow(from[c] + fraction * (to[c] - from[c]) - recording.Positions[3 * i + c], 2);
                    distance += Math.Sqrt(sum);
                    positions++;
                }
                if (!Recording.HasSample(recording.Rotations, 4, i)) continue;
                // Angle between q and r: 2 acos |q . r| / |q|; q and -q are one rotation.
                double along = 0, dot = 0, length = 0;
                for (int c = 3; c < 7; c++) along += from[c] * to[c];
                for (int c = 3; c < 7; c++)
                {
                    double q = (1 - fraction) * from[c] + fraction * (along < 0 ? -to[c] : to[c]);
                    dot += q * recording.Rotations[4 * i + c - 3];
                    length += q * q;
                }
                angle += 2 * Math.Acos(Math.Min(1, Math.Abs(dot) / Math.Sqrt(length)));
                rotations++;
            }
            return new RecordingDeviation(distance / positions, rotations == 0 ? double.NaN : angle / rotations);
        }
    }
}
