using System.CommandLine;
using System.Text;
using Betar.Node.Cli;
using Betar.Node.Control;
using Betar.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Cli;

/// <summary>What scripts have read for years, and what every command says of itself, to the byte.</summary>
public sealed class CliGoldenTests : IAsyncLifetime
{
    private const string Peer = "12D3KooWDXyU4xNXGZ1HK8Rh5mhtxcvTk6ov9AfXwtJBCbH4KFUe";
    private const string Did = "did:key:z6Mkmzb1XNDH6NDQL19RWTJp9tGPZpVFiXVb3L1wMcJRaEKG";
    private const string Payee = "0x1f3BdFaF62A6f3C4E1774bE085D556d211E738A9";
    private const string Key = "eip155:84532/0x036cbd53842c5426634e7929541ec2318f3dcf7e/0x1a642f0e3c3af545e7acbd38b07251b3990914f1/0x0101010101010101010101010101010101010101010101010101010101010101";
    private const string Order = $$$"""{"orderId":"o-1","agentId":"{{{Did}}}","buyerId":"b","sellerId":"{{{Peer}}}","price":0.001,"status":"pending","timestamp":"2026-03-04T05:06:07Z"}""";

    private const string Workflow =
        $$$"""
        {"id":"w-1","status":"completed","input":"x","output":"y","totalCost":0.002,"createdAt":"2026-03-04T05:06:07Z","steps":[
        {"index":0,"agentId":"{{{Did}}}","status":"completed","output":"half","payment":{"amount":"0.001"}},{"index":1,"agentId":"b","status":"completed","output":"y"}]}
        """;

    private static readonly (string Operation, string Answer)[] s_node =
    [
        ("agents.list", $$$"""[{"id":"{{{Did}}}","name":"echo","price":0.001,"priceAtomic":"1000","payTo":"{{{Payee}}}"}]"""),
        ("agents.execute", """{"output":"hello\nworld","purchaseId":"p","stage":"Done","amount":"1000"}"""),
        ("market.progress", """{"settled":1,"missing":0}"""),
        ("market.search", $$$"""{"items":[{"id":"{{{Did}}}","name":"echo","price":0.001,"priceAtomic":"1000","sellerId":"{{{Peer}}}","addrs":["/ip4/127.0.0.1/tcp/4001"],"protocols":["/x402/libp2p/1.0.0"],"trust":"own","ageSeconds":61,"lastSeen":"2026-03-04T05:06:07Z"}],"next":null,"matches":1}"""),
        ("orders.list", $$$"""[{"at":"2026-03-04T05:06:07+00:00","state":"Delivered","reference":"","amount":"1000","agentId":"{{{Did}}}","payment":"{{{Key}}}","payer":"{{{Payee}}}","cursor":3}]"""),
        ("orders.show", $$$"""{"payment":"{{{Key}}}","state":"Delivered","agentId":"{{{Did}}}","amount":"1000","input":"=1","output":"one","transaction":"0x02","entries":[{"at":"2026-03-04T05:06:07+00:00","state":"Reserved","reference":""},{"at":"2026-03-04T05:06:08+00:00","state":"Delivered","reference":"r"}]}"""),
        ("orders.create", Order),
        ("marketorders.list", $"[{Order}]"),
        ("marketorders.accept", Order),
        ("wallet", $$$"""{"wallet":"{{{Payee}}}","settler":"{{{Payee}}}","refundAccount":"{{{Payee}}}","network":"eip155:84532"}"""),
        ("wallet.balance", $$$"""{"address":"{{{Payee}}}","balance":0.25,"usdcBalance":12.5,"balanceWei":"250000000000000000","usdcAtomic":"12500000"}"""),
        ("workflows.create", Workflow),
        ("workflows.show", Workflow),
        ("workflows.list", $"[{Workflow}]"),
        ("workflows.cancel", Workflow.Replace("completed", "canceled", StringComparison.Ordinal)),
        ("sessions.list", $$$"""[{"id":"s","agentId":"{{{Did}}}","callerId":"{{{Peer}}}","total":2,"createdAt":"2026-03-04T05:06:07Z","updatedAt":"2026-03-04T05:06:08Z","exchanges":[]}]"""),
        ("sessions.show", $$$"""{"id":"s","agentId":"{{{Did}}}","callerId":"{{{Peer}}}","total":1,"createdAt":"2026-03-04T05:06:07Z","exchanges":[{"requestId":"r","timestamp":"2026-03-04T05:06:07Z","input":"in","output":"out","payment":{"amount":"1000","payer":"{{{Payee}}}"}}]}"""),
        ("p2p.peers", $$$"""[{"peerId":"{{{Peer}}}","address":"/ip4/10.0.0.1/tcp/1","inbound":true,"foundBy":"bootstrap","agentVersion":"betar/1","connectedSeconds":61,"roundTripMs":1.25}]"""),
    ];

    private readonly TempFolder _folder = new();
    private ControlServer _server = null!;

    public async Task InitializeAsync() => _server = (await ControlServer.StartAsync(
        _folder.Data, s_node.ToDictionary(known => known.Operation, known => (ControlHandler)((_, _) => Task.FromResult(ControlAnswer.Json(writer => writer.WriteRawValue(known.Answer))))),
        NullLogger<ControlServer>.Instance, default)).OrThrow();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("agent-list", "agent", "list")]
    [InlineData("agent-discover", "agent", "discover")]
    [InlineData("agent-execute", "agent", "execute", "--agent-id", Did, "--input", "hello")]
    [InlineData("market-list", "market", "list")]
    [InlineData("order-create", "order", "create", "--agent-id", Did, "--price", "0.001")]
    [InlineData("order-list", "order", "list")]
    [InlineData("order-list-market", "order", "list", "--market")]
    [InlineData("order-show", "order", "show", Key)]
    [InlineData("order-accept", "order", "accept", "o-1")]
    [InlineData("wallet-address", "wallet", "address")]
    [InlineData("wallet-balance", "wallet", "balance")]
    [InlineData("workflow-create", "workflow", "create", "--chain", Did + ",b", "--input", "x")]
    [InlineData("workflow-status", "workflow", "status", "--id", "w-1")]
    [InlineData("workflow-list", "workflow", "list")]
    [InlineData("workflow-cancel", "workflow", "cancel", "--id", "w-1")]
    [InlineData("session-list", "session", "list", Did)]
    [InlineData("session-show", "session", "show", Did, Peer)]
    [InlineData("p2p-peers", "p2p", "peers")]
    public async Task A_command_prints_what_its_golden_file_says(string file, params string[] command)
    {
        CliRun people = await CliRun.RunAsync([.. command, "--data", _folder.Path]), programs = await CliRun.RunAsync([.. command, "--json", "--data", _folder.Path]);
        Assert.Equal((0, 0, ""), (people.ExitCode, programs.ExitCode, people.Error + programs.Error));

        GoldenFile.AssertIs($"Cli/Golden/{file}", $"{people.Out}--- --json\n{programs.Out}");
    }

    [Fact]
    public async Task Nothing_discovered_is_said_as_the_original_did()
    {
        using var folder = new TempFolder();
        await using ControlServer server = (await ControlServer.StartAsync(
            folder.Data, new Dictionary<string, ControlHandler> { ["market.search"] = (_, _) => Task.FromResult(ControlAnswer.Json(writer => writer.WriteRawValue("""{"items":[],"next":null}"""))) },
            NullLogger<ControlServer>.Instance, default)).OrThrow();

        Assert.Equal("No agents discovered\n", (await CliRun.RunAsync("agent", "discover", "--data", folder.Path)).Out);
    }

    [Theory]
    [InlineData("agent", "discover", "--on-chain")]
    [InlineData("agent", "register", "--name", "x", "--on-chain")]
    [InlineData("agent", "serve", "--name", "x", "--on-chain")]
    [InlineData("start", "--name", "x", "--on-chain")]
    public async Task An_option_whose_feature_is_not_there_is_refused(params string[] command) =>
        (await CliRun.RunAsync([.. command, "--data", _folder.Path])).AssertRefused("BTR-1022", 2);

    [Fact]
    public async Task Every_command_says_of_itself_what_the_golden_file_says()
    {
        var text = new StringBuilder();
        foreach (string[] path in Paths([], Commands.Root(new CliHost(TextWriter.Null, TextWriter.Null, _ => null, TimeProvider.System))))
        {
            CliRun help = await CliRun.RunAsync([.. path, "--help"]);
            Assert.Equal((0, ""), (help.ExitCode, help.Error));
            text.Append("=== betar ").AppendJoin(' ', path).Append('\n');
            text.AppendJoin('\n', help.Out.Split('\n').Select(line => line.TrimEnd())).Append('\n');
        }

        GoldenFile.AssertIs("Cli/Golden/help", text.ToString());
    }

    private static IEnumerable<string[]> Paths(string[] path, Command command)
    {
        yield return path;
        foreach (string[] below in command.Subcommands.Where(child => !child.Hidden).SelectMany(child => Paths([.. path, child.Name], child)))
            yield return below;
    }
}
