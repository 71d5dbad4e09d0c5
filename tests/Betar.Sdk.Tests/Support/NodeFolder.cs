using System.Diagnostics;
using System.Text.Json;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Sdk.Tests.Support;

/// <summary>A data folder of one test. The test chain that a node started for it outlives the node, and ends with the folder.</summary>
internal sealed class NodeFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Path => _folder.Path;

    public void Dispose()
    {
        string info = new DataFolder(Path).DevnetInfo;
        if (File.Exists(info))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(info));
            using Process chain = Process.GetProcessById(document.RootElement.GetProperty("pid").GetInt32());
            chain.Kill();
            chain.WaitForExit();
        }

        _folder.Dispose();
    }
}
