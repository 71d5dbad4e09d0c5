using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Support;

/// <summary>A payment with one thing changed.</summary>
internal static class PaymentEdits
{
    public static PaidRequest WithPayment(this PaidRequest request, Func<PaymentEnvelope, PaymentEnvelope> change) =>
        request with { Payment = change(request.Payment!) };

    public static PaidRequest WithAuthorization(this PaidRequest request, Func<Authorization, Authorization> change) =>
        request.WithPayment(payment => payment with
        {
            Payload = payment.Payload! with { Authorization = change(payment.Payload.Authorization!) },
        });

    public static PaidRequest WithSignature(this PaidRequest request, string signature) =>
        request.WithPayment(payment => payment with { Payload = payment.Payload! with { Signature = signature } });

    public static byte[] SignatureBytes(this PaidRequest request) => Convert.FromHexString(request.Payment!.Payload!.Signature[2..]);
}
