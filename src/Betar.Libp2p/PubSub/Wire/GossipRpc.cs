namespace Betar.Libp2p.PubSub.Wire;

/// <summary>What one frame between two peers says.</summary>
internal sealed class GossipRpc
{
    public List<SubscriptionChange> Subscriptions { get; } = [];

    public List<WireMessage> Messages { get; } = [];

    public List<IHave> Have { get; } = [];

    public List<MessageId> Want { get; } = [];

    public List<string> Graft { get; } = [];

    public List<Prune> Prune { get; } = [];

    public List<MessageId> DontWant { get; } = [];

    /// <summary>Entries that were left out because there were too many.</summary>
    public int Left { get; set; }

    public bool HasControl => Have.Count + Want.Count + Graft.Count + Prune.Count + DontWant.Count > 0;

    public bool IsEmpty => !HasControl && Subscriptions.Count + Messages.Count == 0;
}
