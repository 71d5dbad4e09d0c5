using System.Net;
using System.Numerics;
using Betar.Tests.Shared;

namespace Betar.Orleans.Embedded.Tests.Serialization;

/// <summary>Values from a seed; ends of ranges come more often than chance would have it.</summary>
internal sealed class RandomValues
{
    private readonly Random _random;

    public RandomValues(int seed)
    {
        Seed = seed;
        _random = new Random(seed);
    }

    public int Seed { get; }

    public static int NewSeed() => TestSeed.Value;

    public int Next(int bound) => _random.Next(bound);

    public bool Bool() => _random.Next(2) == 0;

    public long Long() => _random.Next(5) switch
    {
        0 => long.MinValue,
        1 => long.MaxValue,
        2 => _random.Next(-200, 200),
        _ => _random.NextInt64(long.MinValue, long.MaxValue) >> _random.Next(64),
    };

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    public UInt128 Wide() => new((ulong)Long(), (ulong)Long());

    public double Double() => _random.Next(6) switch
    {
        0 => double.NaN,
        1 => double.NegativeInfinity,
        2 => -0.0,
        3 => double.Epsilon,
        _ => BitConverter.Int64BitsToDouble(Long()),
    };

    public decimal Decimal() => new((int)Long(), (int)Long(), (int)Long(), Bool(), (byte)_random.Next(29));

    public string Text()
    {
        var length = _random.Next(4) switch { 0 => 0, 1 => 1, 2 => _random.Next(60), _ => _random.Next(2000) };
        var chars = new char[length];
        for (var i = 0; i < length; i++)
            chars[i] = _random.Next(3) switch { 0 => (char)_random.Next(0x20, 0x7f), 1 => (char)_random.Next(0xa0, 0x800), _ => (char)_random.Next(0x800, 0xd800) };
        return new string(chars);
    }

    public DateTime Date() => new(_random.NextInt64(DateTime.MaxValue.Ticks), Bool() ? DateTimeKind.Utc : DateTimeKind.Unspecified);

    public DateTimeOffset Offset() =>
        new(_random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.FromMinutes(_random.Next(-14 * 60, (14 * 60) + 1)));

    public Guid Guid() => new(Bytes(16));

    public BigInteger Big() => new(Bytes(_random.Next(1, 80)));

    public IPAddress Address() => new(Bytes(Bool() ? 4 : 16));

    public T[] Many<T>(Func<T> make, int most = 20)
    {
        var values = new T[_random.Next(most)];
        for (var i = 0; i < values.Length; i++)
            values[i] = make();
        return values;
    }
}
