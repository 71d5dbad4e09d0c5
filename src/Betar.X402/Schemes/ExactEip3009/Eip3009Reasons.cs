using Betar.X402.Protocol;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.ExactEip3009;

/// <summary>Reasons that only this scheme gives over HTTP.</summary>
internal static class Eip3009Reasons
{
    internal const string TransactionFailed = "invalid_exact_evm_transaction_failed";
    internal const string TransferMismatch = "invalid_exact_evm_transfer_event_mismatch";

    /// <summary>Version 1 has a word of its own for a wrong amount.</summary>
    internal static VerificationReason V1Value { get; } = new("invalid_exact_evm_authorization_value", StreamErrorCode.PaymentAmountWrong, true);
}
