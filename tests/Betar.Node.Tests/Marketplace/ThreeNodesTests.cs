using System.Text.Json;
using Betar.Node.Cli;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Marketplace;

/// <summary>Three nodes of the real executable on one machine: each sees what the others sell, a kill loses nothing, what is taken back is gone everywhere.</summary>
public sealed class ThreeNodesTests
{
    /// <summary>From the line that says that a node runs to the last listing that it sees.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Each_sees_all_a_kill_loses_nothing_and_what_is_taken_back_vanishes_everywhere()
    {
        await using var alpha = new UpNode("alpha");
        await using var beta = new UpNode("beta");
        await using var gamma = new UpNode("gamma");
        await alpha.StartAsync("--no-mdns");
        await beta.StartAsync("--no-mdns", "--bootstrap", alpha.Address);
        await gamma.StartAsync("--no-mdns", "--bootstrap", alpha.Address);
        long begin = TimeProvider.System.GetTimestamp();
        string[] all = [alpha.AgentId("alpha"), beta.AgentId("beta"), gamma.AgentId("gamma")];
        await Task.WhenAll(alpha.SeesAsync(all), beta.SeesAsync(all), gamma.SeesAsync(all));
        TimeSpan took = TimeProvider.System.GetElapsedTime(begin);
        Assert.True(took < s_bound * UpNode.Slowness, $"{took.TotalSeconds:0.00} s");

        Assert.Equal([("alpha", "verified"), ("beta", "verified"), ("gamma", "own")], await TrustAsync(gamma));
        Assert.Equal([("alpha", "own"), ("beta", "verified"), ("gamma", "verified")], await TrustAsync(alpha));
        Assert.True((await beta.AskAsync("market", "verify")).GetProperty("ok").GetBoolean());

        await beta.KillAsync();
        await beta.StartAsync("--no-mdns");
        await beta.SeesAsync(all);
        Assert.Equal([("alpha", "verified"), ("beta", "own"), ("gamma", "verified")], await TrustAsync(beta));

        await gamma.StopAsync();
        gamma.Declare();
        await gamma.StartAsync("--no-mdns", "--bootstrap", alpha.Address);
        await Task.WhenAll(alpha.MissesAsync(all[2]), beta.MissesAsync(all[2]));
        Assert.Equal([("alpha", "verified"), ("beta", "verified")], await TrustAsync(gamma));
        JsonElement why = await alpha.AskAsync("market", "why", all[2]);
        Assert.False(why.GetProperty("visible").GetBoolean());
        Assert.True(why.GetProperty("withdrawn").GetBoolean());
    }

    [Fact]
    public async Task The_commands_show_find_and_explain_what_others_sell()
    {
        await using var alpha = new UpNode("alpha", "other");
        await using var beta = new UpNode();
        await alpha.StartAsync("--no-mdns");
        await beta.StartAsync("--no-mdns", "--bootstrap", alpha.Address);
        string id = alpha.AgentId("alpha");
        await beta.SeesAsync(id, alpha.AgentId("other"));

        JsonElement shown = await beta.AskAsync("market", "show", id);
        Assert.Equal(("alpha", "1000", "verified", alpha.PeerId), (shown.Text("name"), shown.Text("priceAtomic"), shown.Text("trust"), shown.Text("sellerId")));
        Assert.Equal(alpha.First.GetProperty("agents")[0].GetProperty("payTo").GetString(), shown.Text("payTo"));
        Assert.Equal(id, Assert.Single((await beta.AskAsync("market", "search", "alpha")).GetProperty("items").EnumerateArray()).Text("id"));
        Assert.Equal(0, (await beta.AskAsync("market", "search", "alpha", "--max-price", "0.0009")).GetProperty("items").GetArrayLength());
        JsonElement why = await beta.AskAsync("market", "why", id);
        Assert.True(why.GetProperty("visible").GetBoolean());
        Assert.NotEqual("", why.Text("record"));
        JsonElement receipt = await alpha.AskAsync("market", "why", id);
        Assert.Equal(beta.PeerId, Assert.Single(receipt.GetProperty("holders").EnumerateArray()).Text("peerId"));
        Assert.Contains("betar/marketplace/crdt", (await beta.AskAsync("p2p", "topics")).EnumerateArray().Select(topic => topic.Text("topic")));
        Assert.Contains("alpha", (await beta.RunAsync("market", "list")).Out, StringComparison.Ordinal);
        (await beta.RunAsync("market", "show", "did:key:nobody")).AssertRefused("BTR-4011", 1);
        (await beta.RunAsync("market", "list", "--trust", "certain")).AssertRefused("BTR-1003", 2);
        Assert.Equal(0, (await beta.AskAsync("market", "list", "--trust", "hearsay")).GetArrayLength());
    }

    private static async Task<(string, string)[]> TrustAsync(UpNode node) =>
        [.. (await node.AskAsync("market", "list")).EnumerateArray().Select(listing => (listing.Text("name"), listing.Text("trust"))).OrderBy(pair => pair.Item1, StringComparer.Ordinal)];
}
