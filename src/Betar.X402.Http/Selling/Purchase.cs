using Betar.Ethereum;
using Betar.X402.Schemes;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Selling;

/// <summary>One paid request on its way.</summary>
internal sealed record Purchase(
    HttpContext Context, PaidResource Resource, FacilitatorCall Call, IPaymentScheme Scheme, SchemePayment Payment, Hash32 Fingerprint, RequestDelegate Handler)
{
    /// <summary>Its final answer is stored.</summary>
    internal bool IsCompleted { get; set; }

    /// <summary>What is charged of a payment of which less may be charged; null: what was asked for.</summary>
    internal AtomicAmount? Charge { get; set; }

    /// <summary>What is brought onto the chain.</summary>
    internal FacilitatorCall Settlement => Charge is { } units ? Call with { Requirement = Call.Requirement with { Amount = units.ToString() } } : Call;

    internal PaymentKey Key => Payment.Key;

    /// <summary>The same for each repeat of this request with this payment, and for nothing else.</summary>
    internal string Attempt => Fingerprint.ToString()[2..34] + Payment.Key.Nonce.ToBareString()[..32];
}
