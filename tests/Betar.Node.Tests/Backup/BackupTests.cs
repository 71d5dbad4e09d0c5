using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Betar.Node.Backup;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;
using Betar.Storage;
using Betar.Storage.Sessions;

namespace Betar.Node.Tests.Backup;

public sealed class BackupTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly TempFolder _other = new();

    public void Dispose()
    {
        _temp.Dispose();
        _other.Dispose();
    }

    private string Archive => Path.Combine(_other.Path, "backup.tar.gz");

    private string Empty => Path.Combine(_other.Path, "restored");

    [Fact]
    public async Task A_folder_comes_back_as_it_was()
    {
        await FillAsync();
        CliRun made = await CliRun.RunAsync("backup", Archive, "--data", _temp.Path, "--json");
        CliRun back = await CliRun.RunAsync("restore", Archive, "--data", Empty, "--json");

        Assert.Equal((0, 0), (made.ExitCode, back.ExitCode));
        Assert.Equal(made.Json().GetProperty("files").GetInt32(), back.Json().GetProperty("files").GetInt32());
        Assert.Equal(NodeIdentity.Load(_temp.Data).Value.PeerId, back.Json().GetProperty("peerId").GetString());
        foreach (string name in new[] { "p2p_identity.key", "agents.yaml", "keystore/wallet.json", "keystore/password" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(_temp.Path, name)), File.ReadAllBytes(Path.Combine(Empty, name)));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Empty, name)));
        }

        Assert.False(File.Exists(Path.Combine(Empty, "node.lock")) || File.Exists(Path.Combine(Empty, "devnet.db")) || File.Exists(Path.Combine(Empty, "betar.db-wal")));
        await using BetarDatabase database = BetarDatabase.OpenReadOnly(Path.Combine(Empty, "betar.db"));
        Assert.Single(await database.Sessions.ListAsync(new SessionQuery { AgentId = "agent" }, CancellationToken.None));
    }

    [Fact]
    public async Task A_database_that_is_written_to_is_copied_as_of_one_moment()
    {
        await FillAsync();
        await using (BetarDatabase open = BetarDatabase.Open(_temp.Data.Database))
        {
            for (int number = 0; number < 100; number++)
                open.Sessions.Record(new SessionExchange { AgentId = "agent", CallerId = $"c{number}", RequestId = "r", Input = "i" });
            Assert.True(BackupWriter.Write(_temp.Data, Archive, TimeProvider.System).IsOk);
        }

        Assert.True(BackupReader.Restore(Archive, new DataFolder(Empty)).IsOk);
        await using BetarDatabase database = BetarDatabase.Open(Path.Combine(Empty, "betar.db"));
        Assert.NotEmpty(await database.Sessions.ListAsync(new SessionQuery { AgentId = "agent" }, CancellationToken.None));
    }

    [Fact]
    public async Task The_archive_is_for_its_owner_alone_and_nothing_is_left_beside_it()
    {
        await FillAsync();
        Assert.True(BackupWriter.Write(_temp.Data, Archive, TimeProvider.System).IsOk);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Archive));
        Assert.Equal([Archive], Directory.EnumerateFileSystemEntries(_other.Path));
    }

    [Fact]
    public async Task An_archive_is_never_written_over()
    {
        await FillAsync();
        _other.File("backup.tar.gz", "mine");
        (await CliRun.RunAsync("backup", Archive, "--data", _temp.Path)).AssertRefused("BTR-2074", 1);
        Assert.Equal("mine", File.ReadAllText(Archive));
    }

    [Fact]
    public async Task Nothing_cannot_be_backed_up()
    {
        (await CliRun.RunAsync("backup", Archive, "--data", Empty)).AssertRefused("BTR-2016", 1);
        (await CliRun.RunAsync("backup", Archive, "--data", _temp.Path)).AssertRefused("BTR-2016", 1);
    }

    [Fact]
    public async Task A_folder_with_anything_in_it_is_not_restored_into()
    {
        await FillAsync();
        Assert.True(BackupWriter.Write(_temp.Data, Archive, TimeProvider.System).IsOk);
        Directory.CreateDirectory(Empty);
        File.WriteAllText(Path.Combine(Empty, "note"), "mine");
        (await CliRun.RunAsync("restore", Archive, "--data", Empty)).AssertRefused("BTR-2073", 1);
        Assert.Equal(["note"], Directory.EnumerateFileSystemEntries(Empty).Select(Path.GetFileName));

        File.Delete(Path.Combine(Empty, "note"));
        Assert.Equal(0, (await CliRun.RunAsync("restore", Archive, "--data", Empty)).ExitCode);
    }

    [Fact]
    public async Task A_file_that_is_no_archive_or_a_broken_one_is_refused_and_nothing_is_left()
    {
        (await CliRun.RunAsync("restore", Archive, "--data", Empty)).AssertRefused("BTR-2072", 1);
        _other.File("backup.tar.gz", "no archive");
        (await CliRun.RunAsync("restore", Archive, "--data", Empty)).AssertRefused("BTR-2072", 1);
        File.Delete(Archive);
        await FillAsync();
        Assert.True(BackupWriter.Write(_temp.Data, Archive, TimeProvider.System).IsOk);
        byte[] whole = File.ReadAllBytes(Archive);
        File.WriteAllBytes(Archive, whole[..(whole.Length / 2)]);
        (await CliRun.RunAsync("restore", Archive, "--data", Empty)).AssertRefused("BTR-2072", 1);
        Assert.Equal([Archive], Directory.EnumerateFileSystemEntries(_other.Path));
    }

    [Theory]
    [InlineData("another hash", "a.txt", "other", "a.txt", "text")]
    [InlineData("another name", "b.txt", "text", "a.txt", "text")]
    [InlineData("another size", "a.txt", "texts", "a.txt", "text")]
    [InlineData("nothing of it", null, "", "a.txt", "text")]
    [InlineData("a way out", "../a.txt", "text", "../a.txt", "text")]
    [InlineData("a way out of the root", "/tmp/a.txt", "text", "/tmp/a.txt", "text")]
    public void What_the_manifest_does_not_promise_is_refused(string why, string? name, string content, string promised, string hashed)
    {
        Pack(Manifest(promised, hashed), name, content);
        Assert.True(BackupReader.Restore(Archive, new DataFolder(Empty)).Refusal?.Error.Code == "BTR-2072", why);
        Assert.Equal([Archive], Directory.EnumerateFileSystemEntries(_other.Path));
    }

    [Fact]
    public void What_it_promises_is_taken()
    {
        Pack(Manifest("keystore/a.txt", "text"), "keystore/a.txt", "text");
        Assert.True(BackupReader.Restore(Archive, new DataFolder(Empty)).IsOk);
        Assert.Equal("text", File.ReadAllText(Path.Combine(Empty, "keystore", "a.txt")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"format\":2,\"createdAt\":\"2026-01-01T00:00:00Z\",\"files\":[]}")]
    [InlineData("{\"format\":1,\"createdAt\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"format\":1,\"createdAt\":\"soon\",\"files\":[]}")]
    [InlineData("{\"format\":1,\"createdAt\":\"2026-01-01T00:00:00Z\",\"files\":[{\"name\":\"a\"}]}")]
    [InlineData("{\"format\":1,\"createdAt\":\"2026-01-01T00:00:00Z\",\"files\":[{\"name\":\"a\",\"size\":-1,\"sha256\":\"\"}]}")]
    [InlineData("{\"format\":1,\"createdAt\":\"2026-01-01T00:00:00Z\",\"files\":[{\"name\":\"a/./b\",\"size\":1,\"sha256\":\"\"}]}")]
    [InlineData("{\"format\":1,\"createdAt\":\"2026-01-01T00:00:00Z\",\"files\":[{\"name\":\"a\",\"size\":1,\"sha256\":\"\"},{\"name\":\"a\",\"size\":1,\"sha256\":\"\"}]}")]
    public void A_manifest_that_is_none_is_refused(string json) => Assert.Null(BackupManifest.Read(Encoding.UTF8.GetBytes(json)));

    /// <summary>The drill: the machine is gone, the chain is not.</summary>
    [Fact]
    public async Task What_comes_back_agrees_with_the_chain()
    {
        CliRun demo = await NodeProgram.RunAsync("demo", "--network", "devnet", "--once", "--json", "--data", _temp.Path);
        Assert.Equal((0, ""), (demo.ExitCode, demo.Error));
        Assert.Equal(0, (await CliRun.RunAsync("backup", Archive, "--data", _temp.Path)).ExitCode);
        Assert.Equal(0, (await CliRun.RunAsync("restore", Archive, "--data", Empty)).ExitCode);
        foreach (string chain in Directory.EnumerateFiles(_temp.Path, "devnet.db*"))
            File.Copy(chain, Path.Combine(Empty, Path.GetFileName(chain)));

        CliRun verified = await NodeProgram.RunAsync("ledger", "verify", "--chain", "--json", "--data", Empty);
        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
        Assert.True(verified.Json().GetProperty("ok").GetBoolean() && verified.Json().GetProperty("conserved").GetBoolean());
        Assert.Equal(0, verified.Json().GetProperty("chains")[0].GetProperty("faults").GetArrayLength());
    }

    private async Task FillAsync()
    {
        NodeIdentity.LoadOrCreate(_temp.Data).OrThrow();
        new Wallets(_temp.Data).LoadOrCreate("wallet").OrThrow().Dispose();
        _temp.File("agents.yaml", "agents: []\n");
        _temp.File("node.lock", "1");
        _temp.File("devnet.db", "a chain");
        await using BetarDatabase database = BetarDatabase.Open(_temp.Data.Database);
        database.Sessions.Record(new SessionExchange { AgentId = "agent", CallerId = "caller", RequestId = "r", Input = "i" });
    }

    private static BackupManifest Manifest(string name, string content) => new("1", DateTimeOffset.UnixEpoch, "", [
        new BackupEntry(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))),
    ]);

    private void Pack(BackupManifest manifest, string? name, string content)
    {
        using FileStream file = File.Create(Archive);
        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        using var archive = new TarWriter(packed);
        archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.FileName) { DataStream = new MemoryStream(manifest.Write()) });
        if (name is not null)
            archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
    }
}
