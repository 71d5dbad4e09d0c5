using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Records;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Peers;

/// <summary>Puts what is heard of peers together, within bounds, and one change at a time.</summary>
internal sealed class PeerBook(IPeerStore store, MessageLimitOptions limits, TaskScheduler scheduler)
{
    // One gate for all peers: changes are short, and strangers must not be able to make more gates.
    private readonly AsyncGate _gate = new(1, scheduler);

    public async Task<PeerInfo> FindAsync(PeerId peer, CancellationToken cancellationToken) =>
        await store.FindAsync(peer, cancellationToken) ?? PeerInfo.Unknown(peer);

    /// <summary>Addresses that somebody named; the newest first, the oldest forgotten.</summary>
    public Task<PeerInfo> AddAddressesAsync(PeerId peer, IEnumerable<Multiaddr> addresses, CancellationToken cancellationToken) => ChangeAsync(
        peer, info => info with { OtherAddresses = [.. addresses.Select(address => address.WithoutPeer()).Concat(info.OtherAddresses).Distinct().Take(limits.AddressesPerPeer)] },
        cancellationToken);

    /// <summary>What the peer said of itself; what it did not say stays as it was.</summary>
    public Task<PeerInfo> ApplyAsync(PeerId peer, IdentifyMessage message, PeerRecord? record, Func<Multiaddr, bool> usable, CancellationToken cancellationToken) =>
        ChangeAsync(peer, info => Merge(info, message, record, usable), cancellationToken);

    private PeerInfo Merge(PeerInfo info, IdentifyMessage message, PeerRecord? record, Func<Multiaddr, bool> usable)
    {
        var merged = info with
        {
            Protocols = message.Protocols.Count > 0 ? [.. message.Protocols] : info.Protocols,
            AgentVersion = message.AgentVersion ?? info.AgentVersion,
            ProtocolVersion = message.ProtocolVersion ?? info.ProtocolVersion,
        };
        if (record is not null && record.Sequence > info.RecordSequence)
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

    private IReadOnlyList<Multiaddr> Bounded(IEnumerable<Multiaddr> addresses, Func<Multiaddr, bool> usable) =>
        [.. addresses.Where(usable).Select(address => address.WithoutPeer()).Distinct().Take(limits.AddressesPerPeer)];

    private async Task<PeerInfo> ChangeAsync(PeerId peer, Func<PeerInfo, PeerInfo> change, CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(cancellationToken);
        try
        {
            var changed = change(await FindAsync(peer, cancellationToken));
            await store.SaveAsync(changed, cancellationToken);
            return changed;
        }
        finally
        {
            _gate.Leave();
        }
    }
}
