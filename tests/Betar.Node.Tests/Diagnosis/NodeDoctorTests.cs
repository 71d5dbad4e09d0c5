using System.Runtime.CompilerServices;
using Betar.Libp2p.Transports.Quic;
using Betar.Node.Cli;
using Betar.Node.Diagnosis;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Diagnosis;

public sealed class NodeDoctorTests
{
    [Fact]
    public async Task A_new_folder_has_nothing_wrong_and_stays_empty()
    {
        using var temp = new TempFolder();

        var run = await CliRun.RunAsync("doctor", "--json", "--data", temp.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.True(run.Json().GetProperty("ok").GetBoolean());
        string[] expected = ["machine", "runtime", "sdk", "libcrypto", "libsecp256k1", "secp256k1", "sqlite", "quic", "data folder", "disk", "database", "identity key", "ports", "clock"];
        Assert.Equal(expected, run.Json().GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(temp.Path));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_no_fault_and_is_not_made()
    {
        using var temp = new TempFolder();
        var inside = Path.Combine(temp.Path, "later");

        var run = await CliRun.RunAsync("doctor", "--data", inside);

        Assert.Equal(0, run.ExitCode);
        Assert.False(Directory.Exists(inside));
    }

    [Fact]
    public async Task A_key_with_the_wrong_mode_is_wrong_and_the_way_to_mend_it_is_told()
    {
        using var temp = new TempFolder();
        NodeIdentity.LoadOrCreate(temp.Data).OrThrow();
        File.SetUnixFileMode(temp.Data.IdentityKey, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var run = await CliRun.RunAsync("doctor", "--data", temp.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("BTR-2020: 1 of ", run.Error, StringComparison.Ordinal);
        Assert.Contains("WRONG identity key", run.Out, StringComparison.Ordinal);
        Assert.Contains($"to mend it: run chmod 600 {temp.Data.IdentityKey}", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Good_keys_are_right_and_damaged_ones_wrong()
    {
        using var temp = new TempFolder();
        var wallets = new Wallets(temp.Data);
        wallets.LoadOrCreate("good").OrThrow().Dispose();
        wallets.LoadOrCreate("poor").OrThrow().Dispose();
        File.WriteAllText(wallets.FileOf("poor"), "not a key");

        var found = await LookAsync(new KeysCheck(), temp);

        Assert.Equal([FindingState.Ok, FindingState.Ok, FindingState.Wrong], found.Select(finding => finding.State));
    }

    [Fact]
    public async Task A_damaged_database_is_wrong()
    {
        using var temp = new TempFolder();
        temp.File("betar.db", new string('x', 5000));

        var found = await NodeDoctor.ExamineAsync([new DatabaseCheck()], Context(temp.Data), CancellationToken.None);

        Assert.Equal(FindingState.Wrong, Assert.Single(found).State);
    }

    [Fact]
    public async Task A_folder_that_others_may_enter_is_noted()
    {
        using var temp = new TempFolder();
        File.SetUnixFileMode(temp.Path, File.GetUnixFileMode(temp.Path) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        var finding = Assert.Single(await LookAsync(new DataFolderCheck(), temp));

        Assert.Equal((FindingState.Note, $"run chmod 700 {temp.Path}"), (finding.State, finding.Remedy));
    }

    [Fact]
    public async Task A_file_in_the_folders_place_is_wrong()
    {
        using var temp = new TempFolder();
        var context = Context(new DataFolder(temp.File("file", "")));

        Assert.Equal(FindingState.Wrong, Assert.Single(await NodeDoctor.ExamineAsync([new DataFolderCheck()], context, CancellationToken.None)).State);
    }

    [Fact]
    public async Task The_holder_of_the_folder_is_named()
    {
        using var temp = new TempFolder();
        using var held = NodeLock.Acquire(temp.Data).OrThrow();

        Assert.Contains($"process {Environment.ProcessId}", Assert.Single(await LookAsync(new DataFolderCheck(), temp)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_before_its_time_is_wrong()
    {
        using var temp = new TempFolder();
        var context = Context(temp.Data) with { Time = new FixedTime(new DateTimeOffset(1970, 1, 2, 0, 0, 0, TimeSpan.Zero), 0) };

        Assert.Equal(FindingState.Wrong, Assert.Single(await LookAsync(new ClockCheck(), context)).State);
    }

    [Fact]
    public async Task A_clock_that_runs_backwards_is_wrong()
    {
        using var temp = new TempFolder();
        var context = Context(temp.Data) with { Time = new FixedTime(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), -1) };

        Assert.Equal(FindingState.Wrong, Assert.Single(await LookAsync(new ClockCheck(), context)).State);
    }

    [Fact]
    public async Task A_taken_port_is_noted()
    {
        using var temp = new TempFolder();
        using var holder = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 8424);
        // Somebody else on this machine may have it already; taken is taken.
        _ = Record.Exception(holder.Start);

        var finding = Assert.Single(await LookAsync(new PortsCheck(), temp));

        Assert.Equal(FindingState.Note, finding.State);
        Assert.Contains("8424", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_QUIC_a_node_works_and_is_told_what_to_install()
    {
        using var temp = new TempFolder();
        var (here, without) = (Assert.Single(await LookAsync(new QuicCheck(), temp)), QuicCheck.Judge("the native library libmsquic is missing", null));

        Assert.Equal(QuicSupport.IsSupported ? FindingState.Ok : FindingState.Note, here.State);
        Assert.Equal((FindingState.Note, QuicSupport.HowToInstall), (without.State, without.Remedy));
        Assert.StartsWith("not supported: the native library libmsquic is missing", without.Detail, StringComparison.Ordinal);
        Assert.Equal(Finding.Ok("quic", "supported, by libmsquic 2.6.0"), QuicCheck.Judge(null, new Version(2, 6, 0, 1)));
    }

    [Fact]
    public async Task A_check_that_fails_itself_is_a_finding()
    {
        using var temp = new TempFolder();

        var finding = Assert.Single(await NodeDoctor.ExamineAsync([new FailingCheck()], Context(temp.Data), CancellationToken.None));

        Assert.Equal((FindingState.Wrong, nameof(FailingCheck)), (finding.State, finding.Name));
    }

    [Fact]
    public async Task Every_fault_comes_with_a_way_to_mend_it()
    {
        using var temp = new TempFolder();
        temp.File("betar.db", new string('x', 5000));
        temp.File("p2p_identity.key", "x");

        var found = await NodeDoctor.ExamineAsync(NodeDoctor.Checks, Context(temp.Data), CancellationToken.None);

        Assert.All(found.Where(finding => finding.State != FindingState.Ok), finding => Assert.False(string.IsNullOrEmpty(finding.Remedy)));
        Assert.Equal(2, found.Count(finding => finding.State == FindingState.Wrong));
    }

    private static Task<IReadOnlyList<Finding>> LookAsync(IDoctorCheck check, TempFolder temp) => LookAsync(check, Context(temp.Data));

    private static async Task<IReadOnlyList<Finding>> LookAsync(IDoctorCheck check, CommandContext context)
    {
        var found = new List<Finding>();
        await foreach (var finding in check.LookAsync(context, CancellationToken.None))
            found.Add(finding);
        return found;
    }

    private static CommandContext Context(DataFolder folder) => new(TextWriter.Null, TextWriter.Null, TimeProvider.System, _ => null) { Data = folder };

    private sealed class FailingCheck : IDoctorCheck
    {
        public async IAsyncEnumerable<Finding> LookAsync(CommandContext context, [EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            yield return await Task.FromException<Finding>(new IOException("broken disk"));
        }
    }

    private sealed class FixedTime(DateTimeOffset now, int step) : TimeProvider
    {
        private long stamp = 1_000_000;

        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => stamp += step;
    }
}
