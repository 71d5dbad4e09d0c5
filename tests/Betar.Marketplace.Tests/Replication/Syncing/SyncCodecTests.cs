using System.Buffers;
using Betar.Libp2p.Protobuf;
using Betar.Marketplace.Replication.Syncing;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Syncing;

public sealed class SyncCodecTests
{
    private static readonly Guid Epoch = new("00112233-4455-6677-8899-aabbccddeeff");

    [Fact]
    public void A_request_comes_back()
    {
        var request = new SyncRequest(Epoch, 77, [NodeId.Of("a"u8), NodeId.Of("b"u8)], 1000);

        var again = SyncCodec.DecodeRequest(SyncCodec.Encode(request))!;

        Assert.Equal((Epoch, 77L, 1000), (again.Epoch, again.After, again.MaxBytes));
        Assert.Equal(request.Heads, again.Heads);
    }

    [Fact]
    public void A_page_comes_back()
    {
        var page = new SyncPage(Epoch, 9, true, [new byte[] { 1, 2 }, new byte[] { 3, 4, 5 }]);

        var again = SyncCodec.DecodePage(SyncCodec.Encode(page))!;

        Assert.Equal((Epoch, 9L, true), (again.Epoch, again.Last, again.HasMore));
        Assert.Equal(["0102", "030405"], again.Nodes.Select(node => Convert.ToHexString(node.Span)));
    }

    [Fact]
    public void The_bytes_are_as_documented() => Assert.Equal(
        "08011210001122334455667788" + "99aabbccddeeff" + "1805" + "28e807", Convert.ToHexStringLower(SyncCodec.Encode(new SyncRequest(Epoch, 5, [], 1000))));

    [Fact]
    public void Only_64_heads_are_told_and_taken()
    {
        var heads = Enumerable.Range(0, 100).Select(i => NodeId.Of([(byte)i])).ToList();
        var request = SyncCodec.Encode(new SyncRequest(Epoch, 0, heads, 1000));
        Assert.Equal(64, SyncCodec.DecodeRequest(request)!.Heads.Count);

        var one = new ArrayBufferWriter<byte>();
        new ProtoWriter(one).WriteBytes(4, heads[99].ToBytes());
        Assert.Null(SyncCodec.DecodeRequest([.. request, .. one.WrittenSpan]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0802")]
    [InlineData("08011201ff28e807")]
    [InlineData("08012201ff28e807")]
    [InlineData("0801")]
    [InlineData("080128ffffffff0f")]
    [InlineData("080118ffffffffffffffffff0128e807")]
    public void What_is_no_request_is_refused(string hex) => Assert.Null(SyncCodec.DecodeRequest(Convert.FromHexString(hex)));

    [Fact]
    public void A_request_that_is_too_long_is_refused() =>
        Assert.Null(SyncCodec.DecodeRequest([.. SyncCodec.Encode(new SyncRequest(Epoch, 0, [], 1000)), .. Padding(4096)]));

    [Fact]
    public void Fields_of_later_versions_are_passed_over() =>
        Assert.NotNull(SyncCodec.DecodeRequest([.. SyncCodec.Encode(new SyncRequest(Epoch, 0, [], 1000)), .. Padding(8)]));

    [Theory]
    [InlineData("")]
    [InlineData("0802")]
    [InlineData("08012002")]
    [InlineData("08012a00")]
    [InlineData("08012a01ff")]
    [InlineData("08012a05ff")]
    public void What_is_no_page_is_refused(string hex) => Assert.Null(SyncCodec.DecodePage(Convert.FromHexString(hex)));

    private static byte[] Padding(int length)
    {
        var padding = new ArrayBufferWriter<byte>();
        new ProtoWriter(padding).WriteBytes(15, new byte[length]);
        return padding.WrittenSpan.ToArray();
    }
}
