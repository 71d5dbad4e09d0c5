using Betar.Node.Cli;
using Betar.Node.Control;
using Betar.Node.Http.Streaming;
using Betar.Node.Tests.Support;
using Betar.Node.Watching;
using Betar.Orleans.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Cli.Watching;

/// <summary>The command against a control socket whose log the test writes.</summary>
public sealed class LogsCommandTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private LogFeed _feed = null!;
    private ControlServer _server = null!;

    public async Task InitializeAsync()
    {
        var ring = new LogRing(new LogRingOptions(), _time);
        _feed = new LogFeed(NullLoggerFactory.Instance, _time) { Ring = ring };
        var handlers = new Dictionary<string, ControlHandler> { [LogControl.Operation] = new LogControl(ring, _time).AnswerAsync };
        _server = (await ControlServer.StartAsync(_folder.Data, handlers, NullLogger<ControlServer>.Instance, default)).OrThrow();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _feed.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_prints_what_is_kept_a_line_each_and_a_strangers_text_cannot_steer_the_terminal()
    {
        ILogger log = _feed.CreateLogger("Betar.Node.Thing");
        log.LogInformation("hello \u001b[2J\nworld");
        log.LogWarning(new InvalidOperationException("not told"), "failed");

        Assert.Equal(
            """
            2026-03-04T05:06:07.000Z information Thing: hello \u001b[2J\u000aworld
            2026-03-04T05:06:07.000Z warning     Thing: failed (InvalidOperationException)

            """.ReplaceLineEndings("\n"), (await RunAsync()).Out);
        Assert.Equal("failed", (await RunAsync("--level", "warning", "--json")).Json().GetProperty("message").GetString());
    }

    [Fact]
    public async Task More_than_one_answer_holds_is_printed_whole()
    {
        ILogger log = _feed.CreateLogger("x");
        for (int n = 0; n < LogControl.MostAtOnce + 3; n++)
            log.LogInformation("again");

        Assert.Equal(LogControl.MostAtOnce + 3, (await RunAsync("--json")).Out.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task Only_what_is_new_enough_is_shown()
    {
        _feed.CreateLogger("x").LogInformation("old");

        Assert.Equal("", (await RunAsync("--since", "2026-03-04T05:06:08Z")).Out);
        Assert.NotEqual("", (await RunAsync("--since", "2026-03-04T05:06:07Z")).Out);
        Assert.Equal("", (await RunAsync("--since", "1m")).Out);
    }

    [Theory]
    [InlineData("--level", "loud")]
    [InlineData("--level", "4")]
    [InlineData("--since", "yesterday")]
    public async Task What_is_no_level_and_no_time_is_refused(string option, string value) => (await RunAsync(option, value)).AssertRefused("BTR-1003", 2);

    [Fact]
    public async Task Without_a_node_there_is_no_log()
    {
        using var empty = new TempFolder();
        (await CliRun.RunAsync("logs", "-f", "--data", empty.Path)).AssertRefused("BTR-2010", 1);
    }

    [Fact]
    public async Task Following_prints_what_comes_until_it_is_stopped()
    {
        ILogger log = _feed.CreateLogger("x");
        log.LogInformation("before");
        using var stop = new CancellationTokenSource();
        using var output = new LineWriter();
        Task<int> following = BetarCli.RunAsync(["logs", "-f", "--data", _folder.Path], new CliHost(output, TextWriter.Null, _ => null, TimeProvider.System), stop.Token);
        while (!output.Seen.Contains("before", StringComparison.Ordinal))
            await output.NextAsync(TimeSpan.FromSeconds(30));
        log.LogInformation("after");
        while (!output.Seen.Contains("after", StringComparison.Ordinal))
            await output.NextAsync(TimeSpan.FromSeconds(30));
        stop.Cancel();

        Assert.Equal(0, await following);
        Assert.Equal(2, output.Seen.TrimEnd().Split('\n').Length);
    }

    private Task<CliRun> RunAsync(params string[] options) => CliRun.RunAsync(["logs", .. options, "--data", _folder.Path]);
}
