using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Buying;
using Betar.X402.Schemes;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Schemes.ExactPermit2;
using Betar.X402.Schemes.Upto;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Schemes;

/// <summary>What our buyers sign, our own sellers take; and nothing is signed that the policy does not allow.</summary>
public sealed class SchemeClientTests : IDisposable
{
    private static readonly Requirement Permit2Offer = FacilitatorBench.Offer with
    {
        Extra = JsonDocument.Parse("""{"name":"USDC","version":"2","assetTransferMethod":"permit2"}""").RootElement,
    };

    private static readonly Requirement UptoOffer = FacilitatorBench.UptoOffer with
    {
        Extra = JsonDocument.Parse($$"""{"name":"USDC","version":"2","facilitatorAddress":"{{Vectors.Other}}"}""").RootElement,
    };

    private static readonly OfferPolicy Policy = new() { Payee = Vectors.SellerAddress, ListedPrice = 50000, Cap = 50000 };
    private readonly FacilitatorBench _bench = new();
    private readonly PrivateKey _payer = Vectors.PayerKey();

    public void Dispose()
    {
        _payer.Dispose();
        _bench.Dispose();
    }

    [Theory]
    [InlineData(true, OfferRefusal.None)]
    [InlineData(false, OfferRefusal.Allowance)]
    public async Task A_permit_is_signed_first_and_only_where_the_money_is_there_for_it(bool covers, OfferRefusal refusal)
    {
        (Address Token, AtomicAmount Amount) asked = default;
        var client = new UptoClient(new LocalSigner(_payer), _bench.Time, (token, amount, _) =>
        {
            asked = (token, amount);
            return ValueTask.FromResult(covers);
        });

        var signed = await client.SignAsync(UptoOffer, 2, Policy, default);

        Assert.True(client.IsPreferred);
        Assert.False(new UptoClient(new LocalSigner(_payer), _bench.Time).IsPreferred);
        Assert.Equal((refusal, covers), (signed.Refusal, signed.IsSigned));
        Assert.Equal((Address.Parse(Golden.Usdc), (AtomicAmount)50000), asked);
    }

    [Theory]
    [InlineData("eip3009", 1)]
    [InlineData("eip3009", 2)]
    [InlineData("permit2", 2)]
    [InlineData("upto", 2)]
    public async Task What_is_signed_is_accepted(string method, int version)
    {
        var (client, offer) = Of(method);

        var signed = await client.SignAsync(offer, version, Policy, default);

        Assert.True(client.Takes(offer, version));
        Assert.Equal(((AtomicAmount)50000, OfferRefusal.None), (signed.Amount, signed.Refusal));
        var payment = new PaymentPayload
        {
            Version = version, Scheme = offer.Scheme, Network = offer.Network, Accepted = version == 1 ? null : offer, Payload = signed.Payload!.Value,
        };
        var read = WireCodec.ParsePayment(WireCodec.Write(payment)).Value!;
        var call = new FacilitatorCall { Payment = read, Requirement = offer };
        await _bench.AssertAcceptedAsync(call);
        var settled = await _bench.Facilitator.SettleAsync(call, null, default);
        Assert.Equal((true, signed.Key), (settled.Success, _bench.Channel.Settled[0].Key));
    }

    [Theory]
    [InlineData("eip3009")]
    [InlineData("permit2")]
    [InlineData("upto")]
    public async Task Nothing_is_signed_beyond_the_policy(string method)
    {
        var (client, offer) = Of(method);
        (OfferRefusal Refusal, Requirement Offer)[] demands =
        [
            (OfferRefusal.Amount, offer with { Amount = "50001" }),
            (OfferRefusal.Payee, offer with { PayTo = Vectors.Other }),
            (OfferRefusal.Network, offer with { Network = "eip155:1" }),
            (OfferRefusal.Asset, offer with { Asset = Vectors.Other }),
            (OfferRefusal.Timeout, offer with { MaxTimeoutSeconds = 5 }),
            (OfferRefusal.Timeout, offer with { MaxTimeoutSeconds = 601 }),
            (OfferRefusal.Malformed, offer with { Amount = "5e4" }),
        ];
        foreach (var (refusal, demand) in demands)
        {
            var signed = await client.SignAsync(demand, 2, Policy, default);
            Assert.Equal((refusal, false), (signed.Refusal, signed.IsSigned));
        }
    }

    [Fact]
    public async Task An_upto_demand_names_its_facilitator() => Assert.Equal(
        OfferRefusal.Malformed, (await Of("upto").Client.SignAsync(FacilitatorBench.UptoOffer, 2, Policy, default)).Refusal);

    [Fact]
    public async Task Whoever_keeps_the_key_may_say_no()
    {
        var client = new ExactPermit2Client(new NoSigner(), _bench.Time);

        Assert.Equal(OfferRefusal.SignerUnavailable, (await client.SignAsync(Permit2Offer, 2, Policy, default)).Refusal);
    }

    [Fact]
    public async Task Whoever_keeps_the_key_may_keep_it_out_of_escrows()
    {
        var captured = FacilitatorBench.Offer with
        {
            Scheme = "auth-capture",
            Extra = System.Text.Json.JsonDocument.Parse($$"""
                {"name":"USDC","version":"2","captureAuthorizer":"{{Vectors.Other}}","captureDeadline":1990172800,"refundDeadline":1990345600,"feeRecipient":"{{Vectors.Other}}","minFeeBps":0,"maxFeeBps":0}
                """).RootElement,
        };
        var capture = new Betar.X402.Schemes.AuthCapture.AuthCaptureClient(new NoSigner(), _bench.Time);
        var vault = new Betar.X402.Schemes.Vault.VaultClient(new NoSigner(), [VaultBench.Deployment], _bench.Time);

        Assert.Equal(OfferRefusal.SignerUnavailable, (await capture.SignAsync(captured, 2, Policy, default)).Refusal);
        Assert.Equal(OfferRefusal.SignerUnavailable, (await vault.SignAsync(VaultBench.Offer(), 2, Policy, default)).Refusal);
        Assert.Null(await vault.SignReceiptAsync(new Betar.X402.Schemes.Vault.VaultEscrow(VaultBench.Deployment, VaultBench.Terms), VaultBench.Order, default));
    }

    [Fact]
    public void Each_takes_its_own_only()
    {
        Assert.False(Of("eip3009").Client.Takes(Permit2Offer, 2));
        Assert.False(Of("eip3009").Client.Takes(UptoOffer, 2));
        Assert.False(Of("permit2").Client.Takes(FacilitatorBench.Offer, 2));
        Assert.False(Of("permit2").Client.Takes(Permit2Offer, 1));
        Assert.False(Of("upto").Client.Takes(UptoOffer, 1));
        Assert.False(Of("upto").Client.Takes(FacilitatorBench.Offer, 2));
    }

    [Fact]
    public async Task No_nonce_is_signed_twice()
    {
        var (client, offer) = Of("eip3009");

        Assert.NotEqual((await client.SignAsync(offer, 2, Policy, default)).Key, (await client.SignAsync(offer, 2, Policy, default)).Key);
    }

    private (ISchemeClient Client, Requirement Offer) Of(string method) => method switch
    {
        "eip3009" => (new Eip3009Client(new AuthorizationSigner(_payer, _bench.Time)), FacilitatorBench.Offer),
        "permit2" => (new ExactPermit2Client(new LocalSigner(_payer), _bench.Time), Permit2Offer),
        _ => (new UptoClient(new LocalSigner(_payer), _bench.Time), UptoOffer),
    };

    private sealed class NoSigner : ISigner
    {
        public Address Address => Address.Parse(Vectors.Payer);

        public Task<SignerOutcome<byte[]>> SignTypedDataAsync(Betar.Ethereum.Eip712.TypedData data, CancellationToken cancellationToken) =>
            Task.FromResult(default(SignerOutcome<byte[]>));

        public Task<SignerOutcome<SignedTransaction>> SignTransactionAsync(Eip1559Transaction transaction, CancellationToken cancellationToken) =>
            Task.FromResult(default(SignerOutcome<SignedTransaction>));
    }
}
