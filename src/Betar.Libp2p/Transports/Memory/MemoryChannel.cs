using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports.Memory;

/// <summary>One end of a connection inside this process.</summary>
internal sealed class MemoryChannel : IByteChannel
{
    private readonly MemoryPipe _in;
    private readonly MemoryPipe _out;

    private MemoryChannel(MemoryPipe incoming, MemoryPipe outgoing, Multiaddr local, Multiaddr remote)
    {
        (_in, _out, Local, Remote) = (incoming, outgoing, local, remote);
        outgoing.Cut += Break;
    }

    public Multiaddr Local { get; }

    public Multiaddr Remote { get; }

    /// <summary>What this end has written.</summary>
    public long Written => _out.Written;

    /// <summary>The two ends of one connection; the conditions are those of the bytes that the named end sends.</summary>
    public static (MemoryChannel Dialer, MemoryChannel Listener) CreatePair(
        Multiaddr dialer, Multiaddr listener, MemoryConditions fromDialer, MemoryConditions fromListener, int seed, TimeProvider time)
    {
        var up = new MemoryPipe(fromDialer, seed, time);
        var down = new MemoryPipe(fromListener, ~seed, time);
        return (new MemoryChannel(down, up, dialer, listener), new MemoryChannel(up, down, listener, dialer));
    }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => _in.ReadAsync(buffer, cancellationToken);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => _out.WriteAsync(data, cancellationToken);

    /// <summary>What this end sends arrives no more, until it is let go.</summary>
    public void Hold() => _out.Hold();

    public void Release() => _out.Release();

    public void Abort() => Break();

    public ValueTask DisposeAsync()
    {
        _out.End();
        _in.CloseReader();
        return default;
    }

    private void Break()
    {
        _in.Fail(static () => new Libp2pException(Libp2pError.ConnectionClosed, "The connection was broken off."));
        _out.Fail(static () => new Libp2pException(Libp2pError.ConnectionClosed, "The connection was broken off."));
    }
}
