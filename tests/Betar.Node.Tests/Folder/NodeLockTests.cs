using System.Diagnostics;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Folder;

public sealed class NodeLockTests
{
    [Fact]
    public void The_second_is_refused_and_told_who_has_it()
    {
        using var temp = new TempFolder();
        using var first = NodeLock.Acquire(temp.Data).Value;

        var second = NodeLock.Acquire(temp.Data);

        Assert.Equal("BTR-2002", second.Refusal?.Error.Code);
        Assert.Contains($"process {Environment.ProcessId}", second.Refusal?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Once_released_it_can_be_taken_again()
    {
        using var temp = new TempFolder();
        NodeLock.Acquire(temp.Data).Value.Dispose();

        Assert.Null(NodeLock.Holder(temp.Data));
        using var second = NodeLock.Acquire(temp.Data).Value;
        Assert.Equal(Environment.ProcessId, NodeLock.Holder(temp.Data));
    }

    [Fact]
    public void The_files_of_a_dead_holder_mean_nothing()
    {
        using var temp = new TempFolder();
        var dead = DeadProcess().ToString(System.Globalization.CultureInfo.InvariantCulture);
        temp.File("node.lock", dead);
        temp.File("node.pid", dead);

        Assert.Null(NodeLock.Holder(temp.Data));
        using var taken = NodeLock.Acquire(temp.Data).Value;
        Assert.Equal(Environment.ProcessId, NodeLock.Holder(temp.Data));
    }

    [Fact]
    public async Task A_killed_process_frees_the_folder()
    {
        using var temp = new TempFolder();
        temp.Data.Prepare().OrThrow();
        using var other = Process.Start(new ProcessStartInfo("flock", [temp.Data.Lock, "sh", "-c", "echo held; cat"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync());
        Assert.Equal("BTR-2002", NodeLock.Acquire(temp.Data).Refusal?.Error.Code);

        other.Kill(entireProcessTree: true);
        await other.WaitForExitAsync();
        Assert.Null(await other.StandardOutput.ReadLineAsync());

        NodeLock.Acquire(temp.Data).OrThrow().Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("0x10")]
    [InlineData("99999999999999999999")]
    public void A_damaged_note_names_nobody(string note)
    {
        using var temp = new TempFolder();
        temp.File("node.pid", note);

        Assert.Null(NodeLock.Holder(temp.Data));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_before_the_lock() =>
        Assert.Equal("BTR-2001", NodeLock.Acquire(new DataFolder("/proc/betar")).Refusal?.Error.Code);

    private static int DeadProcess()
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        return process.Id;
    }

    [Fact]
    public void A_lock_file_that_cannot_be_opened_is_not_called_in_use()
    {
        using var temp = new TempFolder();
        Directory.CreateDirectory(temp.Data.Lock);

        var refusal = NodeLock.Acquire(temp.Data).Refusal;

        Assert.Equal("BTR-2001", refusal?.Error.Code);
        Assert.Contains(temp.Data.Lock, refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_file_that_runs_as_a_program_is_not_called_in_use_either()
    {
        using var temp = new TempFolder();
        File.Copy("/bin/sleep", temp.Data.Lock);
        using var running = System.Diagnostics.Process.Start(temp.Data.Lock, "60");
        try
        {
            Assert.Equal("BTR-2001", NodeLock.Acquire(temp.Data).Refusal?.Error.Code);
        }
        finally
        {
            running.Kill();
            running.WaitForExit();
        }
    }
}
