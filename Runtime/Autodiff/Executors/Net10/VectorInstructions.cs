#if NET10_0_OR_GREATER
using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DiffPhysics.Autodiff
{
    /// <summary>
    /// The vector instructions of one width and precision, as the runtime's methods that the JIT turns into single instructions.
    /// </summary>
    [RequiresDynamicCode("Used to emit methods.")]
    sealed class VectorInstructions
    {
        readonly ConcurrentDictionary<Signature, MethodInfo> known = new ConcurrentDictionary<Signature, MethodInfo>();
        readonly Type scalar, integer;
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] readonly Type methods;

        public VectorInstructions(int width, Precision precision)
        {
            Width = width;
            Precision = precision;
            scalar = precision == Precision.Float ? typeof(float) : typeof(double);
            integer = precision == Precision.Float ? typeof(int) : typeof(long);
            methods = width == 512 ? typeof(Vector512) : width == 256 ? typeof(Vector256) : typeof(Vector128);
            Type open = width == 512 ? typeof(Vector512<>) : width == 256 ? typeof(Vector256<>) : typeof(Vector128<>);
            Vector = open.MakeGenericType(scalar);
            IntegerVector = open.MakeGenericType(integer);
        }

        public int Width { get; }

        public Precision Precision { get; }

        /// <summary>Lanes of one vector.</summary>
        public int Lanes => Width / 8 / Precision.Size();

        public Type Vector { get; }

        public Type IntegerVector { get; }

        /// <summary>Emits the instruction for an operation whose operands are on the stack.</summary>
        public void Emit(ILGenerator il, Op op)
        {
            switch (op)
            {
                case Op.Add: il.Emit(OpCodes.Call, Generic("Add", Vector, Vector)); break;
                case Op.Subtract: il.Emit(OpCodes.Call, Generic("Subtract", Vector, Vector)); break;
                case Op.Multiply: il.Emit(OpCodes.Call, Generic("Multiply", Vector, Vector)); break;
                case Op.Divide: il.Emit(OpCodes.Call, Generic("Divide", Vector, Vector)); break;
                case Op.Negate: il.Emit(OpCodes.Call, Generic("Negate", Vector)); break;
                case Op.FusedMultiplyAdd: il.Emit(OpCodes.Call, Plain("FusedMultiplyAdd", Vector, Vector, Vector)); break;
                case Op.Sqrt: il.Emit(OpCodes.Call, Generic("Sqrt", Vector)); break;
                case Op.Abs: il.Emit(OpCodes.Call, Generic("Abs", Vector)); break;
                case Op.Floor: il.Emit(OpCodes.Call, Plain("Floor", Vector)); break;
                case Op.Less: il.Emit(OpCodes.Call, Generic("LessThan", Vector, Vector)); break;
                case Op.LessOrEqual: il.Emit(OpCodes.Call, Generic("LessThanOrEqual", Vector, Vector)); break;
                case Op.Equal: il.Emit(OpCodes.Call, Generic("Equals", Vector, Vector)); break;
                case Op.And: il.Emit(OpCodes.Call, Generic("BitwiseAnd", Vector, Vector)); break;
                case Op.Or: il.Emit(OpCodes.Call, Generic("BitwiseOr", Vector, Vector)); break;
                case Op.Not: il.Emit(OpCodes.Call, Generic("OnesComplement", Vector)); break;
                case Op.Pow2: EmitPow2(il); break;
                case Op.Exponent: EmitExponent(il); break;
                default: throw new NotSupportedException($"{op} is not a vector instruction.");
            }
        }

        /// <summary>Whether <see cref="EmitSelect"/> wants its operands as (if false, if true, condition).</summary>
        public bool Blends => Width == 256 && Avx.IsSupported || Width == 128 && Sse41.IsSupported;

        /// <summary>
        /// Emits the choice by a condition. A blend takes one instruction where the general form, which the JIT cannot know to be
        /// given whole lanes, takes three.
        /// </summary>
        public void EmitSelect(ILGenerator il)
        {
            if (!Blends) il.Emit(OpCodes.Call, Generic("ConditionalSelect", Vector, Vector, Vector));
            else il.Emit(OpCodes.Call, (Width == 256 ? typeof(Avx) : typeof(Sse41)).GetMethod("BlendVariable", new[] { Vector, Vector, Vector }));
        }

        /// <summary>Emits a vector of one number in all lanes.</summary>
        public void EmitConstant(ILGenerator il, double value)
        {
            EmitScalar(il, value);
            EmitBroadcast(il);
        }

        /// <summary>Emits a vector of the scalar on the stack.</summary>
        public void EmitBroadcast(ILGenerator il) => il.Emit(OpCodes.Call, Plain("Create", scalar));

        /// <summary>Emits a condition that holds in all lanes or in none.</summary>
        public void EmitCondition(ILGenerator il, bool holds)
        {
            EmitInteger(il, holds ? -1 : 0);
            EmitReinterpret(il, integer, scalar);
        }

        public void EmitLoad(ILGenerator il) => il.Emit(OpCodes.Call, Generic("Load", scalar.MakePointerType()));

        /// <summary>Emits a store; on the stack are the vector, then the address.</summary>
        public void EmitStore(ILGenerator il) => il.Emit(OpCodes.Call, Generic("Store", Vector, scalar.MakePointerType()));

        public void EmitScalarLoad(ILGenerator il) => il.Emit(Precision == Precision.Float ? OpCodes.Ldind_R4 : OpCodes.Ldind_R8);

        /// <summary>
        /// Emits the condition that an index goes on from lane to lane: on the stack are the address of the vector's indices, then the first of them.
        /// </summary>
        public void EmitGoesOn(ILGenerator il)
        {
            Type open = Width == 512 ? typeof(Vector512<>) : Width == 256 ? typeof(Vector256<>) : typeof(Vector128<>), indices = open.MakeGenericType(typeof(int));
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Call, Find("CreateSequence", typeof(int), typeof(int), typeof(int)));
            il.Emit(OpCodes.Call, Find("Equals", typeof(int), indices, indices));
            if (Precision == Precision.Double) il.Emit(OpCodes.Call, Plain("WidenLower", indices));
            EmitReinterpret(il, integer, scalar);
        }

        /// <summary>Emits the condition that a lane is before the number on the stack.</summary>
        public void EmitLanesBefore(ILGenerator il)
        {
            if (Precision == Precision.Double) il.Emit(OpCodes.Conv_I8);
            il.Emit(OpCodes.Call, Plain("Create", integer));
            EmitIndices(il);
            il.Emit(OpCodes.Call, Find("GreaterThan", integer, IntegerVector, IntegerVector));
            EmitReinterpret(il, integer, scalar);
        }

        // 0, 1, 2, ...
        void EmitIndices(ILGenerator il)
        {
            foreach (int number in new[] { 0, 1 })
            {
                il.Emit(OpCodes.Ldc_I4, number);
                if (Precision == Precision.Double) il.Emit(OpCodes.Conv_I8);
            }
            il.Emit(OpCodes.Call, Find("CreateSequence", integer, integer, integer));
        }

        /// <summary>Emits the load of a vector of indices, of which doubles use the lower half.</summary>
        public void EmitIndexLoad(ILGenerator il) => il.Emit(OpCodes.Call, Find("Load", typeof(int), typeof(int).MakePointerType()));

        // 2^n: adding 1.5 2^23 (1.5 2^52) puts the integer n into the lowest bits; with the bias added, they are shifted into place.
        void EmitPow2(ILGenerator il)
        {
            bool isFloat = Precision == Precision.Float;
            EmitConstant(il, isFloat ? 12582912 : 6755399441055744.0);
            Emit(il, Op.Add);
            EmitReinterpret(il, scalar, integer);
            EmitInteger(il, isFloat ? 127 : 1023);
            il.Emit(OpCodes.Call, Find("Add", integer, IntegerVector, IntegerVector));
            il.Emit(OpCodes.Ldc_I4, isFloat ? 23 : 52);
            il.Emit(OpCodes.Call, Plain("ShiftLeft", IntegerVector, typeof(int)));
            EmitReinterpret(il, integer, scalar);
        }

        // The biased exponent, put into the lowest bits of 2^23 (2^52), is that number plus exponent plus bias.
        void EmitExponent(ILGenerator il)
        {
            bool isFloat = Precision == Precision.Float;
            EmitReinterpret(il, scalar, integer);
            il.Emit(OpCodes.Ldc_I4, isFloat ? 23 : 52);
            il.Emit(OpCodes.Call, Plain("ShiftRightLogical", IntegerVector, typeof(int)));
            EmitInteger(il, isFloat ? 0xFF : 0x7FF);
            il.Emit(OpCodes.Call, Find("BitwiseAnd", integer, IntegerVector, IntegerVector));
            EmitInteger(il, isFloat ? 0x4B000000 : 0x4330000000000000);
            il.Emit(OpCodes.Call, Find("BitwiseOr", integer, IntegerVector, IntegerVector));
            EmitReinterpret(il, integer, scalar);
            EmitConstant(il, isFloat ? 8388608.0 + 127 : 4503599627370496.0 + 1023);
            Emit(il, Op.Subtract);
        }

        void EmitScalar(ILGenerator il, double value)
        {
            if (Precision == Precision.Float) il.Emit(OpCodes.Ldc_R4, (float)value);
            else il.Emit(OpCodes.Ldc_R8, value);
        }

        void EmitInteger(ILGenerator il, long value)
        {
            if (Precision == Precision.Float) il.Emit(OpCodes.Ldc_I4, (int)value);
            else il.Emit(OpCodes.Ldc_I8, value);
            il.Emit(OpCodes.Call, Plain("Create", integer));
        }

        void EmitReinterpret(ILGenerator il, Type from, Type to)
        {
            string name = to == typeof(int) ? "AsInt32" : to == typeof(long) ? "AsInt64" : to == typeof(float) ? "AsSingle" : "AsDouble";
            il.Emit(OpCodes.Call, Find(name, from, from == scalar ? Vector : IntegerVector));
        }

        MethodInfo Generic(string name, params Type[] parameters) => Find(name, scalar, parameters);

        MethodInfo Find(string name, Type element, params Type[] parameters) => Cached(name, element, parameters);

        MethodInfo Plain(string name, params Type[] parameters) => Cached(name, null, parameters);

        // Looking a method up takes longer than compiling many a kernel, and runs of operations repeat.
        MethodInfo Cached(string name, Type element, Type[] parameters) =>
            known.GetOrAdd(new Signature(name, element, parameters), Look);

        // The vector methods are named in this file's tables only, so a trimmer would not see them; but where methods can be
        // emitted nothing is trimmed.
        [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The vector methods have no annotated type parameters.")]
        MethodInfo Look(Signature wanted)
        {
            foreach (MethodInfo method in methods.GetMethods())
            {
                if (method.Name != wanted.Name || method.IsGenericMethodDefinition != (wanted.Element != null)) continue;
                if (method.IsGenericMethodDefinition && method.GetGenericArguments().Length != 1) continue;
                MethodInfo closed = wanted.Element == null ? method : method.MakeGenericMethod(wanted.Element);
                if (closed.GetParameters().Select(p => p.ParameterType).SequenceEqual(wanted.Parameters)) return closed;
            }
            throw new MissingMethodException(methods.Name, wanted.Name);
        }

        readonly struct Signature : IEquatable<Signature>
        {
            public readonly string Name;
            public readonly Type Element;
            public readonly Type[] Parameters;

            public Signature(string name, Type element, Type[] parameters)
            {
                Name = name;
                Element = element;
                Parameters = parameters;
            }

            public bool Equals(Signature other) => Name == other.Name && Element == other.Element && Parameters.AsSpan().SequenceEqual(other.Parameters);

            public override bool Equals(object obj) => obj is Signature other && Equals(other);

            public override int GetHashCode() => HashCode.Combine(Name, Element, Parameters.Length);
        }
    }
}
#endif
