using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli;

public sealed class UsageTests
{
    [Theory]
    [InlineData("BTR-1001", "demmo")]
    [InlineData("BTR-1001", "agent", "lst")]
    [InlineData("BTR-1001", "xyzzy")]
    [InlineData("BTR-1001", "xyzzy", "--help")]
    [InlineData("BTR-1002", "agent", "list", "--nosuch", "--help")]
    [InlineData("BTR-1002", "--jsno")]
    [InlineData("BTR-1002", "agent", "list", "--nosuch")]
    [InlineData("BTR-1002", "doctor", "-z")]
    [InlineData("BTR-1003", "chain", "devnet", "--chain-id", "abc")]
    [InlineData("BTR-1003", "chain", "devnet", "--listen", "nowhere")]
    [InlineData("BTR-1003", "chain", "devnet", "--listen", "192.0.2.1:8545")]
    [InlineData("BTR-1003", "chain", "devnet", "--listen", "0.0.0.0:8545")]
    [InlineData("BTR-1004", "agent", "execute")]
    [InlineData("BTR-1004", "agent", "execute", "--agent-id", "x")]
    [InlineData("BTR-1004", "doctor", "--data")]
    [InlineData("BTR-1000", "agent")]
    [InlineData("BTR-1000", "agent", "list", "more")]
    [InlineData("BTR-1005", "bench", "grains", "--json")]
    public async Task Wrong_usage_is_one_sentence_with_a_code_and_exit_code_2(string code, params string[] args)
    {
        var run = await CliRun.RunAsync(args);

        run.AssertRefused(code, 2);
    }

    [Theory]
    [InlineData("agnt", "agent")]
    [InlineData("ledgr verify", "ledger")]
    [InlineData("agent lsit", "list")]
    [InlineData("agent list --jsn", "--json")]
    public async Task A_typing_error_names_what_was_likely_meant(string line, string meant)
    {
        var run = await CliRun.RunAsync(line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"(did you mean {meant}?)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_like_nothing_gets_no_guess()
    {
        var run = await CliRun.RunAsync("xyzzyplugh");

        Assert.DoesNotContain("did you mean", run.Error, StringComparison.Ordinal);
        Assert.Contains("betar --help", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("agent", "--help")]
    [InlineData("agent", "execute", "--help")]
    [InlineData("chain", "devnet", "-h")]
    public async Task Help_is_on_stdout_and_no_error(params string[] args)
    {
        var run = await CliRun.RunAsync(args);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Usage:", run.Out, StringComparison.Ordinal);
        Assert.Contains("  betar", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hidden_options_are_not_shown()
    {
        var run = await CliRun.RunAsync("chain", "devnet", "--help");

        Assert.DoesNotContain("background", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_one_line_without_a_commit()
    {
        var run = await CliRun.RunAsync("--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+\n$", run.Out);
    }
}
