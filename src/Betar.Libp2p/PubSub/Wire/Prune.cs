namespace Betar.Libp2p.PubSub.Wire;

/// <summary>A peer takes us out of its mesh.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Backoff">How long we are not to come back; null: it does not say.</param>
/// <param name="Offered">How many other peers it recommends; they are not looked at.</param>
internal sealed record Prune(string Topic, TimeSpan? Backoff, int Offered = 0);
