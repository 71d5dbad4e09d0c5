using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli;

/// <summary>What bad input gets, from the real executable: one sentence with its code, the exit code, nothing half written.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("BTR-1001", "sing")]
    [InlineData("BTR-1002", "up", "--loud")]
    [InlineData("BTR-1003", "up", "--silos", "many")]
    public async Task An_unknown_verb_and_a_bad_option(string code, params string[] args) =>
        (await NodeProgram.RunAsync(args)).AssertRefused(code, 2);

    [Theory]
    [InlineData("BTR-1011", "agents: ]")]
    [InlineData("BTR-1020", "agents: [ { name: a } ]")]
    [InlineData("BTR-1012", "agents: [ { name: '', executor: { builtin: echo } } ]")]
    [InlineData("BTR-1014", "agents: [ { name: a, price: 0.0000001, executor: { builtin: echo } } ]")]
    [InlineData("BTR-1015", "agents: [ { name: a, payTo: nobody, executor: { builtin: echo } } ]")]
    public async Task Bad_yaml_a_fraction_of_a_unit_and_a_bad_address(string code, string yaml)
    {
        using var temp = new TempFolder();
        var agents = temp.File("agents.yaml", yaml);

        var run = await NodeProgram.RunAsync("up", "--data", temp.Path);

        run.AssertRefused(code, 2);
        Assert.Contains($"{agents}, line 1", run.Error, StringComparison.Ordinal);
        Assert.Equal([agents], Directory.GetFileSystemEntries(temp.Path));
    }

    [Fact]
    public async Task A_file_of_agents_that_is_not_there()
    {
        using var temp = new TempFolder();

        (await NodeProgram.RunAsync("up", "--data", temp.Path, "--agents", Path.Combine(temp.Path, "none.yaml"))).AssertRefused("BTR-1010", 2);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written() =>
        (await NodeProgram.RunAsync("up", "--data", "/proc/betar")).AssertRefused("BTR-2001", 1);

    [Fact]
    public async Task A_data_folder_in_use()
    {
        using var temp = new TempFolder();
        using var held = NodeLock.Acquire(temp.Data).OrThrow();

        var run = await NodeProgram.RunAsync("up", "--data", temp.Path);

        run.AssertRefused("BTR-2002", 1);
        Assert.Contains($"process {Environment.ProcessId}", run.Error, StringComparison.Ordinal);
        Assert.Equal(["node.lock", "node.pid"], Directory.GetFiles(temp.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_key_file_with_the_wrong_mode()
    {
        using var temp = new TempFolder();
        NodeIdentity.LoadOrCreate(temp.Data).OrThrow();
        File.SetUnixFileMode(temp.Data.IdentityKey, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        (await NodeProgram.RunAsync("up", "--data", temp.Path)).AssertRefused("BTR-2006", 1);
    }

    [Fact]
    public async Task A_port_that_is_taken()
    {
        using var temp = new TempFolder();
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        using var devnet = await RunningDevnet.StartAsync(temp);

        var run = await NodeProgram.RunAsync("up", "--data", temp.Path, "--listen", $"/ip4/127.0.0.1/tcp/{((IPEndPoint)holder.LocalEndpoint).Port}");

        run.AssertRefused("BTR-2008", 1);
    }

    [Fact]
    public async Task A_damaged_database_stays_as_it_is()
    {
        using var temp = new TempFolder();
        using var devnet = await RunningDevnet.StartAsync(temp);
        var garbage = new string('x', 10_000);
        temp.File("betar.db", garbage);

        (await NodeProgram.RunAsync("up", "--data", temp.Path)).AssertRefused("BTR-2003", 1);
        (await NodeProgram.RunAsync("ledger", "verify", "--data", temp.Path)).AssertRefused("BTR-2003", 1);

        Assert.Equal(garbage, File.ReadAllText(temp.Data.Database));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(64)]
    public async Task A_full_disk(int kibibytes)
    {
        using var temp = new TempFolder();
        var run = await OnSmallDiskAsync(temp, kibibytes, "up");

        run.AssertRefused("BTR-2005", 1);
    }

    [Fact]
    public async Task A_full_disk_under_the_chain()
    {
        using var temp = new TempFolder();

        (await OnSmallDiskAsync(temp, 0, "chain devnet")).AssertRefused("BTR-2005", 1);
    }

    /// <summary>Runs a command on a file system of its own with little room, in name spaces of its own, which take every process with them.</summary>
    private static async Task<CliRun> OnSmallDiskAsync(TempFolder temp, int kibibytes, string command)
    {
        var fill = $"head -c 1M /dev/zero >'{temp.Path}/filler' 2>/dev/null; truncate -s -{kibibytes}K '{temp.Path}/filler'";
        var script = $"mount -t tmpfs -o size=1M,mode=700 tmpfs '{temp.Path}' && {{ {fill}; exec '{NodeProgram.Executable}' {command} --data '{temp.Path}'; }}";
        using var process = Process.Start(new ProcessStartInfo("unshare", ["-rmpf", "--kill-child", "--mount-proc", "sh", "-c", script])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CliRun(process.ExitCode, await output, await error);
    }
}
