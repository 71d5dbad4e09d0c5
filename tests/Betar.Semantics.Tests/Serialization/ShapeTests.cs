using Betar.Semantics.Tests.Serialization.Contracts;
using System.Collections.Immutable;
using System.Numerics;

namespace Betar.Semantics.Tests.Serialization;

/// <summary>Each shape of contract goes to a grain and comes back.</summary>
[Collection("serialization")]
public sealed class ShapeTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    IEchoGrain Echo => Grains.GetGrain<IEchoGrain>(Key);

    [Fact]
    public async Task Plain_values()
    {
        var basics = new Basics
        {
            Bool = true, Byte = 255, SByte = -128, Short = short.MinValue, UShort = ushort.MaxValue, Int = int.MinValue, UInt = uint.MaxValue,
            Long = long.MinValue, ULong = ulong.MaxValue, Float = 1.5f, Double = double.Epsilon, Decimal = 79228162514264337593543950335m, Char = 'ß',
            String = "text 💶 \0 end", Guid = Guid.NewGuid(), DateTime = new DateTime(2026, 11, 21, 1, 2, 3, DateTimeKind.Utc),
            DateTimeOffset = new DateTimeOffset(2026, 11, 21, 1, 2, 3, TimeSpan.FromHours(5.5)), TimeSpan = TimeSpan.MinValue,
            DateOnly = new DateOnly(2026, 11, 21), TimeOnly = new TimeOnly(23, 59, 59), Uri = new Uri("https://example.org/a?b=c"), Version = new Version(1, 2, 3, 4),
            Int128 = Int128.MinValue, UInt128 = UInt128.MaxValue, SomeInt = 7, NoInt = null, Colour = Colour.Green, SomeColour = Colour.Red,
            Pair = (1, "one"), Tuple = Tuple.Create(2, "two"), Big = BigInteger.Pow(2, 300) * -1, SomeMoney = new Money(1.25m, "USDC"),
        };
        var back = await Echo.Echo(basics);
        Assert.Equal(basics, back);
        Assert.NotSame(basics, back);
        Assert.Equal(DateTimeKind.Utc, back.DateTime.Kind);
    }

    [Fact]
    public async Task Defaults_of_plain_values() => Assert.Equal(new Basics(), await Echo.Echo(new Basics()));

    [Fact]
    public async Task Private_fields_and_setters_travel_and_unmarked_members_do_not()
    {
        var fields = new Fields(7, "text", "kept") { NotMarked = "not marked" };
        Assert.Equal("7 text kept nothing", await Echo.Describe(fields));
        Assert.Equal("7 text kept nothing", (await Echo.Echo(fields)).ToString());
    }

    [Fact]
    public async Task Structs_and_nullable_structs()
    {
        var point = await Echo.Echo(new Point { X = 3, Y = -4 });
        Assert.Equal((3, -4), (point.X, point.Y));
        Assert.Null(await Echo.EchoPoint(null));
        Assert.Equal(3, (await Echo.EchoPoint(point))!.Value.X);
        Assert.Equal(new Money(0.000001m, "USDC"), await Echo.Echo(new Money(0.000001m, "USDC")));
    }

    [Fact]
    public async Task Records_with_primary_constructors_and_derived_records()
    {
        var person = new Person("Ada", 36) { Nickname = "countess" };
        Assert.Equal(person, await Echo.Echo(person));
        Person employee = new Employee("Bob", 50, "Acme") { Nickname = "b" };
        Assert.Equal(employee, await Echo.Echo(employee));
        Assert.Equal("Employee", await Echo.TypeOf(employee));
    }

    [Fact]
    public async Task Members_of_abstract_interface_and_object_type()
    {
        var drawing = new Drawing
        {
            Main = new Circle { Name = "c", Radius = 2 },
            Others = [new Square { Name = "s", Side = 3 }, new Circle { Radius = 1 }],
            Anything = new Dictionary<string, object> { ["n"] = 1, ["p"] = new Person("Ada", 36) },
            Numbers = new List<int> { 1, 2, 3 },
        };
        Assert.Equal(24, await Echo.AreaOf(drawing));
        var back = await Echo.Echo(drawing);
        Assert.Equal("c", Assert.IsType<Circle>(back.Main).Name);
        Assert.Equal(new Person("Ada", 36), Assert.IsType<Dictionary<string, object>>(back.Anything)["p"]);
        Assert.Equal([1, 2, 3], back.Numbers!);
    }

    [Fact]
    public async Task Generic_contracts()
    {
        var box = await Echo.Echo(new Box<Person> { Value = new Person("Ada", 36), More = [new Employee("Bob", 50, "Acme")] });
        Assert.Equal(new Person("Ada", 36), box.Value);
        Assert.IsType<Employee>(box.More[0]);
        Assert.Equal(7, (await Echo.Echo(new Box<int> { Value = 7 })).Value);
        Assert.Equal("in", (await Echo.Echo(new Box<Box<string>> { Value = new Box<string> { Value = "in" } })).Value!.Value);
    }

    [Fact]
    public async Task Collections()
    {
        var key = Guid.NewGuid();
        var wardrobe = new Wardrobe
        {
            Array = [1, -2], Bytes = [0, 255], List = ["a", "b"], Dictionary = new() { ["a"] = 1 }, Set = [key], Queue = new([1, 2, 3]),
            Stack = new([1, 2, 3]), ImmutableArray = [4, 5], ImmutableList = ["x"], ImmutableDictionary = ImmutableDictionary<string, int>.Empty.Add("k", 1),
            Sorted = new() { ["b"] = 2, ["a"] = 1 }, Nested = new() { [1] = [["n", "m"], []] }, Sequence = new[] { 7, 8 }, Pair = new("k", 9),
            Memory = new byte[] { 1, 2, 3 }, Holes = ["a", null, "c"],
        };
        var back = await Echo.Echo(wardrobe);
        Assert.Equal(wardrobe.Array, back.Array);
        Assert.Equal(wardrobe.Bytes, back.Bytes);
        Assert.Equal(wardrobe.List, back.List);
        Assert.Equal(wardrobe.Dictionary, back.Dictionary);
        Assert.Contains(key, back.Set!);
        Assert.Equal(wardrobe.Queue, back.Queue);
        Assert.Equal(wardrobe.Stack, back.Stack);
        Assert.Equal<int>(wardrobe.ImmutableArray, back.ImmutableArray);
        Assert.Equal(wardrobe.ImmutableList, back.ImmutableList);
        Assert.Equal(wardrobe.ImmutableDictionary, back.ImmutableDictionary);
        Assert.Equal(["a", "b"], back.Sorted!.Keys);
        Assert.Equal(["n", "m"], back.Nested![1][0]);
        Assert.Equal([7, 8], back.Sequence!);
        Assert.Equal(wardrobe.Pair, back.Pair);
        Assert.Equal(wardrobe.Memory.ToArray(), back.Memory.ToArray());
        Assert.Equal(wardrobe.Holes, back.Holes);
    }

    [Fact]
    public async Task Empty_and_null_collections_stay_what_they_are()
    {
        var back = await Echo.Echo(new Wardrobe { Array = [], List = [] });
        Assert.Empty(back.Array!);
        Assert.Empty(back.List!);
        Assert.Null(back.Dictionary);
        Assert.True(back.ImmutableArray.IsDefault);
    }

    [Fact]
    public async Task A_dictionary_keeps_its_comparer()
    {
        var back = await Echo.Echo(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 });
        Assert.Equal(1, back["KEY"]);
    }

    [Fact]
    public async Task Values_of_declared_type_object()
    {
        Assert.Null(await Echo.EchoObject(null));
        Assert.Equal("text", await Echo.EchoObject("text"));
        Assert.Equal(7, await Echo.EchoObject(7));
        Assert.Equal(new Money(1, "USDC"), await Echo.EchoObject(new Money(1, "USDC")));
        Assert.Equal(new[] { 1, 2 }, Assert.IsType<int[]>(await Echo.EchoObject(new[] { 1, 2 })));
    }

    [Fact]
    public async Task A_boxed_marked_enum_stays_an_enum() => Assert.Equal("Colour", await Echo.TypeOf(Colour.Green));

    [Fact]
    public async Task A_boxed_unmarked_enum_arrives_as_its_number()
    {
        Assert.Equal("Int32", await Echo.TypeOf(UnmarkedColour.Green));
        Assert.Equal(UnmarkedColour.Green, await Echo.Echo(UnmarkedColour.Green));
    }

    [Fact]
    public async Task A_large_message_arrives_whole()
    {
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        Assert.Equal(bytes, await Echo.Echo(bytes));
    }

    [Fact]
    public async Task Value_tasks_default_arguments_and_params()
    {
        Assert.Equal(14, await Echo.Twice(7));
        await Echo.Nothing();
        Assert.Equal("5 text", await Echo.Defaults());
        Assert.Equal(6, await Echo.Sum(1, 2, 3));
        Assert.Equal(0, await Echo.Sum());
    }
}
