using Betar.Node.Folder;
using Betar.Node.Tests.Marketplace;

namespace Betar.Node.Tests.Gateway;

/// <summary>Two nodes with one identity by mistake, in folders of their own.</summary>
public sealed class IdentityElsewhereTests
{
    [Fact]
    public async Task The_second_refuses_to_start_and_says_where_the_first_is()
    {
        await using var first = new UpNode("echo");
        await first.StartAsync("--no-mdns", "--http", "none");

        string refusal = await StartSecondAsync(first, "--no-mdns", "--http", "none", "--bootstrap", first.Address);

        Assert.StartsWith("BTR-2061: ", refusal, StringComparison.Ordinal);
        Assert.Contains(first.PeerId, refusal, StringComparison.Ordinal);
        Assert.Contains(first.Address.Split("/p2p/")[0], refusal, StringComparison.Ordinal);
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

    private static async Task<string> StartSecondAsync(UpNode first, params string[] options)
    {
        await using var second = new UpNode("echo");
        string file = Path.GetFileName(new DataFolder(second.Data).IdentityKey);
        File.Copy(Path.Combine(first.Data, file), Path.Combine(second.Data, file));
        return (await Assert.ThrowsAsync<InvalidOperationException>(() => second.StartAsync(options))).Message;
    }
}
