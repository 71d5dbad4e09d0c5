using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Betar.Libp2p.Transports.WebSocket;

/// <summary>How the WebSocket transport listens and dials.</summary>
internal sealed record WebSocketOptions
{
    /// <summary>The longest HTTP head accepted from either side: 8 KiB.</summary>
    public int MaxHead { get; init; } = 8 * 1024;

    /// <summary>The operator's certificate, for <c>/tls/ws</c>; without it only <c>/ws</c> can be listened at.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Judges the certificate of a server that is dialled; null: as the system does.</summary>
    public RemoteCertificateValidationCallback? CheckServer { get; init; }
}
