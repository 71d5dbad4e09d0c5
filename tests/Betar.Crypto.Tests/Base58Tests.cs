using System.Numerics;
using System.Text;
using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests;

public class Base58Tests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("61", "2g")]
    [InlineData("626262", "a3gV")]
    [InlineData("516b6fcd0f", "ABnLTmg")]
    [InlineData("572e4794", "3EFU7m")]
    [InlineData("10c8511e", "Rt5zm")]
    [InlineData("00000000000000000000", "1111111111")]
    [InlineData("0000287fb4cd", "11233QC4")]
    [InlineData("00eb15231dfceb60925886b67d065299925915aeb172c06647", "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L")]
    [InlineData("00240801122003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8", "12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB")]
    public void Known_pairs(string hex, string text)
    {
        Assert.Equal(text, Base58.Encode(Hex(hex)));
        Assert.True(Base58.TryDecode(text, out var data));
        Assert.Equal(hex, Hex(data));
    }

    [Fact]
    public void The_agent_did_of_the_worked_examples()
    {
        var publicKey = new byte[32];
        Ed25519.PublicKeyFromSeed(Hex("eef0bd1b9d8166cb5d61d2e51a776a7ecfb95eaadbc3b656f02f57c49f0785b7"), publicKey);
        Assert.Equal("z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNcmYQV", "z" + Base58.Encode([0xed, 0x01, .. publicKey]));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("O")]
    [InlineData("I")]
    [InlineData("l")]
    [InlineData("2g ")]
    [InlineData(" 2g")]
    [InlineData("a3g+")]
    [InlineData("é")]
    [InlineData("2g\0")]
    [InlineData(null)]
    public void Text_outside_the_alphabet(string? text)
    {
        Assert.False(Base58.TryDecode(text, out var data));
        Assert.Null(data);
    }

    [Fact]
    public void Text_beyond_the_limit_is_refused_before_any_work()
    {
        Assert.True(Base58.TryDecode(new string('z', Base58.MaxTextLength), out _));
        Assert.False(Base58.TryDecode(new string('z', Base58.MaxTextLength + 1), out _));
    }

    [Fact]
    public void Random_bytes_survive_the_round_trip_and_agree_with_plain_arithmetic()
    {
        var random = new Random(58);
        for (var round = 0; round < 500; round++)
        {
            var data = new byte[random.Next(0, 80)];
            random.NextBytes(data);
            data.AsSpan(0, Math.Min(data.Length, random.Next(0, 4))).Clear();
            var text = Base58.Encode(data);
            Assert.Equal(Oracle(data), text);
            Assert.True(Base58.TryDecode(text, out var decoded));
            Assert.Equal(data, decoded);
        }
    }

    private static string Oracle(byte[] data)
    {
        const string alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        var text = new StringBuilder();
        for (var value = Number(data); value > 0; value /= 58)
        {
            text.Insert(0, alphabet[(int)(value % 58)]);
        }

        return new string('1', data.TakeWhile(b => b == 0).Count()) + text;
    }
}
