using System.Linq;
using DiffPhysics.Scenes;

namespace DiffPhysics.Samples
{
    /// <summary>The same cage as a scene: what <see cref="SpringCage"/> does by hand, the tuner does from a document.</summary>
    public static class SpringCageScene
    {
        /// <summary>The scene of <c>scene.json</c>, built in code.</summary>
        public static Scene Build()
        {
            double[][] corners = Enumerable.Range(0, 8).Select(c => new[] { (c & 1) - 0.5, (c >> 1 & 1) - 0.5, (c >> 2) - 0.5 }).ToArray();
            return new SceneBuilder("SpringCage", "A mass hangs between eight springs; their rest lengths are tuned by plain gradient descent so that it arrives at the mark.")
                .Gravity(0, 0, 0)
                .Simulate(1, 30, 1, s => s.Integrator = "symplectic")
                .Springs("cage", new[] { new double[3] }.Concat(corners).ToArray(), Enumerable.Range(1, 8).Select(c => new[] { 0, c }).ToArray(), d =>
                {
                    d.Pins = Enumerable.Range(1, 8).ToArray();
                    d.With("mass", 1).With("stiffness", 100).With("damping", 10);
                    // Half the diagonal of the cube.
                    d.With("restLength", Enumerable.Repeat(0.8660254037844386, 8).ToArray());
                })
                .TuneEach("deformables.cage.restLength.*", typical: 1)
                .Loss(new SceneLoss { Type = "point", Body = "cage", Particle = 0, Target = new[] { 0.375, 0.125, 0.25 } })
                .Optimise("gradient-descent", t =>
                {
                    t.Optimiser.FirstOrder.LearningRate = 0.5;
                    t.Optimiser.Momentum = 0;
                    t.Stopping.MaxIterations = 25;
                    t.Stopping.LossBelow = 1e-8;
                })
                .Build();
        }
    }
}
