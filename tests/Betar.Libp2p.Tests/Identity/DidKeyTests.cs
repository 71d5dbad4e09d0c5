using Betar.Libp2p.Identity;
using static Betar.Libp2p.Tests.Identity.Keys;

namespace Betar.Libp2p.Tests.Identity;

public sealed class DidKeyTests
{
    [Theory]
    [InlineData("080112203b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29", "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")]
    [InlineData(Secp256k1Public, null)]
    public void Keys_and_their_names(string publicKey, string? did)
    {
        Assert.True(PublicKey.TryDecode(Hex(publicKey), out var key));
        Assert.True(DidKey.TryFormat(key, out var text));
        if (did is not null)
            Assert.Equal(did, text);
        Assert.True(DidKey.TryParse(text, out var parsed));
        Assert.Equal(key, parsed);
    }

    [Fact]
    public void A_secp256k1_name_starts_as_the_specification_says()
    {
        Assert.True(PublicKey.TryDecode(Hex(Secp256k1Public), out var key));
        Assert.True(DidKey.TryFormat(key, out var did));
        Assert.StartsWith("did:key:zQ3s", did, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_kinds_have_no_name_here()
    {
        Assert.True(PublicKey.TryDecode(Hex(EcdsaPublic), out var key));
        Assert.False(DidKey.TryFormat(key, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("did:key:")]
    [InlineData("did:key:z")]
    [InlineData("did:web:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")]
    [InlineData("did:key:6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")]
    [InlineData("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW")]
    [InlineData("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0")]
    [InlineData("did:key:z12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq")]
    public void What_is_no_name_of_a_key_is_refused(string? did) => Assert.False(DidKey.TryParse(did, out _));
}
