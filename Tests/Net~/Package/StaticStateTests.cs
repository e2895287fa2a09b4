using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Threading;
using NUnit.Framework;

namespace DiffPhysics.Package.Tests;

/// <summary>
/// Runtime assemblies keep no state in static fields: two simulations in one process never meet, and Unity may reload or
/// keep a domain as it likes. A static readonly table is fine.
/// </summary>
public sealed class StaticStateTests
{
    const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    const BindingFlags Instances = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    static IEnumerable<string> Layers() => Repository.Layers.Keys;

    [TestCaseSource(nameof(Layers))]
    public void Static_fields_cannot_change(string layer)
    {
        Assert.That(Mutable(Assembly.Load("DiffPhysics." + layer).GetTypes()), Is.Empty);
    }

    [Test]
    public void The_check_tells_state_from_tables()
    {
        string[] found = Mutable([typeof(Examples)]).Select(name => name.Split('.').Last()).ToArray();

        Assert.That(found, Has.All.Contains("Bad"));
        Assert.That(found, Has.Length.EqualTo(typeof(Examples).GetFields(Statics).Count(field => field.Name.Contains("Bad"))));
    }

    static IEnumerable<string> Mutable(IEnumerable<Type> types) =>
        from type in types
        where !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.Name[0] != '<'
        from field in type.GetFields(Statics)
        where !field.IsLiteral && (!field.IsInitOnly || !IsTable(field.FieldType, []))
        select $"{type.FullName}.{field.Name}";

    /// <summary>Whether values of a type stay as they are once made. Arrays count as tables, interfaces by their name.</summary>
    static bool IsTable(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || type.IsPrimitive || type.IsEnum || type.IsPointer || type == typeof(string) || type == typeof(OpCode)
            || typeof(MemberInfo).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type))
        {
            return true;
        }

        if (type.IsArray)
        {
            return IsTable(type.GetElementType(), seen);
        }

        if (type.Namespace.StartsWith("System", StringComparison.Ordinal))
        {
            return type.IsValueType || type.Name.StartsWith("IReadOnly", StringComparison.Ordinal)
                || type.Name.StartsWith("ReadOnly", StringComparison.Ordinal)
                || type.Namespace is "System.Collections.Frozen" or "System.Collections.Immutable" or "System.Globalization" or "System.Text.RegularExpressions"
                || typeof(System.Text.Encoding).IsAssignableFrom(type);
        }

        return type.GetFields(Instances).All(field => field.IsInitOnly && IsTable(field.FieldType, seen));
    }

#pragma warning disable CS0414, CS0169, CS0649, CA1823
    static class Examples
    {
        const int Literal = 1;
        static readonly double[] Table = [1, 2];
        static readonly IReadOnlyDictionary<string, int> ReadOnly = new Dictionary<string, int>();
        static readonly ReadOnlyCollection<int> Collection = new([1]);
        static readonly Point Origin = new(0);
        static readonly MethodInfo Method = typeof(Math).GetMethod(nameof(Math.Abs), [typeof(int)]);
        static readonly Func<int, int> Function = static x => x + 1;

        static int Bad;
        static int BadProperty { get; set; }
        static readonly Dictionary<string, int> BadDictionary = [];
        static readonly ConcurrentDictionary<string, int> BadCache = [];
        static readonly ThreadLocal<int> BadPerThread = new();
        static readonly object BadLock = new();
        static readonly Counter BadCounter = new();
        static readonly Holder BadHolder = new();
        [ThreadStatic] static int BadThreadStatic;
    }

    sealed class Point(double x)
    {
        readonly double x = x;

        public double X => x;
    }

    sealed class Counter
    {
        public int Count;
    }

    sealed class Holder
    {
        readonly List<int> items = [];

        public int Count => items.Count;
    }
}
