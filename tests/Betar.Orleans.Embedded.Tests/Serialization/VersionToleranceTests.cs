using Orleans;
using Orleans.Serialization;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class VersionToleranceTests
{
    [Fact]
    public void Members_travel_in_the_order_of_their_numbers_however_they_are_declared() => Assert.Equal(
        SerializerHost.Write(static writer =>
        {
            writer.BeginObject(0);
            writer.WriteInt32(0, 5);
            writer.WriteInt32(1, 6);
            writer.EndObject();
        }),
        SerializerHost.Serializer.SerializeToArray(new Backwards { Zeroth = 5, First = 6 }));

    [Fact]
    public void A_newer_message_is_read_by_an_older_reader()
    {
        var old = SerializerHost.Reread<Newer, Older>(new Newer
        {
            Name = "n", Count = 3, Added = [[1], [2, 3]], Nested = new() { Name = "inner" }, Wide = Guid.NewGuid(), Real = 2.5, Small = 1.5f, Last = "end",
        });
        Assert.Equal(("n", 3, "end"), (old.Name, old.Count, old.Last));
    }

    [Fact]
    public void An_older_message_leaves_new_members_at_their_defaults()
    {
        var newer = SerializerHost.Reread<Older, Newer>(new Older { Name = "n", Count = 3, Last = "end" });
        Assert.Equal(("n", 3, "end"), (newer.Name, newer.Count, newer.Last));
        Assert.Equal("default", newer.Defaulted);
        Assert.Null(newer.Added);
    }

    [Fact]
    public void An_object_first_met_in_a_skipped_member_is_found_when_it_is_met_again()
    {
        var shared = new Newer { Name = "shared" };
        shared.Nested = shared;
        var back = SerializerHost.Reread<NewHolder, OldHolder>(new NewHolder { Added = new() { Nested = shared }, First = shared, Second = shared });
        Assert.Equal("shared", back.First!.Name);
        Assert.Same(back.First, back.Second);
        Assert.Same(back.First, back.First.Nested);
    }

    [Fact]
    public void A_type_that_was_skipped_need_not_be_known()
    {
        var bytes = SerializerHost.Write(static writer =>
        {
            writer.BeginObject(0);
            writer.WriteString(0, "n");
            writer.WriteTypeWithNextHeader(typeof(Newer));
            writer.BeginObject(7);
            writer.EndObject();
            writer.WriteTypeWithNextHeader(typeof(Newer));
            writer.BeginObject(0);
            writer.EndObject();
            writer.EndObject();
        });
        var name = typeof(Newer).FullName!;
        var text = System.Text.Encoding.Latin1.GetString(bytes).Replace(name, new string('?', name.Length), StringComparison.Ordinal);
        Assert.Equal("n", SerializerHost.Serializer.Deserialize<Older>(System.Text.Encoding.Latin1.GetBytes(text)).Name);
        var exception = Assert.Throws<SerializerException>(() => SerializerHost.Serializer.Deserialize<object[]>(
            System.Text.Encoding.Latin1.GetBytes(System.Text.Encoding.Latin1.GetString(SerializerHost.Serializer.SerializeToArray(new object[] { new Newer() }))
                .Replace(name, new string('?', name.Length), StringComparison.Ordinal))));
        Assert.Contains("????", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_of_inheritance_may_grow()
    {
        var derived = SerializerHost.Reread<GrownDerived, Derived>(new GrownDerived { Own = 1, Inherited = "i", Extra = 9, OwnExtra = "x" });
        Assert.Equal((1, "i"), (derived.Own, derived.Inherited));
        var grown = SerializerHost.Reread<Derived, GrownDerived>(new Derived { Own = 1, Inherited = "i" });
        Assert.Equal((1, "i", 0), (grown.Own, grown.Inherited, grown.Extra));
    }

    [Fact]
    public void A_positional_record_may_grow_in_both_rows()
    {
        var grown = SerializerHost.Reread<Pair, GrownPair>(new Pair(1, "b") { Note = "note" });
        Assert.Equal(new GrownPair(1, "b", 0) { Note = "note" }, grown);
        Assert.Equal(new Pair(1, "b") { Note = "note" }, SerializerHost.Reread<GrownPair, Pair>(new(1, "b", 3) { Note = "note", More = 7 }));
    }

    [Fact]
    public void The_two_rows_of_a_long_record_never_meet()
    {
        var wide = new Wide(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) { Zero = "zero", One = "one", Five = "five", Ten = "ten" };
        Assert.Equal(wide, SerializerHost.RoundTrip(wide));
        Assert.Equal(wide, SerializerHost.Copier.Copy(wide));
    }

    [Fact]
    public void An_integer_may_become_wider() => Assert.Equal(-7, SerializerHost.Reread<int, long>(-7));

    [Fact]
    public void A_wider_integer_that_does_not_fit_is_refused() =>
        Assert.Throws<SerializerException>(() => SerializerHost.Reread<long, int>(long.MaxValue));

    [Fact]
    public void An_alias_outlives_a_rename()
    {
        var bytes = SerializerHost.Serializer.SerializeToArray<object>(new Renamed { Value = 4 });
        Assert.Contains("a name, [with] <odd> signs\\", System.Text.Encoding.UTF8.GetString(bytes).Replace("\\,", ",", StringComparison.Ordinal)
            .Replace("\\[", "[", StringComparison.Ordinal).Replace("\\]", "]", StringComparison.Ordinal).Replace("\\<", "<", StringComparison.Ordinal)
            .Replace("\\>", ">", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(4, Assert.IsType<Renamed>(SerializerHost.Serializer.Deserialize<object>(bytes)).Value);
        Assert.Equal(4, Assert.IsType<List<Renamed>>(SerializerHost.RoundTrip<object>(new List<Renamed> { new() { Value = 4 } }))[0].Value);
    }

    [GenerateSerializer]
    public sealed class Older
    {
        [Id(0)]
        public string? Name { get; set; }

        [Id(2)]
        public int Count { get; set; }

        [Id(30)]
        public string? Last { get; set; }
    }

    [GenerateSerializer]
    public sealed class Newer
    {
        [Id(0)]
        public string? Name { get; set; }

        [Id(1)]
        public int[][]? Added { get; set; }

        [Id(2)]
        public int Count { get; set; }

        [Id(3)]
        public Newer? Nested { get; set; }

        [Id(4)]
        public Guid Wide { get; set; }

        [Id(5)]
        public double Real { get; set; }

        [Id(6)]
        public float Small { get; set; }

        [Id(7)]
        public string Defaulted { get; set; } = "default";

        [Id(30)]
        public string? Last { get; set; }
    }

    [GenerateSerializer]
    public sealed class NewHolder
    {
        [Id(0)]
        public Newer? Added { get; set; }

        [Id(1)]
        public Newer? First { get; set; }

        [Id(2)]
        public Newer? Second { get; set; }
    }

    [GenerateSerializer]
    public sealed class OldHolder
    {
        [Id(1)]
        public Newer? First { get; set; }

        [Id(2)]
        public Newer? Second { get; set; }
    }

    [GenerateSerializer]
    public class Base
    {
        [Id(0)]
        public string? Inherited { get; set; }
    }

    [GenerateSerializer]
    public sealed class Derived : Base
    {
        [Id(0)]
        public int Own { get; set; }
    }

    [GenerateSerializer]
    public class GrownBase
    {
        [Id(0)]
        public string? Inherited { get; set; }

        [Id(1)]
        public int Extra { get; set; }
    }

    [GenerateSerializer]
    public sealed class GrownDerived : GrownBase
    {
        [Id(0)]
        public int Own { get; set; }

        [Id(1)]
        public string? OwnExtra { get; set; }
    }

    [GenerateSerializer]
    public sealed record Pair(int First, string Second)
    {
        [Id(0)]
        public string? Note { get; init; }
    }

    [GenerateSerializer]
    public sealed record GrownPair(int First, string Second, long Third)
    {
        [Id(0)]
        public string? Note { get; init; }

        [Id(1)]
        public int More { get; init; }
    }

    [GenerateSerializer]
    public sealed record Wide(int A, int B, int C, int D, int E, int F, int G, int H, int I, int J, int K, int L)
    {
        [Id(0)]
        public string? Zero { get; init; }

        [Id(1)]
        public string? One { get; init; }

        [Id(5)]
        public string? Five { get; init; }

        [Id(10)]
        public string? Ten { get; init; }
    }

    [GenerateSerializer]
    [Alias("a name, [with] <odd> signs\\")]
    public sealed class Renamed
    {
        [Id(0)]
        public int Value { get; set; }
    }

    [GenerateSerializer]
    public struct Backwards
    {
        [Id(1)]
        public int First { get; set; }

        [Id(0)]
        public int Zeroth { get; set; }
    }
}
