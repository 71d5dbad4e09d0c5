using Betar.Node.Cli;
using Betar.Node.Control;
using Betar.Node.Tests.Support;
using Betar.Node.Watching;
using Betar.Orleans.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Cli.Watching;

/// <summary>The command against a control socket that says what the test wants.</summary>
public sealed class TopCommandTests : IAsyncLifetime
{
    private const string Overview =
        """
        {"at":"2026-03-04T05:06:07+00:00","peerId":"12D3","version":"0.1.0","network":"eip155:84532","upSeconds":125,"storeRuns":true,"peers":2,
        "orders":{"total":7,"open":1,"perSecond":0.5},
        "money":[{"network":"eip155:84532","asset":"0x03","in":"7000","delivered":"5000","refunded":"1000","held":"1000","owed":"500"}],
        "agentCount":3,"agents":[
        {"id":"did:key:1","name":"alpha\u001b[2J","price":0.001,"priceAtomic":"1000","recent":5,"running":1,"waiting":2,"completed":6,"failed":1,"resting":true,"lastError":"no answer\u001b[31m"},
        {"id":"did:key:2","name":"beta","price":0,"priceAtomic":"0","recent":0,"running":0,"waiting":0,"completed":0,"failed":0,"resting":false,"lastError":""}]}
        """;

    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private ControlServer _server = null!;
    private string _answer = Overview;

    public async Task InitializeAsync() => _server = (await ControlServer.StartAsync(
        _folder.Data, new Dictionary<string, ControlHandler> { [FleetOverview.Operation] = (_, _) => Task.FromResult(ControlAnswer.Json(writer => writer.WriteRawValue(_answer))) },
        NullLogger<ControlServer>.Instance, default)).OrThrow();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Once_it_shows_the_fleet_and_ends()
    {
        Assert.Equal(
            """
            betar 0.1.0  12D3  eip155:84532  up 2 min
            peers 2   orders 7, open 1, 0.5 a second

            money in  delivered  refunded  held   owed    of    on
            0.007     0.005      0.001     0.001  0.0005  0x03  eip155:84532

            agent           price  lately  running  waiting  done  failed  state
            alpha\u001b[2J  0.001  5       1        2        6     1       resting: no answer\u001b[31m
            beta            0      0       0        0        0     0
            and 1 more

            """.ReplaceLineEndings("\n"),
            (await RunAsync("--once")).Out);
        Assert.Equal(7, (await RunAsync("--once", "--json")).Json().GetProperty("orders").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_fleet_of_nothing_says_so_and_a_stopped_store_is_seen()
    {
        _answer = """{"peerId":"p","version":"v","network":"n","upSeconds":0,"storeRuns":false,"peers":0,"orders":{"total":0,"open":0,"perSecond":0},"money":[],"agentCount":0,"agents":[]}""";
        string shown = (await RunAsync("--once")).Out;

        Assert.Contains("THE STORE HAS STOPPED", shown, StringComparison.Ordinal);
        Assert.Contains("No money has come in yet.", shown, StringComparison.Ordinal);
        Assert.Contains("Nothing is for sale here", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_gets_a_page_of_its_own_within_its_size_and_has_its_own_back_at_the_end()
    {
        string seen = await WatchAsync("xterm");

        Assert.StartsWith("\e[?1049h\e[?25l\e[?7l\e[Hbetar 0.1.0  12D3  e\e[K\r\npeers", seen, StringComparison.Ordinal);
        Assert.EndsWith("\e[J\e[?7h\e[?25h\e[?1049l", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("money in", seen, StringComparison.Ordinal);
        Assert.True(seen.Split("\e[H").Length > 2);
    }

    [Theory]
    [InlineData("dumb")]
    [InlineData("")]
    public async Task A_terminal_that_knows_nothing_gets_plain_lines(string term)
    {
        string seen = await WatchAsync(term);

        Assert.DoesNotContain('\e', seen);
        Assert.Contains("more\n\nbetar 0.1.0", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0s")]
    [InlineData("199ms")]
    [InlineData("61m")]
    [InlineData("soon")]
    public async Task An_interval_out_of_bounds_is_refused(string interval) => (await RunAsync("--interval", interval)).AssertRefused("BTR-1003", 2);

    [Fact]
    public async Task Without_a_node_there_is_nothing_to_see()
    {
        using var empty = new TempFolder();
        (await CliRun.RunAsync("top", "--data", empty.Path)).AssertRefused("BTR-2010", 1);
    }

    /// <summary>At least two looks, then Ctrl-C.</summary>
    private async Task<string> WatchAsync(string term)
    {
        using var stop = new CancellationTokenSource();
        using var output = new LineWriter();
        var host = new CliHost(output, TextWriter.Null, name => name == "TERM" ? term : null, _time) { Screen = () => (20, 4) };
        Task<int> watching = BetarCli.RunAsync(["top", "--interval", "5s", "--data", _folder.Path], host, stop.Token);
        await output.NextAsync(TimeSpan.FromSeconds(30));
        for (string one = output.Seen; output.Seen == one; await Task.Yield())
            _time.Advance(TimeSpan.FromSeconds(5));
        stop.Cancel();
        Assert.Equal(0, await watching);
        return output.Seen;
    }

    private Task<CliRun> RunAsync(params string[] options) => CliRun.RunAsync(["top", .. options, "--data", _folder.Path]);
}
