using System.Text;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Eip712;
using Betar.X402.Networks;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Eip712;

public class TransferAuthorizationHasherTests
{
    private static readonly TransferTerms Published = new(
        Parse("0x40d6b846c1a945d2dfde794666f3b948faf126b1"), Parse("0x2ed99c696a0992747886c1a29bd81e4d055c2a57"), 50000, 0UL, 1893456000UL,
        Nonce.Parse("0xc5534a7cf503af4335d72d612aa1033e375b997c19ac8dabcdcacfbfd4a5c3e2"));

    private static readonly TransferTerms Worked = new(
        Parse(Golden.Buyer.ToLowerInvariant()), Parse(Golden.Seller.ToLowerInvariant()), 1000, 1774999995UL, 1775000060UL,
        Nonce.Parse("0x" + Golden.BareNonce));

    [Theory]
    [InlineData(84532UL, "0x036cbd53842c5426634e7929541ec2318f3dcf7e", "USDC", "71f17a3b2ff373b803d70a5a07c046c1a2bc8e89c09ef722fcb047abe94c9818", "b09c0c59bb6eac825911345f407b7f68d6867f1043bcba11aeaecb88c96c7b00")]
    [InlineData(8453UL, "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913", "USD Coin", "02fa7265e7c5d81118673727957699e4d68f74cd74b7db77da710fe8a2c7834f", "9b86fd7b5f30fa7f422eb1e7ef428a4aa5310bf38ed4abf07c07eb7b1b41335e")]
    [InlineData(1UL, "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", "USD Coin", "06c37168a7db5138defc7866392bb87a741f9b3d104deb5094588ce041cae335", "90f8b18fdf094b47ecdabeb13e74e8e5cf242d3f3552c1e461c2be9971f63cae")]
    [InlineData(31337UL, "0x036cbd53842c5426634e7929541ec2318f3dcf7e", "USDC", "1623e46c385f5fa772bbfcc6e467f4dcabc9ff8d3fa535d71a354f984859ada3", "bbadfe6334b06e0d9a9fec18e023b779251688e4615bc45c0fae6ca69e638ac0")]
    public void Published_separators_and_digests(ulong chainId, string contract, string name, string separator, string digest)
    {
        var domain = new Eip712Domain(name, "2", chainId, Parse(contract));
        Assert.Equal("0x" + separator, domain.Separator.ToString());
        Assert.Equal(digest, Digest(domain, Published));
    }

    [Fact]
    public void Published_struct_hashes()
    {
        Assert.Equal("896b3e4d3cc0cfc69be86aa23e0d5a072e9be166531099ee673a92d19feb4686", StructHash(Published));
        Assert.Equal("bd6b035f750ee6d233ebfee81ef4562fd3db24d331b5a1f95339376f3edf86d0", StructHash(Worked));
    }

    [Fact]
    public void The_worked_digest() =>
        Assert.Equal("a1e501b885d5333bd23d71004bbdf288caa53e178961c04930905f12192cf152", Digest(PaymentAsset.BaseSepoliaUsdc.Domain, Worked));

    [Fact]
    public void Every_member_and_every_part_of_the_domain_changes_the_digest()
    {
        var domain = PaymentAsset.BaseSepoliaUsdc.Domain;
        var digests = new[]
        {
            Digest(domain, Worked),
            Digest(domain, Worked with { From = Worked.To }),
            Digest(domain, Worked with { To = Worked.From }),
            Digest(domain, Worked with { Value = 1001 }),
            Digest(domain, Worked with { ValidAfter = 1774999996UL }),
            Digest(domain, Worked with { ValidBefore = 1775000061UL }),
            Digest(domain, Worked with { Nonce = Published.Nonce }),
            Digest(new Eip712Domain("USDc", "2", 84532, domain.VerifyingContract), Worked),
            Digest(new Eip712Domain("USDC", "1", 84532, domain.VerifyingContract), Worked),
            Digest(new Eip712Domain("USDC", "2", 84533, domain.VerifyingContract), Worked),
            Digest(new Eip712Domain("USDC", "2", 84532, Worked.To), Worked),
        };
        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Fact]
    public void Values_beyond_64_bits_are_hashed_whole()
    {
        var domain = PaymentAsset.BaseSepoliaUsdc.Domain;
        var huge = Worked with { Value = new AtomicAmount(UInt256.MaxValue), ValidBefore = UInt256.MaxValue };
        Span<byte> encoded = stackalloc byte[7 * 32];
        Keccak256.Hash(Encoding.ASCII.GetBytes("TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"), encoded[..32]);
        huge.From.CopyTo(encoded[44..64]);
        huge.To.CopyTo(encoded[76..96]);
        encoded[96..128].Fill(0xFF);
        ((UInt256)1774999995UL).WriteBigEndian(encoded[128..160]);
        encoded[160..192].Fill(0xFF);
        huge.Nonce.CopyTo(encoded[192..]);
        Assert.Equal(Convert.ToHexStringLower(Keccak256.Hash(encoded)), StructHash(huge));
        Assert.NotEqual(Digest(domain, Worked), Digest(domain, huge));
    }

    [Fact]
    public void A_digest_allocates_nothing()
    {
        var digest = new byte[32];
        var domain = PaymentAsset.BaseSepoliaUsdc.Domain;
        var terms = Worked;
        Assert.Equal(0, Allocations.LeastOf(() => TransferAuthorizationHasher.Digest(domain, terms, digest)));
    }

    private static Address Parse(string text) => Address.Parse(text.ToLowerInvariant());

    private static string Digest(Eip712Domain domain, TransferTerms terms)
    {
        var digest = new byte[32];
        TransferAuthorizationHasher.Digest(domain, terms, digest);
        return Convert.ToHexStringLower(digest);
    }

    private static string StructHash(TransferTerms terms)
    {
        var hash = new byte[32];
        TransferAuthorizationHasher.StructHash(terms, hash);
        return Convert.ToHexStringLower(hash);
    }
}
