using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.Transports.Quic;

/// <summary>Time-outs of streams. Those of the connection QUIC keeps itself.</summary>
internal sealed partial class QuicMuxedConnection
{
    private readonly TimeProvider _time;
    private readonly PeriodicTimer _timer;

    /// <summary>A coarse clock, moved on by the watch.</summary>
    public long Now { get; private set; }

    private async Task WatchAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            Now = _time.GetTimestamp();
            QuicMuxedStream[] idle;
            QuicMuxedStream[] lingering;
            lock (_gate)
            {
                idle = [.. _streams.Where(stream => stream.IdleTimeout >= TimeSpan.Zero && Since(stream.LastMoved) >= stream.IdleTimeout)];
                lingering = [.. _finishing.Where(stream => Since(stream.FinishingSince) >= _settings.StreamLinger)];
            }

            foreach (var stream in idle)
            {
                _limitHit(YamuxConnection.IdleLimit);
                stream.Reset(static () => new Libp2pException(Libp2pError.Timeout, "Nothing moved on the stream for too long."), QuicResetCode.GarbageCollected);
            }

            foreach (var stream in lingering)
                stream.BreakOff(QuicResetCode.GarbageCollected);
        }
    }

    private TimeSpan Since(long timestamp) => _time.GetElapsedTime(timestamp, Now);
}
