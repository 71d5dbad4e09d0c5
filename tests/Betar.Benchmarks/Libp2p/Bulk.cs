using System.Buffers.Binary;
using Betar.Libp2p;

namespace Betar.Benchmarks.Libp2p;

/// <summary>The dialling side of the perf protocol.</summary>
internal static class Bulk
{
    private const int BlockLength = 256 * 1024;

    /// <summary>How many bytes came back.</summary>
    public static async Task<long> MoveAsync(Libp2pStream stream, long up, long down)
    {
        var head = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteInt64BigEndian(head, down);
        await stream.WriteAsync(head);
        var reading = ReadAsync(stream);
        var block = new byte[BlockLength];
        for (var left = up; left > 0; left -= block.Length)
            await stream.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)));
        await stream.CloseWriteAsync();
        return await reading;
    }

    private static async Task<long> ReadAsync(Libp2pStream stream)
    {
        var buffer = new byte[BlockLength];
        var received = 0L;
        while (await stream.ReadAsync(buffer) is > 0 and var read)
            received += read;
        return received;
    }
}
