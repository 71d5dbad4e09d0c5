using System.Buffers;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class SerializerSurfaceTests
{
    [Fact]
    public void Every_way_in_reads_what_every_way_out_wrote()
    {
        var serializer = SerializerHost.Services.GetRequiredService<Serializer<Point>>();
        var point = new Point(1, 2);
        var bytes = serializer.SerializeToArray(point);
        var buffer = new ArrayBufferWriter<byte>();
        serializer.Serialize(point, buffer);
        Assert.Equal(bytes, buffer.WrittenSpan.ToArray());
        Assert.Equal(bytes, SerializerHost.Serializer.SerializeToArray(point));
        Assert.Equal(point, serializer.Deserialize(bytes));
        Assert.Equal(point, serializer.Deserialize(bytes.AsSpan()));
        Assert.Equal(point, serializer.Deserialize(bytes.AsMemory()));
        Assert.Equal(point, serializer.Deserialize(new ReadOnlySequence<byte>(bytes)));
        Assert.Equal(point, serializer.Deserialize(Split(bytes)));
        Assert.Equal(point, SerializerHost.Serializer.GetSerializer<Point>().Deserialize(bytes));
        Assert.True(SerializerHost.Serializer.CanSerialize<Point>());
    }

    [Fact]
    public void Sessions_are_used_again()
    {
        var pool = SerializerHost.Serializer.SessionPool;
        var first = pool.GetSession();
        first.Dispose();
        using var second = pool.GetSession();
        using var third = pool.GetSession();
        Assert.NotSame(second, third);
        Assert.Same(pool.CodecProvider, second.CodecProvider);
    }

    [Fact]
    public void A_message_larger_than_the_buffer_that_is_kept()
    {
        var bytes = new byte[3_000_000];
        bytes[^1] = 7;
        Assert.Equal(bytes, SerializerHost.RoundTrip(bytes));
        Assert.Equal(5, SerializerHost.RoundTrip(5));
    }

    [Fact]
    public async Task Many_threads_at_once()
    {
        var original = new Everything { Positions = new() { ["a"] = new(1, "n", 2) }, Anything = new List<object> { 1, "x", new Plain() } };
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        using var start = new Barrier(8);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (var i = 0; i < 2000; i++)
                    Assert.Equal(original.Positions, serializer.Deserialize<Everything>(serializer.SerializeToArray(original)).Positions);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    [Fact]
    public void A_value_costs_its_own_memory_and_no_more()
    {
        var point = new Point(1, 2);
        var serializer = SerializerHost.Serializer;
        var buffer = new ArrayBufferWriter<byte>(4096);
        var bytes = serializer.SerializeToArray(point);
        for (var i = 0; i < 100; i++)
        {
            serializer.Serialize(point, buffer);
            serializer.Deserialize<Point>(bytes);
            buffer.ResetWrittenCount();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            serializer.Serialize(point, buffer);
            serializer.Deserialize<Point>(bytes);
            SerializerHost.Copier.Copy(point);
            buffer.ResetWrittenCount();
        }

        // The pool's queue may take a new segment now and then.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_000);
    }

    private static ReadOnlySequence<byte> Split(byte[] bytes)
    {
        var first = new Segment(bytes.AsMemory(0, 5), null);
        var last = new Segment(bytes.AsMemory(5), first);
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is null)
                return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
