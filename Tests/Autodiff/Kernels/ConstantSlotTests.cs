using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>Slots whose numbers count as constants.</summary>
    public class ConstantSlotTests
    {
        static Kernel Product => Kernel.Define("product", k =>
        {
            Real a = k.Lane("a"), choice = k.Gather("choice", "i");
            k.Constant("choice");
            k.Store("y", a * choice);
        });

        [Test]
        public void DerivativesByThemAreNotMade()
        {
            using Buffer a = new Buffer("a", 3, 1, Precision.Double), choice = new Buffer("choice", 2, 1, Precision.Double), y = new Buffer("y", 3, 1, Precision.Double);
            using var tape = new FrameTape(Executor.CreateDefault());
            choice[1] = 4;
            Launch launch = new Launch(Product, 3).Bind("a", a).Bind("choice", choice).Bind("y", y).BindIndex("i", new IndexBuffer("i", new[] { 1, 0, 1 }));
            tape.BeginFrame();
            tape.Run(launch);
            tape.EndFrame();
            tape.Backward(y);
            Assert.That(tape.Gradient(a)[2], Is.EqualTo(4));
            Assert.That(tape.Gradient(a)[1], Is.Zero);
            Assert.That(tape.Depends(choice), Is.False);
            Assert.That(Product.Adjoint.BarSlots[Product.SlotOf("choice")], Is.EqualTo(-1));
            Assert.That(Product.Tangent.DotSlots[Product.SlotOf("choice")], Is.EqualTo(-1));
        }

        [Test]
        public void OnlyWhatIsReadCanBeConstant()
        {
            Assert.That(() => Kernel.Define("bad", k => k.Constant("nothing")), Throws.ArgumentException.With.Message.Contains("'nothing'"));
            Assert.That(() => Kernel.Define("bad", k =>
            {
                Real a = k.Lane("a");
                k.Constant("a");
                k.Store("a", a);
            }), Throws.ArgumentException.With.Message.Contains("'a'"));
        }
    }
}
