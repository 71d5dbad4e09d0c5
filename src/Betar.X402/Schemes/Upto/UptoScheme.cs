using System.Text.Json;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Settling;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.Upto;

/// <summary>"upto": a permit for a maximum, settled for what was used.</summary>
public sealed class UptoScheme(UptoOptions options, TimeProvider time) : IPaymentScheme
{
    public const string SchemeName = UptoVerify.Scheme;

    private readonly Permit2Verify _verify = new(UptoVerify.Profile(options), time);

    public string Name => UptoVerify.Scheme;

    public JsonElement? SupportedExtra { get; } =
        JsonSerializer.SerializeToElement(new Dictionary<string, string> { [UptoClient.FacilitatorMember] = options.Facilitators[0].ToString() });

    public bool ChargesWhatWasUsed => true;

    public bool Takes(PaymentPayload payment) => Permit2Reader.Takes(payment.Payload);

    public VerificationOutcome Read(FacilitatorCall call, out SchemePayment? payment) => _verify.Read(call, out payment);

    public VerificationOutcome CheckFresh(SchemePayment payment, SchemeStep step) => _verify.CheckFresh((Permit2Payment)payment, step);

    public VerificationOutcome CheckSignature(SchemePayment payment) => Permit2Verify.CheckSignature((Permit2Payment)payment);

    public ValueTask<VerificationOutcome> CheckSignatureAsync(SchemePayment payment, CancellationToken cancellationToken) =>
        _verify.CheckSignatureAsync((Permit2Payment)payment, cancellationToken);

    public ValueTask<VerificationOutcome> CheckChainAsync(SchemePayment payment, CancellationToken cancellationToken)
    {
        var permit = (Permit2Payment)payment;
        return _verify.CheckChainAsync(permit, UptoSettle.Call(permit), permit.Terms.Facilitator, cancellationToken);
    }

    public SettlementRequest? ToSettlement(SchemePayment payment) => UptoSettle.Request((Permit2Payment)payment);

    public string? ReasonOf(SettlementStatus status) => Permit2Settle.ReasonOf(status, UptoSettle.Failed);
}
