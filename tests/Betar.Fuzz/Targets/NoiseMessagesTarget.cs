using System.Buffers.Binary;
using Betar.Fuzz.Support;
using Betar.Libp2p;
using Betar.Libp2p.Security.Noise;
using Betar.Libp2p.Transports;

namespace Betar.Fuzz.Targets;

/// <summary>Noise's messages after the handshake: lengths, tags, order. The key is the corpus'.</summary>
internal sealed class NoiseMessagesTarget : IFuzzTarget
{
    private const int TagSize = 16;
    private static readonly byte[] Key = [.. Enumerable.Repeat((byte)3, 32)];

    public string Name => "noise-messages";

    public long MemoryBound(int length) => (192 * 1024) + (64L * length);

    public bool Take(byte[] input)
    {
        using var send = new NoiseCipher(Key);
        using var receive = new NoiseCipher(Key);
        var link = new NoiseLink(new PlainLink(new FuzzChannel(input, FuzzChannel.PieceFor(input))), send, receive);
        var received = new List<byte>();
        var refusal = Attempt.Of(() => ReadAsync(link, received));
        link.ReleaseBuffer();
        var (expected, fault) = Slow(input);
        FuzzException.Unless(refusal == fault, $"{refusal}, the oracle: {fault}");
        FuzzException.Unless(received.SequenceEqual(expected), $"{received.Count} bytes, the oracle: {expected.Count}");
        return fault is null && expected.Count > 0;
    }

    private static async Task ReadAsync(NoiseLink link, List<byte> received)
    {
        while (await link.ReceiveAsync(CancellationToken.None) is { IsEmpty: false } bytes)
        {
            received.AddRange(bytes.Span);
            link.Consume(bytes.Length);
        }
    }

    private static (List<byte> Received, Libp2pError? Fault) Slow(byte[] input)
    {
        var received = new List<byte>();
        var number = 0UL;
        for (var at = 0; at < input.Length;)
        {
            if (input.Length - at < 2 || BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at)) is var length && input.Length - at - 2 < length)
                return (received, Libp2pError.ConnectionClosed);
            var size = BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at));
            using var cipher = new NoiseCipher(Key, number++);
            var plain = new byte[Math.Max(0, size - TagSize)];
            if (!cipher.TryDecrypt([], input.AsSpan(at + 2, size), plain))
                return (received, Libp2pError.SecurityFailed);
            received.AddRange(plain);
            at += 2 + size;
        }

        return (received, null);
    }
}
