using System.Security.Cryptography;
using System.Text;

namespace Betar.Libp2p.Security.Noise;

/// <summary>The running hash and key of a handshake.</summary>
internal sealed class NoiseSymmetricState : IDisposable
{
    public const string ProtocolName = "Noise_XX_25519_ChaChaPoly_SHA256";
    private const int HashSize = HMACSHA256.HashSizeInBytes;
    private readonly byte[] _chainingKey;
    private readonly byte[] _hash;
    private NoiseCipher? _cipher;

    public NoiseSymmetricState(ReadOnlySpan<byte> prologue)
    {
        // The name is exactly as long as a hash, and then it is taken unhashed.
        _hash = Encoding.ASCII.GetBytes(ProtocolName);
        _chainingKey = [.. _hash];
        MixHash(prologue);
    }

    public ReadOnlySpan<byte> Hash => _hash;

    /// <summary>How much longer an encrypted field is than its content; 0 before the first key.</summary>
    public int Overhead => _cipher is null ? 0 : NoiseCipher.TagSize;

    public void MixHash(ReadOnlySpan<byte> data)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(_hash);
        sha.AppendData(data);
        sha.GetHashAndReset(_hash);
    }

    public void MixKey(ReadOnlySpan<byte> secret)
    {
        Span<byte> output = stackalloc byte[64];
        Derive(secret, output);
        output[..32].CopyTo(_chainingKey);
        _cipher?.Dispose();
        _cipher = new NoiseCipher(output[32..]);
        CryptographicOperations.ZeroMemory(output);
    }

    public void EncryptAndHash(ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        if (_cipher is null)
            plaintext.CopyTo(destination);
        else
            _cipher.Encrypt(_hash, plaintext, destination);
        MixHash(destination[..(plaintext.Length + Overhead)]);
    }

    public bool TryDecryptAndHash(ReadOnlySpan<byte> message, Span<byte> destination)
    {
        if (_cipher is null)
            message.CopyTo(destination);
        else if (!_cipher.TryDecrypt(_hash, message, destination))
            return false;
        MixHash(message);
        return true;
    }

    /// <summary>The keys of the session: the first is for what the initiator sends.</summary>
    public (NoiseCipher Initiator, NoiseCipher Responder) Split()
    {
        Span<byte> output = stackalloc byte[64];
        Derive([], output);
        var pair = (new NoiseCipher(output[..32]), new NoiseCipher(output[32..]));
        CryptographicOperations.ZeroMemory(output);
        return pair;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_chainingKey);
        _cipher?.Dispose();
    }

    /// <summary>HKDF with two outputs, written out: the system's own refuses the empty secret that ends a handshake.</summary>
    private void Derive(ReadOnlySpan<byte> secret, Span<byte> output)
    {
        Span<byte> extracted = stackalloc byte[HashSize];
        HMACSHA256.HashData(_chainingKey, secret, extracted);
        Span<byte> block = stackalloc byte[HashSize + 1];
        block[HashSize] = 2;
        HMACSHA256.HashData(extracted, [1], output[..HashSize]);
        output[..HashSize].CopyTo(block);
        HMACSHA256.HashData(extracted, block, output[HashSize..]);
        CryptographicOperations.ZeroMemory(extracted);
        CryptographicOperations.ZeroMemory(block);
    }
}
