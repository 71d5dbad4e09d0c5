using Betar.Ethereum;

namespace Betar.X402.Tests.Values;

public class IdentifierTests
{
    private const string LowerNonce = "0xc5534a7cf503af4335d72d612aa1033e375b997c19ac8dabcdcacfbfd4a5c3e2";
    private const string Key = "eip155:84532/0x036cbd53842c5426634e7929541ec2318f3dcf7e/0x40d6b846c1a945d2dfde794666f3b948faf126b1/" + LowerNonce;

    [Theory]
    [InlineData("eip155:1", 1UL)]
    [InlineData("eip155:84532", 84532UL)]
    [InlineData("eip155:18446744073709551615", ulong.MaxValue)]
    public void Networks(string text, ulong chainId)
    {
        Assert.True(NetworkId.TryParse(text, out var network));
        Assert.Equal(chainId, network.ChainId);
        Assert.Equal(text, network.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("eip155:")]
    [InlineData("eip155:0")]
    [InlineData("eip155:01")]
    [InlineData("eip155:-1")]
    [InlineData("eip155: 1")]
    [InlineData("EIP155:1")]
    [InlineData("eip155:84532/x")]
    [InlineData("eip155:18446744073709551616")]
    [InlineData("eip155:111111111111111111111")]
    [InlineData("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp")]
    [InlineData("base-sepolia")]
    public void Texts_that_are_no_network(string text)
    {
        Assert.False(NetworkId.TryParse(text, out _));
        Assert.Throws<FormatException>(() => NetworkId.Parse(text));
    }

    [Fact]
    public void Nonces_have_one_spelling()
    {
        Assert.True(Nonce.TryParse(LowerNonce, out var nonce));
        Assert.Equal(LowerNonce, nonce.ToString());
        Assert.Equal(LowerNonce[2..], nonce.ToBareString());
        Assert.True(Nonce.TryParseBare(LowerNonce.AsSpan(2), out var bare));
        Assert.Equal(nonce, bare);
        Assert.NotEqual(Nonce.Random(), Nonce.Random());
    }

    public static TheoryData<string> WrongNonces =>
    [
        "", "0x", LowerNonce[2..], LowerNonce.ToUpperInvariant(), "0X" + LowerNonce[2..], LowerNonce[..^1], LowerNonce + "0",
        LowerNonce.Replace('c', 'C'), LowerNonce[..^1] + "g", " " + LowerNonce[1..],
    ];

    [Theory]
    [MemberData(nameof(WrongNonces))]
    public void Texts_that_are_no_nonce(string text)
    {
        Assert.False(Nonce.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Nonce.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(LowerNonce)]
    [InlineData("C5534A7CF503AF4335D72D612AA1033E375B997C19AC8DABCDCACFBFD4A5C3E2")]
    [InlineData("0x534a7cf503af4335d72d612aa1033e375b997c19ac8dabcdcacfbfd4a5c3e2")]
    public void Texts_that_are_no_bare_nonce(string text) => Assert.False(Nonce.TryParseBare(text, out _));

    [Fact]
    public void Payment_keys_are_lower_case_paths()
    {
        Assert.True(PaymentKey.TryParse(Key, out var key));
        Assert.Equal(Key, key.ToString());
        Assert.Equal(84532UL, key.Network.ChainId);
        Assert.Equal(Address.Parse("0x40d6b846c1a945d2dfde794666f3b948faf126b1"), key.From);
    }

    [Fact]
    public void The_same_nonce_of_two_payers_is_two_keys()
    {
        Assert.True(PaymentKey.TryParse(Key, out var first));
        var second = first with { From = Address.Parse("0x2ed99c696a0992747886c1a29bd81e4d055c2a57") };
        Assert.NotEqual(first, second);
        Assert.NotEqual(first.ToString(), second.ToString());
    }

    public static TheoryData<string?> WrongKeys =>
    [
        null, "", "/", Key + "/", "/" + Key, Key.ToUpperInvariant(), Key.Replace("0x036c", "0x036C", StringComparison.Ordinal),
        Key.Replace("0x036cbd53842c5426634e7929541ec2318f3dcf7e", "0x036CbD53842c5426634e7929541eC2318f3dCF7e", StringComparison.Ordinal),
        Key[..^1], Key + "0", Key.Replace('/', ':'), Key.Replace("eip155:84532/", "", StringComparison.Ordinal),
        Key.Replace("eip155:84532", "eip155:084532", StringComparison.Ordinal), new string('/', 300),
    ];

    [Fact]
    public void The_longest_payment_key_is_one()
    {
        var longest = Key.Replace("84532", "18446744073709551615", StringComparison.Ordinal);
        Assert.True(PaymentKey.TryParse(longest, out var key));
        Assert.Equal((longest, ulong.MaxValue, 180), (key.ToString(), key.Network.ChainId, longest.Length));
    }

    [Theory]
    [MemberData(nameof(WrongKeys))]
    public void Texts_that_are_no_payment_key(string? text) => Assert.False(PaymentKey.TryParse(text, out _));
}
