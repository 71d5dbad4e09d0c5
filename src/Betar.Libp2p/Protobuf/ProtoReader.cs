using System.Text;

namespace Betar.Libp2p.Protobuf;

/// <summary>
/// Reads a protobuf message from bytes that a stranger sent. Total and without allocation: whatever the bytes are, every method returns,
/// and after the first fault <see cref="Failed"/> stays true and nothing more is read.
/// </summary>
/// <remarks>
/// <code>while (reader.TryReadTag(out var field, out var type)) { … } return !reader.Failed;</code>
/// </remarks>
public ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int MaxVarintLength = 10;
    private const ulong MaxField = (1 << 29) - 1;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = message;

    public bool Failed { get; private set; }

    public readonly bool End => _rest.IsEmpty;

    /// <summary>False at the end of the message and after a fault.</summary>
    public bool TryReadTag(out int field, out WireType type)
    {
        field = 0;
        type = default;
        if (Failed || _rest.IsEmpty || !TryReadVarint(out var tag))
        {
            return false;
        }

        type = (WireType)(tag & 7);
        if (tag >> 3 is 0 or > MaxField || !Enum.IsDefined(type))
        {
            return Fail();
        }

        field = (int)(tag >> 3);
        return true;
    }

    /// <summary>At most ten bytes and 64 bits. Protobuf allows useless leading zeros, so they are taken.</summary>
    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; !Failed && i < MaxVarintLength && i < _rest.Length; i++)
        {
            var part = _rest[i];
            if (i == MaxVarintLength - 1 && part > 1)
            {
                break;
            }

            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        value = 0;
        return Fail();
    }

    public bool TryReadBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!TryReadVarint(out var length))
        {
            return false;
        }

        if (length > (ulong)_rest.Length)
        {
            return Fail();
        }

        bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    /// <summary>UTF-8 of at most so many bytes; anything else is a fault.</summary>
    public bool TryReadString(int maxBytes, out string text)
    {
        text = string.Empty;
        if (!TryReadBytes(out var bytes))
        {
            return false;
        }

        if (bytes.Length > maxBytes || !System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Fail();
        }

        text = Strict.GetString(bytes);
        return true;
    }

    public bool TrySkip(WireType type) => type switch
    {
        WireType.Varint => TryReadVarint(out _),
        WireType.Fixed64 => TryDrop(sizeof(ulong)),
        WireType.Bytes => TryReadBytes(out _),
        WireType.Fixed32 => TryDrop(sizeof(uint)),
        _ => Fail(),
    };

    /// <summary>For faults that the caller finds: a wrong wire type, too many repetitions.</summary>
    public bool Fail()
    {
        Failed = true;
        _rest = default;
        return false;
    }

    private bool TryDrop(int count)
    {
        if (Failed || _rest.Length < count)
        {
            return Fail();
        }

        _rest = _rest[count..];
        return true;
    }
}
