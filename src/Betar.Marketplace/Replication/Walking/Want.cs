using Betar.Libp2p.Identity;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Walking;

/// <summary>A node that is being asked for.</summary>
internal sealed class Want(NodeId id, PeerId? teller, DateTimeOffset since)
{
    private const int MostLikely = 4;

    public NodeId Id => id;

    /// <summary>On whose word; null: our own, for a repair.</summary>
    public PeerId? Teller => teller;

    public DateTimeOffset Since => since;

    /// <summary>Told as a head by the teller; otherwise something that is here stands on it.</summary>
    public bool IsHead { get; init; }

    /// <summary>Who passed the head on.</summary>
    public PeerId? Sender { get; init; }

    /// <summary>The greater, the newer.</summary>
    public ulong Rank { get; init; }

    public List<PeerId> Likely { get; } = [];

    public int Attempts { get; set; }

    public bool InFlight { get; set; }

    public void AddLikely(PeerId peer)
    {
        if (Likely.Count < MostLikely && !Likely.Contains(peer))
            Likely.Add(peer);
    }
}
