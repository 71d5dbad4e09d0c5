using Betar.X402.Protocol;

namespace Betar.X402.Verification;

/// <summary>Why a payment was refused.</summary>
/// <param name="Text">The stable reason string: the x402 SDK's where it has one, else ours with the prefix "betar_".</param>
/// <param name="Code">The code of <c>x402.error</c> that carries it.</param>
/// <param name="OnlyForNewPayments">
/// True for faults that time, price or quote bring about by themselves: a payment that already has a stored session
/// gets its stored answer all the same.
/// </param>
public sealed record VerificationReason(string Text, StreamErrorCode Code, bool OnlyForNewPayments = false)
{
    public override string ToString() => Text;
}
