using Betar.Node.Folder;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Gateway;

/// <summary>Two nodes with one identity by mistake, in folders of their own.</summary>
public sealed class IdentityElsewhereTests
{
    [Fact]
    public async Task The_second_refuses_to_start_and_says_where_the_first_is()
    {
        await using var first = new UpNode("echo");
        await first.StartAsync("--no-mdns", "--http", "none");
        using TempFolder second = CopyOfIdentity(first);

        CliRun run = await CliRun.RunAsync("up", "--no-mdns", "--http", "none", "--bootstrap", first.Address, "--data", second.Path);

        run.AssertRefused("BTR-2061", 1);
        Assert.Contains(first.PeerId, run.Error, StringComparison.Ordinal);
        Assert.Contains("/tcp/", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_found_on_the_local_network_too()
    {
        string service = $"betar-{Guid.NewGuid():N}";
        await using var first = new UpNode("echo");
        await first.StartAsync("--mdns-service", service, "--http", "none");
        using TempFolder second = CopyOfIdentity(first);

        (await CliRun.RunAsync("up", "--mdns-service", service, "--http", "none", "--data", second.Path)).AssertRefused("BTR-2061", 1);
    }

    private static TempFolder CopyOfIdentity(UpNode node)
    {
        var folder = new TempFolder();
        string file = Path.GetFileName(folder.Data.IdentityKey);
        File.Copy(Path.Combine(node.Data, file), Path.Combine(folder.Path, file));
        return folder;
    }
}
