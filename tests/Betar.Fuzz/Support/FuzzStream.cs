using Betar.Libp2p;
using Betar.Libp2p.Connections;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Muxing;

namespace Betar.Fuzz.Support;

/// <summary>A stream on which a stranger has said everything and closed his direction.</summary>
internal sealed class FuzzStream(byte[] input) : MuxedStream
{
    private readonly FuzzChannel _channel = new(input, FuzzChannel.PieceFor(input));

    public override uint Id => 1;

    public override TimeSpan IdleTimeout { get; set; }

    public long Written { get; private set; }

    public bool Closed { get; private set; }

    public Libp2pStream For(PeerId peer, string protocol) => new(
        this, new ConnectionInfo(peer, true, _channel.Local, _channel.Remote, "/noise", "/yamux/1.0.0", true, DateTimeOffset.UnixEpoch, 1, null), protocol, inbound: true);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => _channel.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        Written += data.Length;
        return default;
    }

    public override ValueTask CloseWriteAsync(CancellationToken cancellationToken)
    {
        Closed = true;
        return default;
    }

    public override void Reset() => Closed = true;

    public override ValueTask DisposeAsync() => CloseWriteAsync(default);
}
