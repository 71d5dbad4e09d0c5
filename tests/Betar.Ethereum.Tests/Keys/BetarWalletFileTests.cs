using System.Text;
using Betar.Crypto;
using Betar.Ethereum.Keys;

namespace Betar.Ethereum.Tests.Keys;

/// <summary>The original's <c>wallet.key</c>, and the form that it defines and never writes.</summary>
public sealed class BetarWalletFileTests
{
    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}\n")]
    [InlineData("0x{0}\r\n")]
    public void The_plain_form_is_read(string form)
    {
        using var key = BetarWalletFile.Read(Encoding.ASCII.GetBytes(string.Format(null, form, KeystoreVectors.Secret))).Key!;

        Assert.Equal(KeystoreVectors.Address, Address.FromKey(key).ToString());
    }

    [Theory]
    [InlineData("", KeystoreFault.Malformed)]
    [InlineData("0x", KeystoreFault.Malformed)]
    [InlineData("7a28", KeystoreFault.Malformed)]
    [InlineData("zz28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d", KeystoreFault.Malformed)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", KeystoreFault.NotAKey)]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", KeystoreFault.NotAKey)]
    public void Anything_else_is_refused(string text, KeystoreFault fault)
    {
        var result = BetarWalletFile.Read(Encoding.ASCII.GetBytes(text));

        Assert.Equal((fault, null), (result.Fault, result.Key));
    }

    [Fact]
    public void The_sealed_form_is_read_with_its_password()
    {
        Assert.True(BetarWalletFile.IsSealed(KeystoreVectors.SealedWalletKey));
        Assert.False(BetarWalletFile.IsSealed(Encoding.ASCII.GetBytes(KeystoreVectors.Secret)));

        using PrivateKey key = BetarWalletFile.ReadSealed([.. KeystoreVectors.SealedWalletKey, (byte)'\n'], KeystoreVectors.Password).Key!;

        Assert.Equal(KeystoreVectors.Address, Address.FromKey(key).ToString());
    }

    [Fact]
    public void Another_password_opens_nothing() =>
        Assert.Equal(KeystoreFault.WrongPassword, BetarWalletFile.ReadSealed(KeystoreVectors.SealedWalletKey, "testpasswore"u8).Fault);

    [Theory]
    [InlineData(0)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(247)]
    public void A_changed_digit_opens_nothing(int at)
    {
        var file = KeystoreVectors.SealedWalletKey;
        file[at] = file[at] == '0' ? (byte)'1' : (byte)'0';

        Assert.Equal(KeystoreFault.WrongPassword, BetarWalletFile.ReadSealed(file, KeystoreVectors.Password).Fault);
    }

    [Fact]
    public void Another_length_or_a_letter_is_malformed()
    {
        var file = KeystoreVectors.SealedWalletKey;
        Assert.Equal(KeystoreFault.Malformed, BetarWalletFile.ReadSealed(file.AsSpan(2), KeystoreVectors.Password).Fault);
        file[10] = (byte)'x';
        Assert.Equal(KeystoreFault.Malformed, BetarWalletFile.ReadSealed(file, KeystoreVectors.Password).Fault);
    }
}
