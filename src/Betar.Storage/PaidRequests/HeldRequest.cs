using Betar.Ethereum;

namespace Betar.Storage.PaidRequests;

/// <summary>A payment that a request in this process is asking the store about, or works for.</summary>
internal sealed class HeldRequest(Hash32 fingerprint)
{
    public Hash32 Fingerprint { get; } = fingerprint;

    /// <summary>Whether the request may work, as soon as that is on disk.</summary>
    public TaskCompletionSource<bool> Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The request has let go.</summary>
    public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
