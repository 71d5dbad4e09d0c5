using System.Net;
using Betar.Node.Http.Certificates;
using Betar.X402;

namespace Betar.Node.Http;

/// <summary>How the node answers over HTTP.</summary>
internal sealed record HttpSettings
{
    public const int DefaultPort = 8424;

    /// <summary>Default: 127.0.0.1:8424.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>SHA-256 of the operator's own token, which may do everything; null: there is none beside those of the data folder.</summary>
    public byte[]? TokenHash { get; init; }

    /// <summary>Null: HTTP is not encrypted.</summary>
    public HttpCertificates? Certificates { get; init; }

    /// <summary>Names under which the node may be asked, beside the address itself and, on this machine, "localhost".</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Web pages of these origins may ask it.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Scripts of the original, which have no token, may do what they did; on this machine only. Default: false.</summary>
    public bool LegacyOpen { get; init; }

    /// <summary>What such scripts may spend in all until the node is started again. Default: 1 USDC.</summary>
    public AtomicAmount LegacyCap { get; init; } = 1_000_000;

    public HttpLimits Limits { get; init; } = new();

    public bool IsLocal => IPAddress.IsLoopback(Listen.Address);
}
