using Betar.Crypto;
using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Buying;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Buying;

/// <summary>Demands of all sorts: whatever a seller sends, what gets signed is inside the policy, and nothing crashes the buyer.</summary>
public sealed class HostileSellerTests : IDisposable
{
    private const int Seed = 1313;

    private readonly PrivateKey _key = PrivateKey.Import(Golden.Hex(Golden.BuyerKey));
    private readonly AuthorizationSigner _signer;
    private readonly OfferPolicy _policy = new() { Payee = PaymentFixture.SellerAccount, ListedPrice = 1000, ToleranceBasisPoints = 100, Cap = 5000 };

    public HostileSellerTests() => _signer = new AuthorizationSigner(_key, new ManualTime());

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Damaged_demands()
    {
        var random = new Random(Seed);
        var signed = 0;
        for (var round = 0; round < 1500; round++)
        {
            var json = Golden.Utf8(Golden.PaymentRequired);
            for (var damages = random.Next(0, 4); damages > 0; damages--)
            {
                json[random.Next(json.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : "0123456789abcdefx\"{}:,"u8[random.Next(22)];
            }

            if (MessageCodec.ParsePaymentRequired(json) is { IsOk: true, Value: { } quote })
            {
                signed += AssertWithinPolicy(_signer.Sign(quote, _policy), $"seed {Seed}, round {round}") ? 1 : 0;
            }
        }

        Assert.True(signed > 0, "not one demand survived; the test tests nothing");
    }

    [Fact]
    public void Demands_put_together_from_odd_values()
    {
        var random = new Random(Seed + 1);
        string[] amounts = ["0", "1", "999", "1000", "1010", "1011", "5000", "5001", "-1", "01", "1e3", "", "18446744073709551616", UInt256.MaxValue.ToString(), "NaN"];
        string[] addresses = [Golden.Seller, Golden.Seller.ToLowerInvariant(), Golden.Buyer, Golden.Usdc, "0x" + new string('0', 40), "", "0x", "me", Golden.Seller.ToUpperInvariant()];
        string[] networks = ["eip155:84532", "eip155:8453", "eip155:1", "EIP155:84532", "eip155:0", ""];
        long[] timeouts = [60, 10, 9, 600, 601, 0, -1, long.MaxValue, long.MinValue];
        PaymentExtra?[] extras = [new("USDC", "2"), new("USD Coin", "2"), new("USDC", "1"), new("", ""), null];
        string[] schemes = ["exact", "exact", "exact", "upto", "EXACT", ""];
        var signed = 0;
        for (var round = 0; round < 4000; round++)
        {
            var requirements = new PaymentRequirements
            {
                Scheme = Pick(schemes), Network = Usually(networks), Amount = Pick(amounts), Asset = Usually([Golden.Usdc, .. addresses]),
                PayTo = Usually(addresses), MaxTimeoutSeconds = Usually(timeouts), Extra = Usually(extras),
            };
            var quote = new PaymentRequired { ChallengeNonce = Golden.BareNonce, ChallengeExpiresAt = 1775000300, Requirements = requirements };
            signed += AssertWithinPolicy(_signer.Sign(quote, _policy), $"seed {Seed}, round {round}") ? 1 : 0;
        }

        Assert.InRange(signed, 1, 3999);
        T Pick<T>(T[] values) => values[random.Next(values.Length)];
        T Usually<T>(T[] values) => random.Next(4) == 0 ? Pick(values) : values[0];
    }

    private bool AssertWithinPolicy(SignedOffer offer, string context)
    {
        if (!offer.IsSigned)
        {
            Assert.True(offer.Refusal != OfferRefusal.None, context);
            return false;
        }

        var authorization = offer.Payment.Payload!.Authorization!;
        Assert.True(Address.Parse(authorization.To) == _policy.Payee, context);
        Assert.True(AtomicAmount.Parse(authorization.Value) <= _policy.Limit, context);
        Assert.True(offer.Amount == AtomicAmount.Parse(authorization.Value), context);
        Assert.True(offer.Key.Network == _policy.Network && offer.Key.Asset == Address.Parse(Golden.Usdc), context);
        Assert.True(offer.Key.From == _signer.Payer, context);
        Assert.InRange(ulong.Parse(authorization.ValidBefore, null), 1775000010UL, 1775000600UL);

        // And it is this that was signed, under our domain.
        var recovered = new byte[64];
        var signature = Golden.Hex(offer.Payment.Payload.Signature);
        Assert.True(Secp256k1.TryRecover(PaymentFixture.Digest(authorization), signature.AsSpan(0, 64), signature[64] - 27, recovered), context);
        Assert.True(Address.FromPublicKey(recovered) == _signer.Payer, context);
        return true;
    }
}
