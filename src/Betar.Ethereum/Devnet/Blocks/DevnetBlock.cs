using System.Buffers.Binary;
using Betar.Crypto;

namespace Betar.Ethereum.Devnet;

/// <summary>A block. Its hash covers parent, number, time, the outcome of every transaction and how many reorganisations came before.</summary>
internal sealed class DevnetBlock
{
    internal DevnetBlock(Hash32 parentHash, ulong number, ulong timestamp, uint fork, MinedTransaction[] transactions)
    {
        (ParentHash, Number, Timestamp, Fork, Transactions) = (parentHash, number, timestamp, fork, transactions);
        Hash = ComputeHash();
        foreach (var transaction in transactions)
        {
            GasUsed += transaction.GasUsed;
            transaction.JoinBlock(this);
        }
    }

    internal Hash32 Hash { get; }

    internal Hash32 ParentHash { get; }

    internal ulong Number { get; }

    internal ulong Timestamp { get; }

    internal uint Fork { get; }

    internal ulong GasUsed { get; }

    internal MinedTransaction[] Transactions { get; }

    Hash32 ComputeHash()
    {
        const int FixedSize = Hash32.Size + 2 * sizeof(ulong) + sizeof(uint);
        const int PerTransaction = Hash32.Size + 1;
        var bytes = new byte[FixedSize + PerTransaction * Transactions.Length];
        var rest = bytes.AsSpan();
        ParentHash.CopyTo(rest);
        BinaryPrimitives.WriteUInt64BigEndian(rest[Hash32.Size..], Number);
        BinaryPrimitives.WriteUInt64BigEndian(rest[(Hash32.Size + sizeof(ulong))..], Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(rest[(Hash32.Size + 2 * sizeof(ulong))..], Fork);
        rest = rest[FixedSize..];
        foreach (var transaction in Transactions)
        {
            transaction.Hash.CopyTo(rest);
            rest[Hash32.Size] = transaction.Succeeded ? (byte)1 : (byte)0;
            rest = rest[PerTransaction..];
        }

        return new Hash32(Keccak256.Hash(bytes));
    }
}
