using System.Collections.Concurrent;
using Betar.Libp2p.Discovery;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Peers;
using Betar.Libp2p.PubSub.Wire;
using Betar.Libp2p.Records;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.PubSub.Links;

/// <summary>Peers that are told of in PRUNE (PX): those whom we recommend, and those who are recommended to us, for discovery to look at.</summary>
internal sealed class RecommendedPeers(Libp2pHost host, BackgroundWork work) : IPeerSource
{
    private readonly ConcurrentDictionary<PeerId, PeerInfo> _known = new();
    private volatile IPeerSink? _sink;

    public string Name => "gossip";

    public async Task RunAsync(IPeerSink sink, CancellationToken cancellationToken)
    {
        _sink = sink;
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, host.Parts.Time, cancellationToken);
        }
        finally
        {
            _sink = null;
        }
    }

    public void Know(PeerInfo peer) => _known[peer.Peer] = peer;

    public void Forget(PeerId peer) => _known.TryRemove(peer, out _);

    /// <summary>Empty where there is none, or where the listener has no business with where the peer is.</summary>
    public ReadOnlyMemory<byte> RecordFor(PeerId about, PeerId listener) =>
        _known.TryGetValue(about, out var info) && Whereabouts.MayHear(host, listener, info) ? info.SignedRecord : default;

    /// <summary>Signatures take time, so this does not wait for them.</summary>
    public void Take(PeerId speaker, IReadOnlyList<OfferedPeer> offered)
    {
        if (_sink is { } sink)
            work.Run(() => LookAt(sink, speaker, offered));
    }

    private Task LookAt(IPeerSink sink, PeerId speaker, IReadOnlyList<OfferedPeer> offered)
    {
        var messages = host.Parts.Options.Messages;
        foreach (var (id, envelope) in offered)
        {
            if (envelope.Length <= messages.SignedRecordBytes && PeerRecord.TryOpen(envelope.Span, messages.AddressesPerPeer, out var record)
                && (id.IsEmpty || id.Span.SequenceEqual(record.Peer.Bytes)))
            {
                sink.Take(new PeerCandidate(record.Peer, record.Addresses, PeerOrigin.Stranger, Name) { Speaker = Whereabouts.OfSpeaker(host, speaker) });
            }
        }

        return Task.CompletedTask;
    }
}
