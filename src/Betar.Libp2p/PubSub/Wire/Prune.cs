namespace Betar.Libp2p.PubSub.Wire;

/// <summary>A peer takes us out of its mesh.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Backoff">How long we are not to come back; null: it does not say.</param>
internal sealed record Prune(string Topic, TimeSpan? Backoff)
{
    /// <summary>Whom it recommends instead; those without a signed record are left out, since nobody could find them.</summary>
    public IReadOnlyList<OfferedPeer> Offered { get; init; } = [];
}
