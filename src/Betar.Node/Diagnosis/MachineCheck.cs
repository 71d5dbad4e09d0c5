using System.Runtime.InteropServices;
using Betar.Node.Cli;

namespace Betar.Node.Diagnosis;

internal sealed class MachineCheck : SyncCheck
{
    private const long SmallestMemory = 512L * 1024 * 1024;

    protected override IEnumerable<Finding> Look(CommandContext context)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var detail = $"{Environment.ProcessorCount} cores, {memory / 1024.0 / 1024 / 1024:0.0} GiB of memory, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}";
        yield return memory >= SmallestMemory
            ? Finding.Ok("machine", detail)
            : Finding.Note("machine", detail, "give it at least 512 MiB of memory");
    }
}
