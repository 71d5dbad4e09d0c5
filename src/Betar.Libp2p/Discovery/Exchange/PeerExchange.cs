using Betar.Libp2p.Events;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Records;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Discovery.Exchange;

/// <summary>
/// Peers tell each other of peers, by the records that those have signed. An empty request is answered with up to so many records; what is
/// learned so is a stranger's word about where somebody is, never about who he is.
/// </summary>
internal sealed class PeerExchange : IPeerSource, IDisposable
{
    public const string Id = "/betar/peers/1.0.0";
    public const string AnswersLimit = "exchange.answers";
    public const string RecordsLimit = "exchange.records";

    private readonly Libp2pHost _host;
    private readonly DiscoveryOptions _options;
    private readonly BackgroundWork _work;
    private readonly LastTimes _asked;
    private readonly LastTimes _answered;
    private readonly RequestOptions _request;
    private readonly IDisposable _serving;

    public PeerExchange(Libp2pHost host, DiscoveryOptions options, BackgroundWork work)
    {
        (_host, _options, _work) = (host, options, work);
        // Half of the interval: who was asked a moment after the last round is still asked in the next.
        _asked = new LastTimes(options.Exchange.Interval / 2, options.Exchange.RememberedPeers, host.Parts.Time);
        _answered = new LastTimes(options.Exchange.AnswerInterval, options.Exchange.RememberedPeers, host.Parts.Time);
        _request = new RequestOptions
        {
            Timeout = options.Exchange.Timeout,
            MaxBytes = PeerExchangeMessage.MaxLength(options.Exchange.Records, host.Parts.Options.Messages.SignedRecordBytes),
        };
        _serving = host.HandleRequests(Id, AnswerAsync, _request, new ProtocolOptions { InboundPerPeer = 1 });
    }

    public string Name => "exchange";

    public async Task RunAsync(IPeerSink sink, CancellationToken cancellationToken)
    {
        void OnChanged(object? sender, HostEventArgs args)
        {
            if (args.Kind is HostEventKind.Identified && args.Identified?.Info.Protocols.Contains(Id) == true)
                _work.Run(() => AskAsync(args.Peer, sink, cancellationToken));
        }

        _host.PeerChanged += OnChanged;
        try
        {
            while (true)
            {
                foreach (var peer in _host.Connections.Select(connection => connection.Peer).Distinct())
                {
                    if ((await _host.GetPeerAsync(peer, cancellationToken)).Protocols.Contains(Id))
                        await AskAsync(peer, sink, cancellationToken);
                }

                await Task.Delay(_options.Exchange.Interval, _host.Parts.Time, cancellationToken);
            }
        }
        finally
        {
            _host.PeerChanged -= OnChanged;
        }
    }

    /// <summary>Answers nobody any more.</summary>
    public void Dispose() => _serving.Dispose();

    private async Task AskAsync(PeerId peer, IPeerSink sink, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested || _host.ConnectionCount >= _options.EnoughPeers || !_asked.TryTake(peer))
            return;
        byte[] answer;
        try
        {
            answer = await _host.RequestAsync(peer, Id, ReadOnlyMemory<byte>.Empty, _request, cancellationToken);
        }
        catch (Libp2pException)
        {
            // It has gone, or does not serve it any more: there are others to ask.
            return;
        }

        var messages = _host.Parts.Options.Messages;
        if (!PeerExchangeMessage.TryDecode(answer, _options.Exchange.Records, messages.SignedRecordBytes, out var envelopes, out var cut))
            return;
        if (cut)
            _host.Limits.Hit(RecordsLimit);
        var speaker = Whereabouts.OfSpeaker(_host, peer);
        foreach (var envelope in envelopes)
        {
            if (PeerRecord.TryOpen(envelope.Span, messages.AddressesPerPeer, out var record))
                sink.Take(new PeerCandidate(record.Peer, record.Addresses, PeerOrigin.Stranger, Name) { Speaker = speaker });
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> AnswerAsync(PeerId asker, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        if (!_answered.TryTake(asker))
        {
            _host.Limits.Hit(AnswersLimit);
            return ReadOnlyMemory<byte>.Empty;
        }

        List<ReadOnlyMemory<byte>> records = [];
        // Those who have been here for long are likely to stay.
        foreach (var peer in _host.Connections.OrderBy(connection => connection.OpenedAt).Select(connection => connection.Peer).Distinct())
        {
            if (records.Count == _options.Exchange.Records)
                break;
            var info = await _host.GetPeerAsync(peer, cancellationToken);
            if (peer != asker && Whereabouts.MayHear(_host, asker, info))
                records.Add(info.SignedRecord);
        }

        return PeerExchangeMessage.Encode(records);
    }
}
