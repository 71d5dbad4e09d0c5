using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange.Wire;
using Betar.Libp2p;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Scheduling;

namespace Betar.Blocks.Exchange.Peers;

/// <summary>Messages of a peer, one after the other. Memory is taken as bytes come, not as they are announced, and out of a budget.</summary>
internal sealed class MessageSource(Stream stream, ByteBudget budget, BitswapOptions options, BlocksMeter meter)
{
    private const int FirstBytes = 16 * 1024;

    /// <summary>Null at the end of the stream.</summary>
    public async ValueTask<BitswapMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await LengthPrefixed.ReadLengthAsync(stream, int.MaxValue, cancellationToken) is not { } length)
            return null;
        if (length > options.MaxMessageBytes)
            throw Broken(BlocksLimit.MessageBytes);
        var bytes = await ReadAsync(length, cancellationToken);
        if (BitswapReader.TryRead(bytes, options, meter, out var message))
            return message;
        meter.Hit(BlocksLimit.BadMessage);
        throw new Libp2pException(Libp2pError.Malformed, "A bitswap message cannot be read.");
    }

    private async ValueTask<byte[]> ReadAsync(int length, CancellationToken cancellationToken)
    {
        var taken = 0;
        try
        {
            var bytes = Array.Empty<byte>();
            for (var have = 0; have < length; have = bytes.Length)
            {
                var more = Math.Min(length, Math.Max(FirstBytes, have * 4)) - have;
                if (budget.TryTake(more) is { } broken)
                    throw Broken(broken);
                taken += more;
                Array.Resize(ref bytes, have + more);
                if (await stream.ReadFullyAsync(bytes.AsMemory(have), cancellationToken) < more)
                    throw LengthPrefixed.EndedInside();
            }

            return bytes;
        }
        finally
        {
            budget.Give(taken);
        }
    }

    private Libp2pException Broken(string limit)
    {
        meter.Hit(limit);
        return Libp2pException.Exceeded(limit, "A bitswap message is larger than allowed, or there are too many at once.");
    }
}
