using System.Runtime.CompilerServices;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Tests.Support;

internal static class ReadingExtensions
{
    /// <summary>Fills the buffer without allocating, for tests that count.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask ReadExactlyOnceAsync(this IDuplex duplex, Memory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = await duplex.ReadAsync(buffer, CancellationToken.None);
            Assert.True(count > 0);
            buffer = buffer[count..];
        }
    }
}
