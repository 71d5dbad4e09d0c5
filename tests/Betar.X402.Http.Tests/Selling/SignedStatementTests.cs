using System.Net;
using Betar.Ethereum;
using Betar.Ethereum.Eip712;
using Betar.Ethereum.Keys;
using Betar.X402.Extensions.OfferReceipt;
using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Tests.Selling;

/// <summary>A seller signs what it asks and what it was paid for; a key that does not sign costs nobody an answer.</summary>
public sealed class SignedStatementTests
{
    private int _status = 200;

    [Fact]
    public async Task Offers_are_signed_by_the_seller_and_need_not_be_brought_back()
    {
        using var key = Vectors.Key("marketplace other seller");
        await using var bench = await StartAsync(new LocalSigner(key));

        var demand = await bench.DemandAsync("/named");
        using var bought = await bench.SendAsync("/work", await bench.PaymentAsync("/work"));

        Assert.Equal(OfferReceiptFault.None, OfferReceiptChecks.CheckOffer(demand, 0, Address.FromKey(key), bench.Time.GetUtcNow()));
        Assert.Equal(OfferReceiptFault.Signer, OfferReceiptChecks.CheckOffer(demand, 0, Vectors.SellerAddress, bench.Time.GetUtcNow()));
        Assert.True(demand.Extensions!.Value.TryGetProperty("payment-identifier", out _));
        Assert.Equal(HttpStatusCode.OK, bought.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_receipt_comes_with_the_answer_and_again_with_its_repeat(bool namesTransaction)
    {
        using var key = Vectors.Key("marketplace other seller");
        await using var bench = await StartAsync(new LocalSigner(key), namesTransaction);
        var payment = await bench.PaymentAsync("/work");

        using var first = await bench.SendAsync("/work", payment);
        using var again = await bench.SendAsync("/work", payment);

        var settled = WebBench.Settlement(first)!;
        Assert.Equal(OfferReceiptFault.None, OfferReceiptChecks.CheckReceipt(
            settled, new Uri(bench.Address, "/work").ToString(), Address.Parse(Vectors.Payer), NetworkId.BaseSepolia, Address.FromKey(key), bench.Time.GetUtcNow()));
        Assert.Equal(namesTransaction ? settled.Transaction : "", OfferReceiptExtension.ReadReceipt(settled.Extensions)!.Statement.Transaction);
        Assert.Equal(first.Headers.GetValues(PaymentHeaders.Response), again.Headers.GetValues(PaymentHeaders.Response));
    }

    [Fact]
    public async Task Work_that_failed_has_no_receipt()
    {
        using var key = Vectors.Key("marketplace other seller");
        await using var bench = await StartAsync(new LocalSigner(key));
        _status = 500;

        using var failed = await bench.SendAsync("/upfront", await bench.PaymentAsync("/upfront"));

        var settled = WebBench.Settlement(failed)!;
        Assert.Equal((true, null), (settled.Success, OfferReceiptExtension.ReadReceipt(settled.Extensions)));
    }

    [Fact]
    public async Task A_key_that_does_not_sign_costs_nobody_an_answer()
    {
        await using var bench = await StartAsync(new NoSigner());

        var demand = await bench.DemandAsync("/work");
        using var bought = await bench.SendAsync("/work", await bench.PaymentAsync("/work"));

        Assert.Null(demand.Extensions);
        Assert.Equal((HttpStatusCode.OK, null), (bought.StatusCode, WebBench.Settlement(bought)!.Extensions));
    }

    private Task<WebBench> StartAsync(ISigner signer, bool namesTransaction = false) => WebBench.StartAsync(
        app =>
        {
            app.MapPaid("/work", 50_000, Work);
            app.MapPaid("/named", new PaidResource { Price = 50_000, Naming = PurchaseNaming.Optional }, Work);
            app.MapPaid("/upfront", new PaidResource { Price = 50_000, Flow = PaymentFlow.Upfront }, Work);
        },
        options => new SellerOptions { PayTo = options.PayTo, ReceiptsNameTransactions = namesTransaction },
        statements: signer);

    private IResult Work() => Results.Text("good", statusCode: _status);

    private sealed class NoSigner : ISigner
    {
        public Address Address => Vectors.SellerAddress;

        public Task<SignerOutcome<byte[]>> SignTypedDataAsync(TypedData data, CancellationToken cancellationToken) => Task.FromResult(default(SignerOutcome<byte[]>));

        public Task<SignerOutcome<SignedTransaction>> SignTransactionAsync(Eip1559Transaction transaction, CancellationToken cancellationToken) =>
            Task.FromResult(default(SignerOutcome<SignedTransaction>));
    }
}
