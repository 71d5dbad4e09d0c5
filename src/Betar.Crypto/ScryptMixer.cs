using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Betar.Crypto;

/// <summary>
/// scrypt in plain code. RFC 7914 allows N up to 2^16 when r is 1 and OpenSSL keeps to that; key files of other wallets, and the
/// vector of their definition, do not.
/// </summary>
internal static class ScryptMixer
{
    private const int SalsaWords = 16;

    internal static void Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int n, int r, int p, Span<byte> key)
    {
        var blocks = new byte[p * 128 * r];
        var words = new uint[32 * r];
        var scratch = new uint[32 * r];
        var memory = new uint[32L * r * n];
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(password, salt, blocks, 1, HashAlgorithmName.SHA256);
            for (var i = 0; i < p; i++)
            {
                var block = blocks.AsSpan(i * 128 * r, 128 * r);
                Load(block, words);
                Mix(words, scratch, memory, n);
                Store(words, block);
            }

            Rfc2898DeriveBytes.Pbkdf2(password, blocks, key, 1, HashAlgorithmName.SHA256);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(blocks);
            words.AsSpan().Clear();
            scratch.AsSpan().Clear();
            memory.AsSpan().Clear();
        }
    }

    private static void Mix(uint[] x, uint[] scratch, uint[] memory, int n)
    {
        for (var i = 0; i < n; i++)
        {
            x.CopyTo(memory.AsSpan(i * x.Length));
            MixBlock(x, scratch);
        }

        for (var i = 0; i < n; i++)
        {
            var chosen = (int)(x[^SalsaWords] & (uint)(n - 1));
            Xor(x, memory.AsSpan(chosen * x.Length, x.Length));
            MixBlock(x, scratch);
        }
    }

    // Even results go to the first half, odd ones to the second.
    private static void MixBlock(uint[] x, uint[] scratch)
    {
        Span<uint> state = stackalloc uint[SalsaWords];
        x.AsSpan(x.Length - SalsaWords).CopyTo(state);
        var half = x.Length / 2;
        for (var i = 0; i < x.Length / SalsaWords; i++)
        {
            Xor(state, x.AsSpan(i * SalsaWords, SalsaWords));
            Salsa(state);
            state.CopyTo(scratch.AsSpan((i & 1) * half + i / 2 * SalsaWords));
        }

        scratch.CopyTo(x, 0);
    }

    private static void Salsa(Span<uint> state)
    {
        Span<uint> x = stackalloc uint[SalsaWords];
        state.CopyTo(x);
        for (var round = 0; round < 8; round += 2)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }

        for (var i = 0; i < SalsaWords; i++)
        {
            state[i] = unchecked(state[i] + x[i]);
        }
    }

    private static void Quarter(Span<uint> x, int a, int b, int c, int d)
    {
        unchecked
        {
            x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
            x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
            x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
            x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
        }
    }

    private static void Xor(Span<uint> target, ReadOnlySpan<uint> with)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] ^= with[i];
        }
    }

    private static void Load(ReadOnlySpan<byte> bytes, uint[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]);
        }
    }

    private static void Store(uint[] words, Span<byte> bytes)
    {
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(4 * i)..], words[i]);
        }
    }
}
