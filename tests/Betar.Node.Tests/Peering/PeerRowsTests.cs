using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Records;
using Betar.Node.Peering;
using Betar.Storage.Peers;

namespace Betar.Node.Tests.Peering;

public sealed class PeerRowsTests : IDisposable
{
    private static readonly DateTimeOffset s_seen = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly IdentityKey _key = IdentityKey.Generate();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void How_a_peer_is_reached_comes_back_and_what_it_serves_does_not()
    {
        PeerInfo info = Info(Addresses(1, 2), Addresses(3));

        PeerInfo? back = PeerRows.Decode(_key.PeerId, PeerRows.Encode(info));

        Assert.NotNull(back);
        Assert.Equal(Addresses(1, 2), back.SignedAddresses);
        Assert.Equal(Addresses(3), back.OtherAddresses);
        Assert.Equal((7ul, s_seen), (back.RecordSequence, back.SeenAt));
        Assert.True(back.SignedRecord.Span.SequenceEqual(info.SignedRecord.Span));
        Assert.Empty(back.Protocols);
        Assert.Empty(back.AgentVersion);
    }

    [Fact]
    public void Without_a_record_there_are_other_addresses_only()
    {
        PeerInfo info = PeerInfo.Unknown(_key.PeerId) with { OtherAddresses = Addresses(3), SeenAt = s_seen };

        PeerInfo? back = PeerRows.Decode(_key.PeerId, PeerRows.Encode(info));

        Assert.Equal((0ul, true), (back!.RecordSequence, back.SignedRecord.IsEmpty));
        Assert.Equal(Addresses(3), back.Addresses);
    }

    [Fact]
    public void An_address_that_the_record_does_not_hold_is_not_taken_for_signed()
    {
        PeerInfo info = Info(Addresses(1), []) with { SignedAddresses = Addresses(1, 9) };
        Assert.Equal(Addresses(1), PeerRows.Decode(_key.PeerId, PeerRows.Encode(info))!.Addresses);
    }

    [Fact]
    public void A_record_that_was_changed_counts_for_nothing()
    {
        PeerInfo info = Info(Addresses(1), Addresses(2));
        byte[] changed = info.SignedRecord.ToArray();
        changed[^1] ^= 1;

        PeerInfo? back = PeerRows.Decode(_key.PeerId, PeerRows.Encode(info with { SignedRecord = changed }));

        Assert.Equal((0ul, true), (back!.RecordSequence, back.SignedRecord.IsEmpty));
        Assert.Equal(Addresses(2), back.Addresses);
    }

    [Fact]
    public void A_record_of_another_peer_counts_for_nothing()
    {
        using IdentityKey other = IdentityKey.Generate();
        PeerInfo? back = PeerRows.Decode(other.PeerId, PeerRows.Encode(Info(Addresses(1), [])));
        Assert.Empty(back!.Addresses);
    }

    [Theory]
    [InlineData("ff")]
    [InlineData("0a05")]
    [InlineData("12020401")]
    [InlineData("2200")]
    [InlineData("1001")]
    public void A_row_that_cannot_be_read_is_nothing(string known) =>
        Assert.Null(PeerRows.Decode(_key.PeerId, new PeerTableRow(_key.PeerId.Bytes.ToArray(), s_seen, Convert.FromHexString(known))));

    [Fact]
    public void A_row_with_addresses_without_end_is_nothing()
    {
        PeerInfo info = Info([], Addresses([.. Enumerable.Range(1, 1024)]));
        Assert.Equal(1024, PeerRows.Decode(_key.PeerId, PeerRows.Encode(info))!.OtherAddresses.Count);
        info = Info([], Addresses([.. Enumerable.Range(1, 1025)]));
        Assert.Null(PeerRows.Decode(_key.PeerId, PeerRows.Encode(info)));
    }

    private static Multiaddr[] Addresses(params int[] ports) => [.. ports.Select(port => Multiaddr.Parse($"/ip4/8.8.8.8/tcp/{port}"))];

    private PeerInfo Info(IReadOnlyList<Multiaddr> signed, IReadOnlyList<Multiaddr> others) => PeerInfo.Unknown(_key.PeerId) with
    {
        SignedAddresses = signed,
        OtherAddresses = others,
        Protocols = ["/x"],
        AgentVersion = "a",
        RecordSequence = 7,
        SignedRecord = new PeerRecord(_key.PeerId, 7, signed).Seal(_key).Encode(),
        SeenAt = s_seen,
    };
}
