using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Betar.Libp2p.Security.Noise;

/// <summary>ChaCha20-Poly1305 under one key, with Noise's counting nonce.</summary>
internal sealed class NoiseCipher(ReadOnlySpan<byte> key, ulong counter = 0) : IDisposable
{
    public const int TagSize = 16;
    private readonly ChaCha20Poly1305 _cipher = new(key);
    private readonly byte[] _nonce = new byte[12];
    private ulong _counter = counter;

    /// <summary>Writes ciphertext and tag. Source and destination may be the same memory.</summary>
    public void Encrypt(ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        NextNonce();
        _cipher.Encrypt(_nonce, plaintext, destination[..plaintext.Length], destination.Slice(plaintext.Length, TagSize), associated);
    }

    /// <summary>False: the tag does not fit. Source and destination may be the same memory.</summary>
    public bool TryDecrypt(ReadOnlySpan<byte> associated, ReadOnlySpan<byte> message, Span<byte> plaintext)
    {
        if (message.Length < TagSize)
            return false;
        NextNonce();
        try
        {
            _cipher.Decrypt(_nonce, message[..^TagSize], message[^TagSize..], plaintext[..(message.Length - TagSize)], associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => _cipher.Dispose();

    private void NextNonce()
    {
        if (_counter == ulong.MaxValue)
            throw new Libp2pException(Libp2pError.SecurityFailed, "The connection has used up its nonces.");
        BinaryPrimitives.WriteUInt64LittleEndian(_nonce.AsSpan(4), _counter);
        _counter++;
    }
}
