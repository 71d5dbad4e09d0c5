namespace Betar.Libp2p.PubSub.Wire;

/// <summary>A peer begins or ceases to take part in a topic.</summary>
internal readonly record struct SubscriptionChange(bool Subscribes, string Topic);
