using System.Net;
using System.Text.Json.Nodes;
using Betar.Benchmarks.Grains;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Settlement;
using Betar.Storage;
using Betar.Storage.Settlements;
using Betar.X402;
using Betar.X402.Facilitating;
using Betar.X402.Http.Facilitating;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Schemes.ExactEip3009;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace Betar.Benchmarks.X402.Facilitating;

/// <summary>
/// Our facilitator in a process of its own, as `betar facilitator up` puts it together but without a limit for one address: told over the
/// same JSON lines as the official one which chain to settle on; it ends with its input.
/// </summary>
internal static class OurFacilitator
{
    public const string Verb = "--facilitator-peer";

    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        JsonObject asked = JsonNode.Parse((await input.ReadLineAsync())!)!.AsObject();
        var asset = new PaymentAsset(
            NetworkId.Parse((string)asked["network"]!), Address.Parse((string)asked["asset"]!), (string)asked["name"]!, (string)asked["version"]!);
        using PrivateKey key = PrivateKey.Import(Convert.FromHexString(((string)asked["key"]!)[2..]));
        using var http = new HttpClient();
        var chain = new JsonRpcChainClient(
            http, new Uri((string)asked["rpc"]!), new JsonRpcOptions { ReceiptInterval = TimeSpan.FromMilliseconds(20) }, TimeProvider.System);
        var accounts = new SettlementAccounts([new SettlementAccount(asset.Network, key)]);
        SettlerSetup.World = (chain, accounts);
        await using TestCluster cluster = await BenchCluster.DeployAsync<SettlerSetup>(1);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("betar-bench-");
        await using BetarDatabase database = BetarDatabase.Open(Path.Combine(folder.FullName, BetarDatabase.FileName));
        DurableSettlementBook book = await DurableSettlementBook.OpenAsync(database, new SettlementBookOptions(), TimeProvider.System, CancellationToken.None);
        await using WebApplication app = await ServeAsync(asset, chain, new SettlerChannel(cluster.GrainFactory, accounts), book);

        var answer = new JsonObject { ["id"] = (int)asked["id"]!, ["ok"] = true, ["url"] = app.Urls.First(), ["pid"] = Environment.ProcessId };
        await output.WriteLineAsync(answer.ToJsonString());
        await output.FlushAsync();
        await input.ReadLineAsync();
        folder.Delete(recursive: true);
        return 0;
    }

    private static async Task<WebApplication> ServeAsync(PaymentAsset asset, IChainClient chain, SettlerChannel channel, DurableSettlementBook book)
    {
        var scheme = new Eip3009Scheme(
            new Eip3009Options
            {
                Assets = new PaymentAssets([asset]), Chains = new Chains(new Dictionary<NetworkId, IChainClient> { [asset.Network] = chain }),
            }, TimeProvider.System);
        var facilitator = new LocalFacilitator(
            [scheme], channel, book, new LocalFacilitatorOptions { Networks = [asset.Network] }, TimeProvider.System);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        app.UseRouting();
        app.MapFacilitator(facilitator);
        await app.StartAsync();
        return app;
    }
}
