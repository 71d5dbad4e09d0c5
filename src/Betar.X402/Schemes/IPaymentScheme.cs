using System.Text.Json;
using Betar.X402.Settling;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes;

/// <summary>
/// One way to pay, as sellers and facilitators see it. The steps are in the order of their cost; what each refuses, it refuses whatever
/// the others say.
/// </summary>
public interface IPaymentScheme
{
    /// <summary>The scheme's name on the wire; several may share one and tell payments apart by their content.</summary>
    string Name { get; }

    /// <summary>What a facilitator says of itself for this scheme in <c>/supported</c>; null for nothing.</summary>
    JsonElement? SupportedExtra { get; }

    /// <summary>Whether less than what was signed for may be charged: then the money moves when it is known what was used, after the work.</summary>
    bool ChargesWhatWasUsed => false;

    /// <summary>Whether the payment's content has this scheme's form.</summary>
    bool Takes(PaymentPayload payment);

    /// <summary>Form, lists of ours and cheap fields: what is wrong here is wrong for ever.</summary>
    VerificationOutcome Read(FacilitatorCall call, out SchemePayment? payment);

    /// <summary>Payee, amount and time, compared with the requirement: fatal only for payments that are new.</summary>
    VerificationOutcome CheckFresh(SchemePayment payment, SchemeStep step);

    /// <summary>The only expensive check without a chain.</summary>
    VerificationOutcome CheckSignature(SchemePayment payment);

    /// <summary>The same where a chain may be asked whether the payer is a contract that signs; where it is not, the answer is that of the key.</summary>
    ValueTask<VerificationOutcome> CheckSignatureAsync(SchemePayment payment, CancellationToken cancellationToken) => ValueTask.FromResult(CheckSignature(payment));

    /// <summary>What the chain says of it now.</summary>
    ValueTask<VerificationOutcome> CheckChainAsync(SchemePayment payment, CancellationToken cancellationToken);

    /// <summary>What is to be brought onto the chain; null when nothing is charged.</summary>
    SettlementRequest? ToSettlement(SchemePayment payment);

    /// <summary>Charges what needs no transaction of its own; null where the money moves on the chain.</summary>
    /// <param name="payment">Its signature was checked.</param>
    /// <param name="attempt">Names the caller's wish: its repeat gets the first outcome. Null: nobody can repeat.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<SettleResponse?> ChargeAsync(SchemePayment payment, string? attempt, CancellationToken cancellationToken) => ValueTask.FromResult<SettleResponse?>(null);

    /// <summary>What is left to do when the transaction succeeded; most schemes have nothing.</summary>
    ValueTask<SettleResponse> CompleteAsync(SchemePayment payment, SettleResponse settled, CancellationToken cancellationToken) => ValueTask.FromResult(settled);

    /// <summary>The scheme's own word for how a settlement ended; null for success.</summary>
    string? ReasonOf(SettlementStatus status);
}
