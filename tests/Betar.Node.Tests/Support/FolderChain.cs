using System.Diagnostics;
using System.Text.Json;
using Betar.Node.Folder;

namespace Betar.Node.Tests.Support;

/// <summary>The test chain that a node started for its folder outlives the node; a test ends it by its process id.</summary>
internal static class FolderChain
{
    public static void End(string folder)
    {
        string info = new DataFolder(folder).DevnetInfo;
        if (!File.Exists(info))
            return;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(info));
        using Process chain = Process.GetProcessById(document.RootElement.GetProperty("pid").GetInt32());
        chain.Kill();
        chain.WaitForExit();
    }
}
