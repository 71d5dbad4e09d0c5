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
}
