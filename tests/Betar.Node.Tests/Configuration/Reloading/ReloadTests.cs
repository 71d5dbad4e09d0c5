using System.Text.Json;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Configuration.Reloading;

/// <summary>The real executable, while it runs.</summary>
public sealed class ReloadTests : IAsyncDisposable
{
    private readonly UpNode _node = new("one", "two");

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task The_file_is_read_again_and_what_differs_is_told()
    {
        await _node.StartAsync();
        string path = Path.Combine(_node.Data, "agents.yaml");
        File.WriteAllText(path, "agents:\n  - { name: one, price: 0.002, executor: { builtin: echo } }\n  - { name: three, executor: { builtin: math } }\n");

        JsonElement dry = await _node.AskAsync("agent", "reload", "--dry-run");
        Assert.Equal("changed one,added three,removed two", Told(dry));
        JsonElement field = Assert.Single(dry.GetProperty("changes")[0].GetProperty("fields").EnumerateArray());
        Assert.Equal(("priceAtomic", "1000", "2000"), (field.GetProperty("field").GetString(), field.GetProperty("from").GetString(), field.GetProperty("to").GetString()));
        Assert.Equal("one,two", await NamesAsync());

        Assert.Equal("changed one,added three,removed two", Told(await _node.AskAsync("agent", "reload")));
        Assert.Equal("one,three", await NamesAsync());
        Assert.Equal("", Told(await _node.AskAsync("agent", "reload")));

        File.WriteAllText(path, "agents: [ { name: one, price: much, executor: { builtin: echo } } ]\n");
        (await _node.RunAsync("agent", "reload")).AssertRefused("BTR-1014", 2);
        Assert.Equal("one,three", await NamesAsync());

        (await _node.RunAsync("agent", "register", "-n", "four", "-p", "0.5", "--builtin", "echo")).AssertRefused("BTR-1014", 2);
        File.WriteAllText(path, "# mine\nagents: [ { name: one, executor: { builtin: echo } } ]\n");
        Assert.Equal("added four,removed three", Told(await _node.AskAsync("agent", "register", "-n", "four", "-d", "says it again", "-p", "0.5", "--builtin", "echo"), "changed"));
        Assert.Equal("four,one", await NamesAsync());
        Assert.StartsWith("# mine\n", File.ReadAllText(path), StringComparison.Ordinal);

        string before = File.ReadAllText(path);
        (await _node.RunAsync("agent", "register", "-n", "five")).AssertRefused("BTR-1020", 2);
        Assert.Equal(before, File.ReadAllText(path));

        Assert.Equal("removed four", Told(await _node.AskAsync("agent", "retire", "four")));
        Assert.Equal("one", await NamesAsync());
        (await _node.RunAsync("agent", "retire", "four")).AssertRefused("BTR-4001", 1);
        (await _node.RunAsync("agent", "register", "-n", "x", "--on-chain")).AssertRefused("BTR-1022", 2);
        await _node.StopAsync();
    }

    [Fact]
    public async Task A_signal_does_the_same()
    {
        await _node.StartAsync();
        _node.Declare("one", "three");
        await _node.SignalAsync("HUP");

        // The listings follow the fleet: the node tells when the new one stands.
        JsonElement listed = await _node.FirstListingOfAsync("three");
        Assert.Equal("three", listed.GetProperty("name").GetString());
        Assert.Equal("one,three", await NamesAsync());
        await _node.StopAsync();
    }

    private static string Told(JsonElement answer, string? without = null) => string.Join(',', answer.GetProperty("changes").EnumerateArray()
        .Where(change => change.GetProperty("change").GetString() != without)
        .Select(change => $"{change.GetProperty("change").GetString()} {change.GetProperty("name").GetString()}"));

    private async Task<string> NamesAsync() => string.Join(',', (await _node.AskAsync("agent", "list")).EnumerateArray().Select(agent => agent.GetProperty("name").GetString()));
}
