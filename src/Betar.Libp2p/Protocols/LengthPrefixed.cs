using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Protocols;

/// <summary>Messages behind a varint of their length.</summary>
public static class LengthPrefixed
{
    public const string LengthLimit = "message.bytes";

    /// <summary>Null at the end of the stream. Memory is taken only for what is allowed.</summary>
    public static async ValueTask<byte[]?> ReadAsync(Stream stream, int maxLength, CancellationToken cancellationToken)
    {
        if (await ReadLengthAsync(stream, maxLength, cancellationToken) is not { } length)
            return null;
        var message = new byte[length];
        if (await stream.ReadFullyAsync(message, cancellationToken) < message.Length)
            throw EndedInside();
        return message;
    }

    /// <summary>How many bytes follow, for messages that are too large to take memory for before they come. Null at the end of the stream.</summary>
    public static async ValueTask<int?> ReadLengthAsync(Stream stream, int maxLength, CancellationToken cancellationToken)
    {
        var prefix = new byte[Varint.MaxLength];
        var have = 0;
        ulong length;
        VarintStatus status;
        do
        {
            if (await stream.ReadAsync(prefix.AsMemory(have, 1), cancellationToken) == 0)
            {
                return have == 0 ? null : throw new Libp2pException(Libp2pError.Malformed, "The stream ended inside a length.");
            }

            status = Varint.Read(prefix.AsSpan(0, ++have), out length, out _);
        }
        while (status == VarintStatus.Incomplete);

        if (status == VarintStatus.Bad)
            throw new Libp2pException(Libp2pError.Malformed, "A length is not written as a varint.");
        if (length > (ulong)maxLength)
            throw Libp2pException.Exceeded(LengthLimit, "A message is longer than allowed.");
        return (int)length;
    }

    /// <summary>For whoever reads the bytes of a message themselves.</summary>
    public static Libp2pException EndedInside() => new(Libp2pError.Malformed, "The stream ended inside a message.");

    public static ValueTask WriteAsync(Stream stream, ReadOnlySpan<byte> message, CancellationToken cancellationToken)
    {
        var length = Varint.Length((ulong)message.Length);
        var bytes = new byte[length + message.Length];
        Varint.Write(bytes, (ulong)message.Length);
        message.CopyTo(bytes.AsSpan(length));
        return stream.WriteAsync(bytes, cancellationToken);
    }
}
