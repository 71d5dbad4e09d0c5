using System.Security.Cryptography.X509Certificates;

namespace Betar.Libp2p.Transports.WebSocket;

/// <summary>How the WebSocket transport listens and dials.</summary>
internal sealed record WebSocketOptions
{
    /// <summary>The longest HTTP head accepted from either side: 8 KiB.</summary>
    public int MaxHead { get; init; } = 8 * 1024;

    /// <summary>The operator's certificate, for <c>/tls/ws</c>; without it only <c>/ws</c> can be listened at.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whose certificates are trusted when a server is dialled; empty: those of the system.</summary>
    public IReadOnlyList<X509Certificate2> Roots { get; init; } = [];

    /// <summary>Null: as the system judges.</summary>
    public X509ChainPolicy? ServerPolicy()
    {
        if (Roots.Count == 0)
            return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(Roots.ToArray());
        return policy;
    }
}
