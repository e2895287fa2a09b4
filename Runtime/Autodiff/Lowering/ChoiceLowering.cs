namespace DiffPhysics.Autodiff
{
    /// <summary>Min, max, clamp and sign: exact, by comparison and selection.</summary>
    /// <remarks>NaN propagates. Where -0 meets +0 either may come out of min and max: they are equal.</remarks>
    static class ChoiceLowering
    {
        // A comparison with NaN is false, so the operand chosen then decides: it must be the one that may be NaN. For a constant
        // in the first place the test folds, which leaves two operations.
        public static Term Min(Term a, Term b)
        {
            if (b.IsConstant(out _)) (a, b) = (b, a);
            return Term.Select(a.Is(a), Term.Select(a < b, a, b), a);
        }

        public static Term Max(Term a, Term b)
        {
            if (b.IsConstant(out _)) (a, b) = (b, a);
            return Term.Select(a.Is(a), Term.Select(b < a, a, b), a);
        }

        // Crossed bounds give the upper one, as a minimum of a maximum does.
        public static Term Clamp(Term a, Term lower, Term upper) => Min(Max(a, lower), upper);

        public static Term Sign(Term a) => Term.Select(a > 0, 1, Term.Select(a < 0, -1, a));
    }
}
