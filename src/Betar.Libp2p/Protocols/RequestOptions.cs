namespace Betar.Libp2p.Protocols;

/// <summary>Bounds of one request and its response.</summary>
public sealed class RequestOptions
{
    /// <summary>From the dial, if one is needed, to the last byte of the response; default 30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest response taken, and the longest request for those who serve; default 1 MiB.</summary>
    public int MaxBytes { get; set; } = 1024 * 1024;
}
