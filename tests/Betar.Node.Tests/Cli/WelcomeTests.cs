using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli;

public sealed class WelcomeTests
{
    [Fact]
    public async Task Bare_betar_fits_on_a_screen_and_ends_with_the_next_step()
    {
        using var folder = new TempFolder();

        var run = await CliRun.RunAsync("--data", folder.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.InRange(run.Out.Split('\n').Length, 5, 15);
        Assert.Contains("Next: betar demo --once", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("--verbose", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_ledger_the_next_step_is_to_verify_it()
    {
        using var folder = new TempFolder();
        folder.File("betar.db", "");

        var run = await CliRun.RunAsync("--data", folder.Path, "--json");

        Assert.Equal("betar ledger verify", run.Json().GetProperty("next").GetString());
    }

    [Fact]
    public async Task With_a_running_node_the_next_step_is_to_ask_it()
    {
        using var folder = new TempFolder();
        using var held = NodeLock.Acquire(folder.Data).Value;

        var run = await CliRun.RunAsync("--json", "--data", folder.Path);

        Assert.Equal("betar agent list", run.Json().GetProperty("next").GetString());
        Assert.Contains($"process {Environment.ProcessId}", run.Json().GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_makes_no_folder()
    {
        using var folder = new TempFolder();
        var inside = Path.Combine(folder.Path, "not-there");

        await CliRun.RunAsync("--data", inside);

        Assert.False(Directory.Exists(inside));
    }
}
