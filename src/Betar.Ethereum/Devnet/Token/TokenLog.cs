namespace Betar.Ethereum.Devnet;

/// <summary>An event of the token. Logs follow from the call, so the chain keeps the call alone.</summary>
internal readonly record struct TokenLog(Hash32 Topic0, Hash32 Topic1, Hash32 Topic2, UInt256? Data)
{
    internal static int CountOf(TokenCall call) => call.Method switch
    {
        TokenMethod.TransferWithAuthorization => 2,
        TokenMethod.CancelAuthorization or TokenMethod.Transfer or TokenMethod.Mint => 1,
        _ => 0,
    };

    internal static TokenLog Of(TokenCall call, Address sender, int index) => call.Method switch
    {
        TokenMethod.TransferWithAuthorization when index == 0 =>
            new(TokenAbi.AuthorizationUsedTopic, TokenTopics.FromAddress(call.From), call.Nonce, null),
        TokenMethod.TransferWithAuthorization => Transfer(call.From, call.To, call.Value),
        TokenMethod.CancelAuthorization =>
            new(TokenAbi.AuthorizationCanceledTopic, TokenTopics.FromAddress(call.From), call.Nonce, null),
        TokenMethod.Transfer => Transfer(sender, call.To, call.Value),
        TokenMethod.Mint => Transfer(Address.Zero, call.To, call.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    internal Hash32 Topic(int index) => index switch
    {
        0 => Topic0,
        1 => Topic1,
        _ => Topic2,
    };

    static TokenLog Transfer(Address from, Address to, UInt256 value) =>
        new(TokenAbi.TransferTopic, TokenTopics.FromAddress(from), TokenTopics.FromAddress(to), value);
}
