using System.Net;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Exchange;

namespace Betar.Node.Peering;

/// <summary>How a node finds others.</summary>
internal sealed record NetworkOptions
{
    /// <summary>The name of the public network's nodes on local networks.</summary>
    public const string DefaultService = "betar-mdns";

    /// <summary>Nodes that are dialled, and again whenever they are gone; each address ends with its peer.</summary>
    public IReadOnlyList<Multiaddr> Bootstrap { get; init; } = [];

    /// <summary>Nodes of the local network are looked for.</summary>
    public bool Mdns { get; init; }

    public string MdnsService { get; init; } = DefaultService;

    /// <summary>Nodes are asked for others.</summary>
    public bool Exchange { get; init; }

    /// <summary>Who finds no place in a mesh is told of others, and who is recommended so is looked at (PX); default no, because peers choose then whom we meet.</summary>
    public bool Recommended { get; init; }

    /// <summary>Those from before the restart are dialled.</summary>
    public bool Remembered { get; init; }

    /// <summary>
    /// For so long after it came onto the network a node that has somebody to hear from waits for what it was asked for and has not heard of yet, such as the
    /// seller of a workflow that goes on. Default 10 s.
    /// </summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What peers are answered beside "info" on the marketplace's stream protocol.</summary>
    public IReadOnlyDictionary<string, MarketRequestHandler> Answers { get; init; } = new Dictionary<string, MarketRequestHandler>();

    /// <summary>Nobody outside of this machine is looked for: a node that nobody there can reach has nothing to say to them.</summary>
    public bool LoopbackOnly { get; init; }

    /// <summary>The same for a node that listens there.</summary>
    public NetworkOptions For(IEnumerable<Multiaddr> listen) =>
        this with { LoopbackOnly = listen.All(address => address.TryGetIpEndPoint(out IPEndPoint? at) && IPAddress.IsLoopback(at.Address)) };
}
