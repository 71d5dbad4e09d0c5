using System.Net;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Tests.Shared;
using Betar.X402.Buying;
using Betar.X402.Extensions.OfferReceipt;
using Betar.X402.Extensions.SignInWithX;
using Betar.X402.Facilitating;
using Betar.X402.Http.Buying;
using Betar.X402.Http.Facilitating;
using Betar.X402.Http.Selling;
using Betar.X402.Schemes;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Selling;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Betar.X402.Http.Tests.Support;

/// <summary>A real web server that sells, its facilitator, a chain, and a buyer with money.</summary>
internal sealed class WebBench : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebBench(WebApplication app, TestNetwork network, ManualTime time, SwitchFacilitator facilitator, IPaidRequestStore store, Owed owed)
    {
        (_app, Network, Time, Facilitator, Store, Debts) = (app, network, time, facilitator, store, owed);
        Address = AddressOf(app.Services);
    }

    internal Uri Address { get; }

    private static Uri AddressOf(IServiceProvider services) => new(services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    internal ManualTime Time { get; }

    internal TestNetwork Network { get; }

    internal SwitchFacilitator Facilitator { get; }

    internal IPaidRequestStore Store { get; }

    internal Owed Debts { get; }

    internal required MemoryChannelBook Channels { get; init; }

    internal HttpClient Plain { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    internal static async Task<WebBench> StartAsync(Action<WebApplication> map, Func<SellerOptions, SellerOptions>? change = null, MemoryStoreOptions? storage = null, bool asksChain = false, ISigner? statements = null, bool signsIn = false)
    {
        var time = new ManualTime(DateTimeOffset.FromUnixTimeSeconds(Vectors.ValidBefore - 50));
        var network = await TestNetwork.StartAsync(time);
        var chains = new Chains(new Dictionary<NetworkId, IChainClient> { [NetworkId.BaseSepolia] = network.Client });
        var book = new MemoryChannelBook(time);
        IPaymentScheme[] schemes = [new Eip3009Scheme(new Eip3009Options { Chains = chains }, time), new BatchScheme(new BatchOptions { Book = book }, time)];
        var facilitator = new SwitchFacilitator(new LocalFacilitator(
            schemes, network.Channel, new MemorySettlementBook(time), new LocalFacilitatorOptions { Signers = [Betar.Ethereum.Address.Parse(Vectors.Other)] }, time));
        var store = new MemoryPaidRequestStore(storage ?? new MemoryStoreOptions(), time);
        var owed = new Owed();
        var options = new SellerOptions { PayTo = Vectors.SellerAddress };

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IFacilitator>(facilitator);
        builder.Services.AddSingleton<IPaidRequestStore>(store);
        builder.Services.AddSingleton<IOwedWork>(owed);
        builder.Services.AddSingleton<IPurchaseNames>(new MemoryPurchaseNames(time));
        builder.Services.AddSingleton<IEnumerable<IPaymentScheme>>(schemes);
        if (signsIn)
        {
            builder.Services.AddSingleton(services => new BuyerSignIn(
                new SignInOptions { Origin = AddressOf(services) }, new MemorySignInNonces(time), store, time));
        }

        if (statements is not null)
            builder.Services.AddSingleton(new OfferReceiptSigner(statements, time));
        if (asksChain)
            builder.Services.AddSingleton<ISettlementLookUp>(new ChainLookUp(new SchemeSet(schemes), chains));
        builder.Services.AddPaidEndpoints(change?.Invoke(options) ?? options);
        var app = builder.Build();
        map(app);
        app.MapGroup("/facilitator").MapFacilitator(facilitator);
        await app.StartAsync();
        return new WebBench(app, network, time, facilitator, store, owed) { Channels = book };
    }

    /// <summary>A buyer with a policy; every request to it is counted.</summary>
    internal Buyer NewBuyer(BuyerOptions? options = null, IIntentStore? intents = null, ISpendGuard? guard = null, IPayeePins? pins = null, ISchemeClient? preferred = null) =>
        new(Time, options, intents, guard, pins, preferred: preferred);

    /// <summary>The header that the official client would send for this demand.</summary>
    internal static async Task<(string Name, string Value)> SignAsync(PaymentDemand demand, TimeProvider time)
    {
        using var key = Vectors.PayerKey();
        var client = new Eip3009Client(new AuthorizationSigner(key, time));
        var signed = await client.SignAsync(
            demand.Accepts[0], demand.Version, new OfferPolicy { Payee = null, ListedPrice = 50000, Cap = 1_000_000 }, CancellationToken.None);
        var payment = new PaymentPayload
        {
            Version = demand.Version, Scheme = demand.Accepts[0].Scheme, Network = demand.Accepts[0].Network,
            Accepted = demand.Version == 1 ? null : demand.Accepts[0], Payload = signed.Payload!.Value,
        };
        return (demand.Version == 1 ? PaymentHeaders.V1Payment : PaymentHeaders.Signature, PaymentHeaders.Encode(WireCodec.Write(payment)));
    }

    internal async Task<PaymentDemand> DemandAsync(string path)
    {
        using var response = await Plain.GetAsync(new Uri(Address, path));
        return WireCodec.ParseDemandHeader(response.Headers.GetValues(PaymentHeaders.Required).Single()).Value!;
    }

    internal async Task<(string Name, string Value)> PaymentAsync(string path) => await SignAsync(await DemandAsync(path), Time);

    internal async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers) =>
        await SendAsync(HttpMethod.Get, path, null, headers);

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = body is null ? null : new StringContent(body) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Plain.SendAsync(request);
    }

    internal async Task<int> SellersMoneyAsync() =>
        (await Network.Token.BalanceOfAsync(Vectors.SellerAddress, default)).TryGetValue(out var balance) ? (int)(ulong)balance : -1;

    internal static SettleResponse? Settlement(HttpResponseMessage response) =>
        response.Headers.TryGetValues(PaymentHeaders.Response, out var values) || response.Headers.TryGetValues(PaymentHeaders.V1Response, out values)
            ? WireCodec.ParseSettledHeader(values.Single()).Value
            : null;

    internal static string? Error(HttpResponseMessage response) =>
        response.Headers.TryGetValues(PaymentHeaders.Required, out var values) ? WireCodec.ParseDemandHeader(values.Single()).Value!.Error : null;

    public async ValueTask DisposeAsync()
    {
        Plain.Dispose();
        await _app.DisposeAsync();
        await Network.DisposeAsync();
    }

    internal sealed class Owed : IOwedWork
    {
        internal List<(PaymentKey Key, string Resource)> All { get; } = [];

        /// <summary>How much each of them is.</summary>
        internal List<string?> Amounts { get; } = [];

        /// <summary>Work that was begun for moved money and not ended.</summary>
        internal List<PaymentKey> Begun { get; } = [];

        public Task<bool> BeginAsync(PaymentKey key, SettleResponse settlement, string resource, CancellationToken cancellationToken)
        {
            Begun.Add(key);
            return Task.FromResult(true);
        }

        public Task DoneAsync(PaymentKey key, CancellationToken cancellationToken)
        {
            Begun.Remove(key);
            return Task.CompletedTask;
        }

        public Task OweAsync(PaymentKey key, SettleResponse settlement, string resource, CancellationToken cancellationToken)
        {
            All.Add((key, resource));
            Amounts.Add(settlement.Amount);
            return Task.CompletedTask;
        }
    }
}
