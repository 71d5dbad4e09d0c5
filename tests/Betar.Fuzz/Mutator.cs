using System.Buffers.Binary;

namespace Betar.Fuzz;

/// <summary>Makes new inputs from those that are known: the same ones for the same seed.</summary>
internal sealed class Mutator(int seed, IEnumerable<byte[]> seeds, int maxLength)
{
    private const int MaxPool = 512;
    private static readonly byte[] Edges = [0x00, 0x01, 0x7F, 0x80, 0x81, 0xC0, 0xFE, 0xFF];
    private static readonly ulong[] Lengths = [0, 1, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue];
    private readonly Random _random = new(seed);
    private readonly List<byte[]> _pool = [.. seeds.DefaultIfEmpty([])];

    public IReadOnlyList<byte[]> Pool => _pool;

    public byte[] Next()
    {
        var bytes = new List<byte>(Any());
        for (var changes = 1 + _random.Next(4); changes > 0; changes--)
            Change(bytes);
        if (bytes.Count > maxLength)
            bytes.RemoveRange(maxLength, bytes.Count - maxLength);
        return [.. bytes];
    }

    /// <summary>An input that was taken leads further than one that was refused at once.</summary>
    public void Keep(byte[] input)
    {
        if (_pool.Count < MaxPool)
            _pool.Add(input);
        else
            _pool[_random.Next(MaxPool / 2, MaxPool)] = input;
    }

    private byte[] Any() => _pool[_random.Next(_pool.Count)];

    private void Change(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        switch (_random.Next(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = Edges[_random.Next(Edges.Length)];
                break;
            case 2 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 3:
                bytes.RemoveRange(at, _random.Next(bytes.Count - at + 1));
                break;
            case 4:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + _random.Next(4)));
                break;
            case 5:
                bytes.InsertRange(at, Random(1 + _random.Next(16)));
                break;
            case 6:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, 1 + _random.Next(64))));
                break;
            case 7:
                Overwrite(bytes, at, Length());
                break;
            default:
                var other = Any();
                var from = _random.Next(other.Length + 1);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(from));
                break;
        }
    }

    // Lengths are what parsers believe too easily: big-endian of 2, 4 and 8 bytes, and varints.
    private byte[] Length()
    {
        var value = Lengths[_random.Next(Lengths.Length)];
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return _random.Next(4) switch
        {
            0 => bytes[6..],
            1 => bytes[4..],
            2 => bytes,
            _ => Varint(value),
        };
    }

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] with)
    {
        bytes.RemoveRange(at, Math.Min(with.Length, bytes.Count - at));
        bytes.InsertRange(at, with);
    }

    private byte[] Random(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
