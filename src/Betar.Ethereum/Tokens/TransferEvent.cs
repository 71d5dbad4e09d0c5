namespace Betar.Ethereum;

/// <summary>The token's <c>Transfer(address,address,uint256)</c>.</summary>
public sealed record TransferEvent(Address From, Address To, UInt256 Value)
{
    /// <summary>Three topics exactly: a non-fungible token's event of the same name has four.</summary>
    public static bool TryDecode(LogEntry log, Address token, out TransferEvent? transfer)
    {
        transfer = null;
        if (log.Address != token
            || log.Topics.Count != 3
            || log.Topics[0] != TokenAbi.TransferTopic
            || log.Data.Length != AbiWriter.WordSize
            || !TokenTopics.TryReadAddress(log.Topics[1], out var from)
            || !TokenTopics.TryReadAddress(log.Topics[2], out var to))
            return false;
        transfer = new TransferEvent(from, to, UInt256.ReadBigEndian(log.Data.Span));
        return true;
    }

    /// <summary>Finds the transfers to an account.</summary>
    public static LogFilter IncomingFilter(Address token, Address to, ulong fromBlock, ulong? toBlock = null) =>
        Filter(token, [TokenAbi.TransferTopic, null, TokenTopics.FromAddress(to)], fromBlock, toBlock);

    /// <summary>Finds the transfers from an account.</summary>
    public static LogFilter OutgoingFilter(Address token, Address from, ulong fromBlock, ulong? toBlock = null) =>
        Filter(token, [TokenAbi.TransferTopic, TokenTopics.FromAddress(from)], fromBlock, toBlock);

    /// <summary>Finds the transfers from one account to another.</summary>
    public static LogFilter BetweenFilter(Address token, Address from, Address to, ulong fromBlock, ulong? toBlock = null) =>
        Filter(token, [TokenAbi.TransferTopic, TokenTopics.FromAddress(from), TokenTopics.FromAddress(to)], fromBlock, toBlock);

    static LogFilter Filter(Address token, IReadOnlyList<Hash32?> topics, ulong fromBlock, ulong? toBlock) =>
        new() { Address = token, Topics = topics, FromBlock = fromBlock, ToBlock = toBlock };
}
