using System.Net;
using Betar.Ethereum;
using Betar.Node.Tests.Facilitating;
using Betar.X402.Facilitating;
using Betar.X402.Http.Selling;
using Betar.X402.Schemes;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Selling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Tests.Cli.Paying;

/// <summary>A web server that sells, with somebody's facilitator behind it.</summary>
internal sealed class PaidShop : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _served;

    private PaidShop(WebApplication app) => _app = app;

    public Uri Joke => new(new Uri(_app.Urls.First()), "joke");

    public int Served => Volatile.Read(ref _served);

    public static async Task<PaidShop> StartAsync(IFacilitator facilitator, string payTo = FacilitatorUser.Seller, int port = 0, IPaidRequestStore? store = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(facilitator);
        builder.Services.AddSingleton(store ?? new MemoryPaidRequestStore(new MemoryStoreOptions(), TimeProvider.System));
        builder.Services.AddSingleton<IEnumerable<IPaymentScheme>>([new Eip3009Scheme(new Eip3009Options(), TimeProvider.System)]);
        builder.Services.AddPaidEndpoints(new SellerOptions { PayTo = Address.Parse(payTo) });
        var app = builder.Build();
        var shop = new PaidShop(app);
        app.MapPaid("/joke", FacilitatorUser.Price, () => $"a joke, number {Interlocked.Increment(ref shop._served)}");
        await app.StartAsync();
        return shop;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
