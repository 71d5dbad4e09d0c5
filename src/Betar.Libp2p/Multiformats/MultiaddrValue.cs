using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;
using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Multiformats;

/// <summary>Values of address parts between their text and their bytes. What it takes from bytes it can write as text that reads back to the same.</summary>
internal static class MultiaddrValue
{
    private static readonly SearchValues<char> Ip6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    public static bool IsValid(MultiaddrValueKind kind, ReadOnlySpan<byte> value) => kind switch
    {
        MultiaddrValueKind.Text => IsText(value) && !value.Contains((byte)'/'),
        MultiaddrValueKind.Path => IsText(value) && value[0] == '/',
        MultiaddrValueKind.Peer => PeerId.TryDecode(value, out _),
        MultiaddrValueKind.Hash => Multihash.TryDecode(value, out _),
        _ => true,
    };

    public static string Write(MultiaddrValueKind kind, ReadOnlySpan<byte> value) => kind switch
    {
        MultiaddrValueKind.Ip4 or MultiaddrValueKind.Ip6 => new IPAddress(value).ToString(),
        MultiaddrValueKind.Port => BinaryPrimitives.ReadUInt16BigEndian(value).ToString(CultureInfo.InvariantCulture),
        MultiaddrValueKind.Number => BinaryPrimitives.ReadUInt64BigEndian(value).ToString(CultureInfo.InvariantCulture),
        MultiaddrValueKind.Peer => Crypto.Base58.Encode(value),
        MultiaddrValueKind.Hash => Multibase.Encode(Multibase.Base64UrlPrefix, value),
        _ => Encoding.UTF8.GetString(value),
    };

    public static bool TryParse(MultiaddrValueKind kind, string text, [NotNullWhen(true)] out byte[]? value)
    {
        value = kind switch
        {
            MultiaddrValueKind.Ip4 => ParseIp4(text),
            MultiaddrValueKind.Ip6 => ParseIp6(text),
            MultiaddrValueKind.Port => ParsePort(text),
            MultiaddrValueKind.Number => ParseNumber(text),
            MultiaddrValueKind.Peer => PeerId.TryParse(text, out var peer) ? peer.Bytes.ToArray() : null,
            MultiaddrValueKind.Hash => Multibase.TryDecode(text, out var hash) && Multihash.TryDecode(hash, out _) ? hash : null,
            _ => ParseText(kind, text),
        };
        return value is not null;
    }

    private static byte[]? ParseIp4(string text) =>
        // The parser of the framework also takes "1" and "0x7f.1"; only the usual spelling reads back.
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == text
            ? address.GetAddressBytes()
            : null;

    private static byte[]? ParseIp6(string text) =>
        text.AsSpan().ContainsAnyExcept(Ip6Characters) ? null
        : IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? address.GetAddressBytes()
        : null;

    private static byte[]? ParsePort(string text)
    {
        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }

        var bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, port);
        return bytes;
    }

    private static byte[]? ParseNumber(string text)
    {
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return bytes;
    }

    private static byte[]? ParseText(MultiaddrValueKind kind, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return IsValid(kind, bytes) && Encoding.UTF8.GetString(bytes) == text ? bytes : null;
    }

    private static bool IsText(ReadOnlySpan<byte> value) =>
        !value.IsEmpty && Utf8.IsValid(value) && !value.ContainsAnyInRange((byte)0, (byte)' ') && !value.Contains((byte)0x7F);
}
