#if !NET10_0_OR_GREATER
namespace System.Runtime.CompilerServices
{
    /// <summary>
    /// Tells the compiler, which knows it by name, that memory on the stack need not be cleared first; netstandard2.1 lacks it. For methods that fill
    /// all they ask for.
    /// </summary>
    [AttributeUsage(AttributeTargets.Method, Inherited = false)]
    sealed class SkipLocalsInitAttribute : Attribute
    {
    }
}
#endif
