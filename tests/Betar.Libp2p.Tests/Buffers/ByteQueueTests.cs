using Betar.Libp2p.Buffers;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Buffers;

public sealed class ByteQueueTests
{
    /// <summary>Against the obvious: a list of bytes.</summary>
    [Fact]
    public void Whatever_is_written_and_read_the_bytes_come_in_order()
    {
        for (var seed = TestSeed.Value; seed < TestSeed.Value + 50; seed++)
        {
            var random = new Random(seed);
            var queue = new ByteQueue();
            var model = new Queue<byte>();
            for (var step = 0; step < 300; step++)
            {
                if (random.Next(2) == 0)
                {
                    var data = new byte[random.Next(5000)];
                    random.NextBytes(data);
                    queue.Write(data);
                    foreach (var one in data)
                        model.Enqueue(one);
                }
                else
                {
                    var target = new byte[random.Next(5000)];
                    var count = queue.Read(target);
                    Assert.True(count == Math.Min(target.Length, model.Count), $"seed {seed}");
                    Assert.True(target.AsSpan(0, count).SequenceEqual([.. Enumerable.Range(0, count).Select(_ => model.Dequeue())]), $"seed {seed}");
                }

                Assert.Equal(model.Count, queue.Length);
                Assert.True(queue.Capacity >= queue.Length, $"seed {seed}");
            }
        }
    }

    [Fact]
    public void An_empty_queue_holds_no_memory()
    {
        var queue = new ByteQueue();
        queue.Write(new byte[300_000]);
        Assert.InRange(queue.Capacity, 300_000, 400_000);

        Assert.Equal(300_000, queue.Read(new byte[400_000]));
        Assert.Equal(0, queue.Capacity);
        queue.Write(new byte[10]);
        queue.Clear();

        Assert.Equal((0, 0), (queue.Length, queue.Capacity));
    }

    /// <summary>Small pieces share memory: a peer that sends single bytes does not get a kilobyte for each.</summary>
    [Fact]
    public void Single_bytes_share_their_memory()
    {
        var queue = new ByteQueue();
        for (var i = 0; i < 10_000; i++)
            queue.Write([1]);

        Assert.InRange(queue.Capacity, 10_000, 40_000);
    }
}
