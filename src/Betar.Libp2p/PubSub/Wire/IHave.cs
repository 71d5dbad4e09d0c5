namespace Betar.Libp2p.PubSub.Wire;

/// <summary>Messages of a topic that a peer could send.</summary>
internal sealed record IHave(string Topic, IReadOnlyList<MessageId> Ids);
