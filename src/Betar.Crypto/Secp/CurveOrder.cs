using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Betar.Crypto.Secp;

/// <summary>Comparisons of 32-byte big-endian numbers with the order n of secp256k1, without branches on the number.</summary>
internal static class CurveOrder
{
    internal const int Size = 32;

    // n and n/2 as limbs, least significant first.
    private static readonly ulong[] Order = [0xBFD25E8CD0364141, 0xBAAEDCE6AF48A03B, 0xFFFFFFFFFFFFFFFE, 0xFFFFFFFFFFFFFFFF];

    private static readonly ulong[] HalfOrder = [0xDFE92F46681B20A0, 0x5D576E7357A4501D, 0xFFFFFFFFFFFFFFFF, 0x7FFFFFFFFFFFFFFF];

    /// <summary>True for numbers in [1, n-1].</summary>
    internal static bool IsScalar(ReadOnlySpan<byte> value32) =>
        SubtractBorrows(value32, Order) & !IsZero(value32);

    /// <summary>True for numbers up to n/2. Zero counts as low; <see cref="IsScalar"/> refuses it.</summary>
    internal static bool IsLow(ReadOnlySpan<byte> value32)
    {
        Span<ulong> limbs = stackalloc ulong[4];
        Read(value32, limbs);
        return !Borrows(HalfOrder, limbs);
    }

    internal static void Reduce(ReadOnlySpan<byte> value32, Span<byte> reduced32)
    {
        Span<ulong> limbs = stackalloc ulong[4];
        Read(value32, limbs);
        if (!Borrows(limbs, Order))
        {
            Subtract(limbs, Order, limbs);
        }

        Write(limbs, reduced32);
    }

    /// <summary>n - value, in place, for a value in [1, n-1].</summary>
    internal static void Negate(Span<byte> value32)
    {
        Span<ulong> limbs = stackalloc ulong[4];
        Read(value32, limbs);
        Subtract(Order, limbs, limbs);
        Write(limbs, value32);
    }

    private static void Write(ReadOnlySpan<ulong> limbs, Span<byte> value32)
    {
        for (var i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(value32[((3 - i) * 8)..], limbs[i]);
        }
    }

    private static bool IsZero(ReadOnlySpan<byte> value32)
    {
        Span<ulong> limbs = stackalloc ulong[4];
        Read(value32, limbs);
        return (limbs[0] | limbs[1] | limbs[2] | limbs[3]) == 0;
    }

    private static bool SubtractBorrows(ReadOnlySpan<byte> value32, ReadOnlySpan<ulong> right)
    {
        Span<ulong> limbs = stackalloc ulong[4];
        Read(value32, limbs);
        return Borrows(limbs, right);
    }

    private static bool Borrows(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        Span<ulong> difference = stackalloc ulong[4];
        return Subtract(left, right, difference) != 0;
    }

    private static ulong Subtract(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> difference)
    {
        ulong borrow = 0;
        for (var i = 0; i < 4; i++)
        {
            var wide = (UInt128)left[i] - right[i] - borrow;
            difference[i] = (ulong)wide;
            borrow = (ulong)(wide >> 64) & 1;
        }

        return borrow;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Read(ReadOnlySpan<byte> value32, Span<ulong> limbs)
    {
        for (var i = 0; i < 4; i++)
        {
            limbs[i] = BinaryPrimitives.ReadUInt64BigEndian(value32[((3 - i) * 8)..]);
        }
    }
}
