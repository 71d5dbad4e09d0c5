namespace Betar.Libp2p.Peers;

/// <summary>What is remembered of peers, and how long.</summary>
public sealed class PeerStoreOptions
{
    /// <summary>Peers that are remembered; above that strangers are forgotten first, and among equals those not used for longest; default 4,096.</summary>
    public int Capacity { get; set; } = 4096;

    /// <summary>Addresses of one peer that are kept when its last connection has ended; default 20.</summary>
    public int AddressesAfterDisconnect { get; set; } = 20;

    /// <summary>Addresses that nobody confirmed for so long are not dialled any more; default 24 h.</summary>
    public TimeSpan AddressLife { get; set; } = TimeSpan.FromHours(24);
}
