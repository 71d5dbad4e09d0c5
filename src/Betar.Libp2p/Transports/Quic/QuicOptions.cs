namespace Betar.Libp2p.Transports.Quic;

/// <summary>Connections over QUIC. How many of them and of their streams there may be, other options say for all transports together.</summary>
public sealed class QuicOptions
{
    /// <summary>A connection on which nothing comes for so long has ended; default 30 s. The smaller value of both sides counts.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a sign of life is sent on a quiet connection; default 15 s.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Bytes that a peer may send on all streams of one connection before they are read, charged to the connection's memory for as long as it
    /// lives; default 1 MiB.
    /// </summary>
    public int ConnectionWindowBytes { get; set; } = 1024 * 1024;
}
