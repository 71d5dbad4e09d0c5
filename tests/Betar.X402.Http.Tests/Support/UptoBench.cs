using System.Text;
using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Tests.Shared;
using Betar.X402.Buying;
using Betar.X402.Facilitating;
using Betar.X402.Http.Selling;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Schemes.Upto;
using Betar.X402.Selling;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Tests.Support;

/// <summary>A gate that sells by "upto", a facilitator that writes down what it is asked to settle, and a buyer's permits.</summary>
internal sealed class UptoBench : IFacilitator, IDisposable
{
    internal const int Most = 50_000;

    private readonly PrivateKey _payer = Vectors.PayerKey();
    private readonly PaymentGate _gate;
    private readonly ManualTime _time = new(DateTimeOffset.FromUnixTimeSeconds(Vectors.ValidBefore - 50));

    internal UptoBench(IPaidRequestStore? store = null)
    {
        Store = store ?? new MemoryPaidRequestStore(new MemoryStoreOptions(), _time);
        IPaymentScheme[] schemes =
        [
            new Eip3009Scheme(new Eip3009Options(), _time),
            new UptoScheme(new UptoOptions { Facilitators = [Address.Parse(Vectors.Other)] }, _time),
        ];
        _gate = new PaymentGate(new SellerOptions { PayTo = Vectors.SellerAddress, Flow = PaymentFlow.Upfront }, schemes, this, Store);
    }

    internal static Requirement Offer { get; } = new()
    {
        Scheme = "upto", Network = "eip155:84532", Amount = $"{Most}", Asset = PaymentAsset.BaseSepoliaUsdc.Address.ToString(), PayTo = Vectors.Seller, MaxTimeoutSeconds = 300,
        Extra = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["name"] = "USDC", ["version"] = "2", ["facilitatorAddress"] = Vectors.Other }),
    };

    internal IPaidRequestStore Store { get; }

    /// <summary>The amounts that were to be settled, in order.</summary>
    internal List<string> Settled { get; } = [];

    internal Queue<SettleResponse> Answers { get; } = new();

    internal int Runs { get; private set; }

    internal async Task<string> SignAsync()
    {
        var policy = new OfferPolicy { Payee = Vectors.SellerAddress, ListedPrice = Most, Cap = Most };
        var signed = await new UptoClient(new LocalSigner(_payer), _time).SignAsync(Offer, WireVersions.Current, policy, default);
        return PaymentHeaders.Encode(WireCodec.Write(new PaymentPayload { Scheme = Offer.Scheme, Network = Offer.Network, Accepted = Offer, Payload = signed.Payload!.Value }));
    }

    internal async Task<(int Status, string Body, IHeaderDictionary Headers)> SendAsync(string payment, Func<HttpContext, Task> work)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Scheme, context.Request.Host, context.Request.Path) = ("GET", "http", new HostString("shop"), "/work");
        context.Request.Headers[PaymentHeaders.Signature] = payment;
        using var body = new MemoryStream();
        context.Response.Body = body;
        await _gate.HandleAsync(context, new PaidResource { Price = Most, AlsoAccepts = [Offer] }, async inner =>
        {
            Runs++;
            await work(inner);
        });
        return (context.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()), context.Response.Headers);
    }

    internal static SettleResponse? Settlement(IHeaderDictionary headers) => WireCodec.ParseSettledHeader(headers[PaymentHeaders.Response].ToString()).Value;

    public Task<VerifyResponse> VerifyAsync(FacilitatorCall call, CancellationToken cancellationToken)
    {
        Assert.Equal($"{Most}", call.Requirement.Amount);
        return Task.FromResult(VerifyResponse.Valid(Vectors.Payer));
    }

    public Task<SettleResponse> SettleAsync(FacilitatorCall call, string? attempt, CancellationToken cancellationToken)
    {
        Settled.Add(call.Requirement.Amount);
        return Task.FromResult(Answers.TryDequeue(out var answer) ? answer : new SettleResponse { Success = true, Network = call.Requirement.Network, Amount = call.Requirement.Amount });
    }

    public Task<SupportedKinds> SupportedAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("Nobody asks.");

    public void Dispose() => _payer.Dispose();
}
