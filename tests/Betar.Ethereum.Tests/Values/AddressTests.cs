using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Values;

public sealed class AddressTests
{
    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x036CbD53842c5426634e7929541eC2318f3dCF7e")]
    public void The_vectors_of_EIP_55(string text)
    {
        Assert.True(Address.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
        Assert.Equal(text.ToLowerInvariant(), address.ToLowerHex());
        Assert.Equal(address, Address.Parse(text.ToLowerInvariant()));
        Assert.Equal(address, Address.Parse("0x" + text[2..].ToUpperInvariant()));
    }

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")] // last letter's case
    [InlineData("0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed0")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg")]
    [InlineData(" 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("")]
    [InlineData("0x")]
    public void Foreign_text_is_refused(string text)
    {
        Assert.False(Address.TryParse(text, out var address));
        Assert.True(address.IsZero);
        Assert.Throws<FormatException>(() => Address.Parse(text));
    }

    [Fact]
    public void Keys_of_the_reference_have_the_addresses_of_the_reference()
    {
        Assert.Equal("0x40D6B846c1A945d2dfde794666F3B948FAF126B1", TestKeys.PayerAddress.ToString());
        Assert.Equal("0x2eD99C696a0992747886C1a29BD81e4d055c2A57", TestKeys.SellerAddress.ToString());
    }

    [Fact]
    public void Bytes_go_in_and_out_unchanged() => Property.Holds(Property.Bytes(20, 20), bytes =>
    {
        var address = new Address(bytes);
        var copy = new byte[20];
        address.CopyTo(copy);
        return copy.AsSpan().SequenceEqual(bytes)
            && Address.TryParse(address.ToString(), out var back) && back == address
            && back.GetHashCode() == address.GetHashCode();
    });

    [Fact]
    public void Other_sizes_are_bugs()
    {
        Assert.Throws<ArgumentException>(() => new Address(new byte[19]));
        Assert.Throws<ArgumentException>(() => Address.FromPublicKey(new byte[65]));
    }
}
