using System.Diagnostics;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Hosting;

/// <summary>The executable itself.</summary>
public sealed class ProgramTests
{
    [Fact]
    public async Task The_version_comes_in_under_150_ms()
    {
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 8; round++)
        {
            var watch = Stopwatch.StartNew();
            var run = await NodeProgram.RunAsync("--version");
            best = watch.Elapsed < best ? watch.Elapsed : best;
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
        }

        Assert.InRange(best.TotalMilliseconds, 0, 150);
    }

    [Fact]
    public async Task The_variable_names_the_folder()
    {
        using var temp = new TempFolder();

        var run = await CliRun.RunAsync(new Dictionary<string, string> { ["BETAR_DATA_DIR"] = temp.Path }, "--json");

        Assert.Equal(temp.Path, run.Json().GetProperty("data").GetString());
    }

    [Fact]
    public async Task Without_verbose_no_stack_trace_reaches_the_terminal()
    {
        using var temp = new TempFolder();
        temp.File("betar.db", new string('x', 5000));

        var quiet = await NodeProgram.RunAsync("ledger", "verify", "--data", temp.Path);
        var verbose = await NodeProgram.RunAsync("ledger", "verify", "--verbose", "--data", temp.Path);

        Assert.DoesNotContain("   at ", quiet.Error, StringComparison.Ordinal);
        Assert.Contains("   at ", verbose.Error, StringComparison.Ordinal);
        Assert.Equal(quiet.Error.Split('\n')[0], verbose.Error.Split('\n')[0]);
    }
}
