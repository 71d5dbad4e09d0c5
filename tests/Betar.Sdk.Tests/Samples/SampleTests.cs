using System.Text.Json;
using Betar.Node.Tests.Support;
using Betar.Sdk.Buying;
using Betar.Sdk.Tests.Support;

namespace Betar.Sdk.Tests.Samples;

/// <summary>The samples as their readers run them: processes of their own, real sockets, a test chain.</summary>
public sealed class SampleTests
{
    private const string Node = "Betar.Node";

    [Fact]
    public async Task A_program_sells_and_another_buys_by_its_own_node()
    {
        using NodeFolder sellers = new(), buyers = new();
        string wallet = Json(await RunningProgram.RunAsync(Node, "wallet", "new", "wallet", "--json", "--data", buyers.Path)).GetProperty("address").GetString()!;
        using RunningProgram seller = RunningProgram.Start("Betar.Samples.Seller", sellers.Path, $"{wallet}=1");
        string line = await seller.ReadLineAsync();
        Assert.StartsWith("selling divide, shout at /ip4/127.0.0.1/tcp/", line, StringComparison.Ordinal);

        using RunningProgram node = RunningProgram.Start(Node, "up", "--json", "--data", buyers.Path, "--no-mdns", "--http", "none", "--bootstrap", line.Split(' ')[^1]);
        await node.ReadLineAsync();
        await SeesAsync(buyers.Path, "shout");

        string[] bought = (await RunningProgram.RunAsync("Betar.Samples.Buyer", buyers.Path, "shout", "hello")).Split('\n');
        Assert.Equal("HELLO", bought[0]);
        Assert.StartsWith("paid 1000 units, transaction 0x", bought[1], StringComparison.Ordinal);

        using RunningProgram failing = RunningProgram.Start("Betar.Samples.Buyer", buyers.Path, "divide", "10/0");
        (int code, _, string error) = await failing.EndAsync();
        Assert.Equal(1, code);
        Assert.StartsWith("BTR-4005: EXECUTION_FAILED: Write two whole numbers", error, StringComparison.Ordinal);

        using RunningProgram dear = RunningProgram.Start("Betar.Samples.Buyer", buyers.Path, "divide", "10/4", "0.001");
        Assert.StartsWith("BTR-", (await dear.EndAsync()).Error, StringComparison.Ordinal);
        Assert.Equal(0, await seller.StopAsync());
    }

    [Fact]
    public async Task A_web_application_sells_beside_its_pages()
    {
        using var folder = new NodeFolder();
        using RunningProgram web = RunningProgram.Start("Betar.Samples.WebSeller", folder.Path);
        string page = (await web.ReadLineAsync()).Split(' ')[^1];

        using var http = new HttpClient();
        JsonElement said = Json(await http.GetStringAsync(new Uri(page)));
        string output = await RunningProgram.RunAsync("Betar.Samples.Buyer", folder.Path, "count-words", "one two three");

        Assert.StartsWith("12D3", said.GetProperty("peer").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("did:key:", said.GetProperty("agents").GetProperty("count-words").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("3\npaid 0 units", output, StringComparison.Ordinal);
        Assert.Equal(0, await web.StopAsync());
    }

    [Fact]
    public async Task A_buyer_without_a_node_is_told_what_to_do()
    {
        using var folder = new TempFolder();
        using RunningProgram buyer = RunningProgram.Start("Betar.Samples.Buyer", folder.Path, "any", "task");

        (int code, _, string error) = await buyer.EndAsync();

        Assert.Equal(1, code);
        Assert.StartsWith("BTR-2010", error, StringComparison.Ordinal);
    }

    /// <summary>The watch ends when the listing has come.</summary>
    private static async Task SeesAsync(string folder, string name)
    {
        using BetarClient client = BetarClient.ForFolder(folder);
        for (int tries = 0; ; tries++)
        {
            BetarResult<AgentInfo> quote = await client.QuoteAsync(name);
            if (quote.IsOk)
                return;
            Assert.True(tries < 100_000, quote.Refusal.ToString());
            await Task.Yield();
        }
    }

    private static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
