using System.Net.Sockets;
using System.Security.Cryptography;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Scheduling;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>
/// Finds peers of the same service on the links of this machine and is found there. Looks at the links again with every question, so that a
/// network that comes, goes or changes is noticed.
/// </summary>
internal sealed partial class MdnsPeers : IPeerSource
{
    public const string LinksLimit = "mdns.links";

    private const string NameLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int ShortestName = 32;
    private const int LongestName = 63;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private readonly Libp2pHost _host;
    private readonly MdnsOptions _options;
    private readonly IMulticastNetwork _network;
    private readonly BackgroundWork _work;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _service;
    private readonly string _peerName = RandomNumberGenerator.GetString(NameLetters, RandomNumberGenerator.GetInt32(ShortestName, LongestName + 1));
    private readonly Dictionary<MulticastInterface, MdnsConversation> _links = [];

    /// <exception cref="ArgumentException">The service's name cannot stand in a packet.</exception>
    public MdnsPeers(Libp2pHost host, MdnsOptions options, string service, IMulticastNetwork network, BackgroundWork work)
    {
        (_host, _options, _network, _work, _time) = (host, options, network, work, host.Parts.Time);
        _logger = host.Parts.Loggers.CreateLogger<MdnsPeers>();
        _service = Dns.DnsName.Normalize(MdnsWriter.ServiceName(service)) ?? throw new ArgumentException($"\"{service}\" cannot be the name of a service.", nameof(service));
    }

    public string Name => "mdns";

    public async Task RunAsync(IPeerSink sink, CancellationToken cancellationToken)
    {
        try
        {
            for (var pause = FirstPause; ; pause = pause * 2 < _options.QueryInterval ? pause * 2 : _options.QueryInterval)
            {
                Synchronise(sink, cancellationToken);
                foreach (var conversation in _links.Values.ToList())
                    await conversation.AskAsync(cancellationToken);
                await Task.Delay(pause < _options.QueryInterval ? pause : _options.QueryInterval, _time, cancellationToken);
            }
        }
        finally
        {
            foreach (var conversation in _links.Values)
                conversation.Dispose();
            _links.Clear();
        }
    }

    /// <summary>Joins links that are new or have failed, and leaves those that are gone.</summary>
    private void Synchronise(IPeerSink sink, CancellationToken cancellationToken)
    {
        var now = _network.Interfaces();
        if (now.Count > _options.Links)
            _host.Limits.Hit(LinksLimit);
        List<MulticastInterface> wanted = [.. now.Take(_options.Links)];
        foreach (var (link, conversation) in _links.ToList())
        {
            if (wanted.Contains(link) && !conversation.HasFailed)
                continue;
            conversation.Dispose();
            _links.Remove(link);
        }

        foreach (var link in wanted.Where(link => !_links.ContainsKey(link)))
        {
            try
            {
                var conversation = new MdnsConversation(
                    _network.Open(link), link, _options, _service, () => Answer(link), sink, _host.Limits, _work, _time, _logger);
                _links.Add(link, conversation);
                _work.Run(() => conversation.ListenAsync(cancellationToken));
            }
            catch (SocketException error)
            {
                LogNotJoined(_logger, link.Index, link.Family, error.SocketErrorCode);
            }
        }
    }

    /// <summary>Empty when there is nothing that anybody on this link could dial.</summary>
    private byte[] Answer(MulticastInterface link)
    {
        List<Multiaddr> addresses = [.. _host.Addresses.Where(address => IsForLink(address, link))];
        return addresses.Count == 0 ? [] : MdnsWriter.Answer(_service, _peerName, addresses, _options.AnswerLife, _options.PacketBytes);
    }

    private static bool IsForLink(Multiaddr address, MulticastInterface link) => address.TryGetIpEndPoint(out _)
        && !address.Has(MultiaddrCode.P2pCircuit) && !address.Has(MultiaddrCode.Ws) && !address.Has(MultiaddrCode.Wss)
        && !address.Has(MultiaddrCode.WebTransport) && !address.Has(MultiaddrCode.WebRtcDirect)
        && (link.IsLoopback || AddressReaches.Of(address) != AddressReach.Machine);

    [LoggerMessage(1, LogLevel.Debug, "Multicast DNS is not spoken on interface {Index} ({Family}): {Reason}.")]
    private static partial void LogNotJoined(ILogger logger, int index, AddressFamily family, SocketError reason);
}
