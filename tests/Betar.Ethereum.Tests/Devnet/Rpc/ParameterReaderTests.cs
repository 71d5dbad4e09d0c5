using System.Text;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Rpc;

public sealed class ParameterReaderTests
{
    static ParameterReader Of(string json) => new(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void Parameters_come_one_after_the_other()
    {
        var reader = Of($"""["{TestKeys.Usdc}","{TestKeys.NonceOf("a")}","0x0102","text",true,7,"0x10",{"{\"a\":[1]}"},"latest"]""");
        Assert.True(reader.TryAddress(out var address));
        Assert.True(reader.TryHash(out var hash));
        Assert.True(reader.TryData(2, out var data));
        Assert.True(reader.TryText(out var text));
        Assert.True(reader.TryOptionalBool(out var yes));
        Assert.True(reader.TryOptionalInt(out var number));
        Assert.True(reader.TryOptionalInt(out var hex));
        Assert.True(reader.TryObject(out var members));
        Assert.True(reader.TryNextBlock(out var block));
        Assert.False(reader.TryNext());
        Assert.False(reader.TryNext());
        Assert.Equal((TestKeys.Usdc, TestKeys.NonceOf("a"), "text", true, 7, 16), (address, hash, text, yes, number!.Value, hex!.Value));
        Assert.Equal([1, 2], data);
        Assert.True(members.Read());
        Assert.Equal(BlockTag.Latest, block);
    }

    [Fact]
    public void Absent_parameters_have_their_defaults_and_required_ones_are_missed()
    {
        foreach (var json in new[] { "", "[]", "[null]" })
        {
            Assert.True(Of(json).TryOptionalBlock(out var block));
            Assert.Equal(BlockTag.Latest, block);
            Assert.True(Of(json).TryOptionalBool(out var yes));
            Assert.False(yes);
            Assert.True(Of(json).TryOptionalInt(out var number));
            Assert.Null(number);
            Assert.False(Of(json).TryAddress(out _));
            Assert.False(Of(json).TryHash(out _));
            Assert.False(Of(json).TryData(10, out _));
            Assert.False(Of(json).TryText(out _));
            Assert.False(Of(json).TryObject(out _));
            Assert.False(Of(json).TryNextBlock(out _));
        }
    }

    [Theory]
    [InlineData("\"latest\"", "latest")]
    [InlineData("\"safe\"", "latest")]
    [InlineData("\"finalized\"", "latest")]
    [InlineData("\"pending\"", "pending")]
    [InlineData("\"earliest\"", "0x0")]
    [InlineData("\"0x0\"", "0x0")]
    [InlineData("\"0x1f\"", "0x1f")]
    [InlineData("\"0xffffffffffffffff\"", "0xffffffffffffffff")]
    public void Blocks(string json, string block)
    {
        Assert.True(Of($"[{json}]").TryNextBlock(out var tag));
        Assert.Equal(block, tag.ToString());
    }

    [Theory]
    [InlineData("\"Latest\"")]
    [InlineData("\"0x\"")]
    [InlineData("\"1\"")]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("\"0x10000000000000000\"")]
    [InlineData("\"lat\\u0065st\"")]
    public void What_is_no_block(string json)
    {
        Assert.False(Of($"[{json}]").TryNextBlock(out _));
        Assert.False(Of($"[{json}]").TryOptionalBlock(out _));
    }

    [Theory]
    [InlineData("\"yes\"")]
    [InlineData("1")]
    public void What_is_no_truth(string json) => Assert.False(Of($"[{json}]").TryOptionalBool(out _));

    [Theory]
    [InlineData("1.5")]
    [InlineData("2147483648")]
    [InlineData("\"0x80000000\"")]
    [InlineData("\"12\"")]
    [InlineData("true")]
    public void What_is_no_number(string json)
    {
        Assert.False(Of($"[{json}]").TryOptionalInt(out var value));
        Assert.Null(value);
    }

    [Fact]
    public void Texts_are_short_plain_ASCII()
    {
        Assert.True(Of($"[\"{new string('x', ParameterReader.MaxTextLength)}\"]").TryText(out _));
        Assert.False(Of($"[\"{new string('x', ParameterReader.MaxTextLength + 1)}\"]").TryText(out _));
        Assert.False(Of("[\"ü\"]").TryText(out _));
        Assert.False(Of("[\"a\\nb\"]").TryText(out _));
        Assert.False(Of("[\"\u007f\"]").TryText(out _));
        Assert.False(Of("[7]").TryText(out _));
    }

    [Fact]
    public void Data_has_an_end()
    {
        Assert.True(Of("[\"0x0102\"]").TryData(2, out _));
        Assert.False(Of("[\"0x010203\"]").TryData(2, out var data));
        Assert.Empty(data);
    }
}
