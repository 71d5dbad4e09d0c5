using System.Buffers;
using System.Runtime.InteropServices;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Transports;

namespace Betar.Fuzz.Support;

/// <summary>A connection on which a stranger has said everything already; it comes in pieces, and what is said back is kept.</summary>
internal sealed class FuzzChannel(byte[] input, int piece = int.MaxValue) : IByteChannel
{
    private readonly ArrayBufferWriter<byte> _written = new();
    private readonly List<byte> _input = [.. input];
    private int _taken;

    public Multiaddr Local { get; } = Multiaddr.Parse("/ip4/127.0.0.1/tcp/1");

    public Multiaddr Remote { get; } = Multiaddr.Parse("/ip4/127.0.0.2/tcp/2");

    /// <summary>What the stranger says to something that was said to him; empty: nothing.</summary>
    public Func<byte[], byte[]> Answer { get; init; } = _ => [];

    /// <summary>Lets everybody else have a turn before each read.</summary>
    public bool Yields { get; init; }

    public ReadOnlySpan<byte> Written => _written.WrittenSpan;

    public int Taken => _taken;

    public bool Broken { get; private set; }

    /// <summary>A size of the pieces that changes with the input, and is the same for the same.</summary>
    public static int PieceFor(byte[] input) => (input.Length % 4) switch
    {
        0 => int.MaxValue,
        1 => 1,
        2 => 7,
        _ => 100,
    };

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (Yields)
            await Task.Yield();
        var count = Math.Min(Math.Min(piece, buffer.Length), Broken ? 0 : _input.Count - _taken);
        CollectionsMarshal.AsSpan(_input).Slice(_taken, count).CopyTo(buffer.Span);
        _taken += count;
        return count;
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        _written.Write(data.Span);
        _input.AddRange(Answer(data.ToArray()));
        return default;
    }

    public void Abort() => Broken = true;

    public ValueTask DisposeAsync()
    {
        Broken = true;
        return default;
    }
}
