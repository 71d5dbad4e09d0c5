using Betar.Blocks.Exchange.Wire;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Scheduling;

namespace Betar.Blocks.Exchange.Peers;

/// <summary>
/// Messages to a peer, on a stream that is opened for the first of several and closed after the last: answers come on streams of the peer's own, and
/// some peers drop a stream on which nothing comes for a few seconds. For one sender at a time.
/// </summary>
internal sealed class MessageSink(Libp2pHost host, PeerId peer, BitswapOptions options, TimeProvider time)
{
    private Libp2pStream? _stream;

    public async Task SendAsync(BitswapMessage message, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options.SendTimeout, time, cancellationToken);
        try
        {
            _stream ??= await host.OpenStreamAsync(peer, BitswapProtocol.All, deadline.Token);
            foreach (var piece in BitswapWriter.Write(message, _stream.Protocol))
                await _stream.WriteAsync(piece, deadline.Token);
        }
        catch (Exception error)
        {
            Break();
            if (error is OperationCanceledException && deadline.Expired)
                throw new Libp2pException(Libp2pError.Timeout, $"Peer {peer} did not take a message in time.", error);
            throw;
        }
    }

    /// <summary>Nothing more to say for now.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_stream is not { } stream)
            return;
        _stream = null;
        using var deadline = new Deadline(options.SendTimeout, time, cancellationToken);
        try
        {
            await stream.CloseWriteAsync(deadline.Token);
            await stream.DisposeAsync();
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            stream.Reset();
        }
        catch (Libp2pException)
        {
            // What was said has been written; how the stream ends tells nothing more.
            stream.Reset();
        }
    }

    public void Break()
    {
        _stream?.Reset();
        _stream = null;
    }
}
