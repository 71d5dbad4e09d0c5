using System.Diagnostics;
using System.Text.Json;
using Betar.Node.Composition;
using Betar.Node.Tests.Support;
using Betar.Orleans.Testing;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Tests.Composition;

public sealed class JsonLoggerTests
{
    private readonly StringWriter _output = new();

    [Fact]
    public void A_record_is_one_line_of_json_with_its_fields()
    {
        Logger(LogLevel.Information).LogWarning("{Peer} sent {Count} frames", "x\n{\"level\":\"none\"}", 3);
        JsonElement record = Read();

        Assert.Equal(("warning", "Betar.Desk", "x\n{\"level\":\"none\"} sent 3 frames"),
            (record.GetProperty("level").GetString(), record.GetProperty("category").GetString(), record.GetProperty("message").GetString()));
        Assert.Equal("""{"Peer":"x\n{\"level\":\"none\"}","Count":"3"}""", record.GetProperty("fields").GetRawText());
        Assert.False(record.TryGetProperty("trace", out _));
    }

    [Fact]
    public void It_names_the_trace_that_it_belongs_to_and_the_exception()
    {
        using var span = new Activity("x");
        span.Start();
        Logger(LogLevel.Information).LogError(new InvalidOperationException("broken"), "no");
        JsonElement record = Read();

        Assert.Equal(span.TraceId.ToHexString(), record.GetProperty("trace").GetString());
        Assert.Contains("broken", record.GetProperty("fault").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_below_the_level_are_not_written()
    {
        Logger(LogLevel.Error).LogWarning("quiet");

        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData("--log-format", "xml")]
    [InlineData("--log-level", "loud")]
    [InlineData("--log-level", "3")]
    public async Task A_log_that_cannot_be_written_so_is_refused(string option, string value)
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync("up", "--data", temp.Path, "--http", "none", option, value)).AssertRefused("BTR-1003", 2);
    }

    [Theory]
    [InlineData("BETAR_LOG_FORMAT", "xml")]
    [InlineData("BETAR_LOG_LEVEL", "3")]
    public async Task Nor_by_a_variable(string variable, string value)
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync(new Dictionary<string, string> { [variable] = value }, "up", "--data", temp.Path, "--http", "none")).AssertRefused("BTR-1003", 2);
    }

    [Fact]
    public async Task A_node_writes_as_its_file_and_its_variables_say()
    {
        using var temp = new TempFolder();
        temp.File("config.yaml", "log_level: information\nhttp: none\nmdns: false\n");
        try
        {
            using NodeProgram node = NodeProgram.Start(new Dictionary<string, string> { ["BETAR_LOG_FORMAT"] = "json" }, "up", "--json", "--data", temp.Path);
            Assert.NotNull(await node.ReadLineAsync());
            await node.SignalAsync("TERM");
            CliRun end = await node.EndAsync();

            Assert.Equal(0, end.ExitCode);
            Assert.All(end.Error.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("{", line, StringComparison.Ordinal));
            Assert.Contains("\"information\"", end.Error, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            FolderChain.End(temp.Path);
        }
    }

    private ILogger Logger(LogLevel level) =>
        new JsonLoggerFactory(_output, level, new ManualTimeProvider(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero))).CreateLogger("Betar.Desk");

    private JsonElement Read()
    {
        string line = Assert.Single(_output.ToString().TrimEnd('\n').Split('\n'));
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
