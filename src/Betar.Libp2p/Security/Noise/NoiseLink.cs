using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Betar.Libp2p.Buffers;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Security.Noise;

/// <summary>Noise's transport messages. What arrives is decrypted where it lies, in the connection's one receive buffer.</summary>
internal sealed class NoiseLink(PlainLink inner, NoiseCipher send, NoiseCipher receive) : ILink
{
    /// <summary>The most plaintext that fits into one message.</summary>
    public const int MaxPlaintext = ushort.MaxValue - NoiseCipher.TagSize;
    private const int LengthSize = 2;
    private byte[] _sending = [];
    private ReadOnlyMemory<byte> _plaintext;
    private int _message;

    public Multiaddr Local => inner.Local;

    public Multiaddr Remote => inner.Remote;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (_plaintext.IsEmpty)
        {
            inner.Consume(_message);
            _message = 0;
            if (!await inner.FillAsync(LengthSize, cancellationToken))
                return inner.Received.IsEmpty ? default : throw Truncated();
            var length = BinaryPrimitives.ReadUInt16BigEndian(inner.Received.Span);
            if (!await inner.FillAsync(LengthSize + length, cancellationToken))
                throw Truncated();
            var message = inner.Received.Slice(LengthSize, length);
            if (!receive.TryDecrypt([], message.Span, message.Span))
                throw new Libp2pException(Libp2pError.SecurityFailed, "A message does not carry the mark of the peer.");
            // An empty message is legal and means nothing.
            _message = LengthSize + length;
            _plaintext = message[..^NoiseCipher.TagSize];
        }

        return _plaintext;
    }

    public void Consume(int count) => _plaintext = _plaintext[count..];

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var received = await ReceiveAsync(cancellationToken);
        var count = Math.Min(buffer.Length, received.Length);
        received[..count].CopyTo(buffer);
        Consume(count);
        return count;
    }

    /// <summary>The data is encrypted at once, so that the caller may use its memory again before the write is done.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        ReturnSending();
        var messages = Math.Max(1, (data.Length + MaxPlaintext - 1) / MaxPlaintext);
        var total = data.Length + (messages * (LengthSize + NoiseCipher.TagSize));
        _sending = Pieces.Rent(total);
        Encrypt(data.Span, _sending);
        var writing = inner.WriteAsync(_sending.AsMemory(0, total), cancellationToken);
        if (writing.IsCompletedSuccessfully)
            ReturnSending();
        return writing;
    }

    public void Abort() => inner.Abort();

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    public void ReleaseBuffer() => inner.ReleaseBuffer();

    private static Libp2pException Truncated() =>
        new(Libp2pError.ConnectionClosed, "The connection ended in the middle of a message.");

    private void Encrypt(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        do
        {
            var part = data[..Math.Min(data.Length, MaxPlaintext)];
            var length = part.Length + NoiseCipher.TagSize;
            BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)length);
            send.Encrypt([], part, destination.Slice(LengthSize, length));
            data = data[part.Length..];
            destination = destination[(LengthSize + length)..];
        }
        while (!data.IsEmpty);
    }

    private void ReturnSending()
    {
        if (_sending.Length == 0)
            return;
        Pieces.Return(_sending);
        _sending = [];
    }
}
