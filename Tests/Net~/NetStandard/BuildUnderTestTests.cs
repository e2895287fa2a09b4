using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Versioning;
using NUnit.Framework;

namespace DiffPhysics.NetStandard.Tests
{
    /// <summary>The assemblies beside this one are those that Unity would compile.</summary>
    public sealed class BuildUnderTestTests
    {
        static readonly string[] Layers = { "Autodiff", "Physics", "Kinematics", "Tuning", "Scenes", "Editor" };

        static Assembly Load(string layer) => Assembly.Load("DiffPhysics." + layer);

        [TestCaseSource(nameof(Layers))]
        public void Targets_netstandard(string layer)
        {
            var target = Load(layer).GetCustomAttribute<TargetFrameworkAttribute>();

            Assert.That(target.FrameworkName, Is.EqualTo(".NETStandard,Version=v2.1"));
        }

        [TestCaseSource(nameof(Layers))]
        public void References_netstandard_and_the_package_alone(string layer)
        {
            var foreign = Load(layer).GetReferencedAssemblies()
                .Select(reference => reference.Name)
                .Where(name => name != "netstandard" && !name.StartsWith("DiffPhysics.", StringComparison.Ordinal));

            Assert.That(foreign, Is.Empty);
        }

        [Test]
        public void Every_layer_is_checked()
        {
            string[] built = Directory.GetFiles(AppContext.BaseDirectory, "DiffPhysics.*.dll")
                .Select(Path.GetFileNameWithoutExtension)
                .Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal))
                .ToArray();

            Assert.That(built, Is.EquivalentTo(Layers.Select(layer => "DiffPhysics." + layer)));
        }
    }
}
