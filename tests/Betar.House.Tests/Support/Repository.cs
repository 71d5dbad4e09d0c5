namespace Betar.House.Tests.Support;

/// <summary>The files of this repository as they are on disk, without what builds leave behind.</summary>
internal static class Repository
{
    private static readonly string[] Ignored = [".git", "bin", "obj", "artifacts", ".tools", "node_modules", "TestResults", ".vs", ".idea"];
    private static readonly string[] Texts =
        ["", ".cs", ".csproj", ".props", ".targets", ".md", ".json", ".yml", ".yaml", ".txt", ".sh", ".list", ".sln", ".lock", ".editorconfig", ".gitignore", ".gitattributes"];

    public static string Root { get; } = Find();

    /// <summary>Every text file.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } = [.. Walk(Root).Select(path => new SourceFile(path)).OrderBy(file => file.Name, StringComparer.Ordinal)];

    public static IEnumerable<SourceFile> CSharp(string folder) =>
        Files.Where(file => file.Name.StartsWith(folder + "/", StringComparison.Ordinal) && file.Name.EndsWith(".cs", StringComparison.Ordinal));

    public static SourceFile File(string name) => Files.Single(file => file.Name == name);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Betar.Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            // In a second work tree .git is a file.
            if (Texts.Contains(Path.GetExtension(file)) && Path.GetFileName(file) != ".git")
                yield return file;
        }

        foreach (var child in Directory.EnumerateDirectories(folder).Where(child => !Ignored.Contains(Path.GetFileName(child))))
        {
            foreach (var file in Walk(child))
                yield return file;
        }
    }
}
