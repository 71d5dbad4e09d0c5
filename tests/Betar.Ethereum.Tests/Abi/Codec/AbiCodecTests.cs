using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Abi.Codec;

public sealed class AbiCodecTests
{
    private const int Word = 32;

    [Fact]
    public void What_another_library_encoded_is_what_we_encode() => Assert.All(
        AbiVector.All, vector => Assert.Equal(Convert.ToHexStringLower(vector.Data), Convert.ToHexStringLower(AbiEncoder.Encode(vector.Types, vector.Values))));

    [Fact]
    public void What_another_library_encoded_is_read() => Assert.All(AbiVector.All, vector =>
    {
        Assert.True(AbiDecoder.TryDecode(vector.Types, vector.Data, out var values), vector.ToString());
        Assert.Equal(vector.Values, values);
    });

    [Fact]
    public void The_vectors_have_every_kind()
    {
        var kinds = new HashSet<AbiKind>();
        foreach (var type in AbiVector.All.SelectMany(vector => vector.Types))
            Collect(type);
        Assert.Equal(Enum.GetValues<AbiKind>().Length, kinds.Count);

        void Collect(AbiType type)
        {
            kinds.Add(type.Kind);
            foreach (var part in type.Element is { } element ? [element] : type.Components)
                Collect(part);
        }
    }

    [Fact]
    public void Cut_anywhere_the_data_is_refused_or_whole() => Assert.All(AbiVector.All, vector =>
    {
        for (var length = 0; length < vector.Data.Length; length += 7)
        {
            // Only the padding of the last bytes may be missing.
            if (AbiDecoder.TryDecode(vector.Types, vector.Data.AsSpan(0, length), out var values))
                Assert.Equal(vector.Values, values);
        }
    });

    [Fact]
    public void Bytes_after_the_values_are_ignored() => Assert.All(AbiVector.All, vector =>
        Assert.True(AbiDecoder.TryDecode(vector.Types, (byte[])[.. vector.Data, 1, 2, 3], out _)));

    [Fact]
    public void Damaged_data_is_read_or_refused()
    {
        foreach (var (vector, at) in AbiVector.All.Select((vector, at) => (vector, at)))
            Fuzz.Mutate(vector.Data, 300, unchecked(TestSeed.Value + at), bytes => AbiDecoder.TryDecode(vector.Types, bytes, out _));
    }

    [Fact]
    public void What_is_read_is_written_the_same()
    {
        foreach (var vector in AbiVector.All)
        {
            Fuzz.Mutate(vector.Data, 50, TestSeed.Value, bytes =>
            {
                if (!AbiDecoder.TryDecode(vector.Types, bytes, out var values))
                    return;
                Assert.True(AbiDecoder.TryDecode(vector.Types, AbiEncoder.Encode(vector.Types, values), out var again));
                Assert.Equal(values, again);
            });
        }
    }

    [Fact]
    public void Lists_that_point_at_the_same_bytes_do_not_multiply()
    {
        // Each level's entries all point at the next level: 100^4 values out of a few kilobytes.
        var type = AbiType.Parse("uint256[][][][]");
        var data = new byte[Word + 4 * (Word + 100 * Word)];
        data[Word - 1] = Word;
        for (var level = 0; level < 4; level++)
        {
            var at = Word + level * 101 * Word;
            data[at + Word - 1] = 100;
            for (var i = 1; level < 3 && i <= 100; i++)
                ((UInt256)(100 * Word)).WriteBigEndian(data.AsSpan(at + i * Word, Word));
        }

        Assert.False(AbiDecoder.TryDecode([type], data, out _));
    }

    [Fact]
    public void Texts_that_point_at_the_same_bytes_do_not_multiply()
    {
        const int Length = 1 << 20;
        var data = new byte[2 * Word + 8 * Word + Word + Length];
        data[Word - 1] = Word;
        data[2 * Word - 1] = 8;
        for (var i = 0; i < 8; i++)
            ((UInt256)(8 * Word)).WriteBigEndian(data.AsSpan((2 + i) * Word, Word));
        ((UInt256)(Length)).WriteBigEndian(data.AsSpan(10 * Word, Word));

        Assert.False(AbiDecoder.TryDecode([AbiType.Parse("bytes[]")], data, out _));
        data[2 * Word - 1] = 4;
        Assert.True(AbiDecoder.TryDecode([AbiType.Parse("bytes[]")], data, out _));
    }

    [Fact]
    public void Lists_of_nothing_are_bounded_as_well()
    {
        var data = new byte[2 * Word];
        data[Word - 1] = Word;
        ((UInt256)(AbiDecoder.MaxValues)).WriteBigEndian(data.AsSpan(Word, Word));
        Assert.False(AbiDecoder.TryDecode([AbiType.Parse("()[]")], data, out _));
        ((UInt256)(AbiDecoder.MaxValues - 1)).WriteBigEndian(data.AsSpan(Word, Word));
        Assert.True(AbiDecoder.TryDecode([AbiType.Parse("()[]")], data, out _));
    }

    [Theory]
    [InlineData("address", 11)]
    [InlineData("bool", 30)]
    [InlineData("uint8", 30)]
    [InlineData("uint248", 0)]
    [InlineData("int8", 30)]
    [InlineData("bytes4", 4)]
    [InlineData("bytes31", 31)]
    public void Words_with_more_than_their_type_holds_are_refused(string type, int at)
    {
        var word = new byte[Word];
        Assert.True(AbiDecoder.TryDecode([AbiType.Parse(type)], word, out _));
        word[at] = 1;
        Assert.False(AbiDecoder.TryDecode([AbiType.Parse(type)], word, out _));
    }

    [Fact]
    public void Texts_are_UTF_8()
    {
        var good = AbiEncoder.Encode([AbiType.Parse("bytes")], (byte[])[0xc3, 0xa4]);
        Assert.True(AbiDecoder.TryDecode([AbiType.Parse("string")], good, out var text));
        Assert.Equal("ä", text[0]);
        good[2 * Word] = 0xff;
        Assert.False(AbiDecoder.TryDecode([AbiType.Parse("string")], good, out _));
        Assert.True(AbiDecoder.TryDecode([AbiType.Parse("bytes")], good, out _));
    }

    public static TheoryData<string, object> Misfits => new()
    {
        { "uint8", (UInt256)256 },
        { "int8", (Int256)128 },
        { "int8", (Int256)(-129) },
        { "uint256", 5 },
        { "address", "0x00" },
        { "bytes4", new byte[5] },
        { "bool", (UInt256)1 },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void A_value_that_does_not_fit_its_type_is_a_bug(string type, object value) =>
        Assert.Throws<ArgumentException>(() => AbiEncoder.Encode([AbiType.Parse(type)], value));

    [Fact]
    public void The_wrong_number_of_values_is_a_bug()
    {
        Assert.Throws<ArgumentException>(() => AbiEncoder.Encode([AbiType.Parse("bool")]));
        Assert.Throws<ArgumentException>(() => AbiEncoder.Encode([AbiType.Parse("bool[2]")], (object)new object[] { true }));
    }

    [Theory]
    [InlineData("int8", 127)]
    [InlineData("int8", -128)]
    [InlineData("int16", -129)]
    public void The_ends_of_a_width_fit(string type, long value)
    {
        var data = AbiEncoder.Encode([AbiType.Parse(type)], (Int256)value);
        Assert.True(AbiDecoder.TryDecode([AbiType.Parse(type)], data, out var values));
        Assert.Equal((Int256)value, values[0]);
    }
}
