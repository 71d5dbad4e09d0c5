using Betar.Libp2p.Discovery.Exchange;
using Betar.Libp2p.Discovery.Mdns;

namespace Betar.Libp2p.Discovery;

/// <summary>How much is done about peers that somebody named.</summary>
public sealed class DiscoveryOptions
{
    /// <summary>Connections from which on nobody else is looked for; those of the operator are kept all the same; default 24.</summary>
    public int EnoughPeers { get; set; } = 24;

    /// <summary>Found peers that wait to be dialled or are being dialled; more are dropped; default 128.</summary>
    public int Candidates { get; set; } = 128;

    /// <summary>Found peers dialled at once; default 8.</summary>
    public int Parallel { get; set; } = 8;

    /// <summary>Dials a second of peers that strangers or the link named; default 4.</summary>
    public int DialsPerSecond { get; set; } = 4;

    /// <summary>How many such dials may come at once after a quiet time; default 32.</summary>
    public int DialBurst { get; set; } = 32;

    /// <summary>Peers of one IPv4 /24 or IPv6 /48 to which we connect on a stranger's word; default 2.</summary>
    public int PeersPerNetwork { get; set; } = 2;

    /// <summary>Ports below 1,024 that strangers may name; default 80 and 443.</summary>
    public IList<int> LowPorts { get; set; } = [80, 443];

    /// <summary>Peers from before the restart that are dialled first; default 16.</summary>
    public int Remembered { get; set; } = 16;

    /// <summary>The pause before a bootstrap peer that failed or left is dialled again; doubled each time; default 1 s.</summary>
    public TimeSpan RedialBase { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such pause; default 1 min.</summary>
    public TimeSpan RedialMax { get; set; } = TimeSpan.FromMinutes(1);

    public PeerExchangeOptions Exchange { get; set; } = new();

    public MdnsOptions Mdns { get; set; } = new();
}
