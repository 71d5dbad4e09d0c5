using Betar.Ethereum;
using Betar.Storage.Holding;

namespace Betar.Storage.PaidRequests;

/// <summary>The request that a payment pays for, as long as it works in this process.</summary>
internal sealed class HeldRequest(Hash32 fingerprint) : Holder
{
    public Hash32 Fingerprint { get; } = fingerprint;

    /// <summary>The request has let go.</summary>
    public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
