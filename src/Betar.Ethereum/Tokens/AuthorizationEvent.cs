namespace Betar.Ethereum;

/// <summary>The token's <c>AuthorizationUsed</c> or <c>AuthorizationCanceled</c>: the end of one authorisation.</summary>
public sealed record AuthorizationEvent(Address Authorizer, Hash32 Nonce, bool Canceled)
{
    public static bool TryDecode(LogEntry log, Address token, out AuthorizationEvent? authorization)
    {
        authorization = null;
        if (log.Address != token
            || log.Topics.Count != 3
            || !TokenTopics.TryReadAddress(log.Topics[1], out var authorizer))
            return false;
        var canceled = log.Topics[0] == TokenAbi.AuthorizationCanceledTopic;
        if (!canceled && log.Topics[0] != TokenAbi.AuthorizationUsedTopic)
            return false;
        authorization = new AuthorizationEvent(authorizer, log.Topics[2], canceled);
        return true;
    }

    /// <summary>Finds the logs of one authorisation's use, whoever sent the transaction.</summary>
    public static LogFilter UsedFilter(Address token, Address authorizer, Hash32 nonce, ulong fromBlock, ulong? toBlock = null) =>
        Filter(TokenAbi.AuthorizationUsedTopic, token, authorizer, nonce, fromBlock, toBlock);

    /// <summary>Finds the logs of one authorisation's cancellation.</summary>
    public static LogFilter CanceledFilter(Address token, Address authorizer, Hash32 nonce, ulong fromBlock, ulong? toBlock = null) =>
        Filter(TokenAbi.AuthorizationCanceledTopic, token, authorizer, nonce, fromBlock, toBlock);

    static LogFilter Filter(Hash32 topic, Address token, Address authorizer, Hash32 nonce, ulong fromBlock, ulong? toBlock) => new()
    {
        Address = token,
        FromBlock = fromBlock,
        ToBlock = toBlock,
        Topics = [topic, TokenTopics.FromAddress(authorizer), nonce],
    };
}
