using System.Text;
using Betar.Fuzz.Support;
using Betar.Libp2p;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.WebSocket;

namespace Betar.Fuzz.Targets;

/// <summary>What a server answers to our request; a star in the input stands for the answer to the key that we sent.</summary>
internal sealed class WebSocketAnswerTarget : IFuzzTarget
{
    private const int MaxHead = 8 * 1024;

    public string Name => "websocket-answer";

    // Most of it is the oracle's.
    public long MemoryBound(int length) => (256 * 1024) + (256L * length);

    public bool Take(byte[] input)
    {
        byte[] answer = [];
        var channel = new FuzzChannel([], FuzzChannel.PieceFor(input)) { Answer = said => answer = Fill(input, said) };
        var link = new PlainLink(channel);
        var refusal = Attempt.Of(() => WebSocketHandshake.DialAsync(link, "name", MaxHead, default).AsTask());
        link.ReleaseBuffer();
        FuzzException.Unless(refusal is null or Libp2pError.Malformed or Libp2pError.LimitExceeded or Libp2pError.ConnectionClosed or Libp2pError.Refused, $"{refusal}");
        FuzzException.Unless((refusal is null) == IsRight(SlowHttpHead.Read(answer), Accept(channel.Written)), $"{refusal}, the oracle takes the other view");
        return refusal is null;
    }

    private static bool IsRight(SlowHttpHead? head, string accept) =>
        head is { IsUpgrade: true } && head.FirstLine.StartsWith("HTTP/1.1 101", StringComparison.Ordinal)
        && head.Headers.GetValueOrDefault("sec-websocket-accept") == accept && !head.Headers.ContainsKey("sec-websocket-extensions");

    private static byte[] Fill(byte[] input, byte[] said) =>
        [.. input.SelectMany(letter => letter == '*' ? Encoding.ASCII.GetBytes(Accept(said)) : [letter])];

    private static string Accept(ReadOnlySpan<byte> request) =>
        WebSocketHandshake.Accept(SlowHttpHead.Read(request.ToArray())!.Headers["Sec-WebSocket-Key"]);
}
