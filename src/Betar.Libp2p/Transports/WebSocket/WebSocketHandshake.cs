using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Betar.Libp2p.Transports.WebSocket;

/// <summary>The HTTP exchange in front of a WebSocket (RFC 6455, section 4).</summary>
internal static class WebSocketHandshake
{
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeySize = 16;

    public static async ValueTask DialAsync(ILink link, string host, int maxHead, CancellationToken cancellationToken)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeySize));
        var request = $"GET / HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n";
        await link.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        var answer = await HttpHead.ReadAsync(link, maxHead, cancellationToken);
        if (!answer.FirstLine.StartsWith("HTTP/1.1 101", StringComparison.Ordinal) || !IsUpgrade(answer))
            throw new Libp2pException(Libp2pError.Refused, "The server does not speak WebSocket here.");
        if (answer["Sec-WebSocket-Accept"] != Accept(key) || answer["Sec-WebSocket-Extensions"] is not null)
            throw new Libp2pException(Libp2pError.Malformed, "The server's WebSocket answer does not fit the request.");
    }

    public static async ValueTask AcceptAsync(ILink link, int maxHead, CancellationToken cancellationToken)
    {
        var request = await HttpHead.ReadAsync(link, maxHead, cancellationToken);
        var key = request["Sec-WebSocket-Key"];
        if (!request.FirstLine.StartsWith("GET ", StringComparison.Ordinal) || !request.FirstLine.EndsWith(" HTTP/1.1", StringComparison.Ordinal)
            || !IsUpgrade(request) || request["Sec-WebSocket-Version"] != "13" || !IsKey(key))
        {
            await link.WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancellationToken);
            throw new Libp2pException(Libp2pError.Malformed, "The request is not one for a WebSocket.");
        }

        var answer = $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {Accept(key)}\r\n\r\n";
        await link.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
    }

    public static string Accept(string key)
    {
#pragma warning disable CA5350 // The protocol fixes the hash; nothing rests on its strength.
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Magic)));
#pragma warning restore CA5350
    }

    private static bool IsUpgrade(HttpHead head) => head.Lists("Upgrade", "websocket") && head.Lists("Connection", "Upgrade");

    private static bool IsKey([NotNullWhen(true)] string? key)
    {
        Span<byte> bytes = stackalloc byte[KeySize + 2];
        return key is { Length: 24 } && Convert.TryFromBase64String(key, bytes, out var length) && length == KeySize;
    }
}
