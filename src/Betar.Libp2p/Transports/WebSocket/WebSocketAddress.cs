using System.Diagnostics.CodeAnalysis;
using System.Net;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports.WebSocket;

/// <summary>An IP address and port, with or without TLS and a server name: <c>/ws</c>, <c>/wss</c>, <c>/tls/ws</c>, <c>/tls/sni/NAME/ws</c>.</summary>
internal sealed record WebSocketAddress(IPEndPoint EndPoint, bool Tls, string? ServerName)
{
    /// <summary>What stands in the request's Host line.</summary>
    public string Host => ServerName is null ? EndPoint.ToString() : $"{ServerName}:{EndPoint.Port}";

    public static bool TryRead(Multiaddr address, [NotNullWhen(true)] out WebSocketAddress? read)
    {
        read = null;
        var plain = address.WithoutPeer();
        MultiaddrPart[] rest = [.. plain.Parts.Skip(2)];
        if (plain.Parts is not [_, { Code: MultiaddrCode.Tcp }, ..] || !plain.TryGetIpEndPoint(out var endPoint))
            return false;
        read = rest switch
        {
            [{ Code: MultiaddrCode.Ws }] => new WebSocketAddress(endPoint, false, null),
            [{ Code: MultiaddrCode.Wss }] or [{ Code: MultiaddrCode.Tls }, { Code: MultiaddrCode.Ws }] => new WebSocketAddress(endPoint, true, null),
            [{ Code: MultiaddrCode.Tls }, { Code: MultiaddrCode.Sni } name, { Code: MultiaddrCode.Ws }] => new WebSocketAddress(endPoint, true, name.Text),
            _ => null,
        };
        return read is not null;
    }

    /// <summary>The address of an end of a connection like this one.</summary>
    public static Multiaddr Of(Multiaddr tcp, bool tls) => tcp.Append(Multiaddr.Parse(tls ? "/tls/ws" : "/ws"));
}
