using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Folder;

/// <summary>Plain files of earlier versions become key files, and no step on the way can lose a key.</summary>
public sealed class WalletMigrationTests
{
    private const string Key = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
    private const string Account = "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23";

    [Fact]
    public void A_plain_file_becomes_a_key_file_at_its_first_use()
    {
        using var temp = new TempFolder();
        Wallets wallets = Plain(temp, Key + "\n");
        Assert.Null(Assert.Single(wallets.List()).Address);

        using PrivateKey first = wallets.LoadOrCreate("mine").OrThrow(), again = wallets.Load("mine").OrThrow();

        Assert.Equal((Account, Account), (Address.FromKey(first).ToString(), Address.FromKey(again).ToString()));
        Assert.False(File.Exists(wallets.PlainFileOf("mine")));
        Assert.Equal(Account, Assert.Single(wallets.List()).Address?.ToString());
    }

    [Fact]
    public void A_crash_between_the_two_files_is_finished_by_the_next_start()
    {
        using var temp = new TempFolder();
        Wallets wallets = Plain(temp, Key);
        wallets.Load("mine").OrThrow().Dispose();
        byte[] sealedBefore = File.ReadAllBytes(wallets.FileOf("mine"));
        Plain(temp, Key);

        wallets.Load("mine").OrThrow().Dispose();

        Assert.False(File.Exists(wallets.PlainFileOf("mine")));
        Assert.Equal(sealedBefore, File.ReadAllBytes(wallets.FileOf("mine")));
    }

    [Fact]
    public void Two_files_with_different_keys_are_both_kept()
    {
        using var temp = new TempFolder();
        var wallets = new Wallets(temp.Data);
        wallets.LoadOrCreate("mine").OrThrow().Dispose();
        byte[] kept = File.ReadAllBytes(wallets.FileOf("mine"));
        Plain(temp, Key);

        Assert.Equal("BTR-2007", wallets.Load("mine").Refusal?.Error.Code);

        Assert.Equal(Key, File.ReadAllText(wallets.PlainFileOf("mine")));
        Assert.Equal(kept, File.ReadAllBytes(wallets.FileOf("mine")));
    }

    [Fact]
    public void A_password_that_does_not_open_the_new_file_leaves_the_old_one()
    {
        using var temp = new TempFolder();
        Wallets wallets = Plain(temp, Key);
        wallets.Load("mine").OrThrow().Dispose();
        Plain(temp, Key);
        File.WriteAllText(wallets.Passwords.GeneratedFile, "another\n");

        Assert.Equal("BTR-2041", wallets.Load("mine").Refusal?.Error.Code);

        Assert.Equal(Key, File.ReadAllText(wallets.PlainFileOf("mine")));
    }

    [Fact]
    public void Without_a_password_the_old_file_stays()
    {
        using var temp = new TempFolder();
        Plain(temp, Key);
        var wallets = new Wallets(temp.Data, name => name == WalletPasswords.FileVariable ? "/nowhere/password" : null);

        Assert.Equal("BTR-2012", wallets.Load("mine").Refusal?.Error.Code);

        Assert.Equal(Key, File.ReadAllText(wallets.PlainFileOf("mine")));
        Assert.False(File.Exists(wallets.FileOf("mine")));
    }

    [Fact]
    public void A_check_opens_and_changes_nothing()
    {
        using var temp = new TempFolder();
        Wallets wallets = Plain(temp, Key);
        Assert.Null(wallets.Check("mine"));
        Assert.True(File.Exists(wallets.PlainFileOf("mine")));
        Assert.False(File.Exists(wallets.FileOf("mine")));

        Plain(temp, "not a key");
        Assert.Equal("BTR-2007", wallets.Check("mine")?.Error.Code);
    }

    [Fact]
    public void Files_that_are_no_wallets_are_not_listed()
    {
        using var temp = new TempFolder();
        var wallets = new Wallets(temp.Data);
        wallets.LoadOrCreate("one").OrThrow().Dispose();
        File.WriteAllText(Path.Combine(temp.Data.Keystore, "challenge.keys"), "x");

        Assert.Equal(["one"], wallets.List().Select(entry => entry.Name));
    }

    private static Wallets Plain(TempFolder temp, string text)
    {
        var wallets = new Wallets(temp.Data);
        Directory.CreateDirectory(temp.Data.Keystore);
        File.WriteAllText(wallets.PlainFileOf("mine"), text);
        File.SetUnixFileMode(wallets.PlainFileOf("mine"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return wallets;
    }
}
