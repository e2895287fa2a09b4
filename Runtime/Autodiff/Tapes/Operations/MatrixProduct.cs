using System;

namespace DiffPhysics.Autodiff
{
    /// <summary>C = A B. Adjoint: Ā += C̄ B^T, B̄ += A^T C̄.</summary>
    public sealed class MatrixProduct : MatrixOperation
    {
        readonly Buffer a, b, c;
        readonly double[] aRows, bRows, cRows, aBar, bBar;

        /// <summary>The product of two matrices.</summary>
        /// <exception cref="ArgumentException">The shapes do not fit, or C is A or B.</exception>
        public MatrixProduct(Buffer a, Buffer b, Buffer c) : base($"'{c.Name}' = '{a.Name}' '{b.Name}'", c, a, b)
        {
            if (a.Components != b.Elements || c.Elements != a.Elements || c.Components != b.Components)
                throw new ArgumentException($"{Name}: {a.Elements} x {a.Components} times {b.Elements} x {b.Components} is not {c.Elements} x {c.Components}.");
            (this.a, this.b, this.c) = (a, b, c);
            aRows = new double[a.Elements * a.Components];
            bRows = new double[b.Elements * b.Components];
            cRows = new double[c.Elements * c.Components];
            aBar = new double[aRows.Length];
            bBar = new double[bRows.Length];
        }

        private protected override long ProductsPerWorld => (long)a.Elements * a.Components * b.Components;

        private protected override void Forward(int world)
        {
            Load(a, world, aRows);
            Load(b, world, bRows);
            Array.Clear(cRows, 0, cRows.Length);
            Dense.AddProduct(aRows, bRows, cRows, a.Elements, a.Components, b.Components);
            Store(c, world, cRows);
        }

        private protected override void Tangent(int world, Func<Buffer, Buffer> tangentOf)
        {
            Array.Clear(cRows, 0, cRows.Length);
            Load(a, world, aRows);
            Load(b, tangentOf(b), world, bRows);
            Dense.AddProduct(aRows, bRows, cRows, a.Elements, a.Components, b.Components);
            Load(a, tangentOf(a), world, aRows);
            Load(b, world, bRows);
            Dense.AddProduct(aRows, bRows, cRows, a.Elements, a.Components, b.Components);
            Store(tangentOf(c), world, cRows);
        }

        private protected override void Backward(int world, Func<Buffer, Buffer> adjointOf)
        {
            Load(c, adjointOf(c), world, cRows);
            AddAdjoints(world, a, b, adjointOf(a), adjointOf(b));
        }

        // Ċ = Ȧ B + A Ḃ is two products, with cotangents Γ of Ċ: Ȧ gets Γ B^T, B gets Ȧ^T Γ; A gets Γ Ḃ^T, Ḃ gets A^T Γ.
        private protected override void TangentBackward(int world, Func<Buffer, Buffer> tangentOf, Func<Buffer, Buffer> adjointOf)
        {
            Buffer aDot = tangentOf(a), bDot = tangentOf(b);
            Load(c, adjointOf(tangentOf(c)), world, cRows);
            AddAdjoints(world, aDot, b, adjointOf(aDot), adjointOf(b));
            AddAdjoints(world, a, bDot, adjointOf(a), adjointOf(bDot));
        }

        // For the product of left and right, whose cotangents are loaded.
        void AddAdjoints(int world, Buffer left, Buffer right, Buffer leftBar, Buffer rightBar)
        {
            Load(a, left, world, aRows);
            Load(b, right, world, bRows);
            Array.Clear(aBar, 0, aBar.Length);
            Array.Clear(bBar, 0, bBar.Length);
            Dense.AddProductTransposedRight(cRows, bRows, aBar, a.Elements, b.Components, a.Components);
            Dense.AddProductTransposedLeft(aRows, cRows, bBar, a.Elements, a.Components, b.Components);
            Add(a, leftBar, world, aBar);
            Add(b, rightBar, world, bBar);
        }
    }
}
