using System.Runtime.CompilerServices;

// Here and not in the project file, so that Unity's compiler sees it too.
[assembly: InternalsVisibleTo("DiffPhysics.Scenes.Tests")]
[assembly: InternalsVisibleTo("DiffPhysics.NetStandard.Tests")]
[assembly: InternalsVisibleTo("DiffPhysics.Net.Tests")]
