using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans.Concurrency;
using Xunit.Abstractions;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class CollectionRoundTripTests(ITestOutputHelper output)
{
    private readonly RandomValues _values = Announce(output);

    [Fact]
    public void Arrays_of_numbers()
    {
        Hold(() => _values.Bytes(_values.Next(5000)));
        Hold(() => _values.Many(() => (sbyte)_values.Long()));
        Hold(() => _values.Many(() => (short)_values.Long()));
        Hold(() => _values.Many(() => (int)_values.Long()));
        Hold(() => _values.Many(_values.Long));
        Hold(() => _values.Many(_values.Double));
    }

    [Fact]
    public void Arrays_of_everything_else()
    {
        Hold(() => _values.Many(_values.Bool));
        Hold(() => _values.Many(() => (char)_values.Long()));
        Hold(() => _values.Many<string?>(() => _values.Bool() ? _values.Text() : null));
        Hold(() => _values.Many(() => new Position(_values.Next(9), _values.Text(), _values.Decimal())));
        Hold(() => _values.Many(() => _values.Many(_values.Long)));
        Hold(() => _values.Many<object?>(() => _values.Bool() ? _values.Long() : _values.Text()));
    }

    [Fact]
    public void Long_arrays_that_are_read_without_trusting_their_count() =>
        Assert.Equal(
            Enumerable.Range(0, 50_000).Select(i => $"{i}"),
            SerializerHost.RoundTrip(Enumerable.Range(0, 50_000).Select(i => $"{i}").ToArray()));

    [Fact]
    public void Lists() => Hold(() => _values.Many(_values.Text).ToList());

    [Fact]
    public void Queues() => Hold(() => new Queue<long>(_values.Many(_values.Long)));

    [Fact]
    public void Stacks_keep_their_order() => Hold(() => new Stack<long>(_values.Many(_values.Long)));

    [Fact]
    public void Read_only_collections() => Hold(() => new ReadOnlyCollection<string>(_values.Many(_values.Text)));

    [Fact]
    public void Immutable_arrays()
    {
        // Their equality is that of the array behind them, so that elements must be compared.
        var texts = _values.Many(_values.Text).ToImmutableArray();
        Assert.Equal(texts.AsEnumerable(), SerializerHost.RoundTrip(texts));
        Assert.Equal(texts, SerializerHost.Copier.Copy(texts));
        Assert.Equal(texts.AsEnumerable(), Assert.IsType<ImmutableArray<string>>(SerializerHost.RoundTrip<object>(texts)).AsEnumerable());
    }

    [Fact]
    public void An_immutable_array_that_was_never_made() => Assert.True(SerializerHost.RoundTrip(default(ImmutableArray<int>)).IsDefault);

    [Fact]
    public void Immutable_lists() => Hold(() => _values.Many(_values.Text).ToImmutableList());

    [Fact]
    public void Sets()
    {
        HoldSet(() => _values.Many(_values.Text).ToHashSet());
        HoldSet(() => _values.Many(_values.Text).ToImmutableHashSet());
    }

    [Fact]
    public void Dictionaries()
    {
        HoldMap(() => Pairs().ToDictionary());
        HoldMap(() => Pairs().ToImmutableDictionary());
        HoldMap(() => new SortedDictionary<string, long?>(Pairs().ToDictionary(), StringComparer.Ordinal));
        HoldMap(() => new ConcurrentDictionary<string, long?>(Pairs()));
        HoldMap(() => new ReadOnlyDictionary<string, long?>(Pairs().ToDictionary()));
    }

    [Fact]
    public void Comparers_of_strings_travel_with_their_collection()
    {
        var map = SerializerHost.RoundTrip(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["a"] = 1 });
        Assert.Equal(1, map["A"]);
        Assert.Contains("A", SerializerHost.RoundTrip(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "a" }));
        Assert.DoesNotContain("A", SerializerHost.RoundTrip(new HashSet<string>(StringComparer.Ordinal) { "a" }));
        Assert.Equal(1, SerializerHost.RoundTrip(ImmutableDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase).Add("a", 1))["A"]);
        Assert.Equal(1, SerializerHost.Copier.Copy(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["a"] = 1 })["A"]);
    }

    [Fact]
    public void Pieces_of_memory()
    {
        var bytes = _values.Bytes(100);
        Assert.Equal(bytes, SerializerHost.RoundTrip<ReadOnlyMemory<byte>>(bytes).ToArray());
        Assert.Equal(bytes, SerializerHost.RoundTrip<Memory<byte>>(bytes).ToArray());
        Assert.Equal(bytes[3..9], SerializerHost.RoundTrip(new ArraySegment<byte>(bytes, 3, 6)).ToArray());
        Assert.True(SerializerHost.RoundTrip(default(ReadOnlyMemory<byte>)).IsEmpty);
        Assert.Null(SerializerHost.RoundTrip(default(ArraySegment<byte>)).Array);
    }

    [Fact]
    public void Tuples_of_every_width()
    {
        HoldEqual(ValueTuple.Create(1));
        HoldEqual((1, "b"));
        HoldEqual((1, "b", 3.0));
        HoldEqual((1, "b", 3.0, 'd'));
        HoldEqual((1, "b", 3.0, 'd', 5L));
        HoldEqual((1, "b", 3.0, 'd', 5L, (byte)6));
        HoldEqual((1, "b", 3.0, 'd', 5L, (byte)6, true));
        HoldEqual((1, "b", 3.0, 'd', 5L, (byte)6, true, "h"));
        HoldEqual((1, "b", 3.0, 'd', 5L, (byte)6, true, "h", 9, (10, 11)));
        HoldEqual(Tuple.Create(1));
        HoldEqual(Tuple.Create(1, "b"));
        HoldEqual(Tuple.Create(1, "b", 3.0));
        HoldEqual(Tuple.Create(1, "b", 3.0, Tuple.Create('d')));
        HoldEqual(KeyValuePair.Create("k", 2));
    }

    [Fact]
    public void Wrapped_as_immutable() => Assert.Equal([1, 2], SerializerHost.RoundTrip(new[] { 1, 2 }.AsImmutable()).Value);

    [Fact]
    public void Members_declared_by_an_interface_arrive_as_the_collection_that_was_sent()
    {
        Assert.IsType<string[]>(SerializerHost.RoundTrip<IReadOnlyList<string>>(new[] { "a" }));
        Assert.IsType<List<string>>(SerializerHost.RoundTrip<IEnumerable<string>>(new List<string> { "a" }));
        Assert.IsType<HashSet<int>>(SerializerHost.RoundTrip<IReadOnlySet<int>>(new HashSet<int> { 1 }));
        Assert.IsType<Dictionary<string, int>>(SerializerHost.RoundTrip<IReadOnlyDictionary<string, int>>(new Dictionary<string, int> { ["a"] = 1 }));
    }

    private static RandomValues Announce(ITestOutputHelper output)
    {
        var values = new RandomValues(RandomValues.NewSeed());
        output.WriteLine($"seed {values.Seed}");
        return values;
    }

    private static void HoldEqual<T>(T value)
    {
        Assert.Equal(value, SerializerHost.RoundTrip(value));
        Assert.Equal(value, SerializerHost.Copier.Copy(value));
        Assert.Equal<object?>(value, SerializerHost.RoundTrip<object?>(value));
    }

    private KeyValuePair<string, long?>[] Pairs() =>
        [.. _values.Many(_values.Text).Distinct().Select(key => KeyValuePair.Create<string, long?>(key, _values.Bool() ? _values.Long() : null))];

    private void Hold<T>(Func<T> make)
        where T : notnull
    {
        for (var i = 0; i < 30; i++)
        {
            var value = make();
            Assert.Equal(value, SerializerHost.RoundTrip(value));
            Assert.Equal(value, SerializerHost.Copier.Copy(value));
            Assert.IsType<T>(SerializerHost.RoundTrip<object>(value));
        }
    }

    private static void HoldSet<T>(Func<T> make)
        where T : IEnumerable<string>
    {
        for (var i = 0; i < 30; i++)
        {
            var value = make();
            Assert.Equal(value.Order(StringComparer.Ordinal), SerializerHost.RoundTrip(value).Order(StringComparer.Ordinal));
            Assert.Equal(value.Order(StringComparer.Ordinal), SerializerHost.Copier.Copy(value).Order(StringComparer.Ordinal));
        }
    }

    private static void HoldMap<T>(Func<T> make)
        where T : IEnumerable<KeyValuePair<string, long?>>
    {
        for (var i = 0; i < 30; i++)
        {
            var value = make();
            Assert.Equal(Sorted(value), Sorted(SerializerHost.RoundTrip(value)));
            Assert.Equal(Sorted(value), Sorted(SerializerHost.Copier.Copy(value)));
        }

        static IEnumerable<KeyValuePair<string, long?>> Sorted(T map) => map.OrderBy(static pair => pair.Key, StringComparer.Ordinal);
    }
}
