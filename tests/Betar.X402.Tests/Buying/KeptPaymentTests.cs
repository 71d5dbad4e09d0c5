using System.Text;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Buying;
using Betar.X402.Networks;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Buying;

/// <summary>A seller that keeps the payment of work that failed says so in its demand, and nobody signs it unasked.</summary>
public sealed class KeptPaymentTests : IDisposable
{
    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly ManualTime _time = new();

    private static PaymentOffer Offer => new(PaymentAsset.BaseSepoliaUsdc, Address.Parse(Golden.Seller), 1000, TimeSpan.FromSeconds(60));

    public void Dispose() => _key.Dispose();

    [Fact]
    public void The_demand_says_it_and_all_others_have_the_bytes_that_they_had()
    {
        Assert.Contains("""
            "extra":{"name":"USDC","version":"2","refund":"keep"}}
            """, Json(Offer with { KeepsFailed = true }), StringComparison.Ordinal);
        Assert.Contains("""
            "extra":{"name":"USDC","version":"2"}}
            """, Json(Offer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keep", true)]
    [InlineData("refund", false)]
    [InlineData("", false)]
    [InlineData("KEEP", false)]
    public void What_is_read_is_what_was_said(string said, bool keeps)
    {
        var requirements = Offer.ToRequirements() with { Extra = new PaymentExtra("USDC", "2") { Refund = said } };
        var read = MessageCodec.ParsePaymentRequired(MessageCodec.Write(new PaymentRequired { Requirements = requirements })).Value!;
        Assert.True(PaymentOffer.TryRead(read.Requirements, PaymentAssets.Default, out var offer).IsAccepted);
        Assert.Equal(keeps, offer!.KeepsFailed);
    }

    [Theory]
    [InlineData(false, false, OfferRefusal.None)]
    [InlineData(true, false, OfferRefusal.KeepsPayment)]
    [InlineData(true, true, OfferRefusal.None)]
    public void It_is_signed_by_who_accepts_it(bool keeps, bool accepts, OfferRefusal refusal)
    {
        var quote = new PaymentRequired
        {
            ChallengeNonce = Golden.BareNonce, ChallengeExpiresAt = (long)_time.Seconds + 60, Requirements = (Offer with { KeepsFailed = keeps }).ToRequirements(),
        };
        var policy = new OfferPolicy { Payee = Address.Parse(Golden.Seller), ListedPrice = 1000, Cap = 1000, AcceptsKeep = accepts };
        Assert.Equal(refusal, new AuthorizationSigner(_key, _time).Sign(quote, policy).Refusal);
    }

    private static string Json(PaymentOffer offer) =>
        Encoding.UTF8.GetString(MessageCodec.Write(new PaymentRequired { Requirements = offer.ToRequirements() }));
}
