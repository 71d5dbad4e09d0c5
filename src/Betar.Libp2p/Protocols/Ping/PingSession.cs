using System.Security.Cryptography;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Protocols.Ping;

/// <summary>One stream on which a peer is pinged any number of times, one after the other.</summary>
public sealed class PingSession : IAsyncDisposable
{
    private readonly Libp2pStream _stream;
    private readonly PingOptions _options;
    private readonly TimeProvider _time;
    private readonly byte[] _sent = new byte[PingProtocol.Size];
    private readonly byte[] _received = new byte[PingProtocol.Size];

    internal PingSession(Libp2pStream stream, PingOptions options, TimeProvider time)
    {
        _stream = stream;
        _options = options;
        _time = time;
    }

    public PeerId RemotePeer => _stream.RemotePeer;

    /// <summary>The round trip. An answer that is none, or is late, ends the session.</summary>
    public async Task<TimeSpan> PingAsync(CancellationToken cancellationToken = default)
    {
        RandomNumberGenerator.Fill(_sent);
        using var deadline = new Deadline(_options.Timeout, _time, cancellationToken);
        var started = _time.GetTimestamp();
        try
        {
            await _stream.WriteAsync(_sent, deadline.Token);
            var read = await _stream.ReadFullyAsync(_received, deadline.Token);
            var elapsed = _time.GetElapsedTime(started);
            if (read == _received.Length && CryptographicOperations.FixedTimeEquals(_sent, _received))
                return elapsed;
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            _stream.Reset();
            throw new Libp2pException(Libp2pError.Timeout, "The peer did not answer a ping in time.");
        }

        _stream.Reset();
        throw new Libp2pException(Libp2pError.Malformed, "The peer answered a ping with something else.");
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
