using Betar.Node.Tests.Support;

namespace Betar.Sdk.Tests.Support;

/// <summary>A data folder of one test in which a node runs.</summary>
internal sealed class NodeFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Path => _folder.Path;

    public void Dispose()
    {
        FolderChain.End(Path);
        _folder.Dispose();
    }
}
