using Betar.Fuzz.Support;
using Betar.Libp2p;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Records;

namespace Betar.Fuzz.Targets;

/// <summary>What a connected peer tells unasked, up to what is remembered of it: never somebody else's key or record, never more than is kept.</summary>
internal sealed class IdentifyPushTarget : IFuzzTarget, IDisposable
{
    private static readonly MessageLimitOptions Limits = new();
    private readonly IdentityKey _stranger = IdentityKey.FromEd25519Seed(Enumerable.Repeat((byte)7, 32).ToArray());
    private readonly IdentityKey _own = IdentityKey.FromEd25519Seed(Enumerable.Repeat((byte)8, 32).ToArray());

    public string Name => "identify-push";

    public long MemoryBound(int length) => (256 * 1024) + (256L * length);

    public bool Take(byte[] input)
    {
        var scheduler = new FuzzScheduler();
        var meter = new LimitMeter();
        var store = new MemoryPeerStore(new PeerStoreOptions().Capacity);
        var service = new IdentifyService(_own, new IdentifyOptions(), Limits, new PeerBook(store, Limits, new PeerStoreOptions(), PeerTies.None, meter, scheduler, StillTime.Instance), meter, () => [], () => [], StillTime.Instance);
        var stream = new FuzzStream(input).For(_stranger.PeerId, IdentifyService.PushId);
        var refusal = Attempt.Of(() => scheduler.Run(() => service.TakePushAsync(stream, default)));
        FuzzException.Unless(store.Count == (refusal is null ? 1 : 0), $"{store.Count} peers are remembered, {refusal}");
        if (refusal is not null)
            return false;
        var info = store.FindAsync(_stranger.PeerId, default).AsTask().GetAwaiter().GetResult();
        FuzzException.Unless(info is not null, "another peer is remembered");
        FuzzException.Unless(info!.SignedAddresses.Count <= Limits.AddressesPerPeer && info.OtherAddresses.Count <= Limits.AddressesPerPeer, "too many addresses");
        FuzzException.Unless(info.Protocols.Count <= Limits.ProtocolsPerPeer, "too many protocols");
        FuzzException.Unless(info.SignedRecord.IsEmpty ? info.SignedAddresses.Count == 0 : IsOfStranger(info), "signed addresses that the peer did not sign");
        return true;
    }

    public void Dispose()
    {
        _own.Dispose();
        _stranger.Dispose();
    }

    private bool IsOfStranger(PeerInfo info) =>
        PeerRecord.TryOpen(info.SignedRecord.Span, Limits.AddressesPerPeer, out var record) && record.Peer == _stranger.PeerId && record.Sequence == info.RecordSequence;
}
