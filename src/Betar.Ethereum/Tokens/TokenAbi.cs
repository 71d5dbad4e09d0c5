namespace Betar.Ethereum;

/// <summary>Selectors, topics and sizes of the token's interface, as USDC has it.</summary>
internal static class TokenAbi
{
    internal const uint TransferWithAuthorizationVrs = 0xe3ee160e;
    internal const uint TransferWithAuthorizationBytes = 0xcf092995;
    internal const uint CancelAuthorization = 0x5a049a70;
    internal const uint AuthorizationState = 0xe94a0102;
    internal const uint BalanceOf = 0x70a08231;
    internal const uint TotalSupply = 0x18160ddd;
    internal const uint Transfer = 0xa9059cbb;
    internal const uint Name = 0x06fdde03;
    internal const uint Version = 0x54fd4d50;
    internal const uint Decimals = 0x313ce567;
    internal const uint DomainSeparator = 0x3644e515;

    internal const int SignatureSize = 65;

    /// <summary>Bounds what is read of foreign text and of signatures of contract wallets.</summary>
    internal const int MaxStringBytes = 256;
    internal const int MaxSignatureBytes = 4096;

    internal static readonly Hash32 TransferTopic = Hash32.Parse("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
    internal static readonly Hash32 AuthorizationUsedTopic = Hash32.Parse("0x98de503528ee59b575ef0c0a2576a82497bfc029a5685b209e9ec333479b10a5");
    internal static readonly Hash32 AuthorizationCanceledTopic = Hash32.Parse("0x1cdd46ff242716cdaa72d159d339a485b3438398348d68f09d7c8c0a59353d81");
}
