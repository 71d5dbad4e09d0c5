using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Betar.Libp2p.Multiformats;

/// <summary>Reads and writes addresses in both forms.</summary>
internal static class MultiaddrCodec
{
    /// <summary>The name of a part whose code is not in the table; its value is that code and all that followed, so that nothing is lost.</summary>
    private const string UnknownName = "unknown";

    // Base58 of a peer id is the longest text for the fewest bytes.
    private const int MaxTextLength = 2 * Multiaddr.MaxLength;

    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Multiaddr? address)
    {
        address = null;
        if (bytes.Length is 0 or > Multiaddr.MaxLength)
        {
            return false;
        }

        var copy = bytes.ToArray();
        var parts = new List<MultiaddrPart>();
        for (var position = 0; position < copy.Length;)
        {
            if (!TryReadPart(copy, ref position, out var part))
            {
                return false;
            }

            parts.Add(part);
        }

        address = new Multiaddr(copy, parts);
        return true;
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out Multiaddr? address)
    {
        address = null;
        if (text is null || text.Length is 0 or > MaxTextLength || text[0] != '/')
        {
            return false;
        }

        var bytes = new List<byte>();
        for (var position = 1; position <= text.Length;)
        {
            var name = Next(text, ref position);
            if (name == UnknownName)
            {
                // It must be the last: what it holds is read to the end.
                return Multibase.TryDecode(Next(text, ref position), out var rest) && position > text.Length
                    && TryDecode([.. bytes, .. rest], out address) && !address.IsKnown
                    && address.ToString() == text;
            }

            if (MultiaddrProtocol.Find(name) is not { } protocol || !TryParseValue(text, ref position, protocol, out var value))
            {
                return false;
            }

            bytes.AddRange(EncodePart(protocol.Code, value));
        }

        return TryDecode([.. bytes], out address);
    }

    public static string Write(IReadOnlyList<MultiaddrPart> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append('/').Append(part.Name ?? UnknownName);
            if (!part.IsKnown)
            {
                text.Append('/').Append(Multibase.Encode(Multibase.Base64UrlPrefix, part.Value.Span));
            }
            else if (part.Text is { Length: > 0 } value)
            {
                text.Append(part.IsPath ? "" : "/").Append(value);
            }
        }

        return text.ToString();
    }

    public static byte[] EncodePart(MultiaddrCode code, ReadOnlySpan<byte> value)
    {
        Span<byte> header = stackalloc byte[2 * Varint.MaxLength];
        var length = Varint.Write(header, (ulong)code);
        if (MultiaddrProtocol.Find((ulong)code)!.Size < 0)
        {
            length += Varint.Write(header[length..], (ulong)value.Length);
        }

        return [.. header[..length], .. value];
    }

    private static bool TryReadPart(byte[] bytes, ref int position, [NotNullWhen(true)] out MultiaddrPart? part)
    {
        part = null;
        if (!Varint.TryRead(bytes.AsSpan(position), out var code, out var read))
        {
            return false;
        }

        if (MultiaddrProtocol.Find(code) is not { } protocol)
        {
            part = new MultiaddrPart(code, null, bytes.AsMemory(position));
            position = bytes.Length;
            return true;
        }

        position += read;
        var size = (ulong)protocol.Size;
        if (protocol.Size < 0)
        {
            if (!Varint.TryRead(bytes.AsSpan(position), out size, out read))
            {
                return false;
            }

            position += read;
        }

        if (size > (ulong)(bytes.Length - position) || !MultiaddrValue.IsValid(protocol.Kind, bytes.AsSpan(position, (int)size)))
        {
            return false;
        }

        part = new MultiaddrPart(code, protocol, bytes.AsMemory(position, (int)size));
        position += (int)size;
        return true;
    }

    private static bool TryParseValue(string text, ref int position, MultiaddrProtocol protocol, [NotNullWhen(true)] out byte[]? value)
    {
        if (protocol.Size == 0)
        {
            value = [];
            return true;
        }

        if (protocol.Kind != MultiaddrValueKind.Path)
        {
            return MultiaddrValue.TryParse(protocol.Kind, Next(text, ref position), out value);
        }

        // A path keeps its first slash and takes everything.
        var path = position <= text.Length ? text[(position - 1)..] : string.Empty;
        position = text.Length + 1;
        return MultiaddrValue.TryParse(protocol.Kind, path, out value);
    }

    // The piece up to the next slash; the position behind that slash, or behind the end.
    private static string Next(string text, ref int position)
    {
        if (position > text.Length)
        {
            return string.Empty;
        }

        var end = text.IndexOf('/', position);
        end = end < 0 ? text.Length : end;
        var piece = text[position..end];
        position = end + 1;
        return piece;
    }
}
