using Betar.X402.Wire;

namespace Betar.Storage.Settlements;

/// <summary>A payment that somebody in this process is asking the book about, or has taken.</summary>
internal sealed class RunningSettlement(string? attempt)
{
    public string? Attempt { get; } = attempt;

    /// <summary>Whether it was taken, as soon as that is on disk.</summary>
    public TaskCompletionSource<bool> Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<SettleResponse> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
