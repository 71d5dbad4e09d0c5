using Betar.Libp2p.Connections;
using Betar.Libp2p.Dns;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Transports;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Hosting;

/// <summary>What a host is made of.</summary>
internal sealed record HostParts(
    IdentityKey Identity,
    bool OwnsIdentity,
    Libp2pOptions Options,
    IReadOnlyList<ITransport> Transports,
    IReadOnlyList<Multiaddr> Listen,
    IReadOnlyList<Multiaddr> Announce,
    IConnectionGate Gate,
    IPeerStore Peers,
    IDnsResolver Names,
    IInterfaceAddresses Machine,
    TaskScheduler Scheduler,
    TimeProvider Time,
    ILoggerFactory Loggers);
