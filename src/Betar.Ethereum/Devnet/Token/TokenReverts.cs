namespace Betar.Ethereum.Devnet;

/// <summary>The reasons USDC reverts with, to the letter.</summary>
internal static class TokenReverts
{
    internal const string NotYetValid = "FiatTokenV2: authorization is not yet valid";
    internal const string Expired = "FiatTokenV2: authorization is expired";
    internal const string UsedOrCanceled = "FiatTokenV2: authorization is used or canceled";
    internal const string WrongSigner = "FiatTokenV2: invalid signature";
    internal const string WrongLength = "ECRecover: invalid signature length";
    internal const string HighS = "ECRecover: invalid signature 's' value";
    internal const string WrongV = "ECRecover: invalid signature 'v' value";
    internal const string Unrecoverable = "ECRecover: invalid signature";
    internal const string FromZero = "ERC20: transfer from the zero address";
    internal const string ToZero = "ERC20: transfer to the zero address";
    internal const string ExceedsBalance = "ERC20: transfer amount exceeds balance";
    internal const string BalanceTooLarge = "FiatTokenV2_2: Balance exceeds (2^255 - 1)";

    internal const string SupplyTooLarge = "SafeMath: addition overflow";

    /// <summary>A revert without data.</summary>
    internal const string None = "";

    internal static string? Of(AuthorizationProof proof) => proof switch
    {
        AuthorizationProof.Valid => null,
        AuthorizationProof.WrongLength => WrongLength,
        AuthorizationProof.HighS => HighS,
        AuthorizationProof.WrongV => WrongV,
        AuthorizationProof.Unrecoverable => Unrecoverable,
        AuthorizationProof.WrongSigner => WrongSigner,
        _ => throw new InvalidOperationException("The signature was not checked."),
    };
}
