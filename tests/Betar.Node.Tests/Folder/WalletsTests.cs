using Betar.Ethereum;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Folder;

public sealed class WalletsTests
{
    private const string Key = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";

    [Fact]
    public void A_new_wallet_is_a_key_file_for_its_owner_alone_and_stays()
    {
        using var temp = new TempFolder();
        var wallets = new Wallets(temp.Data);
        Assert.False(wallets.Exists("payout"));

        using var first = wallets.LoadOrCreate("payout").Value;
        using var second = wallets.LoadOrCreate("payout").Value;

        Assert.Equal(Address.FromKey(first), Address.FromKey(second));
        Assert.Equal([new WalletEntry("payout", wallets.FileOf("payout"), Address.FromKey(first))], wallets.List());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(wallets.FileOf("payout")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(wallets.Passwords.GeneratedFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(temp.Data.Keystore));
        Assert.DoesNotContain(Hex(first), File.ReadAllText(wallets.FileOf("payout")), StringComparison.Ordinal);
    }

    [Fact]
    public void Wallets_of_different_names_differ()
    {
        using var temp = new TempFolder();
        var wallets = new Wallets(temp.Data);
        using var one = wallets.LoadOrCreate("one").Value;
        using var two = wallets.LoadOrCreate("two").Value;

        Assert.NotEqual(Address.FromKey(one), Address.FromKey(two));
    }

    [Theory]
    [InlineData(Key)]
    [InlineData(Key + "\n")]
    [InlineData("0x" + Key + "\r\n")]
    public void A_key_that_somebody_wrote_is_read(string text)
    {
        using var temp = new TempFolder();
        var wallets = Write(temp, text);

        using var key = wallets.Load("mine").Value;

        Assert.Equal("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23", Address.FromKey(key).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("4c08")]
    [InlineData(Key + "00")]
    [InlineData("zz0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void Anything_else_is_refused_without_showing_it(string text)
    {
        using var temp = new TempFolder();
        var wallets = Write(temp, text);

        var refusal = wallets.LoadOrCreate("mine").Refusal;

        Assert.Equal("BTR-2007", refusal?.Error.Code);
        Assert.DoesNotContain("4c08", refusal?.Sentence, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(wallets.PlainFileOf("mine")));
        Assert.False(File.Exists(wallets.FileOf("mine")));
    }

    [Fact]
    public void A_huge_file_is_refused_unread()
    {
        using var temp = new TempFolder();
        var wallets = Write(temp, new string('0', 100_000));

        Assert.Equal("BTR-2007", wallets.Load("mine").Refusal?.Error.Code);
    }

    [Fact]
    public void A_key_that_others_may_read_is_refused()
    {
        using var temp = new TempFolder();
        var wallets = Write(temp, Key);
        File.SetUnixFileMode(wallets.PlainFileOf("mine"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Equal("BTR-2006", wallets.Load("mine").Refusal?.Error.Code);
    }

    [Fact]
    public void A_wallet_that_is_not_there_is_refused()
    {
        using var temp = new TempFolder();

        Assert.Equal("BTR-2012", new Wallets(temp.Data).Load("none").Refusal?.Error.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("dot.dot")]
    public void A_name_cannot_leave_the_keystore(string name)
    {
        using var temp = new TempFolder();

        Assert.Throws<ArgumentException>(() => new Wallets(temp.Data).FileOf(name));
    }

    private static Wallets Write(TempFolder temp, string text)
    {
        var wallets = new Wallets(temp.Data);
        Directory.CreateDirectory(temp.Data.Keystore);
        File.WriteAllText(wallets.PlainFileOf("mine"), text);
        File.SetUnixFileMode(wallets.PlainFileOf("mine"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return wallets;
    }

    private static string Hex(Betar.Crypto.PrivateKey key)
    {
        var bytes = new byte[32];
        key.Export(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
