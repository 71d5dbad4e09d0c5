using Betar.X402.Protocol;

namespace Betar.X402.Verification.Checks;

/// <summary>Row 3: the payment is on the offer's network.</summary>
internal sealed class NetworkCheck : IEnvelopeCheck
{
    public VerificationReason? Check(PaymentEnvelope envelope, in CheckContext context) =>
        NetworkId.TryParse(envelope.Network, out var network) && network == context.Offer.Asset.Network
            ? null
            : VerificationReasons.NetworkMismatch;
}
