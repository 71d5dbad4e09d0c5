namespace Betar.Storage.Tests.Support;

/// <summary>A folder of its own for each test, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("betar-storage-");

    public string Root => folder.FullName;

    public string Database => Path.Combine(Root, BetarDatabase.FileName);

    public string File(string name) => Path.Combine(Root, name);

    public void Dispose() => folder.Delete(recursive: true);
}
