using System.Net;
using System.Numerics;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Xunit.Abstractions;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class ValueRoundTripTests(ITestOutputHelper output)
{
    private const int Rounds = 300;

    private readonly RandomValues _values = Announce(output);

    [Fact]
    public void Booleans() => Hold(_values.Bool);

    [Fact]
    public void Bytes() => Hold(() => (byte)_values.Long());

    [Fact]
    public void Signed_bytes() => Hold(() => (sbyte)_values.Long());

    [Fact]
    public void Shorts() => Hold(() => (short)_values.Long());

    [Fact]
    public void Unsigned_shorts() => Hold(() => (ushort)_values.Long());

    [Fact]
    public void Integers() => Hold(() => (int)_values.Long());

    [Fact]
    public void Unsigned_integers() => Hold(() => (uint)_values.Long());

    [Fact]
    public void Longs() => Hold(_values.Long);

    [Fact]
    public void Unsigned_longs() => Hold(() => (ulong)_values.Long());

    [Fact]
    public void Wide_integers() => Hold(() => (Int128)_values.Wide());

    [Fact]
    public void Wide_unsigned_integers() => Hold(_values.Wide);

    [Fact]
    public void Big_integers() => Hold(_values.Big);

    [Fact]
    public void Characters() => Hold(() => (char)_values.Long());

    [Fact]
    public void Halves() => Hold(() => (Half)_values.Double());

    [Fact]
    public void Singles() => Hold(() => (float)_values.Double());

    [Fact]
    public void Doubles() => Hold(_values.Double);

    [Fact]
    public void Decimals_keep_their_scale() =>
        Hold(_values.Decimal, static (left, right) => decimal.GetBits(left).AsSpan().SequenceEqual(decimal.GetBits(right)));

    [Fact]
    public void Guids() => Hold(_values.Guid);

    [Fact]
    public void Dates_keep_their_kind() =>
        Hold(_values.Date, static (left, right) => left == right && left.Kind == right.Kind);

    [Fact]
    public void Offsets() => Hold(_values.Offset, static (left, right) => left.EqualsExact(right));

    [Fact]
    public void Time_spans() => Hold(() => new TimeSpan(_values.Long()));

    [Fact]
    public void Days() => Hold(() => DateOnly.FromDateTime(_values.Date()));

    [Fact]
    public void Times_of_day() => Hold(() => TimeOnly.FromDateTime(_values.Date()));

    [Fact]
    public void Strings() => Hold(_values.Text);

    [Fact]
    public void Addresses() => Hold(_values.Address);

    [Fact]
    public void End_points() => Hold(() => new IPEndPoint(_values.Address(), _values.Next(65536)));

    [Fact]
    public void Versions() => Hold(() => new Version(_values.Next(99), _values.Next(99), _values.Next(99)));

    [Fact]
    public void Enums() => Hold(() => (Color)_values.Next(256));

    [Fact]
    public void Enums_of_every_width()
    {
        Hold(() => (SByteEnum)_values.Long());
        Hold(() => (ShortEnum)_values.Long());
        Hold(() => (UShortEnum)_values.Long());
        Hold(() => (Unmarked)_values.Long());
        Hold(() => (UIntEnum)_values.Long());
        Hold(() => (LongEnum)_values.Long());
        Hold(() => (ULongEnum)_values.Long());
    }

    [Fact]
    public void Nullables()
    {
        Hold<int?>(() => _values.Bool() ? (int)_values.Long() : null);
        Hold<Guid?>(() => _values.Bool() ? _values.Guid() : null);
        Hold<Point?>(() => _values.Bool() ? new Point(1, _values.Next(9)) : null);
        Hold<Color?>(() => _values.Bool() ? Color.Green : null);
    }

    [Theory]
    [InlineData("https://user@example.org:8080/a%20b?q=1#f")]
    [InlineData("relative/path")]
    [InlineData("libp2p:/ip4/127.0.0.1/tcp/4001")]
    public void Uris(string text) =>
        Assert.Equal(text, SerializerHost.RoundTrip(new Uri(text, UriKind.RelativeOrAbsolute)).OriginalString);

    [Theory]
    [InlineData(typeof(int))]
    [InlineData(typeof(string[]))]
    [InlineData(typeof(Dictionary<string, List<Point[]>>))]
    [InlineData(typeof(Box<>))]
    [InlineData(typeof(Box<int>.Inner<long>))]
    [InlineData(typeof(InvalidOperationException))]
    public void Types(Type type) => Assert.Equal(type, SerializerHost.RoundTrip(type));

    [Fact]
    public void Nulls_of_everything_that_can_be_null()
    {
        Assert.Null(SerializerHost.RoundTrip<string?>(null));
        Assert.Null(SerializerHost.RoundTrip<Uri?>(null));
        Assert.Null(SerializerHost.RoundTrip<object?>(null));
        Assert.Null(SerializerHost.RoundTrip<byte[]?>(null));
        Assert.Null(SerializerHost.RoundTrip<List<int>?>(null));
        Assert.Null(SerializerHost.RoundTrip<Plain?>(null));
        Assert.Null(SerializerHost.RoundTrip<Exception?>(null));
        Assert.Null(SerializerHost.RoundTrip<IReadOnlyList<int>?>(null));
        Assert.Null(SerializerHost.RoundTrip<Tuple<int>?>(null));
    }

    [Fact]
    public void Loopback_is_an_address_although_it_has_a_type_of_its_own() =>
        Assert.Equal(IPAddress.Loopback, SerializerHost.RoundTrip<object>(IPAddress.Loopback));

    private static RandomValues Announce(ITestOutputHelper output)
    {
        var values = new RandomValues(RandomValues.NewSeed());
        output.WriteLine($"seed {values.Seed}");
        return values;
    }

    private void Hold<T>(Func<T> make, Func<T, T, bool>? same = null)
    {
        same ??= EqualityComparer<T>.Default.Equals;
        for (var i = 0; i < Rounds; i++)
        {
            var value = make();
            Assert.True(same(value, SerializerHost.RoundTrip(value)), $"seed {_values.Seed}: {value}");
            Assert.True(same(value, (T)SerializerHost.RoundTrip<object?>(value)!) || typeof(T) is { IsEnum: true }, $"boxed, seed {_values.Seed}: {value}");
            Assert.True(same(value, SerializerHost.Copier.Copy(value)), $"copy, seed {_values.Seed}: {value}");
        }
    }
}
