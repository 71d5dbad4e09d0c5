using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>Asks and answers on one link. What is heard is only where somebody may be; the handshake shows who is there.</summary>
internal sealed partial class MdnsConversation : IDisposable
{
    public const string PacketLimit = "mdns.packet_bytes";
    public const string RecordsLimit = "mdns.records";
    public const string PeersLimit = "mdns.peers";
    public const string SenderLimit = "mdns.packets_per_second";

    private readonly IMulticastLink _link;
    private readonly MulticastInterface _interface;
    private readonly MdnsOptions _options;
    private readonly string _service;
    private readonly Func<byte[]> _answer;
    private readonly IPeerSink _sink;
    private readonly LimitMeter _limits;
    private readonly BackgroundWork _work;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AddressRates _senders;
    private readonly AnswerPace _pace;
    private bool _failed;

    public MdnsConversation(
        IMulticastLink link, MulticastInterface @interface, MdnsOptions options, string service, Func<byte[]> answer, IPeerSink sink,
        LimitMeter limits, BackgroundWork work, TimeProvider time, ILogger logger)
    {
        (_link, _interface, _options, _service, _answer, _sink) = (link, @interface, options, service, answer, sink);
        (_limits, _work, _time, _logger) = (limits, work, time, logger);
        _pace = new AnswerPace(options.AnswerInterval, time);
        _senders = new AddressRates(options.PacketsPerSecond, options.PacketBurst, options.Senders, time);
    }

    /// <summary>The link does not carry anything any more.</summary>
    public bool HasFailed => Volatile.Read(ref _failed);

    /// <summary>Asks for everybody of the service; the first time it also says where we are, so that nobody has to ask.</summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        if (_pace.IsFresh)
            await AnswerAsync(cancellationToken);
        await SendAsync(MdnsWriter.Query(_service), cancellationToken);
    }

    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        // One more than is taken, so that what is too long is seen.
        var buffer = new byte[_options.PacketBytes + 1];
        try
        {
            while (true)
            {
                var packet = await _link.ReceiveAsync(buffer, cancellationToken);
                if (!_senders.TryTake(packet.Sender))
                    _limits.Hit(SenderLimit);
                else if (packet.Length > _options.PacketBytes)
                    _limits.Hit(PacketLimit);
                else
                    await TakeAsync(buffer.AsMemory(0, packet.Length), Multiaddr.FromEndPoint(new IPEndPoint(_interface.IsLoopback ? IPAddress.Loopback : packet.Sender, 0)), cancellationToken);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Fail(error);
        }
    }

    public void Dispose() => _link.Dispose();

    private async Task TakeAsync(ReadOnlyMemory<byte> packet, Multiaddr sender, CancellationToken cancellationToken)
    {
        if (!MdnsMessage.TryParse(packet.Span, _options.RecordsPerPacket, out var message))
            return;
        if (message.HasTooMany)
        {
            _limits.Hit(RecordsLimit);
            return;
        }

        if (message.IsAnswer)
            Find(message, sender);
        else if (message.Questions.Any(question => question.Name == _service && question.Type is MdnsRecordType.Ptr or MdnsRecordType.Any))
            await AnswerAsync(cancellationToken);
    }

    private void Find(MdnsMessage message, Multiaddr sender)
    {
        var peers = message.Records.Where(record => record.Type == MdnsRecordType.Txt && record.Life > TimeSpan.Zero && record.Owner.EndsWith("." + _service, StringComparison.Ordinal))
            .SelectMany(MdnsWriter.AddressesOf).GroupBy(address => address.Peer!.Value).ToList();
        if (peers.Count > _options.PeersPerPacket)
            _limits.Hit(PeersLimit);
        foreach (var peer in peers.Take(_options.PeersPerPacket))
            _sink.Take(new PeerCandidate(peer.Key, [.. peer], PeerOrigin.Link, "mdns") { Speaker = sender });
    }

    /// <summary>At once, or when the pause since the last answer is over; who asks in the meantime gets the same.</summary>
    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        if (_pace.TryEnter(out var wait))
            await SendAsync(_answer(), cancellationToken);
        else if (wait is { } pause)
            _work.Run(() => AnswerLaterAsync(pause, cancellationToken));
    }

    private async Task AnswerLaterAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await Task.Delay(pause, _time, cancellationToken);
        _pace.Waited();
        await SendAsync(_answer(), cancellationToken);
    }

    private async Task SendAsync(byte[] packet, CancellationToken cancellationToken)
    {
        if (packet.Length == 0)
            return;
        try
        {
            await _link.SendAsync(packet, cancellationToken);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Fail(error);
        }
    }

    private void Fail(Exception error)
    {
        Volatile.Write(ref _failed, true);
        LogFailed(_logger, _interface.Index, _interface.Family, error.Message);
    }

    [LoggerMessage(1, LogLevel.Debug, "Multicast DNS on interface {Index} ({Family}) has ended: {Reason}")]
    private static partial void LogFailed(ILogger logger, int index, AddressFamily family, string reason);
}
