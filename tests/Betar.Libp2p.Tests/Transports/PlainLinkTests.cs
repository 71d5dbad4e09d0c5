using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Transports;

public sealed class PlainLinkTests
{
    [Fact]
    public async Task The_buffer_grows_with_what_really_comes_and_shrinks_when_little_does()
    {
        var (up, down) = Channels.Pair(up: new MemoryConditions { Capacity = 1 << 22 });
        var link = new PlainLink(down);
        Assert.Equal(0, link.Capacity);
        await up.WriteAsync(new byte[10], default);
        await ConsumeAsync(link, 10);
        Assert.Equal(PlainLink.Smallest, link.Capacity);

        await up.WriteAsync(new byte[1 << 20], default);
        await ConsumeAsync(link, 1 << 20);
        Assert.Equal(PlainLink.Largest, link.Capacity);

        for (var i = 0; i < 3; i++)
        {
            await up.WriteAsync(new byte[10], default);
            await ConsumeAsync(link, 10);
        }

        Assert.Equal(PlainLink.Smallest, link.Capacity);
    }

    /// <summary>A peer claims 64 KiB and sends nothing: it gets no more memory than one that claims nothing.</summary>
    [Fact]
    public async Task A_claim_costs_nothing()
    {
        var (up, down) = Channels.Pair();
        var link = new PlainLink(down);
        await up.WriteAsync(new byte[100], default);

        var filling = link.FillAsync(65_000, default).AsTask();

        Assert.False(filling.IsCompleted);
        Assert.Equal(PlainLink.Smallest, link.Capacity);
        await up.DisposeAsync();
        Assert.False(await filling);
        Assert.Equal(100, link.Received.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public async Task Bytes_come_in_order_however_they_are_asked_for(int largestRead)
    {
        var (up, down) = Channels.Pair(up: new MemoryConditions { LargestRead = largestRead, Capacity = 1 << 20 });
        var link = new PlainLink(down);
        var sent = new byte[20_000];
        new Random(5).NextBytes(sent);
        await up.WriteAsync(sent, default);
        var read = new List<byte>();
        for (var i = 0; read.Count < sent.Length; i++)
        {
            if (i % 2 == 0)
            {
                var want = Math.Min(777, sent.Length - read.Count);
                Assert.True(await link.FillAsync(want, default));
                read.AddRange(link.Received.Span[..want]);
                link.Consume(want);
            }
            else
            {
                var buffer = new byte[333];
                read.AddRange(buffer.AsSpan(0, await link.ReadAsync(buffer, default)));
            }
        }

        Assert.Equal(sent, read);
    }

    [Fact]
    public async Task A_released_buffer_is_used_no_more()
    {
        var (up, down) = Channels.Pair();
        var link = new PlainLink(down);
        await up.WriteAsync(new byte[5], default);
        await link.ReceiveAsync(default);

        link.ReleaseBuffer();
        link.ReleaseBuffer();

        Assert.Equal(0, link.Capacity);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await link.ReceiveAsync(default));
    }

    private static async Task ConsumeAsync(PlainLink link, int count)
    {
        while (count > 0)
        {
            var received = await link.ReceiveAsync(default);
            link.Consume(received.Length);
            count -= received.Length;
        }
    }
}
