using System.Security.Cryptography.X509Certificates;
using Betar.Crypto;
using Betar.Crypto.Startup;
using Betar.Libp2p.Connections;
using Betar.Libp2p.Dns;
using Betar.Libp2p.Hosting;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Protocols.Echo;
using Betar.Libp2p.Protocols.Perf;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Quic;
using Betar.Libp2p.Transports.Tcp;
using Betar.Libp2p.Transports.WebSocket;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Libp2p;

/// <summary>Puts a host together. What is not said has a default: a new identity, every transport that this machine can do, memory for peers, nobody denied.</summary>
public sealed class Libp2pHostBuilder
{
    private readonly Libp2pOptions _options = new();
    private readonly List<Multiaddr> _listen = [];
    private readonly List<Multiaddr> _announce = [];
    private readonly List<Action<Libp2pHost>> _setups = [];
    private readonly List<ITransport> _transports = [];
    private IdentityKey? _identity;
    private X509Certificate2? _certificate;
    private IReadOnlyList<X509Certificate2> _roots = [];
    private IConnectionGate _gate = OpenGate.Instance;
    private IPeerStore? _peers;
    private IDnsResolver? _names;
    private IInterfaceAddresses _machine = new SystemInterfaceAddresses();
    private TaskScheduler _scheduler = TaskScheduler.Default;
    private TimeProvider _time = TimeProvider.System;
    private ILoggerFactory _loggers = NullLoggerFactory.Instance;

    internal Libp2pHostBuilder()
    {
    }

    /// <summary>The key that this host is known by; it stays the caller's to dispose.</summary>
    public Libp2pHostBuilder WithIdentity(IdentityKey identity)
    {
        _identity = identity;
        return this;
    }

    public Libp2pHostBuilder Configure(Action<Libp2pOptions> configure)
    {
        configure(_options);
        return this;
    }

    public Libp2pHostBuilder Listen(Multiaddr address)
    {
        _listen.Add(address);
        return this;
    }

    /// <exception cref="FormatException">The text is no address.</exception>
    public Libp2pHostBuilder Listen(string address) => Listen(Multiaddr.Parse(address));

    /// <summary>Tells others this address instead of those that are listened on, for a host behind a translation of addresses.</summary>
    public Libp2pHostBuilder Announce(Multiaddr address)
    {
        _announce.Add(address.WithoutPeer());
        return this;
    }

    public Libp2pHostBuilder WithGate(IConnectionGate gate)
    {
        _gate = gate;
        return this;
    }

    public Libp2pHostBuilder WithPeerStore(IPeerStore store)
    {
        _peers = store;
        return this;
    }

    public Libp2pHostBuilder WithLogging(ILoggerFactory loggers)
    {
        _loggers = loggers;
        return this;
    }

    public Libp2pHostBuilder WithTime(TimeProvider time)
    {
        _time = time;
        return this;
    }

    /// <summary>Where all of the host's work runs.</summary>
    public Libp2pHostBuilder WithScheduler(TaskScheduler scheduler)
    {
        _scheduler = scheduler;
        return this;
    }

    public Libp2pHostBuilder Handle(string protocol, ProtocolHandler handler, ProtocolOptions? options = null) =>
        Setup(host => host.Handle(protocol, handler, options));

    public Libp2pHostBuilder HandleRequests(string protocol, RequestHandler handler, RequestOptions? options = null) =>
        Setup(host => host.HandleRequests(protocol, handler, options));

    /// <summary>Serves <c>/echo/1.0.0</c>, which sends everything back.</summary>
    public Libp2pHostBuilder WithEcho() => Handle(EchoProtocol.Id, EchoProtocol.AnswerAsync);

    /// <summary>Serves <c>/perf/1.0.0</c>, with which others measure. It sends as much as it is asked to, so it is off by default.</summary>
    public Libp2pHostBuilder WithPerf() => Handle(
        PerfProtocol.Id,
        (stream, cancellationToken) => PerfProtocol.AnswerAsync(stream, _options.Perf, cancellationToken),
        new ProtocolOptions { InboundPerPeer = _options.Perf.InboundPerPeer });

    /// <summary>The operator's certificate, with which the host can listen at <c>/tls/ws</c>; without it there is <c>/ws</c> only.</summary>
    public Libp2pHostBuilder WithWebSocketCertificate(X509Certificate2 certificate)
    {
        _certificate = certificate;
        return this;
    }

    /// <summary>Trusts servers at <c>/tls/ws</c> whose certificates come from these instead of those that the system trusts: for authorities of one's own.</summary>
    public Libp2pHostBuilder WithWebSocketRoots(params IReadOnlyList<X509Certificate2> roots)
    {
        _roots = roots;
        return this;
    }

    /// <exception cref="ArgumentException">An option is out of its range; the message names all that are.</exception>
    /// <exception cref="NativeLibraryMissingException">The library of the curves is missing, or gives wrong results.</exception>
    public Libp2pHost Build()
    {
        CurveSelfTest.Require();
        if (_options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults));
        var names = _names ?? new CachingResolver(
            new DnsResolver(new SocketDnsExchange(_options.Dns), _options.Dns, _time, _loggers.CreateLogger<DnsResolver>()), _options.Dns, _time);
        var identity = _identity ?? IdentityKey.Generate();
        var host = new Libp2pHost(new HostParts(
            identity, _identity is null, _options, _transports.Count > 0 ? _transports : Transports(identity),
            _listen, _announce, _gate, _peers ?? new MemoryPeerStore(_options.Peers.Capacity), names, _machine, _scheduler, _time, _loggers));
        foreach (var setup in _setups)
            setup(host);
        return host;
    }

    private List<ITransport> Transports(IdentityKey identity) =>
    [
        new TcpTransport(), new WebSocketTransport(new WebSocketOptions { Certificate = _certificate, Roots = _roots }),
        new QuicTransport(identity, _options.QuicSettings(), _scheduler, _time, QuicSupport.Missing),
    ];

    internal Libp2pHostBuilder WithTransport(ITransport transport)
    {
        _transports.Add(transport);
        return this;
    }

    internal Libp2pHostBuilder WithNames(IDnsResolver names)
    {
        _names = names;
        return this;
    }

    internal Libp2pHostBuilder WithMachine(IInterfaceAddresses machine)
    {
        _machine = machine;
        return this;
    }

    private Libp2pHostBuilder Setup(Action<Libp2pHost> setup)
    {
        _setups.Add(setup);
        return this;
    }
}
