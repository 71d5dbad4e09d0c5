using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Folder;

public sealed class DataFolderTests
{
    [Fact]
    public void The_option_wins_over_the_variable_and_that_over_home()
    {
        var environment = new Dictionary<string, string> { ["HOME"] = "/home/me", ["BETAR_DATA_DIR"] = "/var/betar" };

        Assert.Equal("/opt/x", DataFolder.Resolve("/opt/x", environment.GetValueOrDefault).Root);
        Assert.Equal("/var/betar", DataFolder.Resolve(null, environment.GetValueOrDefault).Root);
        environment.Remove("BETAR_DATA_DIR");
        Assert.Equal("/home/me/.betar", DataFolder.Resolve(null, environment.GetValueOrDefault).Root);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_option_is_none(string option) =>
        Assert.Equal("/h/.betar", DataFolder.Resolve(option, name => name == "HOME" ? "/h" : null).Root);

    [Fact]
    public void A_relative_folder_becomes_absolute() =>
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "x"), DataFolder.Resolve("x", _ => null).Root);

    [Fact]
    public void The_names_are_those_that_others_rely_on()
    {
        var folder = new DataFolder("/d");

        Assert.Equal(
            ["/d/betar.db", "/d/p2p_identity.key", "/d/keystore", "/d/config.yaml", "/d/agents.yaml", "/d/betar.sock", "/d/node.lock", "/d/devnet.db"],
            [folder.Database, folder.IdentityKey, folder.Keystore, folder.Config, folder.Agents, folder.Socket, folder.Lock, folder.DevnetDatabase]);
    }

    [Fact]
    public void A_new_folder_is_for_its_owner_alone_and_left_empty()
    {
        using var temp = new TempFolder();
        var folder = new DataFolder(Path.Combine(temp.Path, "a", "b"));

        Assert.True(folder.Prepare().IsOk);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Root));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Root));
    }

    [Theory]
    [InlineData("/proc/betar")]
    [InlineData("/dev/null/betar")]
    public void A_folder_that_cannot_be_written_is_refused(string path)
    {
        var prepared = new DataFolder(path).Prepare();

        Assert.Equal("BTR-2001", prepared.Refusal?.Error.Code);
        Assert.Contains(path, prepared.Refusal?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_its_place_is_refused_and_left_alone()
    {
        using var temp = new TempFolder();
        var path = temp.File("file", "precious");

        Assert.Equal("BTR-2001", new DataFolder(path).Prepare().Refusal?.Error.Code);
        Assert.Equal("precious", File.ReadAllText(path));
    }

    [Fact]
    public void A_path_too_long_for_a_socket_is_refused()
    {
        var folder = new DataFolder("/" + new string('x', 95));

        Assert.True(folder.SocketPath().IsOk);
        Assert.Equal("BTR-2013", new DataFolder("/" + new string('x', 96)).SocketPath().Refusal?.Error.Code);
    }
}
