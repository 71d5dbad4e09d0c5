using System.Text;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Negotiation;

/// <summary>One line of multistream-select: a length, text, a newline.</summary>
internal static class MultistreamMessage
{
    public const string Header = "/multistream/1.0.0";
    public const string LengthLimit = "negotiation.message_bytes";
    public const string NotAvailable = "na";

    public static int Length(string text)
    {
        var body = Encoding.UTF8.GetByteCount(text) + 1;
        return Varint.Length((ulong)body) + body;
    }

    public static int Write(Span<byte> destination, string text)
    {
        var body = Encoding.UTF8.GetByteCount(text) + 1;
        var written = Varint.Write(destination, (ulong)body);
        written += Encoding.UTF8.GetBytes(text, destination[written..]);
        destination[written] = (byte)'\n';
        return written + 1;
    }

    public static byte[] Encode(params ReadOnlySpan<string> texts)
    {
        var length = 0;
        foreach (var text in texts)
            length += Length(text);
        var bytes = new byte[length];
        var position = 0;
        foreach (var text in texts)
            position += Write(bytes.AsSpan(position), text);
        return bytes;
    }

    /// <summary>Reads one message and not a byte more: what follows belongs to somebody else.</summary>
    public static async ValueTask<string> ReadAsync(IDuplex duplex, MultistreamOptions options, CancellationToken cancellationToken)
    {
        var buffer = new byte[Varint.MaxLength];
        var have = 0;
        ulong length;
        while (true)
        {
            await duplex.ReadExactlyAsync(buffer.AsMemory(have, 1), cancellationToken);
            have++;
            if ((buffer[have - 1] & 0x80) == 0)
                break;
            if (have > 2)
                throw Libp2pException.Exceeded(LengthLimit, "A negotiation message is too long.");
        }

        if (!Varint.TryRead(buffer.AsSpan(0, have), out length, out _))
            throw new Libp2pException(Libp2pError.Malformed, "The length of a negotiation message is not minimal.");
        if (length == 0)
            throw new Libp2pException(Libp2pError.Malformed, "A negotiation message is empty.");
        if (length > (ulong)options.MaxMessage)
            throw Libp2pException.Exceeded(LengthLimit, "A negotiation message is too long.");
        var text = new byte[(int)length];
        await duplex.ReadExactlyAsync(text, cancellationToken);
        if (text[^1] != (byte)'\n')
            throw new Libp2pException(Libp2pError.Malformed, "A negotiation message does not end its line.");
        return Encoding.UTF8.GetString(text, 0, text.Length - 1);
    }

    public static async ValueTask ExpectHeaderAsync(IDuplex duplex, MultistreamOptions options, CancellationToken cancellationToken)
    {
        if (await ReadAsync(duplex, options, cancellationToken) != Header)
            throw new Libp2pException(Libp2pError.Malformed, "The other side does not speak multistream-select 1.0.");
    }
}
