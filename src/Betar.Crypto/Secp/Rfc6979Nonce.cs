using System.Security.Cryptography;

namespace Betar.Crypto.Secp;

/// <summary>
/// The deterministic nonces of RFC 6979 §3.2 with SHA-256 for a 256-bit order. The hash must already be reduced
/// mod n (bits2octets), which is also what current libsecp256k1 does.
/// </summary>
internal ref struct Rfc6979Nonce
{
    private const int Size = 32;

    private readonly Span<byte> _k;
    private readonly Span<byte> _v;
    private bool _retry;

    /// <param name="state">64 bytes that hold the generator's secrets; the caller wipes them.</param>
    internal Rfc6979Nonce(ReadOnlySpan<byte> key32, ReadOnlySpan<byte> hash32, Span<byte> state)
    {
        _k = state[..Size];
        _v = state[Size..(2 * Size)];
        _k.Clear();
        _v.Fill(0x01);
        Update(0x00, key32, hash32);
        Update(0x01, key32, hash32);
    }

    /// <summary>The next candidate in [1, n-1].</summary>
    internal void Next(Span<byte> nonce32)
    {
        do
        {
            if (_retry)
            {
                Update(0x00, default, default);
            }

            _retry = true;
            HMACSHA256.HashData(_k, _v, _v);
            _v.CopyTo(nonce32);
        }
        while (!CurveOrder.IsScalar(nonce32));
    }

    private readonly void Update(byte separator, ReadOnlySpan<byte> key, ReadOnlySpan<byte> hash)
    {
        Span<byte> message = stackalloc byte[Size + 1 + (2 * Size)];
        _v.CopyTo(message);
        message[Size] = separator;
        key.CopyTo(message[(Size + 1)..]);
        hash.CopyTo(message[(Size + 1 + key.Length)..]);
        HMACSHA256.HashData(_k, message[..(Size + 1 + key.Length + hash.Length)], _k);
        HMACSHA256.HashData(_k, _v, _v);
        CryptographicOperations.ZeroMemory(message);
    }
}
