using System;
using System.Diagnostics;
using DiffPhysics.Autodiff;
using DiffPhysics.Kinematics;
using DiffPhysics.Samples.InverseKinematics;

// Follows each target for ten seconds at 60 frames a second and prints how it went.
Executor executor = Executor.CreateDefault();
using (var panda = ArmTracking.Panda(executor)) Report("panda", panda.Follow);
using (var ur5 = ArmTracking.Ur5(executor)) Report("ur5", ur5.Follow);
using (var person = new CharacterReach(executor)) Report("humanoid", person.Follow);

static void Report(string name, Func<double, IkResult> follow)
{
    const int Frames = 600, Rounds = 20; // later rounds are compiled at full speed
    int reached = 0, iterations = 0;
    var times = new double[Frames];
    for (int round = 0; round < Rounds; round++)
    {
        (reached, iterations) = (0, 0);
        for (int frame = 0; frame < Frames; frame++)
        {
            long start = Stopwatch.GetTimestamp();
            IkResult result = follow(frame / 60.0);
            times[frame] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            iterations += result.Iterations;
            if (result.Status == IkStatus.Reached) reached++;
        }
    }
    Array.Sort(times);
    Console.WriteLine($"{name,-10} {reached} of {Frames} frames reached, {(double)iterations / Frames:f2} iterations and {times[Frames / 2]:f1} microseconds a frame");
}
