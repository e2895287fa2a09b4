using System;
using System.IO;
using DiffPhysics.MetaGenerator;

// dotnet run --project Editor/MetaGenerator~ [-- PACKAGE_FOLDER]
// Writes the missing and wrong .meta files of the package, deletes those that belong to nothing, and writes the solution.
string start = args.Length > 0 ? args[0] : Directory.GetCurrentDirectory();
var package = PackageTree.Find(start);
if (package == null)
{
    Console.Error.WriteLine($"No package.json in '{Path.GetFullPath(start)}' or above it.");
    return 1;
}

foreach (string path in package.Repair())
{
    Console.WriteLine(path);
}

return 0;
