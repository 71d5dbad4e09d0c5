using Betar.Ethereum;

namespace Betar.X402.Verification.Checks;

/// <summary>What a check may look at beside the payment.</summary>
internal readonly record struct CheckContext(
    PaymentOffer Offer, PaymentBinding Binding, VerificationOptions Options, DateTimeOffset Now)
{
    /// <summary>Unix seconds, as chains count time.</summary>
    internal UInt256 NowSeconds => ToSeconds(Now);

    internal static UInt256 ToSeconds(DateTimeOffset time) => (ulong)Math.Max(0, time.ToUnixTimeSeconds());
}
