using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Records;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Peers;

/// <summary>Puts what is heard of peers together, within bounds, and one change at a time.</summary>
internal sealed class PeerBook(
    IPeerStore store, MessageLimitOptions limits, PeerStoreOptions options, PeerTies ties, LimitMeter meter, TaskScheduler scheduler, TimeProvider time)
{
    public const string AddressesLimit = "peers.addresses";

    // One gate for all peers: changes are short, and strangers must not be able to make more gates.
    private readonly AsyncGate _gate = new(1, scheduler);

    public async Task<PeerInfo> FindAsync(PeerId peer, CancellationToken cancellationToken) =>
        await store.FindAsync(peer, cancellationToken) is { } info ? Current(info) : PeerInfo.Unknown(peer);

    /// <summary>Those who are worth most and have an address that still counts.</summary>
    public async Task<IReadOnlyList<PeerInfo>> BestAsync(int most, CancellationToken cancellationToken) =>
        [.. (await store.BestAsync(most, cancellationToken)).Select(Current).Where(info => info.Addresses.Any())];

    /// <summary>Addresses that somebody named; the newest first, the oldest forgotten.</summary>
    public Task<PeerInfo> AddAddressesAsync(PeerId peer, IEnumerable<Multiaddr> addresses, CancellationToken cancellationToken) => ChangeAsync(
        peer, info => Current(info) with { OtherAddresses = Bounded(addresses.Concat(Current(info).OtherAddresses), static _ => true) }, cancellationToken);

    /// <summary>What the peer said of itself; what it did not say stays as it was.</summary>
    public Task<PeerInfo> ApplyAsync(PeerId peer, IdentifyMessage message, PeerRecord? record, Func<Multiaddr, bool> usable, CancellationToken cancellationToken) =>
        ChangeAsync(peer, info => Raise(Merge(Current(info), message, record, usable), PeerStanding.Met), cancellationToken);

    /// <summary>We dialled the peer and it was there.</summary>
    public Task<PeerInfo> ReachedAsync(PeerId peer, CancellationToken cancellationToken) =>
        ChangeAsync(peer, info => Raise(info, PeerStanding.Reached), cancellationToken);

    /// <summary>The peer is protected now, or not any more.</summary>
    public async Task TiesChangedAsync(PeerId peer, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(peer, cancellationToken) is not null)
            await ChangeAsync(peer, static info => info, cancellationToken);
    }

    /// <summary>The last connection to the peer has ended: what it signed goes before what was only said, and not all of it is worth keeping.</summary>
    public async Task LeftAsync(PeerId peer, CancellationToken cancellationToken)
    {
        // Who never said anything leaves nothing behind.
        if (await store.FindAsync(peer, cancellationToken) is not null)
            await ChangeAsync(peer, Shorten, cancellationToken);
    }

    private static PeerInfo Raise(PeerInfo info, PeerStanding least) => info.Standing < least ? info with { Standing = least } : info;

    // Who was protected was wanted once, and stays before strangers.
    private PeerInfo Tied(PeerInfo info) => info with
    {
        IsConnected = ties.Connected(info.Peer),
        Standing = ties.Protected(info.Peer) ? PeerStanding.Protected
            : info.Standing == PeerStanding.Protected ? PeerStanding.Reached
            : info.Standing,
    };

    private PeerInfo Shorten(PeerInfo info)
    {
        var kept = info.Addresses.Take(options.AddressesAfterDisconnect).ToList();
        return info with
        {
            SignedAddresses = [.. info.SignedAddresses.Where(kept.Contains)],
            OtherAddresses = [.. info.OtherAddresses.Where(kept.Contains)],
        };
    }

    private PeerInfo Merge(PeerInfo info, IdentifyMessage message, PeerRecord? record, Func<Multiaddr, bool> usable)
    {
        var merged = info with
        {
            Protocols = message.Protocols.Count > 0 ? [.. message.Protocols] : info.Protocols,
            AgentVersion = message.AgentVersion ?? info.AgentVersion,
            ProtocolVersion = message.ProtocolVersion ?? info.ProtocolVersion,
        };
        if (record is not null && (record.Sequence > info.RecordSequence || IsSame(info, message)))
        {
            merged = merged with
            {
                SignedAddresses = Bounded(record.Addresses, usable),
                RecordSequence = record.Sequence,
                SignedRecord = message.SignedPeerRecord,
            };
        }

        // Without a record the plain list is all there is; beside one it adds nothing that could be trusted.
        return merged.SignedAddresses.Count > 0 || message.ListenAddresses.Count == 0
            ? merged
            : merged with { OtherAddresses = Bounded(message.ListenAddresses.Concat(info.OtherAddresses), usable) };
    }

    // Whoever comes again with the record that is known brings back the addresses that were dropped in between.
    private static bool IsSame(PeerInfo info, IdentifyMessage message) =>
        !info.SignedRecord.IsEmpty && info.SignedRecord.Span.SequenceEqual(message.SignedPeerRecord.Span);

    // The rest stays: an old record must not come back for a new one.
    private PeerInfo Current(PeerInfo info) => time.GetUtcNow() - info.SeenAt <= options.AddressLife
        ? info
        : info with { SignedAddresses = [], OtherAddresses = [] };

    private List<Multiaddr> Bounded(IEnumerable<Multiaddr> addresses, Func<Multiaddr, bool> usable)
    {
        List<Multiaddr> distinct = [.. addresses.Where(usable).Select(address => address.WithoutPeer()).Distinct()];
        if (distinct.Count <= limits.AddressesPerPeer)
            return distinct;
        meter.Hit(AddressesLimit);
        return distinct[..limits.AddressesPerPeer];
    }

    private async Task<PeerInfo> ChangeAsync(PeerId peer, Func<PeerInfo, PeerInfo> change, CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(cancellationToken);
        try
        {
            var changed = Tied(change(await store.FindAsync(peer, cancellationToken) ?? PeerInfo.Unknown(peer))) with { SeenAt = time.GetUtcNow() };
            await store.SaveAsync(changed, cancellationToken);
            return changed;
        }
        finally
        {
            _gate.Leave();
        }
    }
}
