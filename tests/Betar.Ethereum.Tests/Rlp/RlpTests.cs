using System.Text;
using Betar.Ethereum.Tests.Support;
using FsCheck;
using Property = Betar.Ethereum.Tests.Support.Property;
using FsCheck.Fluent;

namespace Betar.Ethereum.Tests.Rlp;

public sealed class RlpTests
{
    abstract record Item
    {
        internal sealed record Text(byte[] Bytes) : Item;

        internal sealed record List(Item[] Items) : Item;
    }

    // The examples of the Yellow Paper and of Ethereum's wiki.
    [Theory]
    [InlineData("dog", "83646f67")]
    [InlineData("", "80")]
    [InlineData("Lorem ipsum dolor sit amet, consectetur adipisicing elit", "b8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c6974")]
    public void Strings(string text, string hex)
    {
        var writer = new RlpWriter(1);
        writer.Write(Encoding.ASCII.GetBytes(text));
        Assert.Equal(hex, Convert.ToHexStringLower(writer.ToArray()));
        var reader = new RlpReader(Convert.FromHexString(hex));
        Assert.True(reader.TryReadString(out var back));
        Assert.Equal(text, Encoding.ASCII.GetString(back));
        Assert.True(reader.IsAtEnd);
    }

    [Theory]
    [InlineData(0UL, "80")]
    [InlineData(15UL, "0f")]
    [InlineData(127UL, "7f")]
    [InlineData(128UL, "8180")]
    [InlineData(1024UL, "820400")]
    [InlineData(ulong.MaxValue, "88ffffffffffffffff")]
    public void Integers(ulong value, string hex)
    {
        var writer = new RlpWriter();
        writer.Write(value);
        Assert.Equal(hex, Convert.ToHexStringLower(writer.ToArray()));
        var reader = new RlpReader(Convert.FromHexString(hex));
        Assert.True(reader.TryReadUInt64(out var back));
        Assert.Equal(value, back);
    }

    [Fact]
    public void Lists()
    {
        Assert.Equal("c88363617483646f67", Encode(new Item.List([Text("cat"), Text("dog")])));
        Assert.Equal("c0", Encode(new Item.List([])));
        Assert.Equal("c7c0c1c0c3c0c1c0", Encode(new Item.List([
            new Item.List([]),
            new Item.List([new Item.List([])]),
            new Item.List([new Item.List([]), new Item.List([new Item.List([])])])])));

        // Made with viem 2.56.8.
        var nested = new Item.List([
            new Item.Text([]), new Item.Text([0x7f]), new Item.Text([0x80]),
            new Item.List([new Item.Text(Repeat(0xab, 56)), new Item.List([]), new Item.List([new Item.Text(Repeat(0xcd, 300))])])]);
        Assert.StartsWith("f90174807f8180f9016db838abababab", Encode(nested));
    }

    [Theory]
    [InlineData("")] // nothing
    [InlineData("8100")] // a small byte with a header
    [InlineData("817f")]
    [InlineData("b800")] // a long header for a short string
    [InlineData("b837" + "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("b90037" + "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("b8")] // no length
    [InlineData("b9ff")]
    [InlineData("83646f")] // too short
    [InlineData("bbffffffff")] // promises 4 GiB
    [InlineData("bfffffffffffffffff")] // promises 2^64
    [InlineData("c0")] // a list
    public void Strings_that_are_none(string hex)
    {
        var reader = new RlpReader(Convert.FromHexString(hex));
        Assert.False(reader.TryReadString(out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("c1")]
    [InlineData("f800")]
    [InlineData("f837")]
    [InlineData("ffffffffffffffffff")]
    [InlineData("fbffffffff")]
    public void Lists_that_are_none(string hex)
    {
        var reader = new RlpReader(Convert.FromHexString(hex));
        Assert.False(reader.TryReadList(out _));
    }

    [Theory]
    [InlineData("00")] // zero is the empty string
    [InlineData("820001")]
    [InlineData("8200ff")]
    [InlineData("a1010000000000000000000000000000000000000000000000000000000000000000")]
    public void Integers_that_are_none(string hex)
    {
        var reader = new RlpReader(Convert.FromHexString(hex));
        Assert.False(reader.TryReadUInt256(out _));
    }

    [Fact]
    public void A_wide_integer_is_no_64_bits()
    {
        var reader = new RlpReader(Convert.FromHexString("89010000000000000000"));
        Assert.False(reader.TryReadUInt64(out _));
    }

    [Fact]
    public void What_is_written_is_read_again() => Property.Holds(Items(4), item =>
    {
        var reader = new RlpReader(Convert.FromHexString(Encode(item)));
        return Read(ref reader, item) && reader.IsAtEnd;
    });

    [Fact]
    public void Damaged_bytes_are_read_or_refused_and_what_is_read_has_one_encoding()
    {
        var good = Convert.FromHexString(Encode(new Item.List([
            Text("cat"), new Item.List([Text(""), new Item.Text(Repeat(7, 70))]), new Item.Text([0x05]), new Item.Text(Repeat(0x99, 300))])));
        Fuzz.Mutate(good, 20_000, seed: 20_011, bytes =>
        {
            var reader = new RlpReader(bytes);
            var writer = new RlpWriter();
            if (Copy(ref reader, writer, 0) && reader.IsAtEnd)
                Assert.Equal(bytes, writer.ToArray());
        });
    }

    static bool Copy(ref RlpReader reader, RlpWriter writer, int depth)
    {
        if (depth > 50)
            return false;
        if (!reader.IsList)
        {
            if (!reader.TryReadString(out var text))
                return false;
            writer.Write(text);
            return true;
        }

        if (!reader.TryReadList(out var list))
            return false;
        var mark = writer.BeginList();
        while (!list.IsAtEnd)
        {
            if (!Copy(ref list, writer, depth + 1))
                return false;
        }

        writer.EndList(mark);
        return true;
    }

    static Gen<Item> Items(int depth)
    {
        var text = Property.Bytes(0, 80).Select(bytes => (Item)new Item.Text(bytes));
        if (depth == 0)
            return text;
        var list =
            from length in Gen.Choose(0, 5)
            from items in Items(depth - 1).ArrayOf(length)
            select (Item)new Item.List(items);
        return Gen.OneOf(text, list);
    }

    static bool Read(ref RlpReader reader, Item expected)
    {
        if (expected is Item.Text text)
            return !reader.IsList && reader.TryReadString(out var bytes) && bytes.SequenceEqual(text.Bytes);
        if (!reader.TryReadList(out var list))
            return false;
        foreach (var item in ((Item.List)expected).Items)
        {
            if (!Read(ref list, item))
                return false;
        }

        return list.IsAtEnd;
    }

    static string Encode(Item item)
    {
        var writer = new RlpWriter(4);
        Write(writer, item);
        return Convert.ToHexStringLower(writer.WrittenSpan);
    }

    static void Write(RlpWriter writer, Item item)
    {
        if (item is Item.Text text)
        {
            writer.Write(text.Bytes);
            return;
        }

        var mark = writer.BeginList();
        foreach (var child in ((Item.List)item).Items)
            Write(writer, child);
        writer.EndList(mark);
    }

    static Item.Text Text(string text) => new(Encoding.ASCII.GetBytes(text));

    static byte[] Repeat(byte value, int count) => [.. Enumerable.Repeat(value, count)];
}
