namespace Betar.House.Tests.Support;

/// <summary>A text file of the repository.</summary>
internal sealed class SourceFile(string path)
{
    private readonly Lazy<string> text = new(() => File.ReadAllText(path));

    public string Path => path;

    /// <summary>From the repository's root, with slashes.</summary>
    public string Name { get; } = System.IO.Path.GetRelativePath(Repository.Root, path);

    public string Text => text.Value;

    public IReadOnlyList<string> Lines => Text.Split('\n') is [.. var lines, ""] ? lines : Text.Split('\n');

    public override string ToString() => Name;
}
