using System.Diagnostics.CodeAnalysis;
using Betar.X402.Protocol;

namespace Betar.X402.Verification;

/// <summary>Accepted so far, or refused for one reason: the first that was found.</summary>
public readonly record struct VerificationOutcome
{
    private VerificationOutcome(VerificationReason reason) => Reason = reason;

    public static VerificationOutcome Accepted => default;

    public VerificationReason? Reason { get; }

    [MemberNotNullWhen(false, nameof(Reason))]
    public bool IsAccepted => Reason is null;

    public StreamErrorCode Code => Reason?.Code ?? StreamErrorCode.None;

    public static implicit operator VerificationOutcome(VerificationReason? reason) => reason is null ? default : new(reason);

    public override string ToString() => Reason?.Text ?? "accepted";
}
