using Betar.Storage.Holding;
using Betar.X402.Wire;

namespace Betar.Storage.Settlements;

/// <summary>A payment that somebody in this process is asking the book about, or has taken.</summary>
internal sealed class RunningSettlement(string? attempt) : Holder
{
    public string? Attempt { get; } = attempt;

    public TaskCompletionSource<SettleResponse> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
