using System.Buffers.Binary;
using System.Net.WebSockets;
using Betar.Fuzz.Support;
using Betar.Libp2p;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.WebSocket;

namespace Betar.Fuzz.Targets;

/// <summary>Frames from a browser, read as the run of bytes that the connection above sees.</summary>
internal sealed class WebSocketFramesTarget : IFuzzTarget
{
    public string Name => "websocket-frames";

    public long MemoryBound(int length) => (256 * 1024) + (64L * length);

    public bool Take(byte[] input)
    {
        var below = new FuzzChannel(input, FuzzChannel.PieceFor(input));
        var channel = new WebSocketChannel(below, below.Local, below.Remote, _ => new ValueTask<WebSocket>(WebSocket.CreateFromStream(
            new ChannelStream(below), new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan })));
        var received = new List<byte>();
        var refusal = Attempt.Of(() => ReadAsync(channel, received));
        channel.Abort();
        FuzzException.Unless(refusal is null or Libp2pError.Malformed or Libp2pError.ConnectionClosed, $"{refusal}");
        var expected = Slow(input);
        FuzzException.Unless(received.SequenceEqual(expected.Take(received.Count)), "other bytes than the oracle's");
        FuzzException.Unless(refusal is not null || received.Count == expected.Count, $"{received.Count} bytes, the oracle: {expected.Count}");
        return received.Count > 0;
    }

    private static async Task ReadAsync(WebSocketChannel channel, List<byte> received)
    {
        var buffer = new byte[256];
        while (await channel.ReadAsync(buffer, default) is > 0 and var count)
            received.AddRange(buffer.AsSpan(0, count));
    }

    /// <summary>The payloads of all frames that carry data, up to a goodbye or to what is no frame; a sound reader gives all of it, an unsound one less.</summary>
    private static List<byte> Slow(byte[] input)
    {
        var bytes = new List<byte>();
        for (var at = 0; at + 2 <= input.Length;)
        {
            var (kind, length) = (input[at] & 0x0F, (ulong)(input[at + 1] & 0x7F));
            var masked = (input[at + 1] & 0x80) != 0;
            at += 2;
            var wide = length == 126 ? 2 : length == 127 ? 8 : 0;
            if (at + wide > input.Length || !masked || kind == 8)
                break;
            length = wide == 2 ? BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at)) : wide == 8 ? BinaryPrimitives.ReadUInt64BigEndian(input.AsSpan(at)) : length;
            at += wide;
            if (at + 4 > input.Length)
                break;
            var mask = input[at..(at + 4)];
            at += 4;
            for (var i = 0; (ulong)i < length && at < input.Length; i++, at++)
            {
                if (kind is 0 or 2)
                    bytes.Add((byte)(input[at] ^ mask[i % 4]));
            }
        }

        return bytes;
    }
}
