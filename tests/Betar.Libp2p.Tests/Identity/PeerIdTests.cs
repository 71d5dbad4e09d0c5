using Betar.Libp2p.Identity;
using Betar.Tests.Shared;
using static Betar.Libp2p.Tests.Identity.Keys;

namespace Betar.Libp2p.Tests.Identity;

public sealed class PeerIdTests
{
    [Theory]
    [InlineData(Ed25519Public, Ed25519Id)]
    [InlineData(Secp256k1Public, Secp256k1Id)]
    public void Short_keys_stand_in_the_id(string publicKey, string text)
    {
        Assert.True(PublicKey.TryDecode(Hex(publicKey), out var key));
        var peer = key.ToPeerId();

        Assert.Equal(text, peer.ToString());
        Assert.Equal("00" + (publicKey.Length / 2).ToString("x2", null) + publicKey, Hex(peer.Bytes));
        Assert.True(peer.TryGetPublicKey(out var taken));
        Assert.Equal(key, taken);
        Assert.Equal(peer, PeerId.Parse(text));
        Assert.True(PeerId.TryDecode(peer.Bytes, out var decoded));
        Assert.True(peer == decoded && !(peer != decoded) && peer.GetHashCode() == decoded.GetHashCode());
    }

    [Fact]
    public void Long_keys_are_hashed()
    {
        Assert.True(PublicKey.TryDecode(Hex(EcdsaPublic), out var key));
        var peer = key.ToPeerId();

        Assert.Equal("1220", Hex(peer.Bytes[..2]));
        Assert.StartsWith("Qm", peer.ToString(), StringComparison.Ordinal);
        Assert.False(peer.TryGetPublicKey(out _));
        Assert.Equal(peer, PeerId.Parse(peer.ToString()));
        Assert.Equal(peer, PeerId.Parse(peer.ToCid().ToString()));
    }

    [Fact]
    public void As_a_cid_in_every_base()
    {
        var peer = PeerId.Parse(Ed25519Id);

        Assert.Equal("bafzaajaiaejcahwr5d5ofrfbis4l5d6uwr57hu5tjodrypfm6yaq6dsc2r2pzyt6", peer.ToCid().ToString());
        foreach (var prefix in "bkzu")
            Assert.Equal(peer, PeerId.Parse(peer.ToCid().ToString(prefix)));
        Assert.StartsWith("k51", peer.ToCid().ToString('k'), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3p")]
    [InlineData("12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq1")]
    [InlineData("12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3p0")]
    [InlineData("QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1")]
    [InlineData("bafkreifa4mtalixxnmioy455ji33bdikvmpctbpfivldhp22b45hs2bdpq")]
    public void Text_that_names_no_peer_is_refused(string? text) => Assert.False(PeerId.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("1200")]
    [InlineData("00020801")] // not a key
    [InlineData("0023" + Ed25519Public)]
    [InlineData("0024" + Ed25519Public + "00")]
    [InlineData("121f0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1320000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("001380000000")]
    public void Bytes_that_name_no_peer_are_refused(string hex) => Assert.False(PeerId.TryDecode(Hex(hex), out _));

    [Fact]
    public void A_variable_that_was_never_set_is_empty()
    {
        var peer = default(PeerId);

        Assert.True(peer.IsEmpty);
        Assert.Equal(string.Empty, peer.ToString());
        Assert.False(peer.TryGetPublicKey(out _));
        Assert.NotEqual(peer, PeerId.Parse(Ed25519Id));
        Assert.Throws<InvalidOperationException>(() => peer.ToCid());
    }

    [Fact]
    public void Bent_bytes_are_refused_or_read_back()
    {
        var random = new Random(TestSeed.Value);
        var good = PeerId.Parse(Ed25519Id).Bytes.ToArray();
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = (byte[])good.Clone();
            bytes[random.Next(i % 2 == 0 ? 6 : bytes.Length)] = (byte)random.Next(256);
            if (PeerId.TryDecode(bytes, out var peer))
                Assert.Equal(peer, PeerId.Parse(peer.ToString()));
        }
    }
}
