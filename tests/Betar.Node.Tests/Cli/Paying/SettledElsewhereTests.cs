using Betar.Ethereum;
using Betar.Node.Composition;
using Betar.Node.Devnet;
using Betar.Node.Tests.Crash;
using Betar.Node.Tests.Facilitating;
using Betar.Node.Tests.Support;
using Betar.X402.Wire;

namespace Betar.Node.Tests.Cli.Paying;

/// <summary>A seller whose payments a facilitator brings onto the chain, both as programs of their own on one chain.</summary>
public sealed class SettledElsewhereTests
{
    private const string Math = "agents: [ { name: math, price: 0.001, executor: { builtin: math } } ]";

    [Fact]
    public async Task The_facilitator_sends_and_the_seller_sells()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        await using RunningNode node = await SellAsync(temp, user.Url);

        CliRun bought = await BuyAsync(temp, node);
        Assert.Equal((0, ""), (bought.ExitCode, bought.Error));
        using var http = new HttpClient();
        var client = new JsonRpcChainClient(http, DevnetInfo.Read(temp.Data)!.Url);
        TransactionReceipt receipt = (await client.GetReceiptAsync(Hash32.Parse(bought.Json().GetProperty("transaction").GetString()!), default))!;
        SupportedKinds kinds = await user.Facilitator.SupportedAsync(default);
        Assert.Contains(receipt.From.ToString(), kinds.Signers.Values.SelectMany(signers => signers));
        await node.StopAsync();
    }

    [Fact]
    public async Task While_the_facilitator_is_away_nothing_is_sold_and_the_node_runs()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        await using RunningNode node = await SellAsync(temp, new Uri("http://127.0.0.1:1/"));
        CliRun refused = await BuyAsync(temp, node);
        refused.AssertRefused("BTR-3008", 1);
        Assert.Contains("The facilitator cannot be reached", refused.Error, StringComparison.Ordinal);
        await node.StopAsync();
    }

    private static async Task<RunningNode> SellAsync(TempFolder temp, Uri facilitator)
    {
        string seller = Directory.CreateDirectory(Path.Combine(temp.Path, "seller")).FullName;
        File.Copy(temp.Data.DevnetInfo, Path.Combine(seller, "devnet.json"));
        await File.WriteAllTextAsync(Path.Combine(seller, "agents.yaml"), Math);
        return await RunningNode.StartAsync(seller, faultPoint: null, 0, "--facilitator", facilitator.ToString(), "--fund", $"{Wallet(temp)}=1");
    }

    private static Task<CliRun> BuyAsync(TempFolder temp, RunningNode node) => CliRun.RunAsync(
        "pay", "math", "--at", node.Address, "--task", "6 * 7", "--max", "1", "--yes", "--json", "--data", temp.Path);

    private static Address Wallet(TempFolder temp)
    {
        using var key = new Betar.Node.Folder.Wallets(temp.Data).LoadOrCreate(Betar.Node.Cli.Paying.PayCommand.WalletName).Value;
        return Address.FromKey(key);
    }
}
