using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Rpc.Json;

public sealed class JsonHexTests
{
    static Utf8JsonReader Of(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return reader;
    }

    static string Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    [Fact]
    public void Quantities_are_written_short_and_read_again() => Property.Holds(Property.Integers(), value =>
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        var number = UInt256.ReadBigEndian(bytes);
        var text = Written(json => json.WriteQuantityValue(number));
        var hex = value.IsZero ? "0" : value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        var reader = Of(text);
        return text == $"\"0x{hex}\"" && reader.TryGetUInt256(out var back) && back == number;
    });

    [Theory]
    [InlineData(0UL, "0x0")]
    [InlineData(255UL, "0xff")]
    [InlineData(ulong.MaxValue, "0xffffffffffffffff")]
    public void Small_quantities(ulong value, string text)
    {
        Assert.Equal($"\"{text}\"", Written(json => json.WriteQuantityValue(value)));
        var reader = Of($"\"{text}\"");
        Assert.True(reader.TryGetQuantity(out var back));
        Assert.Equal(value, back);
        Assert.Equal((BigInteger)value, BigInteger.Parse("0" + text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("\"0x\"")]
    [InlineData("\"0x10000000000000000\"")]
    [InlineData("\"0xg\"")]
    [InlineData("\"0x-1\"")]
    [InlineData("\"0x 1\"")]
    [InlineData("\"1\"")]
    [InlineData("\"\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"\\u0030x1\"")]
    public void What_is_no_quantity(string json)
    {
        var reader = Of(json);
        Assert.False(reader.TryGetQuantity(out var value));
        Assert.Equal(0UL, value);
    }

    [Fact]
    public void Wide_quantities_end_at_256_bits()
    {
        var reader = Of($"\"0x{new string('f', 64)}\"");
        Assert.True(reader.TryGetUInt256(out var most));
        Assert.Equal(UInt256.MaxValue, most);
        reader = Of($"\"0x{new string('0', 63)}1\"");
        Assert.True(reader.TryGetUInt256(out var one));
        Assert.Equal(UInt256.One, one);
        reader = Of($"\"0x1{new string('0', 64)}\"");
        Assert.False(reader.TryGetUInt256(out _));
        reader = Of("\"0x\"");
        Assert.False(reader.TryGetUInt256(out _));
        reader = Of("\"0xfg\"");
        Assert.False(reader.TryGetUInt256(out _));
    }

    [Fact]
    public void Data_of_every_length() => Property.Holds(Property.Bytes(0, 600), bytes =>
    {
        var text = Written(json => json.WriteHexValue(bytes));
        var reader = Of(text);
        var shorter = Of(text);
        return text == $"\"0x{Convert.ToHexStringLower(bytes)}\""
            && reader.TryGetData(bytes.Length, out var back) && back.AsSpan().SequenceEqual(bytes)
            && (bytes.Length == 0 || !shorter.TryGetData(bytes.Length - 1, out _));
    });

    [Fact]
    public void Addresses_and_hashes()
    {
        var text = Written(json => json.WriteHexValue(TestKeys.Usdc));
        Assert.Equal($"\"{TestKeys.Usdc.ToLowerHex()}\"", text);
        var reader = Of(text);
        Assert.True(reader.TryGetAddress(out var address));
        Assert.Equal(TestKeys.Usdc, address);
        reader = Of($"\"0x{TestKeys.Usdc.ToLowerHex()[2..].ToUpperInvariant()}\"");
        Assert.True(reader.TryGetAddress(out address));
        Assert.Equal(TestKeys.Usdc, address);

        text = Written(json => json.WriteHexValue(TestKeys.NonceOf("x")));
        reader = Of(text);
        Assert.True(reader.TryGetHash32(out var hash));
        Assert.Equal(TestKeys.NonceOf("x"), hash);

        // Lengths do not pass for each other.
        reader = Of(text);
        Assert.False(reader.TryGetAddress(out _));
        reader = Of($"\"{TestKeys.Usdc}\"");
        Assert.False(reader.TryGetHash32(out _));
    }

    [Fact]
    public void Members_are_written_by_name()
    {
        var text = Written(json =>
        {
            json.WriteStartObject();
            json.WriteHex("a"u8, new byte[] { 1 });
            json.WriteHex("b"u8, (Address?)null);
            json.WriteQuantity("c"u8, 16UL);
            json.WriteQuantity("d"u8, UInt256.MaxValue);
            json.WriteEndObject();
        });
        Assert.Equal($$"""{"a":"0x01","b":null,"c":"0x10","d":"0x{{new string('f', 64)}}"}""", text);
    }

    [Fact]
    public void Names_with_escapes_are_other_names_never_an_exception()
    {
        var reader = Of("\"plain\"");
        Assert.True(reader.IsText("plain"u8));
        Assert.False(reader.IsText("plai"u8));
        reader = Of("\"pl\\u0061in\"");
        Assert.False(reader.IsText("plain"u8));
        reader = Of("\"\\ud800\"");
        Assert.False(reader.IsText("id"u8));
    }
}
