using Betar.Orleans.Embedded.Serialization;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans.Serialization;
using static Betar.Orleans.Embedded.Tests.Serialization.Hostile.HandMade;

namespace Betar.Orleans.Embedded.Tests.Serialization.Hostile;

/// <summary>Lengths, counts and depths that bytes claim cost nothing before the bytes are there.</summary>
public sealed class BoundsTests
{
    [Fact]
    public void Something_behind_the_end_is_refused() =>
        Refused<int>("something follows", [.. SerializerHost.Serializer.SerializeToArray(5), 0]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_claimed_length_costs_nothing_before_its_bytes_are_there(bool array)
    {
        var bytes = SerializerHost.Write(writer =>
        {
            writer.BeginObject(0);
            writer.WriteUInt64(0, 1_000_000);
            writer.Take(1_000_000).Clear();
        });
        var before = GC.GetAllocatedBytesForCurrentThread();
        if (array)
            Assert.Throws<SerializerException>(() => SerializerHost.Serializer.Deserialize<Guid[]>(bytes));
        else
            Assert.Throws<SerializerException>(() => SerializerHost.Serializer.Deserialize<List<Guid>>(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void A_count_beyond_the_bytes_is_refused()
    {
        Refused<List<int>>("out of range", Counted(ulong.MaxValue));
        Refused<List<int>>("out of range", Counted(3));
        Refused<string[]>("out of range", Counted(3));

        static byte[] Counted(ulong count) => SerializerHost.Write(writer =>
        {
            writer.BeginObject(0);
            writer.WriteUInt64(0, count);
            writer.EndObject();
        });
    }

    [Fact]
    public void A_length_beyond_the_bytes_is_refused() => Refused<string>("a length exceeds the data", SerializerHost.Write(static writer =>
    {
        writer.WriteHeader(WireType.Bytes, 0);
        writer.WriteVarUInt(uint.MaxValue);
    }));

    [Fact]
    public void An_integer_without_end_is_refused() =>
        Refused<ulong>("too long", [0, .. Enumerable.Repeat((byte)0xff, 11)]);

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var deep = SerializerHost.Write(static writer =>
        {
            for (var i = 0; i < 100_000; i++)
                writer.WriteHeader(WireType.Group, 9);
        });
        Refused<Plain>("nested deeper", deep);
        Refused<object>("nested deeper", SerializerHost.Write(writer =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                writer.WriteTypeWithNextHeader(typeof(object[]));
                writer.WriteHeader(WireType.Group, 0);
                writer.WriteUInt64(0, 1);
            }
        }));
    }
}
