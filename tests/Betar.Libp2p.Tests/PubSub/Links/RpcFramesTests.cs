using Betar.Libp2p.PubSub.Links;
using Betar.Libp2p.PubSub.Routing;

namespace Betar.Libp2p.Tests.PubSub.Links;

/// <summary>Frames of a stream, however the stream cuts them.</summary>
public sealed class RpcFramesTests
{
    private const int Most = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(10_000)]
    public async Task Frames_come_out_as_they_went_in_however_the_stream_is_cut(int atOnce)
    {
        byte[][] sent = [[1], [], [.. Enumerable.Range(0, 200).Select(i => (byte)i)], [.. Enumerable.Repeat((byte)9, Most)], [2, 3]];
        var frames = Frames([.. sent.SelectMany(Framed)], atOnce);

        foreach (var frame in sent)
            Assert.Equal(frame, (await frames.ReadAsync(default))!.Value.ToArray());
        Assert.Null(await frames.ReadAsync(default));
        Assert.Null(await frames.ReadAsync(default));
    }

    [Fact]
    public async Task A_frame_of_the_greatest_length_is_read_and_one_byte_more_is_refused_before_it_comes()
    {
        Assert.Equal(Most, (await Frames(Framed(new byte[Most])).ReadAsync(default))!.Value.Length);

        // Only the length is there.
        var error = await Assert.ThrowsAsync<Libp2pException>(async () => await Frames([0xAD, 0x02]).ReadAsync(default));
        Assert.Equal((Libp2pError.LimitExceeded, GossipCap.RpcBytes), (error.Code, error.Limit));
    }

    [Theory]
    [InlineData("05")]
    [InlineData("0501")]
    [InlineData("0501020304")]
    [InlineData("80")]
    public async Task A_stream_that_ends_inside_a_frame_is_malformed(string hex) => Assert.Equal(
        Libp2pError.Malformed, (await Assert.ThrowsAsync<Libp2pException>(async () => await Frames(Convert.FromHexString(hex)).ReadAsync(default))).Code);

    [Theory]
    [InlineData("8000")]
    [InlineData("ffffffffffffffffffff01")]
    public async Task A_length_that_is_no_varint_is_malformed(string hex) => Assert.Equal(
        Libp2pError.Malformed, (await Assert.ThrowsAsync<Libp2pException>(async () => await Frames(Convert.FromHexString(hex)).ReadAsync(default))).Code);

    private static byte[] Framed(byte[] frame) => [.. frame.Length < 128 ? [(byte)frame.Length] : new[] { (byte)(frame.Length | 0x80), (byte)(frame.Length >> 7) }, .. frame];

    private static RpcFrames Frames(byte[] bytes, int atOnce = int.MaxValue) => new(new CutStream(bytes, atOnce), Most, TimeSpan.FromSeconds(30), TimeProvider.System);

    /// <summary>Gives no more than so many bytes to a read.</summary>
    private sealed class CutStream(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, atOnce)], cancellationToken);
    }
}
