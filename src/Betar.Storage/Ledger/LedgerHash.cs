using System.Buffers.Binary;
using System.Security.Cryptography;
using Betar.Ethereum;

namespace Betar.Storage.Ledger;

/// <summary>The three hashes of the ledger. All SHA-256; each begins with a word that no other begins with.</summary>
internal static class LedgerHash
{
    private static ReadOnlySpan<byte> EntryDomain => "betar.ledger.entry.1"u8;

    private static ReadOnlySpan<byte> HeadDomain => "betar.ledger.head.1"u8;

    private static ReadOnlySpan<byte> CheckpointDomain => "betar.ledger.checkpoint.1"u8;

    /// <summary>An entry's hash: what its caller decided, its place, its time, and the order's entry before.</summary>
    public static Hash32 Entry(in Hash32 content, long sequence, DateTimeOffset at, in Hash32 previous)
    {
        Span<byte> input = stackalloc byte[EntryDomain.Length + 2 * Hash32.Size + 2 * sizeof(long)];
        EntryDomain.CopyTo(input);
        var rest = input[EntryDomain.Length..];
        content.CopyTo(rest);
        BinaryPrimitives.WriteInt64BigEndian(rest[Hash32.Size..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(rest[(Hash32.Size + sizeof(long))..], at.ToUnixTimeMilliseconds());
        previous.CopyTo(rest[(Hash32.Size + 2 * sizeof(long))..]);
        return Digest(input);
    }

    public static Hash32 Entry(LedgerEntry entry)
    {
        using var encoded = new EncodedAppend(new LedgerAppend(entry.Payment, entry.Index, entry.Kind, entry.AgentId, entry.Amount,
            entry.Reference, entry.Body));
        return Entry(encoded.Content, entry.Sequence, entry.At, entry.PreviousHash);
    }

    /// <summary>The accumulator after one more entry.</summary>
    public static Hash32 Accumulate(in Hash32 accumulator, in Hash32 entry)
    {
        Span<byte> input = stackalloc byte[HeadDomain.Length + 2 * Hash32.Size];
        HeadDomain.CopyTo(input);
        accumulator.CopyTo(input[HeadDomain.Length..]);
        entry.CopyTo(input[(HeadDomain.Length + Hash32.Size)..]);
        return Digest(input);
    }

    /// <summary>What a checkpoint's signer signs.</summary>
    public static Hash32 Checkpoint(long number, long sequence, in Hash32 accumulator, DateTimeOffset at, in Hash32 previous, Address signer)
    {
        Span<byte> input = stackalloc byte[CheckpointDomain.Length + 3 * sizeof(long) + 2 * Hash32.Size + Address.Size];
        CheckpointDomain.CopyTo(input);
        var rest = input[CheckpointDomain.Length..];
        BinaryPrimitives.WriteInt64BigEndian(rest, number);
        BinaryPrimitives.WriteInt64BigEndian(rest[8..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(rest[16..], at.ToUnixTimeMilliseconds());
        accumulator.CopyTo(rest[24..]);
        previous.CopyTo(rest[56..]);
        signer.CopyTo(rest[88..]);
        return Digest(input);
    }

    private static Hash32 Digest(ReadOnlySpan<byte> input)
    {
        Span<byte> digest = stackalloc byte[Hash32.Size];
        SHA256.HashData(input, digest);
        return new Hash32(digest);
    }
}
