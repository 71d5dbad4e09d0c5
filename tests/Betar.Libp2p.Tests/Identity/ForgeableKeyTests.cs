using Betar.Libp2p.Identity;
using Betar.Libp2p.Records;
using static Betar.Libp2p.Tests.Identity.Keys;
using PublicKey = Betar.Libp2p.Identity.PublicKey;

namespace Betar.Libp2p.Tests.Identity;

/// <summary>Keys under which everybody can sign would be identities that everybody has.</summary>
public sealed class ForgeableKeyTests
{
    private const string Header = "08011220";

    /// <summary>The eight points of small order, and the second spellings of them and of others.</summary>
    public static TheoryData<string> Points =>
    [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    [Theory]
    [MemberData(nameof(Points))]
    public void Such_a_point_is_no_identity_in_any_form(string point)
    {
        Assert.False(PublicKey.TryDecode(Hex(Header + point), out _));
        Assert.Throws<ArgumentException>(() => PublicKey.Create(KeyType.Ed25519, Hex(point)));
        Assert.False(DidKey.TryParse("did:key:z" + Betar.Crypto.Base58.Encode(Hex("ed01" + point)), out _));
        Assert.False(PeerId.TryDecode(Hex("0024" + Header + point), out _));
    }

    /// <summary>S = 0 and R = the neutral point: with the neutral point as the key they fit whatever is signed.</summary>
    [Fact]
    public void A_record_that_anybody_can_forge_is_refused()
    {
        var key = Hex(Header + "01" + new string('0', 62));
        byte[] payload = [0x0a, 38, 0, 36, .. key, 0x10, 1];
        byte[] envelope = [0x0a, 36, .. key, 0x12, 2, 3, 1, 0x1a, (byte)payload.Length, .. payload, 0x2a, 64, 1, .. new byte[63]];

        Assert.False(PeerRecord.TryOpen(envelope, 32, out _));
    }
}
