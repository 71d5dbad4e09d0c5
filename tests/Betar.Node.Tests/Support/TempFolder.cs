using Betar.Node.Folder;

namespace Betar.Node.Tests.Support;

/// <summary>A data folder of one test, with a short path, gone at its end.</summary>
public sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("betar-");

    public string Path => directory.FullName;

    public DataFolder Data => new(Path);

    public string File(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => directory.Delete(recursive: true);
}
