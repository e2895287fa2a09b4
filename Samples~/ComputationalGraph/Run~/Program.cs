using System;
using System.IO;
using DiffPhysics.Samples.ComputationalGraph;

// Prints the lesson and draws its graph: dotnet run [picture.svg]
var lesson = new Lesson();
Console.Write(lesson.Report());
string picture = args.Length > 0 ? args[0] : "graph.svg";
File.WriteAllText(picture, GraphPicture.ToSvg(lesson.Graph, Lesson.Caption(lesson)));
Console.WriteLine($"Picture: {Path.GetFullPath(picture)}");
