using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Token;

/// <summary>Vectors of the x402 reference: the same message signed on four chains.</summary>
public sealed class TokenDomainTests
{
    static readonly TokenCall _message = new(TokenMethod.TransferWithAuthorization)
    {
        From = TestKeys.PayerAddress,
        To = TestKeys.SellerAddress,
        Value = 50000,
        ValidBefore = 1893456000,
        Nonce = Hash32.Parse("0xc5534a7cf503af4335d72d612aa1033e375b997c19ac8dabcdcacfbfd4a5c3e2"),
    };

    public static TheoryData<ulong, string, string, string, string, string> Chains => new()
    {
        {
            84532, "0x036CbD53842c5426634e7929541eC2318f3dCF7e", "USDC",
            "0x71f17a3b2ff373b803d70a5a07c046c1a2bc8e89c09ef722fcb047abe94c9818",
            "b09c0c59bb6eac825911345f407b7f68d6867f1043bcba11aeaecb88c96c7b00",
            "19db561f92074e82a7419b879b1dee8cd85658d03f47e32a0ab9d8fa677f766a542529a153b809695d690d153322c060c6f7999b76757f654134b2d1f8b1536c1c"
        },
        {
            8453, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", "USD Coin",
            "0x02fa7265e7c5d81118673727957699e4d68f74cd74b7db77da710fe8a2c7834f",
            "9b86fd7b5f30fa7f422eb1e7ef428a4aa5310bf38ed4abf07c07eb7b1b41335e",
            "7fd13848b3c4b558359be743f60c5ff8ac56a7a7cec0010b313a0de2a28a41a662bf29efc23e6bdeba07ac064225d9e2174d47151235afd0e0e7f8aeb5de768a1b"
        },
        {
            1, "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "USD Coin",
            "0x06c37168a7db5138defc7866392bb87a741f9b3d104deb5094588ce041cae335",
            "90f8b18fdf094b47ecdabeb13e74e8e5cf242d3f3552c1e461c2be9971f63cae",
            "b9111494bde99d48fc4e7d318186ae8ad604cce21d345c8848b0901c024445da309a0196c35d095934936b37ac9f1231e0fd02887da940d1e3bafddafda56b6e1c"
        },
        {
            31337, "0x036CbD53842c5426634e7929541eC2318f3dCF7e", "USDC",
            "0x1623e46c385f5fa772bbfcc6e467f4dcabc9ff8d3fa535d71a354f984859ada3",
            "bbadfe6334b06e0d9a9fec18e023b779251688e4615bc45c0fae6ca69e638ac0",
            "0389c5eb5beb11fe8f02d5cd36c95c95d171caf357d9dee3bcd556acb4b7dfd534d3aa964a5c15521620e2c40454478ed939ac6bee9d739ccba2fe32e4b138e21c"
        },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void Separator_digest_and_signature(ulong chainId, string token, string name, string separator, string digest, string signature)
    {
        var domain = new TokenDomain(name, "2", chainId, Address.Parse(token));
        Assert.Equal(separator, domain.Separator.ToString());
        var computed = new byte[32];
        domain.Digest(_message, computed);
        Assert.Equal(digest, Convert.ToHexStringLower(computed));
        var signed = _message with { Signature = Convert.FromHexString(signature) };
        Assert.Equal(AuthorizationProof.Valid, domain.Check(signed));
        Assert.Equal(AuthorizationProof.WrongSigner, domain.Check(signed with { From = TestKeys.SellerAddress }));
        foreach (var other in new[] { new TokenDomain(name, "1", chainId, Address.Parse(token)), new TokenDomain("U", "2", chainId, Address.Parse(token)), new TokenDomain(name, "2", 5, Address.Parse(token)), new TokenDomain(name, "2", chainId, TestKeys.SellerAddress) })
            Assert.NotEqual(AuthorizationProof.Valid, other.Check(signed));
    }

    [Fact]
    public void The_refused_twins_of_the_reference()
    {
        var domain = TokenSigner.Domain;
        AuthorizationProof Check(string signature) => domain.Check(_message with { Signature = Convert.FromHexString(signature) });
        Assert.Equal(AuthorizationProof.HighS, Check(
            "19db561f92074e82a7419b879b1dee8cd85658d03f47e32a0ab9d8fa677f766aabdad65eac47f696a296f2eaccdd3f9df3b7434b38d320d67e9dabbad784edd51b"));
        Assert.Equal(AuthorizationProof.WrongLength, Check(
            "19db561f92074e82a7419b879b1dee8cd85658d03f47e32a0ab9d8fa677f766ad42529a153b809695d690d153322c060c6f7999b76757f654134b2d1f8b1536c"));
        Assert.Equal(AuthorizationProof.WrongSigner, Check(
            "7fd13848b3c4b558359be743f60c5ff8ac56a7a7cec0010b313a0de2a28a41a662bf29efc23e6bdeba07ac064225d9e2174d47151235afd0e0e7f8aeb5de768a1b"));
        Assert.Equal(AuthorizationProof.WrongLength, Check(""));
    }

    [Fact]
    public void Transfer_and_cancellation_are_different_messages()
    {
        var cancel = _message with { Method = TokenMethod.CancelAuthorization };
        var transferDigest = new byte[32];
        var cancelDigest = new byte[32];
        TokenSigner.Domain.Digest(_message, transferDigest);
        TokenSigner.Domain.Digest(cancel, cancelDigest);
        Assert.NotEqual(transferDigest, cancelDigest);
        var signature = TokenSigner.SignCancel(TestKeys.Payer, TestKeys.PayerAddress, "nonce-0001");
        Assert.Equal(AuthorizationProof.Valid, TokenSigner.Domain.Check(cancel with { Signature = signature }));
        Assert.Equal(AuthorizationProof.WrongSigner, TokenSigner.Domain.Check(_message with { Signature = signature }));
    }
}
