using System.Text.Json;
using Betar.Libp2p.Peers;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Marketplace;

/// <summary>Nodes of the real executable find each other, and say of it what they know.</summary>
public sealed class FindingTests
{
    [Fact]
    public async Task By_a_bootstrap_node_all_find_all_and_the_commands_show_it()
    {
        await using var first = new UpNode("alpha");
        await using var second = new UpNode("beta");
        await using var third = new UpNode("gamma");
        await first.StartAsync("--no-mdns");
        await second.StartAsync("--no-mdns", "--bootstrap", first.Address);
        await second.FindsAsync(first, "found");
        await third.StartAsync("--no-mdns", "--bootstrap", first.Address);
        // It was told of the second by the first.
        Assert.Equal("exchange", (await third.FindsAsync(second, "found")).GetProperty("by").GetString());

        JsonElement peers = await third.AskAsync("p2p", "peers");
        Assert.Equal(
            new[] { first.PeerId, second.PeerId }.Order(StringComparer.Ordinal),
            peers.EnumerateArray().Select(peer => peer.GetProperty("peerId").GetString()!).Distinct().Order(StringComparer.Ordinal));
        JsonElement bootstrap = peers.EnumerateArray().First(peer => peer.GetProperty("peerId").GetString() == first.PeerId);
        Assert.Equal(("bootstrap", false, "/yamux/1.0.0"), (bootstrap.GetProperty("foundBy").GetString(), bootstrap.GetProperty("inbound").GetBoolean(), bootstrap.GetProperty("muxer").GetString()));
        Assert.Equal(JsonValueKind.Array, (await third.AskAsync("p2p", "scores")).ValueKind);
        Assert.Equal(JsonValueKind.Array, (await third.AskAsync("p2p", "topics")).ValueKind);
        CliRun table = await third.RunAsync("p2p", "peers");
        Assert.Contains(first.PeerId, table.Out, StringComparison.Ordinal);
        Assert.StartsWith("peer", table.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_the_local_network_they_find_each_other_and_again_after_a_kill()
    {
        string service = "t-" + Guid.NewGuid().ToString("N")[..20];
        await using var first = new UpNode();
        await using var second = new UpNode();
        await first.StartAsync("--mdns-service", service);
        await second.StartAsync("--mdns-service", service);
        await second.FindsAsync(first);
        await first.FindsAsync(second);

        await second.KillAsync();
        await first.FindsAsync(second, "disconnected");
        await second.StartAsync("--mdns-service", service);
        await second.FindsAsync(first);
    }

    [Fact]
    public async Task After_a_kill_a_node_remembers_its_peers()
    {
        await using var first = new UpNode();
        await using var second = new UpNode();
        await first.StartAsync("--no-mdns");
        await second.StartAsync("--no-mdns", "--bootstrap", first.Address);
        await second.FindsAsync(first, "found");
        await second.HasOnDiskAsync(PeerStanding.Reached);
        await second.KillAsync();

        await second.StartAsync("--no-mdns");
        Assert.Equal("remembered", (await second.FindsAsync(first, "found")).GetProperty("by").GetString());
    }

    [Fact]
    public async Task With_nobody_around_the_commands_say_so()
    {
        await using var alone = new UpNode();
        await alone.StartAsync("--no-mdns");

        Assert.Equal("Nobody is connected; name a node with betar up --bootstrap MULTIADDR.", (await alone.RunAsync("p2p", "peers")).Out.TrimEnd());
        Assert.Equal("No peer that gossips is known.", (await alone.RunAsync("p2p", "scores")).Out.TrimEnd());
        Assert.Equal(0, (await alone.AskAsync("p2p", "peers")).GetArrayLength());
        await alone.StopAsync();
        CliRun stopped = await alone.RunAsync("p2p", "peers");
        stopped.AssertRefused("BTR-2010", 1);
    }

    [Theory]
    [InlineData("BTR-1017", "--bootstrap", "/ip4/127.0.0.1/tcp/4001")]
    [InlineData("BTR-1017", "--bootstrap", "nonsense")]
    [InlineData("BTR-1003", "--mdns-service", "two words")]
    [InlineData("BTR-1003", "--mdns-service", "")]
    [InlineData("BTR-1003", "--mdns-service", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_cannot_be_found_by_is_refused_before_anything_is_opened(string code, string option, string value)
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync("up", "--data", temp.Path, option, value)).AssertRefused(code, 2);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temp.Path));
    }
}
