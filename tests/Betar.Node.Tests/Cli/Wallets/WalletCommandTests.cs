using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;
using WalletFolder = Betar.Node.Folder.Wallets;

namespace Betar.Node.Tests.Cli.Wallets;

/// <summary>The wallet commands that work on the folder alone.</summary>
public sealed class WalletCommandTests
{
    private const string Key = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
    private const string Account = "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23";

    [Fact]
    public async Task A_new_wallet_is_listed_with_its_address()
    {
        using var temp = new TempFolder();
        var made = await Run(temp, "new", "mine", "--json");
        var address = made.Json().GetProperty("address").GetString();

        Assert.True(Address.TryParse(address, out _));
        var listed = Assert.Single((await Run(temp, "list", "--json")).Json().EnumerateArray());
        Assert.Equal(("mine", address), (listed.GetProperty("name").GetString(), listed.GetProperty("address").GetString()));
        Assert.Contains(address!, (await Run(temp, "list")).Out, StringComparison.Ordinal);
        Assert.Contains(address!, (await Run(temp, "address", "mine")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused_and_its_key_stays()
    {
        using var temp = new TempFolder();
        await Run(temp, "new", "mine");
        var kept = File.ReadAllBytes(new WalletFolder(temp.Data).FileOf("mine"));

        (await Run(temp, "new", "mine")).AssertRefused("BTR-2042", 1);
        (await Run(temp, "import", "mine", Secret(temp, "key", Key))).AssertRefused("BTR-2042", 1);

        Assert.Equal(kept, File.ReadAllBytes(new WalletFolder(temp.Data).FileOf("mine")));
    }

    [Theory]
    [InlineData("new", "../up")]
    [InlineData("import", "a/b", "file")]
    [InlineData("address", "dot.dot")]
    [InlineData("balance", "dot.dot")]
    [InlineData("export", "dot.dot", "file", "--password-file", "x")]
    public async Task A_name_cannot_leave_the_keystore(params string[] args)
    {
        using var temp = new TempFolder();
        (await Run(temp, args)).AssertRefused("BTR-1003", 2);
    }

    [Theory]
    [InlineData("address", "none")]
    [InlineData("balance", "none")]
    [InlineData("export", "none", "file", "--password-file", "x")]
    public async Task A_wallet_that_is_not_there_is_refused(params string[] args)
    {
        using var temp = new TempFolder();
        (await Run(temp, args)).AssertRefused("BTR-2043", 1);
    }

    [Fact]
    public async Task The_originals_plain_file_is_imported_and_left_as_it_is()
    {
        using var temp = new TempFolder();
        var source = Secret(temp, "wallet.key", Key + "\n");

        var run = await Run(temp, "import", "old", source, "--json");

        Assert.Equal(Account, run.Json().GetProperty("address").GetString());
        Assert.Equal(Key + "\n", File.ReadAllText(source));
        Assert.DoesNotContain("4c08", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_file_of_the_folder_shows_its_address_when_asked_by_name()
    {
        using var temp = new TempFolder();
        Directory.CreateDirectory(temp.Data.Keystore);
        Secret(temp, "keystore/mine.key", Key);

        Assert.Contains("plain", (await Run(temp, "list")).Out, StringComparison.Ordinal);
        Assert.Contains(Account, (await Run(temp, "address", "mine")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keystore_file_is_imported_with_its_password_only()
    {
        using var temp = new TempFolder();
        using var key = PrivateKey.Import(Convert.FromHexString(Key));
        var source = Secret(temp, "UTC--key", System.Text.Encoding.UTF8.GetString(KeystoreFile.Seal(key, "right"u8, KeyDerivation.Light)));

        (await Run(temp, "import", "theirs", source)).AssertRefused("BTR-2040", 1);
        (await Run(temp, "import", "theirs", source, "--password-file", Secret(temp, "wrong", "wrong"))).AssertRefused("BTR-2041", 1);
        var run = await Run(temp, "import", "theirs", source, "--password-file", Secret(temp, "right", "right\n"));

        Assert.Contains(Account, run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a key", "BTR-2007")]
    [InlineData("{}", "BTR-2040")]
    public async Task A_file_that_is_no_key_is_refused(string text, string code)
    {
        using var temp = new TempFolder();
        (await Run(temp, "import", "new", Secret(temp, "key", text))).AssertRefused(code, 1);
        Assert.Empty(new WalletFolder(temp.Data).List());
    }

    [Fact]
    public async Task A_source_that_others_may_read_is_refused()
    {
        using var temp = new TempFolder();
        var source = Secret(temp, "key", Key);
        File.SetUnixFileMode(source, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        (await Run(temp, "import", "new", source)).AssertRefused("BTR-2006", 1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("\n")]
    [InlineData("y\n")]
    [InlineData("no\n")]
    [InlineData("")]
    public async Task Nothing_is_exported_without_a_yes(string? answer)
    {
        using var temp = new TempFolder();
        await Run(temp, "new", "mine");
        var target = Path.Combine(temp.Path, "out.json");

        var run = await CliRun.AnswerAsync(answer, None, Export(temp, target));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("BTR-2044", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }

    [Theory]
    [InlineData("yes\n", false)]
    [InlineData(null, true)]
    public async Task A_confirmed_export_is_a_key_file_of_its_own_password(string? answer, bool yes)
    {
        using var temp = new TempFolder();
        var address = (await Run(temp, "new", "mine", "--json")).Json().GetProperty("address").GetString();
        var target = Path.Combine(temp.Path, "out.json");

        var run = await CliRun.AnswerAsync(answer, None, [.. Export(temp, target), .. yes ? ["--yes"] : Array.Empty<string>()]);

        Assert.Equal(0, run.ExitCode);
        using var key = KeystoreFile.Open(File.ReadAllBytes(target), "for export"u8).Key!;
        Assert.Equal(address, Address.FromKey(key).ToString());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));
    }

    [Fact]
    public async Task An_export_never_takes_the_place_of_a_file()
    {
        using var temp = new TempFolder();
        await Run(temp, "new", "mine");
        var target = temp.File("out.json", "precious");

        Assert.Contains("BTR-2042", (await CliRun.RunAsync([.. Export(temp, target), "--yes"])).Error, StringComparison.Ordinal);

        Assert.Equal("precious", File.ReadAllText(target));
    }

    [Fact]
    public async Task A_balance_needs_a_chain()
    {
        using var temp = new TempFolder();
        (await Run(temp, "balance", Account)).AssertRefused("BTR-5001", 1);
    }

    [Fact]
    public async Task The_balance_on_the_devnet_is_shown()
    {
        using var temp = new TempFolder();
        using var devnet = await RunningDevnet.StartAsync(temp);
        await Run(temp, "import", "mine", Secret(temp, "key", Key));

        var run = await Run(temp, "balance", "mine", "--json");

        Assert.Equal((Account, "eip155:84532", "0"), (
            run.Json().GetProperty("address").GetString(), run.Json().GetProperty("network").GetString(), run.Json().GetProperty("balanceAtomic").GetString()));
        Assert.Contains("USDC on eip155:84532", (await Run(temp, "balance", Account)).Out, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> None => [];

    private static Task<CliRun> Run(TempFolder temp, params string[] args) => CliRun.RunAsync(["wallet", .. args, "--data", temp.Path]);

    private static string[] Export(TempFolder temp, string target) =>
        ["wallet", "export", "mine", target, "--password-file", Secret(temp, "export-password", "for export\n"), "--data", temp.Path];

    private static string Secret(TempFolder temp, string name, string text)
    {
        var path = temp.File(name, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
