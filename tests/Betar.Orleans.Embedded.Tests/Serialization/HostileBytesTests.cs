using System.Text;
using Betar.Orleans.Embedded.Serialization;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;
using Xunit.Abstractions;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class HostileBytesTests(ITestOutputHelper output)
{
    [Fact]
    public void Mutated_messages_are_read_or_refused_and_nothing_else()
    {
        var values = new RandomValues(RandomValues.NewSeed());
        output.WriteLine($"seed {values.Seed}");
        var messages = Messages(values).Select(SerializerHost.Serializer.SerializeToArray).ToList();
        var read = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Mutate(messages[values.Next(messages.Count)], values);
            read += Try(bytes, $"seed {values.Seed}, round {round}") ? 1 : 0;
        }

        output.WriteLine($"{read} of 20000 could be read");
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_and_nothing_else()
    {
        var values = new RandomValues(RandomValues.NewSeed());
        output.WriteLine($"seed {values.Seed}");
        for (var round = 0; round < 20_000; round++)
            Try(values.Bytes(values.Next(60)), $"seed {values.Seed}, round {round}");
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var values = new RandomValues(RandomValues.NewSeed());
        output.WriteLine($"seed {values.Seed}");
        foreach (var message in Messages(values))
        {
            var bytes = SerializerHost.Serializer.SerializeToArray(message);
            for (var length = 0; length < bytes.Length; length++)
                Assert.Throws<SerializerException>(() => SerializerHost.Serializer.Deserialize<object>(bytes.AsSpan(0, length)));
        }
    }

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

    [Fact]
    public void References_forward_into_nothing_and_to_themselves_are_refused()
    {
        Refused<Plain>("points forward", Reference(1000));
        Refused<Plain>("points forward", Reference(5));
        // The member with id 3 points at a skipped member, which is itself a reference.
        Refused<Plain>("points at a reference", SerializerHost.Write(static writer =>
        {
            writer.BeginObject(0);
            writer.WriteHeader(WireType.Reference, 2);
            writer.WriteVarUInt(0);
            writer.WriteHeader(WireType.Reference, 1);
            writer.WriteVarUInt(2);
            writer.EndObject();
        }));
    }

    [Fact]
    public void A_reference_to_an_object_of_another_type_is_refused() => Refused<Plain[]>("stands for a", SerializerHost.Write(static writer =>
    {
        writer.BeginObject(0);
        writer.WriteUInt64(0, 1);
        writer.WriteHeader(WireType.Reference, 0);
        writer.WriteVarUInt(1);
        writer.EndObject();
    }));

    [Fact]
    public void References_into_unknown_members_cannot_multiply_work()
    {
        // Member 2 is unknown to the reader and holds a long list; each reference asks for another part of it to be read.
        const int Count = 5000;
        var bytes = SerializerHost.Write(static writer =>
        {
            writer.BeginObject(0);
            writer.BeginObject(2);
            var starts = new List<int>();
            for (var i = 0; i < 100; i++)
            {
                starts.Add(writer.Written.Length);
                writer.BeginObject(9);
            }

            writer.Take(Count * 2).Clear();
            for (var i = 0; i < 101; i++)
                writer.EndObject();
            for (var i = 0; i < 100; i++)
            {
                writer.WriteHeader(WireType.Reference, i == 0 ? 1u : 0u);
                writer.WriteVarUInt((ulong)starts[i] + 1);
            }

            writer.EndObject();
        });
        Refused<Plain>("too many references", bytes);
    }

    [Theory]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.IO.FileInfo")]
    [InlineData("Betar.Nothing")]
    [InlineData("System.Collections.Generic.List`1<System.Diagnostics.Process>")]
    [InlineData("System.Collections.Generic.List`1<")]
    [InlineData("System.Collections.Generic.List`1<System.Int32,System.Int32>")]
    [InlineData("System.Collections.Generic.List`1")]
    [InlineData("System.Nullable`1<System.String>")]
    [InlineData("System.Int32>")]
    [InlineData("System.Int32[,]")]
    [InlineData("System.Void")]
    [InlineData("")]
    public void Types_that_were_not_meant_to_travel_are_refused(string name) =>
        Assert.ThrowsAny<SerializerException>(() => SerializerHost.Serializer.Deserialize<object>(Typed(name)));

    [Fact]
    public void Type_names_without_end_are_refused()
    {
        Refused<object>("nested too deep", Typed("System.Int32" + string.Concat(Enumerable.Repeat("[]", 1000))));
        Refused<object>("nested too deep", Typed(string.Concat(Enumerable.Repeat("System.Collections.Generic.List`1<", 100))));
        Refused<object>("too long", Typed(new string('x', 5000)));
    }

    [Fact]
    public void A_type_that_the_declared_one_cannot_hold_is_refused() =>
        Refused<Shape>("stands for a", SerializerHost.Serializer.SerializeToArray<object>(new Plain()));

    [Fact]
    public void An_abstract_type_is_not_made() => Refused<Shape>("", SerializerHost.Write(static writer =>
    {
        writer.BeginObject(0);
        writer.EndObject();
    }));

    [Fact]
    public void Null_where_a_value_must_be_is_refused()
    {
        var bytes = SerializerHost.Serializer.SerializeToArray<string?>(null);
        Refused<int>("", bytes);
        Refused<Point>("null stands for", bytes);
        Refused<Guid>("", bytes);
        Refused<Color>("", bytes);
    }

    [Fact]
    public void Values_that_a_type_does_not_take_are_refused()
    {
        Refused<decimal>("does not take", SerializerHost.Write(static writer => writer.WriteFixed128(0, UInt128.MaxValue)));
        Refused<DateOnly>("does not take", SerializerHost.Write(static writer => writer.WriteInt32(0, -1)));
        Refused<TimeOnly>("does not take", SerializerHost.Write(static writer => writer.WriteInt64(0, -1)));
        Refused<Version>("does not take", SerializerHost.Write(static writer => writer.WriteString(0, "x")));
        Refused<System.Net.IPAddress>("does not take", SerializerHost.Write(static writer => writer.WriteString(0, "x")));
        Refused<DateTimeOffset>("wrong length", SerializerHost.Write(static writer => writer.WriteBytes(0, [1])));
        Refused<int[]>("within an element", SerializerHost.Write(static writer => writer.WriteBytes(0, [1])));
        Refused<byte>("out of range", SerializerHost.Write(static writer => writer.WriteUInt64(0, 256)));
        Refused<Dictionary<string, int>>("stands there twice", Map("a", "a"));
        Refused<Dictionary<string, int>>("is null", Map([null]));
        Refused<Dictionary<int, int>>("a comparer is unknown", SerializerHost.Write(static writer =>
        {
            writer.BeginObject(0);
            writer.WriteUInt64(0, 2);
        }));
    }

    private static IEnumerable<object> Messages(RandomValues values)
    {
        var shared = new Plain { Number = 7, Text = values.Text(), Numbers = [1, 2, 3] };
        shared.Next = shared;
        yield return new object[] { shared, shared, "text", 5, 6L, Guid.Empty, new Point(1, 2), Color.Green };
        yield return new Everything { Anything = new Circle { Name = "c" }, Positions = new() { ["p"] = new(1, "n", 2.5m) }, Pair = (1, "b"), Maybe = new Point(3, 4) };
        yield return new Dictionary<string, List<Box<int>>> { ["a"] = [new(1) { More = [2, 3] }] };
        yield return new MarkedException("m", 4, new ArgumentException("inner", new AggregateException(new TimeoutException(), new IOException("io"))));
        yield return Response.FromResult(new[] { new Position(1, "a", 2) { At = DateTimeOffset.UnixEpoch } });
        yield return new object[] { typeof(List<int>), new Uri("https://example.org"), new Version(1, 2), DateTime.UnixEpoch, 4.5m, System.Numerics.BigInteger.One };
    }

    private static byte[] Mutate(byte[] message, RandomValues values)
    {
        var bytes = (byte[])message.Clone();
        var changes = 1 + values.Next(4);
        for (var i = 0; i < changes; i++)
        {
            var at = values.Next(bytes.Length);
            switch (values.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << values.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)values.Next(256);
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[values.Next(bytes.Length)..]];
                    break;
                default:
                    bytes = [.. bytes[..at], .. values.Bytes(values.Next(5)), .. bytes[at..]];
                    break;
            }

            if (bytes.Length == 0)
                break;
        }

        return bytes;
    }

    private static bool Try(byte[] bytes, string where)
    {
        try
        {
            SerializerHost.Serializer.Deserialize<object>(bytes);
            return true;
        }
        catch (SerializerException)
        {
            return false;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{where}: {Convert.ToHexString(bytes)}", exception);
        }
    }

    private static void Refused<T>(string because, byte[] bytes)
    {
        var exception = Assert.Throws<SerializerException>(() => SerializerHost.Serializer.Deserialize<T>(bytes));
        Assert.Contains(because, exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Typed(string name) => SerializerHost.Write(writer =>
    {
        writer.Take(1)[0] = ((int)WireType.VarInt << 5) | 16;
        writer.WriteVarUInt((ulong)Encoding.UTF8.GetByteCount(name) << 1);
        Encoding.UTF8.GetBytes(name).CopyTo(writer.Take(name.Length));
        writer.WriteVarUInt(0);
    });

    private static byte[] Reference(ulong target) => SerializerHost.Write(writer =>
    {
        writer.WriteHeader(WireType.Reference, 0);
        writer.WriteVarUInt(target);
    });

    private static byte[] Map(params string?[] keys) => SerializerHost.Write(writer =>
    {
        writer.BeginObject(0);
        writer.WriteUInt64(0, 0);
        writer.WriteUInt64(0, (ulong)keys.Length);
        foreach (var key in keys)
        {
            writer.WriteString(0, key);
            writer.WriteInt32(0, 1);
        }

        writer.EndObject();
    });
}
