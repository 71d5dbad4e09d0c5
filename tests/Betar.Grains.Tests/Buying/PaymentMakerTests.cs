using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Buying;
using Betar.Grains.Settlement;
using Betar.Grains.Tests.Support;
using Betar.X402;
using Betar.X402.Networks;
using Betar.X402.Protocol;

namespace Betar.Grains.Tests.Buying;

public sealed class PaymentMakerTests : IDisposable
{
    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly PaymentMaker _maker;
    private readonly PurchaseIntent _intent;

    public PaymentMakerTests()
    {
        _maker = new PaymentMaker(new OneWallet(_key), PaymentAssets.Default, PaymentAsset.BaseSepoliaUsdc, TimeProvider.System);
        _intent = new PurchaseIntent
        {
            Seller = "s", AgentId = "did:test:agent", Input = "work", Wallet = Address.FromKey(_key).ToString(), MaxAmount = "1000",
            PayTo = Samples.Payee.ToString(),
        };
    }

    public void Dispose() => _key.Dispose();

    [Fact]
    public void The_request_names_the_agent_in_the_message_and_in_the_body()
    {
        X402Request request = PaymentMaker.Request(_intent, "p-1");

        Assert.Equal(("p-1", "did:test:agent", null), (request.CorrelationId, request.Resource, request.Payment));
        Assert.Equal(new TaskBody("work", "did:test:agent"), TaskBody.Parse(request.Body.Span).Value);
    }

    [Fact]
    public void What_is_signed_is_the_offer_under_the_sellers_nonce_for_the_same_body()
    {
        Outcome<SignedPurchase> signed = _maker.Sign(_intent, "p-1", Offer("1000"));

        Assert.True(signed.IsOk);
        PaidRequest paid = MessageCodec.ParsePaidRequest(signed.Value.PaidRequest).Value!;
        Authorization terms = paid.Payment!.Payload!.Authorization!;
        Assert.Equal(("p-1", "1000", _intent.PayTo, Samples.Nonce.ToString()), (paid.CorrelationId, terms.Value, terms.To, terms.Nonce));
        Assert.Equal(PaymentMaker.Request(_intent, "p-1").Body.ToArray(), paid.Body.ToArray());
        Assert.True(PaymentKey.TryParse(signed.Value.PaymentKey, out PaymentKey key));
        Assert.Equal((Address.FromKey(_key), Samples.Nonce), (key.From, key.Nonce.Value));
    }

    [Fact]
    public void More_than_the_intent_allows_is_neither_found_good_nor_signed()
    {
        Assert.Equal(RefusalCodes.OfferRefused, _maker.FindRefusal(_intent, Offer("1001"))?.Code);
        Assert.Equal(RefusalCodes.OfferRefused, _maker.Sign(_intent, "p-1", Offer("1001")).Refusal?.Code);
        Assert.Null(_maker.FindRefusal(_intent, Offer("999")));
    }

    [Fact]
    public void A_quote_that_is_over_is_not_signed() => Assert.Equal(
        RefusalCodes.OfferRefused, _maker.Sign(_intent, "p-1", Offer("1000") with { ChallengeExpiresAt = 1 }).Refusal?.Code);

    [Fact]
    public void A_wallet_of_somebody_else_is_not_signed_for() => Assert.Equal(
        RefusalCodes.OfferRefused,
        _maker.Sign(_intent with { Wallet = "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23" }, "p-1", Offer("1000")).Refusal?.Code);

    [Theory]
    [InlineData("wallet")]
    [InlineData("payTo")]
    [InlineData("amount")]
    public void An_intent_with_a_fault_is_refused_before_anybody_is_asked(string fault)
    {
        PurchaseIntent broken = fault switch
        {
            "wallet" => _intent with { Wallet = "0x1" },
            "payTo" => _intent with { PayTo = "" },
            _ => _intent with { MaxAmount = "1e3" },
        };

        Assert.NotNull(PaymentMaker.FindFault(broken));
        Assert.Null(PaymentMaker.FindFault(_intent));
    }

    private static PaymentRequired Offer(string amount) => new()
    {
        CorrelationId = "p-1",
        ChallengeNonce = Samples.Nonce.ToString()[2..],
        ChallengeExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
        Requirements = new PaymentRequirements
        {
            Network = "eip155:84532",
            Amount = amount,
            Asset = Samples.Token.ToString(),
            PayTo = Samples.Payee.ToString(),
            MaxTimeoutSeconds = 60,
            Extra = new PaymentExtra("USDC", "2"),
        },
    };

    private sealed class OneWallet(PrivateKey key) : IWallets
    {
        public PrivateKey? Find(Address address) => address == Address.FromKey(key) ? key : null;
    }
}
