using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;
using Betar.Storage;
using Betar.Storage.Sessions;

namespace Betar.Node.Tests.Importing;

/// <summary><c>betar import</c> on a folder of the original.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly OriginalFolder _original = new();
    private readonly TempFolder _temp = new();

    public void Dispose()
    {
        _original.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public async Task Everything_is_taken_over_and_the_folder_stays_as_it_is()
    {
        string before = _original.Hash();
        CliRun run = await RunAsync("--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(before, _original.Hash());
        Assert.Equal(
            ["identity imported " + OriginalFolder.PeerId, "wallet imported " + OriginalFolder.Address, "config imported config.yaml", "agents imported agents.yaml",
                "tokens imported eip8004_tokens.json", "sessions imported 35 exchanges", "workflows imported 2 in imported-workflows.jsonl"],
            run.Json().GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("what")} {item.GetProperty("state")} {item.GetProperty("detail")}"));
        Assert.DoesNotContain("hush", run.Out + run.Error, StringComparison.Ordinal);
        Assert.Contains("openai_api_key of math-agent is written in clear text", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_node_is_who_it_was()
    {
        await RunAsync();
        Assert.Equal(OriginalFolder.PeerId, NodeIdentity.Load(_temp.Data).Value.PeerId);
        Assert.Equal(OriginalFolder.Did, NodeIdentity.Load(_temp.Data).Value.AgentId("math-agent"));
        Assert.Equal(OriginalFolder.Address, new Wallets(_temp.Data).List().Single(wallet => wallet.Name == "wallet").Address.ToString());
    }

    [Fact]
    public async Task Sessions_are_in_the_log_with_their_times_and_payments()
    {
        await RunAsync();
        await using BetarDatabase database = BetarDatabase.OpenReadOnly(_temp.Data.Database);
        Session session = (await database.Sessions.FindAsync(new SessionQuery { AgentId = OriginalFolder.Did, Exchanges = 10 }, "caller-00", CancellationToken.None))!;

        Assert.Equal(5, session.Exchanges.Count);
        RecordedExchange paid = session.Exchanges[1];
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1775000001).AddTicks(1234567), paid.At);
        Assert.Equal(("task 1 of caller-00", "answer 1", "1000"), (paid.Exchange.Input, paid.Exchange.Output, paid.Exchange.Payment?.Amount));
    }

    [Fact]
    public async Task A_second_time_changes_nothing()
    {
        await RunAsync();
        CliRun again = await RunAsync("--json");
        Assert.Equal((0, 5), (again.ExitCode, again.Json().GetProperty("items").EnumerateArray().Count(item => item.GetProperty("state").GetString() == "there already")));
        await using BetarDatabase database = BetarDatabase.OpenReadOnly(_temp.Data.Database);
        Assert.Equal(35, (await database.Sessions.ListAsync(new SessionQuery { AgentId = OriginalFolder.Did, Sessions = 100 }, CancellationToken.None)).Sum(session => session.Count));
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        CliRun run = await RunAsync("--dry-run");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Nothing was changed", run.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp.Path));
    }

    [Fact]
    public async Task Another_identity_is_never_written_over_unless_it_is_asked_for()
    {
        string own = NodeIdentity.LoadOrCreate(_temp.Data).Value.PeerId;
        (await RunAsync()).AssertRefused("BTR-2070", 1);
        Assert.Equal(own, NodeIdentity.Load(_temp.Data).Value.PeerId);
        Assert.False(File.Exists(_temp.Data.Agents));

        Assert.Equal(0, (await RunAsync("--replace")).ExitCode);
        Assert.Equal(OriginalFolder.PeerId, NodeIdentity.Load(_temp.Data).Value.PeerId);
        Assert.True(File.Exists(_temp.Data.IdentityKey + ".before-import"));
    }

    [Fact]
    public async Task Another_wallet_is_never_written_over()
    {
        new Wallets(_temp.Data).LoadOrCreate("wallet").Value.Dispose();
        (await RunAsync()).AssertRefused("BTR-2070", 1);
        Assert.False(File.Exists(_temp.Data.IdentityKey));
    }

    [Fact]
    public async Task An_encrypted_wallet_is_opened_with_its_password()
    {
        byte[] salt = [.. Enumerable.Repeat((byte)7, 32)], nonce = [.. Enumerable.Repeat((byte)9, 12)], cipher = new byte[64], tag = new byte[16];
        using (var aes = new AesGcm(Rfc2898DeriveBytes.Pbkdf2("secret", salt, 100_000, HashAlgorithmName.SHA256, 32), 16))
            aes.Encrypt(nonce, Encoding.ASCII.GetBytes("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"), cipher, tag);
        _original.Write("wallet.key", Convert.ToHexStringLower([.. salt, .. nonce, .. cipher, .. tag]) + "\n");
        _original.Write("password.txt", "secret\n");
        _original.Write("wrong.txt", "wrong\n");

        (await RunAsync()).AssertRefused("BTR-2040", 1);
        (await RunAsync("--password-file", _original.Path("wrong.txt"))).AssertRefused("BTR-2041", 1);
        Assert.Equal(0, (await RunAsync("--password-file", _original.Path("password.txt"))).ExitCode);
        Assert.Equal(OriginalFolder.Address, new Wallets(_temp.Data).List().Single(wallet => wallet.Name == "wallet").Address.ToString());
    }

    [Theory]
    [InlineData("p2p_identity.key", "short", "BTR-2007")]
    [InlineData("wallet.key", "no hex", "BTR-2007")]
    [InlineData("agents.yaml", "agents: [ { price: 1 } ]", "BTR-1012")]
    [InlineData("config.yaml", "p2p_prot: 1", "BTR-1012")]
    [InlineData("eip8004_tokens.json", "[]", "BTR-1012")]
    [InlineData("eip8004_tokens.json", "{", "BTR-1012")]
    [InlineData("eip8004_tokens.json", "{\"a\":\"x\"}", "BTR-1012")]
    public async Task What_cannot_be_read_stops_it_before_anything_is_written(string name, string content, string code)
    {
        _original.Write(name, content);
        Assert.StartsWith(code, (await RunAsync()).Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp.Path));
    }

    [Fact]
    public async Task All_that_stands_in_the_way_is_told_at_once()
    {
        _original.Write("wallet.key", "no hex");
        _original.Write("eip8004_tokens.json", "[]");
        CliRun run = await RunAsync();
        Assert.Contains("2 faults", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_none_of_the_originals_is_refused()
    {
        using var empty = new TempFolder();
        (await CliRun.RunAsync("import", "--from", empty.Path, "--data", _temp.Path)).AssertRefused("BTR-2071", 1);
        (await CliRun.RunAsync("import", "--from", "/nowhere", "--data", _temp.Path)).AssertRefused("BTR-2071", 1);
        (await CliRun.RunAsync("import", "--from", _original.Root, "--data", _original.Root)).AssertRefused("BTR-2071", 1);
    }

    [Fact]
    public async Task A_key_that_others_may_read_is_not_taken()
    {
        File.SetUnixFileMode(_original.Path("wallet.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        (await RunAsync()).AssertRefused("BTR-2006", 1);
    }

    /// <summary>Without an import: the originals' folder itself, as its operator has always started it.</summary>
    [Fact]
    public void The_originals_own_folder_has_its_wallet_for_us_too()
    {
        using var key = new Wallets(new DataFolder(_original.Root)).LoadOrCreate("wallet").OrThrow();
        Assert.Equal(OriginalFolder.Address, Betar.Ethereum.Address.FromKey(key).ToString());
        Assert.True(File.Exists(_original.Path("wallet.key")));
    }

    [Fact]
    public void The_originals_variables_name_its_key_files()
    {
        string? Environment(string name) => name == "BETAR_WALLET_KEY_PATH" ? _original.Path("wallet.key") : name == "BETAR_P2P_KEY_PATH" ? _original.Path("p2p_identity.key") : null;
        using var key = new Wallets(_temp.Data, Environment).LoadOrCreate("wallet").OrThrow();

        Assert.Equal(OriginalFolder.Address, Betar.Ethereum.Address.FromKey(key).ToString());
        Assert.Equal(OriginalFolder.PeerId, NodeIdentity.Load(DataFolder.Resolve(_temp.Path, Environment)).Value.PeerId);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp.Path));
    }

    [Fact]
    public async Task Sessions_that_are_not_in_the_originals_form_are_told_and_left_out()
    {
        List<string> faults = [];
        Assert.Empty(Betar.Node.Importing.ImportedSessions.Read(
            [new("/sessions/a", []), new("/sessions/YQ/Yg", "[]"u8.ToArray()), new("/sessions/YQ/!!", "{}"u8.ToArray()), new("/sessions/YQ/Yg", "{\"exchanges\":[1]}"u8.ToArray()), new("other", [])], faults));
        Assert.Equal(5, faults.Count);
        Assert.Empty(Betar.Node.Importing.ImportedSessions.Read([new("/sessions/YQ/Yg", "{\"exchanges\":null}"u8.ToArray())], faults));
        await Task.CompletedTask;
    }

    private Task<CliRun> RunAsync(params string[] words) => CliRun.RunAsync(["import", "--from", _original.Root, "--data", _temp.Path, .. words]);
}
