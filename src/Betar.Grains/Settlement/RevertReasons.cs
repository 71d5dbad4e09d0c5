namespace Betar.Grains.Settlement;

/// <summary>The x402 reason for what the token says when it refuses a transfer.</summary>
internal static class RevertReasons
{
    public const string Default = "invalid_exact_evm_transaction_failed";
    public const string NonceUsed = "invalid_exact_evm_nonce_already_used";
    public const string Expired = "invalid_exact_evm_payload_authorization_valid_before";
    public const string InsufficientBalance = "invalid_exact_evm_insufficient_balance";
    public const string EventMismatch = "invalid_exact_evm_transfer_event_mismatch";

    private static readonly (string Text, string Reason)[] s_known =
    [
        ("used or canceled", NonceUsed),
        ("authorization is expired", Expired),
        ("authorization is not yet valid", "invalid_exact_evm_payload_authorization_valid_after"),
        ("exceeds balance", InsufficientBalance),
        ("invalid signature", "invalid_exact_evm_signature"),
    ];

    public static string Of(string? revertReason)
    {
        foreach ((string text, string reason) in s_known)
            if (revertReason?.Contains(text, StringComparison.Ordinal) == true)
                return reason;
        return Default;
    }
}
