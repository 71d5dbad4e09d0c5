using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Betar.X402.Protocol.Json;

/// <summary>
/// Writes JSON to the byte as the original's encoder does, which escapes &lt;, &gt; and &amp; with lower-case hex;
/// the framework's writer has no such form.
/// </summary>
internal ref struct WireWriter
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Select(value => (byte)value),
        (byte)'"', (byte)'\\', (byte)'<', (byte)'>', (byte)'&',
        0xE2, // may begin U+2028 or U+2029
    ]);

    private readonly IBufferWriter<byte> _output;
    private bool _needsComma;

    internal WireWriter(IBufferWriter<byte> output) => _output = output;

    internal void BeginObject()
    {
        _output.Write("{"u8);
        _needsComma = false;
    }

    internal void EndObject()
    {
        _output.Write("}"u8);
        _needsComma = true;
    }

    internal void Name(ReadOnlySpan<byte> name)
    {
        if (_needsComma)
        {
            _output.Write(","u8);
        }

        _output.Write("\""u8);
        _output.Write(name);
        _output.Write("\":"u8);
        _needsComma = true;
    }

    internal void String(ReadOnlySpan<byte> name, string value)
    {
        Name(name);
        Text(value);
    }

    internal void StringUnlessEmpty(ReadOnlySpan<byte> name, string value)
    {
        if (value.Length > 0)
        {
            String(name, value);
        }
    }

    internal void Integer(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        var span = _output.GetSpan(20);
        value.TryFormat(span, out var written, provider: CultureInfo.InvariantCulture);
        _output.Advance(written);
    }

    internal void Boolean(ReadOnlySpan<byte> name, bool value)
    {
        Name(name);
        _output.Write(value ? "true"u8 : "false"u8);
    }

    internal void Null(ReadOnlySpan<byte> name)
    {
        Name(name);
        _output.Write("null"u8);
    }

    internal void Base64Bytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Name(name);
        _output.Write("\""u8);
        var span = _output.GetSpan(Base64.GetMaxEncodedToUtf8Length(value.Length));
        Base64.EncodeToUtf8(value, span, out _, out var written);
        _output.Advance(written);
        _output.Write("\""u8);
    }

    private readonly void Text(string value)
    {
        _output.Write("\""u8);
        var length = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        Escape(rented.AsSpan(0, Encoding.UTF8.GetBytes(value, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        _output.Write("\""u8);
    }

    private readonly void Escape(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            var plain = utf8.IndexOfAny(Special);
            if (plain < 0)
            {
                _output.Write(utf8);
                return;
            }

            _output.Write(utf8[..plain]);
            utf8 = utf8[plain..];
            utf8 = utf8[EscapeOne(utf8)..];
        }
    }

    // Returns how many bytes were consumed.
    private readonly int EscapeOne(ReadOnlySpan<byte> utf8)
    {
        switch (utf8[0])
        {
            case (byte)'"':
                _output.Write("\\\""u8);
                return 1;
            case (byte)'\\':
                _output.Write("\\\\"u8);
                return 1;
            case (byte)'\b':
                _output.Write("\\b"u8);
                return 1;
            case (byte)'\f':
                _output.Write("\\f"u8);
                return 1;
            case (byte)'\n':
                _output.Write("\\n"u8);
                return 1;
            case (byte)'\r':
                _output.Write("\\r"u8);
                return 1;
            case (byte)'\t':
                _output.Write("\\t"u8);
                return 1;
            case 0xE2 when utf8.StartsWith("\u2028"u8):
                _output.Write("\\u2028"u8);
                return 3;
            case 0xE2 when utf8.StartsWith("\u2029"u8):
                _output.Write("\\u2029"u8);
                return 3;
            case 0xE2:
                _output.Write(utf8[..1]);
                return 1;
            default:
                _output.Write("\\u00"u8);
                Span<byte> hex = stackalloc byte[2];
                utf8[0].TryFormat(hex, out _, "x2", CultureInfo.InvariantCulture);
                _output.Write(hex);
                return 1;
        }
    }
}
