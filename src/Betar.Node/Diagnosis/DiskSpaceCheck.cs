using Betar.Node.Cli;

namespace Betar.Node.Diagnosis;

internal sealed class DiskSpaceCheck : SyncCheck
{
    private const long Mebibyte = 1024 * 1024;
    private const long TooLittle = 64 * Mebibyte;
    private const long Comfortable = 1024 * Mebibyte;

    protected override IEnumerable<Finding> Look(CommandContext context)
    {
        var place = context.Data.Root;
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { } parent)
            place = parent;
        var free = new DriveInfo(place).AvailableFreeSpace;
        var detail = $"{free / Mebibyte} MiB free at {place}";
        yield return free switch
        {
            < TooLittle => Finding.Wrong("disk", detail, "free some space; a node stops taking orders when the disk is full"),
            < Comfortable => Finding.Note("disk", detail, "free some space before it runs out"),
            _ => Finding.Ok("disk", detail),
        };
    }
}
