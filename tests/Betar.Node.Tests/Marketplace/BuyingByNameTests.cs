using Betar.Ethereum;
using Betar.Marketplace.Listings;
using Betar.Node.Cli;
using Betar.Node.Composition;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Marketplace;

/// <summary>Two nodes of the real executable: what one lists the other's owner buys by its name, and what only others say of it is not bought.</summary>
public sealed class BuyingByNameTests
{
    /// <summary>From one node over a second to a third.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_name_of_the_marketplace_is_enough_to_buy_and_hearsay_is_not()
    {
        await using var seller = new UpNode("echo");
        await using var buyer = new UpNode();
        await seller.StartAsync("--no-mdns", "--fund", $"{WalletOf(buyer)}=1");
        await buyer.StartAsync("--no-mdns", "--bootstrap", seller.Address);
        await buyer.SeesAsync(seller.AgentId("echo"));

        CliRun bought = await PayAsync(buyer, "echo", "hello", "--json");
        Assert.True(bought.ExitCode == 0, bought.Error);
        Assert.Equal(("hello", "1000", seller.AgentId("echo")), (bought.Json().Text("output"), bought.Json().Text("amount"), bought.Json().Text("agentId")));
        Assert.StartsWith("0x", bought.Json().Text("transaction"), StringComparison.Ordinal);

        await using Gossiper gossiper = await Gossiper.JoinAsync(seller.Address);
        // The buyer is no neighbour of who says it: the seller passes the head on before it has what it names.
        long begin = TimeProvider.System.GetTimestamp();
        await gossiper.SayAsync(new Listing { Id = "did:key:zRumour", Name = "rumour", Price = "0.0001", SellerId = seller.PeerId });
        await buyer.ShowsAsync(shown => shown.GetValueOrDefault("did:key:zRumour") is "hearsay");
        TimeSpan took = TimeProvider.System.GetElapsedTime(begin);
        Assert.True(took < s_bound * UpNode.Slowness, $"{took.TotalSeconds:0.00} s");
        (await PayAsync(buyer, "rumour", "hello")).AssertRefused("BTR-4012", 1);
        // With the flag it is asked for, and it is the seller that knows nothing of it.
        (await PayAsync(buyer, "rumour", "hello", "--accept-unverified")).AssertRefused("BTR-4001", 1);

        await gossiper.SayAsync(new Listing { Id = "did:key:zTwin", Name = "echo", Price = "0.0001", SellerId = seller.PeerId });
        await buyer.ShowsAsync(shown => shown.ContainsKey("did:key:zTwin"));
        CliRun ambiguous = await buyer.RunAsync("market", "show", "echo");
        ambiguous.AssertRefused("BTR-1003", 2);
        Assert.Contains(seller.AgentId("echo"), ambiguous.Error, StringComparison.Ordinal);
        CliRun escaped = await PayAsync(buyer, $"{seller.PeerId}%2F{Uri.EscapeDataString(seller.AgentId("echo"))}", "again");
        Assert.Equal("again\n", escaped.Out);
    }

    private static Address WalletOf(UpNode node)
    {
        using var key = new Wallets(new DataFolder(node.Data)).LoadOrCreate(Betar.Node.Cli.Paying.PayCommand.WalletName).Value;
        return Address.FromKey(key);
    }

    /// <summary>As its owner does it, by a program of its own beside the node.</summary>
    private static Task<CliRun> PayAsync(UpNode buyer, string agent, string task, params string[] more) =>
        NodeProgram.RunAsync(["pay", agent, "--task", task, "--max", "0.01", "--yes", "--data", buyer.Data, .. more]);
}
