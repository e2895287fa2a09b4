using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Samples.ComputationalGraph;
using NUnit.Framework;

namespace DiffPhysics.Samples.Tests;

public sealed class ComputationalGraphTests
{
    [TestCase(2, -4, -12, -12, 0)]
    [TestCase(1, 3, 22, 14, 10)]
    public void The_function_has_its_value_and_gradients(double x, double y, double f, double byX, double byY)
    {
        var lesson = new Lesson(x, y);

        Assert.That(lesson.Graph.Value, Is.EqualTo(f));
        Assert.That(lesson.Graph.Gradient, Is.EqualTo(new[] { byX, byY }));
        Assert.That(Lesson.OnTensors(x, y), Is.EqualTo(new[] { f, byX, byY }));
    }

    [Test]
    public void One_line_and_step_by_step_leave_the_same_graph()
    {
        var oneLine = TracedFunction.Trace(2, p => [Lesson.InOneLine(p[0], p[1])]);
        var steps = TracedFunction.Trace(2, p => [Lesson.StepByStep(p[0], p[1])]);

        Assert.That(GraphDrawing.ToDot(steps), Is.EqualTo(GraphDrawing.ToDot(oneLine)));
    }

    [Test]
    public void Shared_work_is_counted_once()
    {
        TracedFunction f = new Lesson().Function;

        Assert.That(Lesson.WrittenOperations(f), Is.EqualTo(6));
        Assert.That(Lesson.StoredOperations(f), Is.EqualTo(5));
    }

    [Test]
    public void Operations_of_one_step_do_not_need_each_other()
    {
        GraphEvaluation graph = new Lesson().Graph;

        Assert.That(graph.Depth, Is.EqualTo(3));
        Assert.That(graph.AtLevel(1), Is.EquivalentTo(new[] { "a = x + y", "c = x * 2" }));
        Assert.That(graph.AtLevel(2), Is.EquivalentTo(new[] { "b = a * a", "d = y * c" }));
    }

    [Test]
    public void The_report_and_the_readme_say_the_same_counts()
    {
        string report = new Lesson().Report();
        string readme = File.ReadAllText(Path.Combine(Folder(), "README.md")).Replace("\n  ", " ");
        TracedFunction adjoint = Derivatives.Adjoint(new Lesson().Function);
        string counts = $"adjoint names {Lesson.WrittenOperations(adjoint)} and carries out {Lesson.StoredOperations(adjoint)}";

        Assert.That(report, Does.Contain("f = -12, df/dx = -12, df/dy = 0").And.Contain(counts));
        Assert.That(readme, Does.Contain(counts));
    }

    [Test]
    public void The_shipped_picture_is_what_the_lesson_draws()
    {
        var lesson = new Lesson();
        string svg = GraphPicture.ToSvg(lesson.Graph, Lesson.Caption(lesson));
        string[] texts = [.. XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];

        Assert.That(texts, Has.Member("value −12").And.Member("adjoint −12").And.Member("adjoint 0").And.Member("a = x + y"));
        Assert.That(File.ReadAllText(Path.Combine(Folder(), "graph.svg")).ReplaceLineEndings("\n"), Is.EqualTo(svg));
    }

    static string Folder([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "Samples~", "ComputationalGraph");
}
