using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace DiffPhysics.MetaGenerator;

/// <summary>
/// The text of Unity's <c>.meta</c> file for one asset: a GUID, and the section of the importer that takes the asset.
/// The layout is that of Unity's text serialisation, trailing blanks included, so that Unity finds nothing to rewrite.
/// </summary>
public static class MetaFile
{
    /// <summary>The ending of a meta file's name.</summary>
    public const string Extension = ".meta";

    const string Tail = "  userData: \n  assetBundleName: \n  assetBundleVariant: \n";

    /// <summary>
    /// The GUID of an asset: the first 128 bits of SHA-256 over <c>package/path</c>, so the same on every machine and
    /// unique among packages. Moving an asset changes it.
    /// </summary>
    /// <param name="package">Package name, <c>com.diffphysics</c>.</param>
    /// <param name="path">Path inside the package, with forward slashes.</param>
    public static string Guid(string package, string path)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(package + "/" + path));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    /// <summary>The whole text of the meta file of one asset.</summary>
    /// <param name="package">Package name.</param>
    /// <param name="path">Path of the asset inside the package, with forward slashes.</param>
    /// <param name="isFolder">Whether the asset is a folder.</param>
    public static string Text(string package, string path, bool isFolder)
    {
        string importer = isFolder ? "folderAsset: yes\nDefaultImporter:\n  externalObjects: {}\n" : Importer(path);
        return $"fileFormatVersion: 2\nguid: {Guid(package, path)}\n{importer}{Tail}";
    }

    static string Importer(string path)
    {
        const string none = "  externalObjects: {}\n";
        if (path == "package.json")
        {
            return "PackageManifestImporter:\n" + none;
        }

        switch (Path.GetExtension(path))
        {
            case ".cs":
                return "MonoImporter:\n" + none +
                    "  serializedVersion: 2\n  defaultReferences: []\n  executionOrder: 0\n  icon: {instanceID: 0}\n";
            case ".asmdef":
                return "AssemblyDefinitionImporter:\n" + none;
            case ".json":
            case ".txt":
            case ".md":
            case ".csv":
            case ".xml":
            case ".html":
                return "TextScriptImporter:\n" + none;
            case ".png":
            case ".jpg":
                return "TextureImporter:\n" + none;
            default:
                return "DefaultImporter:\n" + none;
        }
    }
}
