using System.Net;
using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Node.Devnet;
using Betar.Node.Tests.Support;
using Betar.Storage;
using Betar.Storage.PaidRequests;
using Betar.X402;
using Betar.X402.Facilitating;
using Betar.X402.Http.Refunding;
using Betar.X402.Http.Selling;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Selling;
using Betar.X402.Settling;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Tests.Facilitating;

/// <summary>A web server of somebody's that sells with <c>MapPaid</c> and the durable stores, and whose work fails after the money has moved.</summary>
public sealed class OwingShopTests : IDisposable
{
    private readonly PrivateKey _refunds = PrivateKey.Generate();
    private readonly PrivateKey _gas = PrivateKey.Generate();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    public void Dispose()
    {
        _http.Dispose();
        _refunds.Dispose();
        _gas.Dispose();
    }

    [Fact]
    public async Task What_it_owes_is_listed_survives_its_death_and_goes_back_once()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        await user.FundAsync(temp, FacilitatorUser.Price);
        string payment = PaymentHeaders.Encode(WireCodec.Write((await user.CallAsync()).Payment));
        using var shopFolder = new TempFolder();

        await using (Shop shop = await OpenAsync(temp, shopFolder, user))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, await BuyAsync(shop, payment));
            Assert.Equal(FacilitatorUser.Price, await user.BalanceAsync(temp, FacilitatorUser.Seller));
        }

        // Nobody has put money into the refund account yet.
        JsonElement owed = Assert.Single(await OwedAsync(shopFolder));
        Assert.Equal(("RefundOwed", $"{FacilitatorUser.Price}", "/work"), (owed.GetProperty("state").GetString(), owed.GetProperty("amount").GetString(), owed.GetProperty("agentId").GetString()));
        await user.FundAsync(temp, 5 * FacilitatorUser.Price, Address.FromKey(_refunds).ToString());

        await using (Shop again = await OpenAsync(temp, shopFolder, user))
        {
            while ((await again.Owed.ListAsync(default)).Count > 0)
                await Task.Yield();
            Assert.Equal(HttpStatusCode.InternalServerError, await BuyAsync(again, payment));
        }

        Assert.Equal(FacilitatorUser.Price, await user.BalanceAsync(temp, user.Payer.ToString()));
        Assert.Equal(4 * FacilitatorUser.Price, await user.BalanceAsync(temp, Address.FromKey(_refunds).ToString()));
        Assert.Empty(await OwedAsync(shopFolder));
        await user.StopAsync();
    }

    private async Task<HttpStatusCode> BuyAsync(Shop shop, string payment)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(shop.App.Urls.First()), "work"));
        request.Headers.Add(PaymentHeaders.Signature, payment);
        using HttpResponseMessage answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<IReadOnlyList<JsonElement>> OwedAsync(TempFolder folder)
    {
        CliRun run = await CliRun.RunAsync("order", "list", "--owed", "--json", "--data", folder.Path);
        Assert.Equal(0, run.ExitCode);
        return [.. JsonDocument.Parse(run.Out).RootElement.EnumerateArray()];
    }

    private async Task<Shop> OpenAsync(TempFolder chain, TempFolder folder, FacilitatorUser user)
    {
        BetarDatabase database = BetarDatabase.Open(folder.Data.Database);
        var client = new JsonRpcChainClient(_http, DevnetInfo.Read(chain.Data)!.Url);
        DurableOwedWork owed = await DurableOwedWork.OpenAsync(database, TimeProvider.System, default);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IFacilitator>(user.Facilitator);
        builder.Services.AddSingleton<IPaidRequestStore>(await DurablePaidRequestStore.OpenAsync(database, new PaidRequestOptions(), TimeProvider.System, default));
        builder.Services.AddSingleton<IOwedWork>(owed).AddSingleton<IOwedPayments>(owed);
        builder.Services.AddSingleton<IEnumerable<IPaymentScheme>>([new Eip3009Scheme(new Eip3009Options(), TimeProvider.System)]);
        builder.Services.AddSingleton<IChains>(new Chains(new Dictionary<NetworkId, IChainClient> { [PaymentAsset.BaseSepoliaUsdc.Network] = client }));
        builder.Services.AddSingleton<ISettlementChannel>(new DirectSettlementChannel(client, new LocalSigner(_gas), new DirectSettlementOptions(), TimeProvider.System));
        builder.Services.AddOwedRefunds(_refunds, PaymentAssets.Default, new OwedRefundOptions { Interval = TimeSpan.FromMilliseconds(100) });
        builder.Services.AddPaidEndpoints(new SellerOptions { PayTo = Address.Parse(FacilitatorUser.Seller), Flow = PaymentFlow.Upfront });
        WebApplication app = builder.Build();
        app.MapPaid("/work", FacilitatorUser.Price, () => Microsoft.AspNetCore.Http.Results.StatusCode(500));
        await app.StartAsync();
        return new Shop(app, database, owed);
    }

    private sealed record Shop(WebApplication App, BetarDatabase Database, DurableOwedWork Owed) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await App.StopAsync();
            await App.DisposeAsync();
            await Database.DisposeAsync();
        }
    }
}
