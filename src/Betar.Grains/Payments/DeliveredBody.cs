namespace Betar.Grains.Payments;

/// <summary>What the ledger keeps at "delivered": the answer, to be fetched again.</summary>
/// <param name="Output">The answer; empty where there is none.</param>
/// <param name="Failure">Why the work failed, for an agent that keeps the payment then; null: it did not.</param>
internal sealed record DeliveredBody(string Output, string? Failure = null);
