using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans.Serialization;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class ReferenceTests
{
    [Fact]
    public void One_object_twice_is_one_object()
    {
        var shared = new Plain { Number = 1 };
        foreach (var back in Both(new[] { shared, shared, null, shared }))
        {
            Assert.Same(back[0], back[1]);
            Assert.Same(back[0], back[3]);
            Assert.Null(back[2]);
            Assert.NotSame(shared, back[0]);
        }
    }

    [Fact]
    public void Shared_arrays_and_collections_too()
    {
        var bytes = new byte[] { 1, 2 };
        var list = new List<object> { bytes, bytes };
        foreach (var back in Both(new object[] { list, list, bytes }))
        {
            Assert.Same(back[0], back[1]);
            Assert.Same(((List<object>)back[0])[0], ((List<object>)back[0])[1]);
            Assert.Same(((List<object>)back[0])[0], back[2]);
        }
    }

    [Fact]
    public void Equal_objects_stay_two()
    {
        var back = SerializerHost.RoundTrip(new[] { new Position(1, "a", 2), new Position(1, "a", 2) });
        Assert.Equal(back[0], back[1]);
        Assert.NotSame(back[0], back[1]);
    }

    [Fact]
    public void A_ring_of_two()
    {
        var first = new Plain { Number = 1 };
        first.Next = new Plain { Number = 2, Next = first };
        foreach (var back in Both(first))
        {
            Assert.Equal(2, back.Next!.Number);
            Assert.Same(back, back.Next.Next);
        }
    }

    [Fact]
    public void Collections_that_hold_themselves()
    {
        var list = new List<object>();
        list.Add(list);
        var map = new Dictionary<string, object>();
        map["self"] = map;
        var array = new object[1];
        array[0] = array;
        foreach (var back in Both(list))
            Assert.Same(back, back[0]);
        foreach (var back in Both(map))
            Assert.Same(back, back["self"]);
        foreach (var back in Both(array))
            Assert.Same(back, back[0]);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(5000)]
    public void Many_shared_objects(int count)
    {
        var objects = Enumerable.Range(0, count).Select(i => new Plain { Number = i }).ToArray();
        foreach (var back in Both<Plain[][]>([objects, [.. objects.Reverse()]]))
        {
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(i, back[0][i].Number);
                Assert.Same(back[0][i], back[1][count - 1 - i]);
            }
        }
    }

    [Fact]
    public void Many_types_in_one_message()
    {
        var values = new object[] { (byte)1, 2, 3L, "4", 5.0, 6f, '7', 8m, new Point(9, 9), new Position(10, "", 0), new Plain(), Guid.Empty };
        var all = values.Concat(values).Concat(values).ToArray();
        var back = SerializerHost.RoundTrip(all);
        Assert.Equal(all.Select(static value => value.GetType()), back.Select(static value => value.GetType()));
        Assert.Equal(all.Where(static value => value is not Plain), back.Where(static value => value is not Plain));
    }

    [Fact]
    public void The_serializer_forgets_a_message_when_it_ends()
    {
        var shared = new Plain { Number = 1 };
        var first = SerializerHost.Serializer.SerializeToArray(shared);
        Assert.Equal(first, SerializerHost.Serializer.SerializeToArray(shared));
        Assert.NotSame(SerializerHost.Serializer.Deserialize<Plain>(first), SerializerHost.Serializer.Deserialize<Plain>(first));
    }

    [Fact]
    public void The_serializer_forgets_a_message_that_failed()
    {
        var shared = new Plain { Number = 1 };
        for (var i = 0; i < 100; i++)
            Assert.Throws<CodecNotFoundException>(() => SerializerHost.Serializer.SerializeToArray(new object[] { shared, new LinkedList<int>() }));
        Assert.Equal(1, SerializerHost.RoundTrip(shared).Number);
    }

    [Fact]
    public void Depth_is_bounded_for_writing_reading_and_copying()
    {
        Assert.Equal(400, Depth(SerializerHost.RoundTrip(Chain(400))));
        Assert.Equal(400, Depth(SerializerHost.Copier.Copy(Chain(400))));
        Assert.Contains("nested deeper", Assert.Throws<SerializerException>(() => SerializerHost.Serializer.SerializeToArray(Chain(100_000))).Message, StringComparison.Ordinal);
        Assert.Contains("nested deeper", Assert.Throws<SerializerException>(() => SerializerHost.Copier.Copy(Chain(100_000))).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<T> Both<T>(T value) => [SerializerHost.RoundTrip(value), SerializerHost.Copier.Copy(value)];

    private static Plain Chain(int length)
    {
        Plain? chain = null;
        for (var i = 0; i < length; i++)
            chain = new Plain { Next = chain };
        return chain!;
    }

    private static int Depth(Plain? chain)
    {
        var depth = 0;
        for (; chain is not null; chain = chain.Next)
            depth++;
        return depth;
    }
}
