using Betar.Libp2p.Buffers;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Buffers;

public sealed class SendBufferTests
{
    [Fact]
    public void What_is_written_leaves_in_order_and_in_full_segments()
    {
        var random = new Random(TestSeed.Value);
        var buffer = new SendBuffer();
        var expected = new byte[1_000_000];
        random.NextBytes(expected);
        for (var done = 0; done < expected.Length;)
        {
            var count = Math.Min(random.Next(2) == 0 ? random.Next(1, 100) : random.Next(1, 200_000), expected.Length - done);
            buffer.Write(expected.AsSpan(done, count));
            done += count;
        }

        Assert.Equal(expected.Length, buffer.Length);
        var sent = new List<byte>();
        while (buffer.Length > 0)
        {
            var segment = buffer.First;
            Assert.Equal(Math.Min(SendBuffer.SegmentSize, buffer.Length), segment.Length);
            sent.AddRange(segment.Span);
            buffer.DropFirst();
        }

        Assert.Equal(expected, sent);
        Assert.True(buffer.First.IsEmpty);
    }

    [Fact]
    public void What_is_left_takes_more_behind_it()
    {
        var buffer = new SendBuffer();
        buffer.Write(new byte[SendBuffer.SegmentSize + 10]);
        buffer.DropFirst();
        buffer.Write([1, 2, 3]);
        Assert.Equal([.. new byte[10], 1, 2, 3], buffer.First.ToArray());
        buffer.Clear();
        Assert.Equal(0, buffer.Length);
        buffer.Write([4]);
        Assert.Equal([4], buffer.First.ToArray());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1024)]
    [InlineData(1025, 2048)]
    [InlineData(SendBuffer.SegmentSize, 65_536)]
    [InlineData(SendBuffer.SegmentSize + 1, 65_536 + 1024)]
    [InlineData(3 * SendBuffer.SegmentSize, 3 * 65_536)]
    public void Memory_is_counted_as_it_is_taken(int length, int expected)
    {
        Assert.Equal(expected, SendBuffer.Footprint(length));
        Assert.InRange(SendBuffer.Fitting(expected), length, expected);
        Assert.True(SendBuffer.Footprint(SendBuffer.Fitting(expected)) <= expected);
    }

    [Fact]
    public void A_segment_comes_back_from_the_pool()
    {
        var rented = Enumerable.Range(0, 300).Select(_ => SegmentPool.Rent()).ToList();
        Assert.Equal(300, rented.Distinct().Count());
        Assert.All(rented, segment => Assert.Equal(SegmentPool.Size, segment.Length));
        rented.ForEach(SegmentPool.Return);
    }
}
