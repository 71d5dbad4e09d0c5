using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Muxing;

/// <summary>One of many streams of a connection. One reader and one writer at a time.</summary>
internal abstract class MuxedStream : IDuplex, IAsyncDisposable
{
    public abstract uint Id { get; }

    /// <summary>How long nothing may move before the stream is reset; infinite for protocols that are quiet by nature.</summary>
    public abstract TimeSpan IdleTimeout { get; set; }

    /// <summary>0: the other side has closed its direction.</summary>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Done when the bytes are in the connection's queue.</summary>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Says that nothing more will be written; reading goes on.</summary>
    public abstract ValueTask CloseWriteAsync(CancellationToken cancellationToken);

    /// <summary>Breaks both directions off; what was not read is lost.</summary>
    public abstract void Reset();

    /// <summary>Closes both directions in order; a write that is still waiting makes it a reset.</summary>
    public abstract ValueTask DisposeAsync();
}
