using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Cli.Agents;

/// <summary><c>betar agent execute --stream</c> against a stand-in for the node.</summary>
public sealed class StreamedExecuteTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("one two three", "one two three\n", "")]
    [InlineData("one two ", "one two \n", "")]
    [InlineData("other", "one two \nother\n", "The answer is not what came before it:\n")]
    public async Task A_person_reads_the_answer_once_as_it_comes(string output, string printed, string said)
    {
        await using ControlServer server = await StartAsync(output, "one ", "two ");

        CliRun run = await RunAsync("--stream");

        Assert.Equal((0, printed, said), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task A_program_reads_a_line_for_each_piece_and_one_for_the_answer()
    {
        await using ControlServer server = await StartAsync("all", "one\n", "<two>");

        CliRun run = await RunAsync("--stream", "--json");

        Assert.Equal("{\"partial\":\"one\\n\"}\n{\"partial\":\"<two>\"}\n{\"output\":\"all\",\"amount\":\"7\"}\n", run.Out);
    }

    [Fact]
    public async Task What_could_steer_the_terminal_is_made_visible_in_pieces_too()
    {
        await using ControlServer server = await StartAsync("\u001b[2Jx", "\u001b[2J");

        Assert.Equal("\\u001b[2Jx\n", (await RunAsync("--stream")).Out);
    }

    [Fact]
    public async Task A_refusal_after_pieces_ends_the_line_that_was_begun()
    {
        await using ControlServer server = await StartAsync(null, "half");

        CliRun run = await RunAsync("--stream");

        Assert.Equal((1, "half\n"), (run.ExitCode, run.Out));
        Assert.StartsWith("BTR-4002: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_before_any_piece_is_a_refusal_as_ever()
    {
        await using ControlServer server = await StartAsync(null);

        (await RunAsync("--stream")).AssertRefused("BTR-4002", 1);
    }

    [Fact]
    public async Task Without_the_option_nothing_comes_before_the_answer()
    {
        await using ControlServer server = await StartAsync("all", "never");

        Assert.Equal("whole\n", (await RunAsync()).Out);
    }

    private Task<CliRun> RunAsync(params string[] options) => CliRun.RunAsync(["agent", "execute", "--agent-id", "x", "--task", "y", "--data", _temp.Path, .. options]);

    private async Task<ControlServer> StartAsync(string? output, params string[] pieces) => (await ControlServer.StartAsync(
        _temp.Data,
        new Dictionary<string, ControlHandler> { ["agents.execute"] = (_, _) => Task.FromResult(Answer("whole")) },
        NullLogger<ControlServer>.Instance, CancellationToken.None,
        new Dictionary<string, StreamedHandler>
        {
            ["agents.execute"] = async (_, partial, _) =>
            {
                foreach (string piece in pieces)
                    await partial(piece);
                return output is null ? ControlAnswer.Refused(ErrorCatalog.ExecutionFailed.Refuse("It broke")) : Answer(output);
            },
        })).OrThrow();

    private static ControlAnswer Answer(string output) => ControlAnswer.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("output", output);
        writer.WriteString("amount", "7");
        writer.WriteEndObject();
    });
}
