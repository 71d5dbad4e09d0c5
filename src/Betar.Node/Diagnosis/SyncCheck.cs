using System.Runtime.CompilerServices;
using Betar.Node.Cli;

namespace Betar.Node.Diagnosis;

/// <summary>A check that waits for nothing.</summary>
internal abstract class SyncCheck : IDoctorCheck
{
#pragma warning disable CS1998 // An asynchronous sequence without a wait: the shape is the interface's.
    public async IAsyncEnumerable<Finding> LookAsync(CommandContext context, [EnumeratorCancellation] CancellationToken cancellation)
#pragma warning restore CS1998
    {
        foreach (var finding in Look(context))
            yield return finding;
    }

    protected abstract IEnumerable<Finding> Look(CommandContext context);
}
