using Betar.X402.Wire;

namespace Betar.X402.Http.Facilitating;

/// <summary>What a request to a facilitator's endpoint asks for, or why it is no call.</summary>
internal readonly record struct FacilitatorAsked(FacilitatorCall? Call, string Reason, string? Fault, bool IsTooLong = false);
