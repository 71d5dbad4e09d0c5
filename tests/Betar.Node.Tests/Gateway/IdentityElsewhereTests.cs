using System.Text.RegularExpressions;
using Betar.Node.Folder;
using Betar.Node.Tests.Marketplace;

namespace Betar.Node.Tests.Gateway;

/// <summary>Two nodes with one identity by mistake, in folders of their own, on one machine.</summary>
public sealed class IdentityElsewhereTests
{
    [Fact]
    public async Task The_second_refuses_to_start_and_says_who_the_first_is_though_neither_knows_any_network()
    {
        await using var first = new UpNode("echo");
        await using var second = new UpNode("echo");
        await first.StartAsync("--no-mdns", "--http", "none");
        Share(first, second);

        string refusal = (await Assert.ThrowsAsync<InvalidOperationException>(() => second.StartAsync("--no-mdns", "--http", "none"))).Message;
        Assert.StartsWith("BTR-2061: ", refusal, StringComparison.Ordinal);
        Assert.Contains(first.PeerId, refusal, StringComparison.Ordinal);
        Match process = Regex.Match(refusal, "as process ([0-9]+)");
        Assert.Contains(first.Data, await File.ReadAllTextAsync($"/proc/{process.Groups[1].Value}/cmdline"), StringComparison.Ordinal);

        // Whoever is killed holds it no more.
        await first.KillAsync();
        await second.StartAsync("--no-mdns", "--http", "none");
        Assert.Equal(first.PeerId, second.PeerId);
    }

    [Fact]
    public async Task Who_is_told_to_dial_itself_and_finds_nobody_starts()
    {
        await using var first = new UpNode("echo");
        await first.StartAsync("--no-mdns", "--http", "none");
        string address = first.Address;
        await first.StopAsync();
        await first.StartAsync("--no-mdns", "--http", "none", "--bootstrap", address);
    }

    private static void Share(UpNode first, UpNode second)
    {
        string file = Path.GetFileName(new DataFolder(second.Data).IdentityKey);
        File.Copy(Path.Combine(first.Data, file), Path.Combine(second.Data, file));
    }
}
