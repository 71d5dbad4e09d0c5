using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Storage;

public sealed class DiskAppendFileTests
{
    [Fact]
    public void Bytes_are_appended_read_and_cut()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "file");
        using (var file = DiskAppendFile.Open(path))
        {
            Assert.Equal(0, file.Length);
            file.Append([1, 2, 3]);
            file.Append([]);
            file.Append([4, 5]);
            file.Sync();
            Assert.Equal(5, file.Length);
            file.Truncate(4);
            file.Append([6]);
            file.Sync();
        }

        Assert.Equal([1, 2, 3, 4, 6], File.ReadAllBytes(path));
        using var again = DiskAppendFile.Open(path);
        Assert.Equal(5, again.Length);
        var bytes = new byte[10];
        Assert.Equal(3, again.Read(2, bytes));
        Assert.Equal([3, 4, 6], bytes[..3]);
        Assert.Equal(0, again.Read(5, bytes));
        Assert.Equal(0, again.Read(500, bytes));
    }

    [Fact]
    public void The_lock_ends_with_the_owner()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "file");
        using (DiskAppendFile.Open(path))
        {
            var fault = Assert.Throws<DevnetOpenException>(() => DiskAppendFile.Open(path));
            Assert.Equal(DevnetOpenFault.InUse, fault.Fault);
            Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        }

        DiskAppendFile.Open(path).Dispose();
    }

    [Fact]
    public void A_path_through_a_file_is_not_accessible()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "not a folder");
        Assert.Equal(DevnetOpenFault.NotAccessible, Assert.Throws<DevnetOpenException>(() => DiskAppendFile.Open(Path.Combine(file, "devnet.db"))).Fault);
        Assert.Equal("not a folder", File.ReadAllText(file));
    }

    [Fact]
    public void A_file_that_cannot_be_opened_for_another_reason_is_not_called_in_use()
    {
        using var folder = new TemporaryFolder();
        var program = Path.Combine(folder.Path, "program");
        File.Copy("/bin/sleep", program);
        using var running = System.Diagnostics.Process.Start(program, "60");
        try
        {
            // A program that runs cannot be written: an error of the disk's, and no lock of another chain.
            var fault = Assert.Throws<DevnetOpenException>(() => DiskAppendFile.Open(program));
            Assert.Equal(DevnetOpenFault.NotAccessible, fault.Fault);
            Assert.Contains(program, fault.Message, StringComparison.Ordinal);
            Assert.Contains(fault.InnerException!.Message, fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            running.Kill();
            running.WaitForExit();
        }
    }

    [Fact]
    public void A_new_file_has_its_folder_synced_and_every_folder_that_was_made_for_it()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a", "b", "file");
        var synced = new List<string>();

        DiskAppendFile.Open(path, synced.Add).Dispose();

        Assert.Equal([Path.Combine(folder.Path, "a", "b"), Path.Combine(folder.Path, "a"), folder.Path], synced);
    }

    [Fact]
    public void A_folder_that_is_there_is_synced_once_for_a_new_file_and_not_for_an_old_one()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "file");
        var synced = new List<string>();

        DiskAppendFile.Open(path, synced.Add).Dispose();
        DiskAppendFile.Open(path, synced.Add).Dispose();

        Assert.Equal([folder.Path], synced);
    }

    [Fact]
    public void A_folder_that_cannot_be_synced_gives_no_file_to_write_to()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "file");

        var fault = Assert.Throws<DevnetOpenException>(() => DiskAppendFile.Open(path, _ => throw new IOException("Input/output error")));

        Assert.Equal(DevnetOpenFault.NotAccessible, fault.Fault);
        DiskAppendFile.Open(path).Dispose();
    }
}
