using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange;
using Betar.Blocks.Exchange.Wire;
using Betar.Blocks.Tests.Support;
using Betar.Libp2p.Multiformats;
using Betar.Tests.Shared;

namespace Betar.Blocks.Tests.Exchange;

public sealed class BitswapWireTests
{
    private const string Hash = "1220543aa6f6b9a533c8bf80568090cdf24b693aaa2f9b574a33784d8462fdc5579c";
    private const string CidHex = "0155" + Hash;

    private static readonly BitswapOptions Options = new();
    private static readonly Cid Name = Cid.TryDecode(Convert.FromHexString(CidHex), out var cid) ? cid : throw new FormatException();

    [Fact]
    public void A_want_has_the_bytes_of_the_schema() => Assert.Equal(
        "2e" + "0a2c" + "0a2a" + "0a24" + CidHex + "1001" + "2801",
        Hex(new BitswapMessage { Wants = [new WantEntry(Name, WantType.Block)] }));

    [Fact]
    public void A_question_says_its_type() => Assert.Equal(
        "30" + "0a2e" + "0a2c" + "0a24" + CidHex + "1001" + "2001" + "2801", Hex(new BitswapMessage { Wants = [new WantEntry(Name, WantType.Have)] }));

    [Fact]
    public void A_cancel_says_so_and_nothing_else() => Assert.Equal(
        "2c" + "0a2a" + "0a28" + "0a24" + CidHex + "1801", Hex(new BitswapMessage { Wants = [new WantEntry(Name, WantType.Block, Priority: 0, Cancel: true)] }));

    [Fact]
    public void A_full_list_says_so_even_when_it_is_empty() => Assert.Equal("04" + "0a021001", Hex(new BitswapMessage { Full = true }));

    [Fact]
    public void Blocks_and_presences_have_the_bytes_of_the_schema() => Assert.Equal(
        "61" + "1a0b" + "0a0401551220" + "120361" + "6263" + "2226" + "0a24" + CidHex + "2228" + "0a24" + CidHex + "1001" + "2807",
        Hex(new BitswapMessage
        {
            Blocks = [new BlockPayload(CidPrefix.Of(Name), "abc"u8.ToArray())], Presences = [new BlockPresence(Name, true), new BlockPresence(Name, false)], PendingBytes = 7,
        }));

    [Fact]
    public void Before_there_were_prefixes_blocks_were_bare() => Assert.Equal(
        "05" + "1203616263",
        Hex(new BitswapMessage { Blocks = [new BlockPayload(CidPrefix.Of(Name), "abc"u8.ToArray())], Presences = [new BlockPresence(Name, true)] }, BitswapProtocol.V10));

    [Fact]
    public void A_random_message_comes_back() => Assert.All(Enumerable.Range(0, 300), round =>
    {
        var message = Random(new Random(TestSeed.Value + round));
        var bytes = Convert.FromHexString(Hex(message));
        Assert.True(Varint.TryRead(bytes, out var length, out var head));
        Assert.Equal(bytes.Length - head, (int)length);

        Assert.True(BitswapReader.TryRead(bytes.AsMemory(head), Options, new BlocksMeter(), out var read), $"seed {TestSeed.Value}, round {round}");

        Assert.Equal(message.Wants, read.Wants);
        Assert.Equal(message.Presences, read.Presences);
        Assert.Equal((message.Full, message.PendingBytes), (read.Full, read.PendingBytes));
        Assert.Equal(message.Blocks.Select(block => Convert.ToHexString(block.Data.Span)), read.Blocks.Select(block => Convert.ToHexString(block.Data.Span)));
        Assert.Equal(message.Blocks.Select(block => Convert.ToHexString(block.Prefix.Span)), read.Blocks.Select(block => Convert.ToHexString(block.Prefix.Span)));
    });

    [Theory]
    [InlineData("0801")] // a list as a number
    [InlineData("1001")] // a block as a number
    [InlineData("1801")]
    [InlineData("2001")]
    [InlineData("2a00")] // pending bytes as bytes
    [InlineData("0a")]
    [InlineData("0a05")]
    [InlineData("0a020a05")] // an entry that is cut off
    [InlineData("0a040a020a05")] // a name that is cut off
    [InlineData("1a021205")]
    [InlineData("22020a05")]
    [InlineData("00")]
    public void What_is_no_message_is_refused(string hex) => Assert.False(BitswapReader.TryRead(Convert.FromHexString(hex), Options, new BlocksMeter(), out _));

    [Theory]
    [InlineData("0a020a00", BlocksLimit.BadName)] // an entry without a name
    [InlineData("0a060a040a020170", BlocksLimit.BadName)]
    [InlineData("2200", BlocksLimit.BadName)]
    [InlineData("1a03120161", BlocksLimit.BadName)] // a block without a prefix
    public void A_part_that_cannot_be_meant_for_us_is_left_out_and_counted(string hex, string limit)
    {
        var meter = new BlocksMeter();
        Assert.True(BitswapReader.TryRead(Convert.FromHexString(hex + "2807"), Options, meter, out var message));
        Assert.Equal((0, 0, 0, 7), (message.Wants.Count, message.Blocks.Count, message.Presences.Count, message.PendingBytes));
        Assert.Equal(1, meter.Count(limit));
    }

    [Fact]
    public void Names_that_are_too_long_are_left_out()
    {
        // 131 bytes of digest are more than any function has, so the name is made longer by its codec, which nobody knows.
        var cid = Cid.Create((CidCodec)long.MaxValue, Multihash.Create(MultihashCode.Identity, new byte[128]));
        var meter = new BlocksMeter();
        Assert.True(Read(new BitswapMessage { Wants = [new WantEntry(cid, WantType.Block)] }, new BitswapOptions { MaxCidBytes = cid.Bytes.Length }, meter).Wants.Count == 1);
        Assert.Empty(Read(new BitswapMessage { Wants = [new WantEntry(cid, WantType.Block)] }, new BitswapOptions { MaxCidBytes = cid.Bytes.Length - 1 }, meter).Wants);
        Assert.Equal(1, meter.Count(BlocksLimit.CidBytes));
    }

    [Fact]
    public void Parts_are_counted_while_they_are_read()
    {
        var meter = new BlocksMeter();
        var message = new BitswapMessage
        {
            Wants = [.. Enumerable.Repeat(new WantEntry(Name, WantType.Block), 3)],
            Blocks = [.. Enumerable.Repeat(new BlockPayload(CidPrefix.Of(Name), new byte[1]), 3)],
            Presences = [.. Enumerable.Repeat(new BlockPresence(Name, true), 3)],
        };

        var read = Read(message, new BitswapOptions { MaxPartsPerMessage = 5 }, meter);

        Assert.Equal((3, 2, 0), (read.Wants.Count, read.Blocks.Count, read.Presences.Count));
        Assert.Equal(4, meter.Count(BlocksLimit.PartsPerMessage));
    }

    [Fact]
    public void Blocks_that_are_too_large_are_left_out()
    {
        var meter = new BlocksMeter();
        var message = new BitswapMessage { Blocks = [new BlockPayload(CidPrefix.Of(Name), new byte[100]), new BlockPayload(CidPrefix.Of(Name), new byte[101])] };
        Assert.Equal(100, Assert.Single(Read(message, new BitswapOptions { MaxBlockBytes = 100 }, meter).Blocks).Data.Length);
        Assert.Equal(1, meter.Count(BlocksLimit.BlockBytes));
    }

    [Theory]
    [InlineData("01551220", true)]
    [InlineData("00701220", true)]
    [InlineData("01701340", true)]
    [InlineData("", true)] // version 0
    [InlineData("00551220", false)] // version 0 is for dag-pb
    [InlineData("00701340", false)] // and for SHA-256
    [InlineData("02701220", false)]
    [InlineData("0170121f", false)]
    [InlineData("01701320", false)]
    [InlineData("01700000", false)] // nobody sends what stands in the name
    [InlineData("0170b2a00220", false)] // a function that is not in use here
    [InlineData("015512", false)]
    [InlineData("0155122000", false)]
    [InlineData("8100551220", false)]
    public void A_prefix_names_bytes_or_does_not(string prefix, bool good)
    {
        Assert.Equal(good, CidPrefix.TryName(Convert.FromHexString(prefix), "abc"u8, out var cid));
        if (good && prefix.Length > 0)
            Assert.Equal(prefix, Convert.ToHexStringLower(CidPrefix.Of(cid!)));
        if (good)
            Assert.True(BlockHash.IsRight(cid!, "abc"u8) && !BlockHash.IsRight(cid!, "abd"u8));
    }

    internal static BitswapMessage Random(Random random) => new()
    {
        Wants =
        [
            .. Make.Blocks(random.Next(5)).Select(block => random.Next(3) == 0
                ? new WantEntry(block.Cid, WantType.Block, false, random.Next(-5, 5), true)
                : new WantEntry(block.Cid, (WantType)random.Next(2), random.Next(2) == 0, random.Next(-5, 5))),
        ],
        Full = random.Next(2) == 0,
        Blocks = [.. Make.Blocks(random.Next(5), random.Next(3) * 3000).Select(block => new BlockPayload(CidPrefix.Of(block.Cid), block.Data))],
        Presences = [.. Make.Blocks(random.Next(5)).Select(block => new BlockPresence(block.Cid, random.Next(2) == 0))],
        PendingBytes = random.Next(3) == 0 ? 0 : random.Next(),
    };

    private static BitswapMessage Read(BitswapMessage message, BitswapOptions options, BlocksMeter meter)
    {
        var bytes = Convert.FromHexString(Hex(message));
        Assert.True(Varint.TryRead(bytes, out _, out var head));
        Assert.True(BitswapReader.TryRead(bytes.AsMemory(head), options, meter, out var read));
        return read;
    }

    private static string Hex(BitswapMessage message, string protocol = BitswapProtocol.V12) =>
        Convert.ToHexStringLower([.. BitswapWriter.Write(message, protocol).SelectMany(piece => piece.ToArray())]);
}
