using System.Text;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Folder;

public sealed class SecretFileTests
{
    [Fact]
    public void A_file_that_is_there_is_never_replaced()
    {
        using var temp = new TempFolder();
        var path = temp.File("key", "first");

        Assert.False(SecretFile.TryCreate(path, "second"u8));

        Assert.Equal("first", File.ReadAllText(path));
        Assert.Single(Directory.EnumerateFiles(temp.Path));
    }

    [Fact]
    public async Task Of_many_writers_one_wins_whole_and_no_draft_is_left()
    {
        using var temp = new TempFolder();
        var path = Path.Combine(temp.Path, "key");

        var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer =>
            Task.Run(() => SecretFile.TryCreate(path, Encoding.ASCII.GetBytes(new string((char)('a' + writer), 1000))))));

        Assert.Single(won, outcome => outcome);
        Assert.Equal(1000, File.ReadAllText(path).Length);
        Assert.Single(File.ReadAllText(path).Distinct());
        Assert.Single(Directory.EnumerateFiles(temp.Path));
    }

    [Fact]
    public void A_file_at_its_limit_is_read_and_one_byte_more_is_not()
    {
        using var temp = new TempFolder();
        var path = Path.Combine(temp.Path, "key");
        SecretFile.TryCreate(path, new byte[10]);

        Assert.Equal(10, SecretFile.Read(path, 10).Value.Length);
        Assert.Equal("BTR-2007", SecretFile.Read(path, 9).Refusal?.Error.Code);
    }

    [Fact]
    public void The_mode_is_told_as_chmod_writes_it()
    {
        using var temp = new TempFolder();
        var path = temp.File("key", "x");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        Assert.Contains("mode 0644", SecretFile.CheckMode(path)?.Sentence, StringComparison.Ordinal);
    }
}
