using NUnit.Framework;

namespace DiffPhysics.Autodiff.Tests
{
    /// <summary>How the components of a buffer stand in memory.</summary>
    public class BufferLayoutTests
    {
        const int CacheLine = 64, LinesOfPage = 64;

        // No two of six components stand at about the same place of their pages, and no row is more than a third longer than its numbers.
        [Test]
        public void LongRowsOfComponentsAreApartInTheirPages([Values] Precision precision, [Range(700, 5200, 53)] int elements)
        {
            using var buffer = new Buffer("b", elements, 6, precision);
            long bytes = buffer.ComponentStride * precision.Size(), lines = bytes / CacheLine;
            Assert.That(bytes % CacheLine, Is.Zero);
            Assert.That(lines % 2, Is.EqualTo(1));
            Assert.That(bytes, Is.InRange((long)elements * precision.Size() + CacheLine, (long)elements * precision.Size() * 4 / 3 + 2 * CacheLine));
            if (bytes < LinesOfPage * CacheLine) return;
            Assert.That(lines % LinesOfPage, Is.InRange(9, LinesOfPage - 9));
        }
    }
}
