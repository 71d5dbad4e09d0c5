using Betar.Node.Cli;
using Betar.Node.Folder;

namespace Betar.Node.Diagnosis;

internal sealed class DataFolderCheck : SyncCheck
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    protected override IEnumerable<Finding> Look(CommandContext context)
    {
        var folder = context.Data;
        if (!Directory.Exists(folder.Root))
        {
            yield return File.Exists(folder.Root)
                ? Finding.Wrong("data folder", $"{folder.Root} is a file", "name a folder with --data")
                : Finding.Ok("data folder", $"{folder.Root} is not there yet; the first node makes it");
            yield break;
        }

        var prepared = folder.Prepare();
        if (!prepared.IsOk)
        {
            yield return Finding.Wrong("data folder", prepared.Refusal.Detail, prepared.Refusal.Next);
            yield break;
        }

        var holder = NodeLock.Holder(folder) is { } id ? $"in use by process {id}" : "no node is running on it";
        yield return (File.GetUnixFileMode(folder.Root) & Others) == 0
            ? Finding.Ok("data folder", $"{folder.Root}, {holder}")
            : Finding.Note("data folder", $"{folder.Root}, {holder}; others may look into it", $"run chmod 700 {folder.Root}");
        var socket = folder.SocketPath();
        if (!socket.IsOk)
            yield return Finding.Wrong("control socket", socket.Refusal.Detail, socket.Refusal.Next);
    }
}
