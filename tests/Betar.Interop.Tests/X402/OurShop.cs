using System.Net;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Facilitating;
using Betar.X402.Http.Buying;
using Betar.X402.Http.Facilitating;
using Betar.X402.Http.Selling;
using Betar.X402.Schemes;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Selling;
using Betar.X402.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Betar.Interop.Tests.X402;

/// <summary>Our web server: a seller at <c>/paid</c> and a facilitator at <c>/facilitator</c>, over a chain of its own.</summary>
internal sealed class OurShop : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestNetwork _network;
    private int _runs;

    private OurShop(WebApplication app, TestNetwork network, LocalFacilitator facilitator) => (_app, _network, Facilitator) = (app, network, facilitator);

    internal LocalFacilitator Facilitator { get; }

    internal Uri Address { get; private set; } = null!;

    internal int Runs => _runs;

    /// <param name="facilitator">Somebody else's, for our seller; null for our own in this process.</param>
    internal static async Task<OurShop> StartAsync(Uri? facilitator = null)
    {
        var time = TimeProvider.System;
        var network = await TestNetwork.StartAsync(time);
        var chains = new Chains(new Dictionary<NetworkId, IChainClient> { [NetworkId.BaseSepolia] = network.Client });
        IPaymentScheme[] schemes = [new Eip3009Scheme(new Eip3009Options { Chains = chains }, time)];
        var ours = new LocalFacilitator(
            schemes, network.Channel, new MemorySettlementBook(time), new LocalFacilitatorOptions { Signers = [Betar.Ethereum.Address.Parse(Vectors.Other)] }, time);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(schemes[0]);
        builder.Services.AddSingleton<IFacilitator>(facilitator is null
            ? ours
            : new HttpFacilitator(new HttpClient(), new HttpFacilitatorOptions { Address = facilitator }, time));
        builder.Services.AddSingleton<IPaidRequestStore>(new MemoryPaidRequestStore(new MemoryStoreOptions(), time));
        builder.Services.AddPaidEndpoints(new SellerOptions { PayTo = Vectors.SellerAddress });
        var shop = new OurShop(builder.Build(), network, ours);
        shop._app.MapPaid("/paid", 50_000, () => $"run {Interlocked.Increment(ref shop._runs)}");
        shop._app.MapGroup("/facilitator").MapFacilitator(ours);
        await shop._app.StartAsync();
        shop.Address = new Uri(shop._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return shop;
    }

    internal static HttpClient NewBuyer(PrivateKey key) => new(new PayingHandler(
        new BuyerOptions { MaxPerRequest = 50_000 },
        [new Eip3009Client(new AuthorizationSigner(key, TimeProvider.System))],
        new MemoryIntentStore(TimeProvider.System))
    {
        InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false },
    });

    internal async Task<int> SellersMoneyAsync() =>
        (await _network.Token.BalanceOfAsync(Vectors.SellerAddress, default)).TryGetValue(out var balance) ? (int)(ulong)balance : -1;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _network.DisposeAsync();
    }
}
