namespace Betar.Ethereum.Tests.Support;

internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("betar-devnet-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
