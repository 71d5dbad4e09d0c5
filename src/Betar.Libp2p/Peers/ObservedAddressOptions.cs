namespace Betar.Libp2p.Peers;

/// <summary>When what others say of our own address is believed.</summary>
public sealed class ObservedAddressOptions
{
    /// <summary>Networks (IPv4 /16, IPv6 /32) from which peers must have named the same address; default 4.</summary>
    public int Observers { get; set; } = 4;

    /// <summary>Addresses that are looked at; above that those go that fewest have named; default 32.</summary>
    public int Candidates { get; set; } = 32;

    /// <summary>Networks that are remembered of one address; default 16.</summary>
    public int ObserversPerAddress { get; set; } = 16;

    /// <summary>How long one word counts; default 40 min.</summary>
    public TimeSpan Life { get; set; } = TimeSpan.FromMinutes(40);
}
