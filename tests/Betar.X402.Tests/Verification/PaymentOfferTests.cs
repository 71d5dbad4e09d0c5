using Betar.X402.Networks;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Verification;

/// <summary>Rows 1 and 2 and the allow-list, on requirements that came from elsewhere.</summary>
public class PaymentOfferTests
{
    private static readonly PaymentRequirements Right = MessageCodec.ParsePaymentRequired(Golden.Utf8(Golden.PaymentRequired)).Value!.Requirements!;

    [Fact]
    public void The_worked_requirements_are_read()
    {
        Assert.True(PaymentOffer.TryRead(Right, PaymentAssets.Default, out var offer).IsAccepted);
        Assert.Equal((AtomicAmount)1000, offer!.Amount);
        Assert.Equal(PaymentFixture.SellerAccount, offer.PayTo);
        Assert.Equal(TimeSpan.FromSeconds(60), offer.MaxTimeout);
        Assert.Same(PaymentAsset.BaseSepoliaUsdc, offer.Asset);
    }

    [Fact]
    public void Row_1_another_scheme() => AssertRefused(VerificationReasons.Scheme, Right with { Scheme = "upto" });

    [Fact]
    public void Row_2_no_domain()
    {
        AssertRefused(VerificationReasons.MissingDomain, Right with { Extra = null });
        AssertRefused(VerificationReasons.MissingDomain, Right with { Extra = new PaymentExtra("", "2") });
        AssertRefused(VerificationReasons.MissingDomain, Right with { Extra = new PaymentExtra("USDC", "") });
    }

    [Theory]
    [InlineData("eip155:8453")]
    [InlineData("eip155:1")]
    [InlineData("")]
    [InlineData("x")]
    public void A_network_that_is_not_on_our_list(string network) => AssertRefused(VerificationReasons.NetworkNotAccepted, Right with { Network = network });

    [Theory]
    [InlineData(Golden.Seller)]
    [InlineData("")]
    [InlineData("USDC")]
    public void A_token_that_is_not_on_our_list(string asset) => AssertRefused(VerificationReasons.AssetNotAccepted, Right with { Asset = asset });

    [Fact]
    public void Requirements_that_cannot_be_read()
    {
        AssertRefused(VerificationReasons.RequirementsMalformed, null);
        foreach (var amount in new[] { "", "-1", "1.5", "abc", "1e6", "0x1", " 1" })
        {
            AssertRefused(VerificationReasons.RequirementsMalformed, Right with { Amount = amount });
        }

        foreach (var payTo in new[] { "", "0x", "somebody", Golden.Seller + "00" })
        {
            AssertRefused(VerificationReasons.RequirementsMalformed, Right with { PayTo = payTo });
        }

        foreach (var timeout in new[] { 0, -1, 86401, long.MaxValue, long.MinValue })
        {
            AssertRefused(VerificationReasons.RequirementsMalformed, Right with { MaxTimeoutSeconds = timeout });
        }
    }

    private static void AssertRefused(VerificationReason reason, PaymentRequirements? requirements)
    {
        Assert.Equal(reason, PaymentOffer.TryRead(requirements, PaymentAssets.Default, out var offer).Reason);
        Assert.Null(offer);
    }
}
