using Betar.Marketplace.Exchange;

namespace Betar.Marketplace.Tests.Exchange;

public sealed class MarketFramesTests
{
    [Fact]
    public void The_bytes_are_those_of_the_original()
    {
        Assert.Equal("0004696E666F00000000", Convert.ToHexString(MarketFrames.Request("info", [])));
        Assert.Equal("000000025B5D", Convert.ToHexString(MarketFrames.Response("[]"u8)));
    }

    [Fact]
    public async Task A_request_comes_back()
    {
        var frame = MarketFrames.Request("order.create", "{}"u8);

        var request = await MarketFrames.ReadRequestAsync(new MemoryStream(frame), 2, CancellationToken.None);

        Assert.Equal(("order.create", "{}"), (request!.Value.Type, System.Text.Encoding.UTF8.GetString(request.Value.Body.Span)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000")]
    [InlineData("0081")]
    [InlineData("000461")]
    [InlineData("0001FF00000000")]
    [InlineData("000161000000")]
    [InlineData("00016100000005AABBCCDDEE")]
    [InlineData("0001610000000401")]
    [InlineData("000161FFFFFFFF")]
    public async Task What_is_cut_off_or_too_long_is_no_request(string frame) =>
        Assert.Null(await MarketFrames.ReadRequestAsync(new MemoryStream(Convert.FromHexString(frame)), 4, CancellationToken.None));

    [Fact]
    public async Task A_long_answer_is_read_whole_and_memory_follows_what_came()
    {
        var body = new byte[300_000];
        new Random(1).NextBytes(body);

        var answer = await MarketFrames.ReadResponseAsync(new MemoryStream(MarketFrames.Response(body)), MarketFrames.MaxBytes, CancellationToken.None);
        Assert.Equal(body, answer!.Value.ToArray());

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(await MarketFrames.ReadResponseAsync(new MemoryStream([0, 0x7F, 0xFF, 0xFF, 1]), MarketFrames.MaxBytes, CancellationToken.None));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void A_type_has_128_bytes_at_the_most() => Assert.Throws<ArgumentOutOfRangeException>(() => MarketFrames.Request(new string('x', 129), []));
}
