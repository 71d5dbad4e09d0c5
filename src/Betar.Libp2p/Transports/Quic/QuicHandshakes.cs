using System.Net.Quic;
using System.Runtime.Versioning;

namespace Betar.Libp2p.Transports.Quic;

/// <summary>The handshakes of strangers that are under way at one listener.</summary>
[SupportedOSPlatform("linux")]
internal sealed class QuicHandshakes
{
    private readonly Lock _lock = new();
    private readonly Dictionary<QuicConnection, QuicHandshake> _underWay = [];

    public void Add(QuicConnection connection, QuicHandshake handshake)
    {
        lock (_lock)
            _underWay.Add(connection, handshake);
        QuicRetry.OnBegun();
    }

    public QuicHandshake? Take(QuicConnection connection)
    {
        QuicHandshake? handshake;
        lock (_lock)
        {
            if (!_underWay.Remove(connection, out handshake))
                return null;
        }

        QuicRetry.OnEnded();
        return handshake;
    }

    /// <summary>
    /// Gives back what failed handshakes hold, and tells why we refused one of them, if we did. The framework's listener says that a handshake failed
    /// and not whose.
    /// </summary>
    public async Task<Libp2pException?> ForgetFailedAsync()
    {
        QuicConnection[] underWay;
        lock (_lock)
            underWay = [.. _underWay.Keys];
        Libp2pException? refusal = null;
        foreach (var connection in underWay)
        {
            if (!await HasFailedAsync(connection) || Take(connection) is not { } handshake)
                continue;
            handshake.Holding.Dispose();
            refusal ??= handshake.Refusal;
        }

        return refusal;
    }

    public void ForgetAll()
    {
        lock (_lock)
        {
            foreach (var handshake in _underWay.Values)
            {
                handshake.Holding.Dispose();
                QuicRetry.OnEnded();
            }

            _underWay.Clear();
        }
    }

    /// <summary>Asks for a stream and gives up at once, which a connection that has ended answers otherwise than one that lives or begins.</summary>
    private static async Task<bool> HasFailedAsync(QuicConnection connection)
    {
        try
        {
            await connection.AcceptInboundStreamAsync(new CancellationToken(canceled: true));
            return false;
        }
        catch (Exception e) when (QuicFault.Covers(e))
        {
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            return false;
        }
    }
}
