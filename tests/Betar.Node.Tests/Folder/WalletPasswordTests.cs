using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Node.Cli;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Folder;

/// <summary>Where the keys' password comes from, and the key that comes from a variable itself.</summary>
public sealed class WalletPasswordTests
{
    private const string Key = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";

    [Fact]
    public void A_given_password_is_sealed_hard_and_a_generated_one_lightly()
    {
        using var temp = new TempFolder();
        var given = new WalletPasswords(temp.Data, With(WalletPasswords.Variable, "secret")).ForSealing();
        Assert.Equal("secret"u8.ToArray(), given.Value.Password.Span.ToArray());
        Assert.Equal(KeyDerivation.Standard, given.Value.Derivation);
        Assert.False(File.Exists(new WalletPasswords(temp.Data, None).GeneratedFile));

        var generated = new WalletPasswords(temp.Data, None).ForSealing();
        Assert.Equal((64, KeyDerivation.Light), (generated.Value.Password.Length, generated.Value.Derivation));
        Assert.Equal(generated.Value.Password.Span.ToArray(), new WalletPasswords(temp.Data, None).ForSealing().Value.Password.Span.ToArray());
    }

    [Fact]
    public void A_password_file_is_read_without_its_line_end()
    {
        using var temp = new TempFolder();
        string path = Secret(temp, "from a file\r\n");

        var sealing = new WalletPasswords(temp.Data, With(WalletPasswords.FileVariable, path)).ForSealing();

        Assert.Equal("from a file"u8.ToArray(), sealing.Value.Password.Span.ToArray());
    }

    [Theory]
    [InlineData("", UnixFileMode.UserRead, "BTR-2040")]
    [InlineData("\n", UnixFileMode.UserRead, "BTR-2040")]
    [InlineData("open", UnixFileMode.UserRead | UnixFileMode.OtherRead, "BTR-2006")]
    [InlineData(null, UnixFileMode.UserRead, "BTR-2012")]
    public void A_password_file_that_cannot_be_used_is_refused_and_nothing_is_made(string? text, UnixFileMode mode, string code)
    {
        using var temp = new TempFolder();
        string path = text is null ? "/nowhere" : Secret(temp, text, mode);
        var wallets = new Wallets(temp.Data, With(WalletPasswords.FileVariable, path));

        Assert.Equal(code, wallets.LoadOrCreate("mine").Refusal?.Error.Code);

        Assert.False(wallets.Exists("mine"));
        Assert.False(File.Exists(wallets.Passwords.GeneratedFile));
    }

    [Fact]
    public void Files_of_the_generated_password_open_after_another_was_given()
    {
        using var temp = new TempFolder();
        using PrivateKey made = new Wallets(temp.Data).LoadOrCreate("mine").OrThrow();

        using PrivateKey opened = new Wallets(temp.Data, With(WalletPasswords.Variable, "later")).Load("mine").OrThrow();

        Assert.Equal(Address.FromKey(made), Address.FromKey(opened));
    }

    [Fact]
    public void A_lost_password_is_named_and_the_file_stays()
    {
        using var temp = new TempFolder();
        var wallets = new Wallets(temp.Data);
        wallets.LoadOrCreate("mine").OrThrow().Dispose();
        byte[] kept = File.ReadAllBytes(wallets.FileOf("mine"));
        File.Delete(wallets.Passwords.GeneratedFile);

        Assert.Equal("BTR-2040", wallets.LoadOrCreate("mine").Refusal?.Error.Code);

        Assert.Equal(kept, File.ReadAllBytes(wallets.FileOf("mine")));
    }

    [Fact]
    public void A_file_that_costs_too_much_is_refused()
    {
        using var temp = new TempFolder();
        var wallets = new Wallets(temp.Data);
        wallets.LoadOrCreate("mine").OrThrow().Dispose();
        string json = File.ReadAllText(wallets.FileOf("mine"));
        File.WriteAllText(wallets.FileOf("mine"), json.Replace("\"n\":4096", "\"n\":1073741824", StringComparison.Ordinal));

        Assert.Equal("BTR-2045", wallets.Load("mine").Refusal?.Error.Code);
    }

    [Theory]
    [InlineData(Key)]
    [InlineData("0x" + Key)]
    public void The_main_wallet_may_come_from_a_variable(string text)
    {
        using var temp = new TempFolder();
        var wallets = new Wallets(temp.Data, With(Wallets.KeyVariable, text));

        using PrivateKey key = wallets.LoadOrCreate(Wallets.Main).OrThrow(), other = wallets.LoadOrCreate("settler").OrThrow();

        Assert.Equal("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23", Address.FromKey(key).ToString());
        Assert.NotEqual(Address.FromKey(key), Address.FromKey(other));
        Assert.False(wallets.Exists(Wallets.Main));
    }

    [Fact]
    public void A_variable_that_is_no_key_is_refused_without_showing_it()
    {
        using var temp = new TempFolder();

        var refusal = new Wallets(temp.Data, With(Wallets.KeyVariable, Key + "00")).LoadOrCreate(Wallets.Main).Refusal;

        Assert.Equal("BTR-2007", refusal?.Error.Code);
        Assert.DoesNotContain("4c08", refusal!.Sentence, StringComparison.Ordinal);
    }

    private static string? None(string name) => null;

    private static EnvironmentVariables With(string variable, string value) => name => name == variable ? value : null;

    private static string Secret(TempFolder temp, string text, UnixFileMode mode = UnixFileMode.UserRead)
    {
        string path = temp.File("secret", text);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
