namespace Betar.Ethereum.Devnet;

/// <summary>What the records hold, byte by byte; <see cref="ChainReplay"/> reads the same.</summary>
internal static class ChainRecords
{
    internal static ReadOnlySpan<byte> Genesis(RecordWriter writer, DevnetOptions options, ulong timestamp)
    {
        writer.Begin(RecordKind.Genesis);
        writer.Add(options.ChainId);
        writer.Add(options.Token);
        writer.Add(options.TokenName);
        writer.Add(options.TokenVersion);
        writer.Add(timestamp);
        return writer.End();
    }

    internal static ReadOnlySpan<byte> Block(RecordWriter writer, DevnetBlock block)
    {
        writer.Begin(RecordKind.Block);
        writer.Add(block.Number);
        writer.Add(block.Timestamp);
        writer.Add((uint)block.Transactions.Length);
        foreach (var transaction in block.Transactions)
        {
            writer.Add(transaction.Sender);
            writer.Add((byte)transaction.Proof);
            writer.Add(transaction.IsForced ? (byte)1 : (byte)0);
            if (transaction.IsForced)
                writer.Add(transaction.Revert!);
            writer.Add(transaction.Raw.Span);
        }

        writer.Add(block.Hash);
        return writer.End();
    }

    internal static ReadOnlySpan<byte> Reorganisation(RecordWriter writer, uint droppedBlocks)
    {
        writer.Begin(RecordKind.Reorganisation);
        writer.Add(droppedBlocks);
        return writer.End();
    }
}
