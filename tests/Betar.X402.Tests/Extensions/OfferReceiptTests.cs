using System.Text.Json.Nodes;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Tests.Shared;
using Betar.X402.Extensions.OfferReceipt;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Extensions;

/// <summary>Signed offers and receipts: the official packages' digests, and each check with its one fault.</summary>
public sealed class OfferReceiptTests : IDisposable
{
    private const string Url = "https://alice.example/a2a";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1790000000);
    private static readonly Address Payer = Address.Parse(Vectors.Payer);

    private readonly PrivateKey _seller = Vectors.Key("marketplace test seller");
    private readonly ManualTime _time = new(Now);

    private static SettleResponse Settled => new()
    {
        Success = true, Payer = Vectors.Payer, Network = "eip155:84532", Transaction = "0xda5f0d208542156645dffe5db70778d65d0602ddc0eb9794144187103f69ac99",
    };

    private OfferReceiptSigner Signer => new(new LocalSigner(_seller), _time);

    public void Dispose() => _seller.Dispose();

    [Fact]
    public async Task The_official_digests_and_signatures()
    {
        var offer = Assert.Single((await Signer.SignOffersAsync(Url, [FacilitatorBench.Offer], default))!);
        var receipt = (await Signer.SignReceiptAsync(Url, Settled, true, default))!;

        Assert.Equal((ExtensionVectors.OfferDigest, ExtensionVectors.OfferSignature, 0L), (offer.Statement.Data.Digest.ToString(), offer.Signature, offer.AcceptIndex));
        Assert.Equal((ExtensionVectors.ReceiptDigest, ExtensionVectors.ReceiptSignature), (receipt.Statement.Data.Digest.ToString(), receipt.Signature));
    }

    [Fact]
    public async Task A_demand_that_its_seller_signed_is_believed()
    {
        var demand = await DemandAsync();
        Assert.Equal(OfferReceiptFault.None, OfferReceiptChecks.CheckOffer(demand, 0, Vectors.SellerAddress, Now));
        Assert.Equal(OfferReceiptFault.None, OfferReceiptChecks.CheckOffer(demand, 1, Vectors.SellerAddress, Now));
        var sent = WireCodec.ParseDemand(WireCodec.Write(demand)).Value!;
        Assert.Equal(OfferReceiptFault.None, OfferReceiptChecks.CheckOffer(sent, 1, Vectors.SellerAddress, Now + TimeSpan.FromSeconds(300)));
    }

    [Fact]
    public async Task Each_check_of_an_offer()
    {
        var demand = await DemandAsync();
        Assert.Equal(OfferReceiptFault.Missing, Check(demand with { Extensions = null }));
        Assert.Equal(OfferReceiptFault.Missing, Check(Change(demand, offer => offer["format"] = "jws")));
        Assert.Equal(OfferReceiptFault.Missing, Check(Change(demand, offer => offer["acceptIndex"] = 7)));
        Assert.Equal(OfferReceiptFault.Missing, Check(Change(demand, offer => offer["payload"]!["validUntil"] = -1)));
        Assert.Equal(OfferReceiptFault.Missing, Check(Change(demand, offer => offer["payload"]!["amount"] = new string('1', 2049))));
        Assert.Equal(OfferReceiptFault.Version, Check(Change(demand, offer => offer["payload"]!["version"] = 2)));
        Assert.Equal(OfferReceiptFault.Resource, Check(Change(demand, offer => offer["payload"]!["resourceUrl"] = "https://mallory.example/a2a")));
        Assert.Equal(OfferReceiptFault.Expired, Check(demand, Now + TimeSpan.FromSeconds(301)));
        Assert.Equal(OfferReceiptFault.Signature, Check(Change(demand, offer => offer["signature"] = "0x00")));
        Assert.Equal(OfferReceiptFault.Signer, OfferReceiptChecks.CheckOffer(demand, 0, Payer, Now));
        Assert.Equal(OfferReceiptFault.Signer, Check(Change(demand, offer => offer["payload"]!["validUntil"] = 1790009999)));
    }

    [Fact]
    public async Task An_offer_may_begin_to_end_at_once_and_a_text_may_be_so_long()
    {
        var demand = await DemandAsync();
        Assert.Equal(OfferReceiptFault.Expired, Check(Change(demand, offer => offer["payload"]!["validUntil"] = 0)));
        Assert.Equal(OfferReceiptFault.Terms, Check(Change(demand, offer => offer["payload"]!["amount"] = new string('1', 2048))));
    }

    [Theory]
    [InlineData("amount", "49999")]
    [InlineData("payTo", Vectors.Other)]
    [InlineData("asset", Vectors.Other)]
    [InlineData("network", "eip155:8453")]
    [InlineData("scheme", "upto")]
    public async Task An_offer_of_other_terms_than_the_demand(string member, string value) =>
        Assert.Equal(OfferReceiptFault.Terms, Check(Change(await DemandAsync(), offer => offer["payload"]![member] = value)));

    [Fact]
    public async Task An_offer_that_names_no_place_is_found_by_its_terms()
    {
        var demand = Change(await DemandAsync(), offer => offer.AsObject().Remove("acceptIndex"));
        Assert.Equal(OfferReceiptFault.None, Check(demand));
    }

    [Fact]
    public async Task Each_check_of_a_receipt()
    {
        var settled = Settled with { Extensions = OfferReceiptExtension.Declaration((await Signer.SignReceiptAsync(Url, Settled, true, default))!) };
        Assert.Equal(OfferReceiptFault.None, Check(settled));
        Assert.Equal(OfferReceiptFault.None, Check(WireCodec.ParseSettled(WireCodec.Write(settled)).Value!));
        Assert.Equal(OfferReceiptFault.Missing, Check(Settled));
        Assert.Equal(OfferReceiptFault.Version, Check(Change(settled, receipt => receipt["payload"]!["version"] = 2)));
        Assert.Equal(OfferReceiptFault.Resource, Check(Change(settled, receipt => receipt["payload"]!["resourceUrl"] = "https://mallory.example/a2a")));
        Assert.Equal(OfferReceiptFault.Network, Check(Change(settled, receipt => receipt["payload"]!["network"] = "eip155:8453")));
        Assert.Equal(OfferReceiptFault.Payer, Check(Change(settled, receipt => receipt["payload"]!["payer"] = Vectors.Other)));
        Assert.Equal(OfferReceiptFault.Transaction, Check(settled with { Transaction = Vectors.Nonce }));
        Assert.Equal(OfferReceiptFault.Expired, Check(settled, Now + TimeSpan.FromSeconds(301)));
        Assert.Equal(OfferReceiptFault.NotYet, Check(settled, Now - TimeSpan.FromSeconds(16)));
        Assert.Equal(OfferReceiptFault.Signer, Check(Change(settled, receipt => receipt["payload"]!["issuedAt"] = 1789999999)));
        Assert.Equal(OfferReceiptFault.Signature, Check(Change(settled, receipt => receipt["signature"] = ExtensionVectors.ReceiptSignature[..^2])));
    }

    [Fact]
    public async Task A_receipt_may_keep_the_transaction_to_itself()
    {
        var receipt = (await Signer.SignReceiptAsync(Url, Settled, false, default))!;
        Assert.Equal("", receipt.Statement.Transaction);
        Assert.Equal(OfferReceiptFault.None, Check(Settled with { Extensions = OfferReceiptExtension.Declaration(receipt) }));
        Assert.Null(await Signer.SignReceiptAsync(Url, Settled with { Success = false }, true, default));
    }

    [Fact]
    public async Task More_offers_than_fit_are_none()
    {
        var offer = Assert.Single((await Signer.SignOffersAsync(Url, [FacilitatorBench.Offer], default))!);
        Assert.Equal(32, OfferReceiptExtension.ReadOffers(OfferReceiptExtension.Declaration(Enumerable.Repeat(offer, 32))).Count);
        Assert.Empty(OfferReceiptExtension.ReadOffers(OfferReceiptExtension.Declaration(Enumerable.Repeat(offer, 33))));
    }

    private async Task<PaymentDemand> DemandAsync()
    {
        Requirement[] accepts = [FacilitatorBench.Offer, FacilitatorBench.Offer with { Amount = "60000" }];
        return new PaymentDemand
        {
            Resource = new ResourceInfo { Url = Url }, Accepts = accepts, Extensions = OfferReceiptExtension.Declaration((await Signer.SignOffersAsync(Url, accepts, default))!),
        };
    }

    private static OfferReceiptFault Check(PaymentDemand demand, DateTimeOffset? now = null) => OfferReceiptChecks.CheckOffer(demand, 0, Vectors.SellerAddress, now ?? Now);

    private static OfferReceiptFault Check(SettleResponse settled, DateTimeOffset? now = null) =>
        OfferReceiptChecks.CheckReceipt(settled, Url, Payer, NetworkId.BaseSepolia, Vectors.SellerAddress, now ?? Now);

    private static PaymentDemand Change(PaymentDemand demand, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(demand.Extensions!.Value.GetRawText())!;
        change(json["offer-receipt"]!["info"]!["offers"]![0]!);
        return demand with { Extensions = FacilitatorBench.Json(json) };
    }

    private static SettleResponse Change(SettleResponse settled, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(settled.Extensions!.Value.GetRawText())!;
        change(json["offer-receipt"]!["info"]!["receipt"]!);
        return settled with { Extensions = FacilitatorBench.Json(json) };
    }
}
