using System.Globalization;

namespace Betar.Mutants.Building;

/// <summary>Where the sources are, and where <c>./test</c> has put what it built.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Artifacts { get; } = Path.Combine(Root, "artifacts");

    /// <summary>An ignored folder of this process's own.</summary>
    public static string Work { get; } = Path.Combine(Artifacts, "mutants", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    public static string Built(string project) => Path.Combine(Artifacts, "bin", project, "release");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Betar.Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The mutants are made inside of the repository only.");
    }
}
