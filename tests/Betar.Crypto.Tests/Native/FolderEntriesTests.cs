using Betar.Crypto.Native;

namespace Betar.Crypto.Tests.Native;

public sealed class FolderEntriesTests
{
    [Fact]
    public void A_folder_is_synced_and_stays_as_it_is()
    {
        string folder = Directory.CreateTempSubdirectory("betar-entries-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "ü name"), "content");
            FolderEntries.Sync(folder);
            Assert.Equal("content", File.ReadAllText(Path.Combine(folder, "ü name")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said_by_name()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"betar-none-{Guid.NewGuid():N}");

        IOException fault = Assert.Throws<IOException>(() => FolderEntries.Sync(folder));

        Assert.Contains(folder, fault.Message, StringComparison.Ordinal);
        Assert.Contains("No such file", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_folder_is_a_mistake_of_the_caller() => Assert.Throws<ArgumentException>(() => FolderEntries.Sync(""));
}
