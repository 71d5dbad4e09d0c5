using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Betar.Crypto;

/// <summary>Keccak-256 as Ethereum uses it: the padding byte is 0x01, not SHA-3's 0x06.</summary>
public static class Keccak256
{
    public const int Size = 32;

    private const int Rate = 136;
    private const int RateLanes = Rate / 8;

    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var hash = new byte[Size];
        Hash(data, hash);
        return hash;
    }

    [SkipLocalsInit]
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        if (destination.Length != Size)
        {
            throw new ArgumentException("A Keccak-256 hash has 32 bytes.", nameof(destination));
        }

        Span<ulong> state = stackalloc ulong[25];
        state.Clear();
        while (data.Length >= Rate)
        {
            Absorb(state, data);
            KeccakPermutation.Permute(state);
            data = data[Rate..];
        }

        Span<byte> last = stackalloc byte[Rate];
        last.Clear();
        data.CopyTo(last);
        last[data.Length] = 0x01;
        last[Rate - 1] |= 0x80;
        Absorb(state, last);
        KeccakPermutation.Permute(state);
        Squeeze(state, destination);
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        if (BitConverter.IsLittleEndian)
        {
            var lanes = MemoryMarshal.Cast<byte, ulong>(block[..Rate]);
            for (var i = 0; i < RateLanes; i++)
            {
                state[i] ^= lanes[i];
            }

            return;
        }

        for (var i = 0; i < RateLanes; i++)
        {
            state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(i * 8)..]);
        }
    }

    private static void Squeeze(ReadOnlySpan<ulong> state, Span<byte> destination)
    {
        for (var i = 0; i < Size / 8; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination[(i * 8)..], state[i]);
        }
    }
}
