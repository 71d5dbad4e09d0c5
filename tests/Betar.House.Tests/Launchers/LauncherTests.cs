using System.Diagnostics;
using Betar.House.Tests.Support;

namespace Betar.House.Tests.Launchers;

public sealed class LauncherTests
{
    [Fact]
    public async Task The_first_run_builds_with_one_line_of_progress_and_hands_everything_on()
    {
        using var repository = new FakeRepository();

        var run = await repository.RunAsync("betar", "agent", "list", "--data", "a b");

        Assert.Equal((0, "Betar.Node-1 agent list --data a b\n", "betar: building…\n"), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task A_warm_run_builds_nothing_and_says_nothing()
    {
        using var repository = new FakeRepository();
        await repository.RunAsync("betar");

        var warm = await repository.RunAsync("betar", "x");

        Assert.Equal((0, "Betar.Node-1 x\n", ""), (warm.ExitCode, warm.Out, warm.Error));
        Assert.Equal(1, repository.Builds);
    }

    [Theory]
    [InlineData(null, "0x800000")]
    [InlineData("0x1000000", "0x1000000")]
    public async Task The_youngest_generation_is_small_unless_somebody_chose(string? chosen, string given)
    {
        using var repository = new FakeRepository();

        await repository.RunAsync("betar", ("DOTNET_GCgen0size", chosen));

        Assert.Equal(given + "\n", repository.Noted("gen0"));
    }

    [Theory]
    [InlineData("change")]
    [InlineData("add")]
    [InlineData("delete")]
    [InlineData("rename")]
    [InlineData("props")]
    public async Task Any_change_of_the_sources_builds_again(string what)
    {
        using var repository = new FakeRepository();
        repository.Write("src/Betar.Node/Cli/Old.cs", "");
        await repository.RunAsync("betar");

        switch (what)
        {
            case "change": repository.Write("src/Betar.Node/Program.cs", "changed"); break;
            case "add": repository.Write("src/Betar.Node/Cli/New.cs", ""); break;
            case "delete": File.Delete(repository.PathOf("src/Betar.Node/Cli/Old.cs")); break;
            case "rename": File.Move(repository.PathOf("src/Betar.Node/Cli/Old.cs"), repository.PathOf("src/Betar.Node/Cli/Young.cs")); break;
            default: repository.Write("Directory.Build.props", "<Project />"); break;
        }

        Assert.Equal("Betar.Node-2\n", (await repository.RunAsync("betar")).Out.Replace(" \n", "\n", StringComparison.Ordinal));
        Assert.Equal("Betar.Node-2\n", (await repository.RunAsync("betar")).Out.Replace(" \n", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_builds_leave_behind_is_no_change()
    {
        using var repository = new FakeRepository();
        repository.Write("src/Betar.Node/obj/a", "");
        repository.Write("src/Betar.Node/bin/a", "");
        await repository.RunAsync("betar");

        repository.Write("src/Betar.Node/obj/b", "");
        repository.Write("src/Betar.Node/bin/b", "");
        repository.Write("tests/Betar.Node.Tests/T.cs", "");
        await repository.RunAsync("betar");

        Assert.Equal(1, repository.Builds);
    }

    [Fact]
    public async Task A_failed_build_shows_its_errors_and_ends_with_1_until_it_is_mended()
    {
        using var repository = new FakeRepository();
        repository.Write("sdk/fail", "");

        var failed = await repository.RunAsync("betar");
        var again = await repository.RunAsync("betar");
        File.Delete(repository.PathOf("sdk/fail"));
        var mended = await repository.RunAsync("betar");

        Assert.Equal((1, "", 1, 0), (failed.ExitCode, failed.Out, again.ExitCode, mended.ExitCode));
        Assert.Contains("error CS1002", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eight_at_once_build_once()
    {
        using var repository = new FakeRepository();

        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => repository.RunAsync("betar", $"{index}")));

        Assert.All(runs.Index(), run => Assert.Equal((0, $"Betar.Node-1 {run.Index}\n"), (run.Item.ExitCode, run.Item.Out)));
        Assert.Equal(1, repository.Builds);
    }

    [Theory]
    [InlineData("betar")]
    [InlineData("test")]
    public async Task Without_the_sdk_one_sentence_says_what_is_missing(string program)
    {
        using var repository = new FakeRepository();

        var run = await repository.RunWithoutSdkAsync(program);

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal("The .NET SDK 10.0 is missing: install it (https://dotnet.microsoft.com/download, or the package dotnet-sdk-10.0) and run this again.\n", run.Error);
    }

    [Fact]
    public async Task An_sdk_that_is_too_old_is_named()
    {
        using var repository = new FakeRepository();
        repository.Write("sdk/wrong", "");

        var run = await repository.RunAsync("betar");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is not version 10.0", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_built_runs_without_the_sdk()
    {
        using var repository = new FakeRepository();
        await repository.RunAsync("betar");

        Assert.Equal(0, (await repository.RunWithoutSdkAsync("betar")).ExitCode);
    }

    [Fact]
    public async Task Bench_is_the_benchmark_program()
    {
        using var repository = new FakeRepository();

        Assert.Equal("Betar.Benchmarks-1 grains --json\n", (await repository.RunAsync("betar", "bench", "grains", "--json")).Out);
    }

    [Fact]
    public async Task A_link_to_the_launcher_works()
    {
        using var repository = new FakeRepository();
        File.CreateSymbolicLink(repository.PathOf("elsewhere"), repository.PathOf("betar"));

        Assert.Equal("Betar.Node-1 x\n", (await repository.RunAsync("elsewhere", "x")).Out);
    }

    [Fact]
    public async Task The_exit_code_is_the_programs()
    {
        using var repository = new FakeRepository();
        await repository.RunAsync("betar");
        var program = Directory.GetFiles(repository.PathOf("artifacts/app/Betar.Node"), "Betar.Node", SearchOption.AllDirectories).Single();
        File.WriteAllText(program, "#!/bin/sh\nexit 42\n");

        Assert.Equal(42, (await repository.RunAsync("betar")).ExitCode);
    }

    [Fact]
    public async Task The_build_that_a_running_node_was_started_from_stays_and_others_go()
    {
        using var repository = new FakeRepository();
        await repository.RunAsync("betar");
        var first = Directory.GetDirectories(repository.PathOf("artifacts/app/Betar.Node")).Single();
        File.Copy("/bin/cat", Path.Combine(first, "cat"));
        using var running = Process.Start(new ProcessStartInfo(Path.Combine(first, "cat")) { RedirectStandardInput = true })!;

        repository.Write("src/Betar.Node/Program.cs", "two");
        await repository.RunAsync("betar");
        Assert.True(Directory.Exists(first));
        running.StandardInput.Close();
        await running.WaitForExitAsync();
        repository.Write("src/Betar.Node/Program.cs", "three");
        await repository.RunAsync("betar");

        Assert.False(Directory.Exists(first));
        Assert.Single(Directory.GetDirectories(repository.PathOf("artifacts/app/Betar.Node")));
    }

    [Fact]
    public async Task A_warm_start_adds_at_most_150_ms()
    {
        using var repository = new FakeRepository();
        await repository.RunAsync("betar");
        var program = Directory.GetFiles(repository.PathOf("artifacts/app/Betar.Node"), "Betar.Node", SearchOption.AllDirectories).Single();
        var direct = TimeSpan.MaxValue;
        var launched = TimeSpan.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            direct = Least(direct, await TimeAsync(repository, Path.GetRelativePath(repository.PathOf("."), program)));
            launched = Least(launched, await TimeAsync(repository, "betar"));
        }

        Assert.InRange((launched - direct).TotalMilliseconds, -1000, 150);
    }

    [Fact]
    public void Every_script_is_sound_and_executable()
    {
        foreach (var name in new[] { "betar", "test", "eng/tools", "eng/test-one", ".ci/run" })
        {
            var path = Path.Combine(Repository.Root, name);
            Assert.True(File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute), name);
            using var check = Process.Start(name == ".ci/run" ? "bash" : "sh", ["-n", path]);
            check.WaitForExit();
            Assert.Equal(0, check.ExitCode);
        }
    }

    private static TimeSpan Least(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static async Task<TimeSpan> TimeAsync(FakeRepository repository, string program)
    {
        var watch = Stopwatch.StartNew();
        await repository.RunAsync(program);
        return watch.Elapsed;
    }
}
