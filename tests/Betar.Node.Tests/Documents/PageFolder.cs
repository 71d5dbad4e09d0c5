namespace Betar.Node.Tests.Documents;

/// <summary>Where the repository's pages and samples are.</summary>
internal static class PageFolder
{
    /// <summary>From the tests' output upwards.</summary>
    public static string Repository { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Betar.Orleans.sln")))
            folder = folder.Parent;
        return folder!.FullName;
    }
}
