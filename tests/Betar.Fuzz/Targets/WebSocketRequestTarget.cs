using System.Text;
using Betar.Fuzz.Support;
using Betar.Libp2p;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.WebSocket;

namespace Betar.Fuzz.Targets;

/// <summary>Requests to become a WebSocket: what is answered, and that not a byte behind the head is taken.</summary>
internal sealed class WebSocketRequestTarget : IFuzzTarget
{
    private const int MaxHead = 8 * 1024;

    public string Name => "websocket-request";

    public bool Take(byte[] input)
    {
        var channel = new FuzzChannel(input, FuzzChannel.PieceFor(input));
        var link = new PlainLink(channel);
        var refusal = Attempt.Of(() => WebSocketHandshake.AcceptAsync(link, MaxHead, default).AsTask());
        var left = channel.Taken - link.Received.Length;
        link.ReleaseBuffer();
        FuzzException.Unless(refusal is null or Libp2pError.Malformed or Libp2pError.LimitExceeded or Libp2pError.ConnectionClosed, $"{refusal}");
        FuzzException.Unless((refusal is null) == IsRight(SlowHttpHead.Read(input)), $"{refusal}, the oracle takes the other view");
        var status = Encoding.ASCII.GetString(channel.Written[..Math.Min(12, channel.Written.Length)]);
        FuzzException.Unless(status is "" or "HTTP/1.1 101" or "HTTP/1.1 400" && status.EndsWith("101", StringComparison.Ordinal) == (refusal is null), $"the answer is {status}");
        FuzzException.Unless(refusal is not null || left == Encoding.Latin1.GetString(input).IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4, $"{left} bytes are taken");
        return refusal is null;
    }

    private static bool IsRight(SlowHttpHead? head) =>
        head is { IsUpgrade: true } && head.FirstLine.StartsWith("GET ", StringComparison.Ordinal) && head.FirstLine.EndsWith(" HTTP/1.1", StringComparison.Ordinal)
        && head.Headers.GetValueOrDefault("sec-websocket-version") == "13" && head.Headers.GetValueOrDefault("sec-websocket-key") is { Length: 24 } key && IsKey(key);

    private static bool IsKey(string key)
    {
        try
        {
            return Convert.FromBase64String(key).Length == 16;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
